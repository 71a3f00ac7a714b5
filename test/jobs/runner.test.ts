import { setTimeout as pause } from 'node:timers/promises';
import type { Storage } from '../../src/app/ports/storage';
import { HOUR } from '../../src/domain/calendar/interval';
import { DomainError } from '../../src/domain/errors';
import { type Running, runJobs } from '../../src/jobs/runner';
import type { Job } from '../../src/jobs/schedule';
import { NOW } from '../support/builders';
import { kinds, newDatabase, openUrl, type TestDatabase } from '../support/databases';

const BEAT = 40;
const SILENCE = 800;

describe.each(kinds())('The runner of jobs on %s', (kind) => {
  let database: TestDatabase;
  let shared: Storage;
  let running: Running[];
  beforeEach(async () => {
    database = await newDatabase(kind);
    shared = (await openUrl(database.url, { now: NOW })).storage;
    running = [];
  });
  afterEach(async () => {
    await Promise.allSettled(running.map((one) => one.stop()));
    await shared.close();
    await database.drop();
  });

  /** A process: its own line to the one database, which can be cut or hang, and its own clock. */
  function aProcess(holder: string, jobs: readonly Job[]) {
    const line = wireTo(shared);
    const reported: string[] = [];
    let now = NOW;
    const runner = runJobs(jobs, {
      storage: line.storage,
      now: () => now,
      holder,
      elapsed: () => performance.now(),
      failed: (job, error) => reported.push(`${job}: ${(error as Error).message}`),
      recovered: () => reported.push('back'),
      beatMs: BEAT,
      silenceMs: SILENCE,
      patienceMs: 10 * BEAT,
    });
    running.push(runner);
    const setClock = (by: number) => {
      now += by;
    };
    return { ...line, reported, setClock, stop: () => runner.stop() };
  }

  /** A job of which each process has a copy, and who ran it. Two at the same time are noticed. */
  function aJob(part: Partial<Job> = {}) {
    const ran: string[] = [];
    let now = 0;
    let most = 0;
    const copy = (holder: string): Job => ({
      name: 'work',
      every: 10,
      ...part,
      async run(signal) {
        most = Math.max(most, ++now);
        ran.push(holder);
        await pause(5);
        now--;
        await part.run?.(signal);
      },
    });
    return { ran, copy, mostAtOnce: () => most, since: (i: number) => new Set(ran.slice(i)) };
  }

  const state = async () => (await shared.jobs.list())[0];

  it('runs a job repeatedly in one of two processes', async () => {
    const work = aJob();
    for (const holder of ['one', 'two']) aProcess(holder, [work.copy(holder)]);
    await until(() => work.ran.length >= 20);
    expect(new Set(work.ran).size).toBe(1);
    expect(work.mostAtOnce()).toBe(1);
    await until(async () => ((await state())?.runs ?? 0) >= 20);
    expect(await state()).toMatchObject({ holder: work.ran[0], failures: 0, lastRunAt: NOW, lastSuccessAt: NOW });
  });

  it('runs a job marked everywhere in each process, and once more in the one that stops', async () => {
    const work = aJob({ everywhere: true });
    const [one] = ['one', 'two'].map((holder) => aProcess(holder, [work.copy(holder)]));
    await until(() => work.since(0).size === 2);
    const rare = aJob({ everywhere: true, every: HOUR });
    const last = aProcess('three', [rare.copy('three')]);
    await pause(2 * BEAT);
    expect(rare.ran).toEqual([]);
    await last.stop();
    expect(rare.ran).toEqual(['three']);
    await one?.stop();
    expect(await shared.jobs.list()).toEqual([]);
  });

  it('takes over from a process that stops as soon as its run has ended', async () => {
    const work = aJob();
    const one = aProcess('one', [work.copy('one')]);
    await until(() => work.ran.length >= 3);
    aProcess('two', [work.copy('two')]);
    await one.stop();
    const stopped = performance.now();
    const before = work.ran.length;
    await until(() => work.ran.length > before);
    expect(performance.now() - stopped).toBeLessThan(SILENCE);
    expect(work.since(before)).toEqual(new Set(['two']));
    expect(work.mostAtOnce()).toBe(1);
  });

  it.each([
    ['hangs', 'hang'],
    ['is cut off', 'cut'],
  ] as const)('takes over from a process whose database %s, and not too early', async (_, fault) => {
    const work = aJob();
    const one = aProcess('one', [work.copy('one')]);
    await until(() => work.ran.length >= 3);
    aProcess('two', [work.copy('two')]);
    await pause(3 * BEAT);
    one[fault]();
    const lost = performance.now();
    await until(() => work.ran.includes('two'));
    // The last sign of life may be one beat old.
    expect(performance.now() - lost).toBeGreaterThan(SILENCE - 2 * BEAT);
    expect(work.mostAtOnce()).toBe(1);

    one.mend();
    const before = work.ran.length;
    await until(() => work.ran.length >= before + 20);
    expect(work.since(before)).toEqual(new Set(['two']));
    expect(work.mostAtOnce()).toBe(1);
  });

  it('aborts a long run when the process has lost the database', async () => {
    let aborted = false;
    const run = async (signal: AbortSignal) => {
      await new Promise((end) => signal.addEventListener('abort', end, { once: true }));
      aborted = true;
    };
    const one = aProcess('one', [{ name: 'work', every: 10, run }]);
    await until(async () => (await state())?.holder === 'one');
    one.hang();
    await until(() => aborted);
    one.mend();
  });

  it('counts and reports a failed run, and goes on', async () => {
    let tries = 0;
    const work = aJob({
      run: async () => {
        if (++tries % 2 === 1) throw new Error(`try ${tries}`);
      },
    });
    const one = aProcess('one', [work.copy('one')]);
    await until(() => tries >= 6);
    await one.stop();
    expect(one.reported.slice(0, 3)).toEqual(['work: try 1', 'work: try 3', 'work: try 5']);
    const told = await state();
    expect(told).toMatchObject({ holder: null, runs: tries, failures: Math.ceil(tries / 2) });
  });

  it.each([-5 * HOUR, 30 * HOUR])('works on when the clock is set by %p ms', async (by) => {
    const work = aJob({ due: (last, now) => last === null || now - last >= 0 || last > now });
    const one = aProcess('one', [work.copy('one')]);
    await until(() => work.ran.length >= 3);
    const two = aProcess('two', [work.copy('two')]);
    one.setClock(by);
    two.setClock(-by);
    const before = work.ran.length;
    await until(() => work.ran.length >= before + 20);
    expect(new Set(work.ran)).toEqual(new Set(['one']));
    expect(work.mostAtOnce()).toBe(1);
    await until(async () => (await state())?.lastRunAt === NOW + by);
  });

  it('goes on when a database that was unreachable for both processes is back', async () => {
    const work = aJob();
    const both = ['one', 'two'].map((holder) => aProcess(holder, [work.copy(holder)]));
    await until(() => work.ran.length >= 3);
    for (const { cut } of both) cut();
    await pause(SILENCE + 4 * BEAT);
    const away = work.ran.length;
    await pause(4 * BEAT);
    expect(work.ran.length).toBe(away);
    for (const { mend } of both) mend();
    await until(() => work.ran.length >= away + 20);
    expect(work.since(away).size).toBe(1);
    expect(work.mostAtOnce()).toBe(1);
    // Once each, however long it took, and that it is back.
    for (const { reported } of both)
      expect(reported.filter((line) => /unavailable|back/.test(line)).map((line) => line.replace(/.*: /, ''))).toEqual([
        'unavailable',
        'back',
      ]);
  });

  it('releases its jobs although a run does not end', async () => {
    const work = aJob({ run: () => new Promise(() => {}) });
    const one = aProcess('one', [work.copy('one')]);
    await until(() => work.ran.length === 1);
    await one.stop();
    expect((await state())?.holder).toBeNull();
  });

  it('starts and stops while the database is unreachable', async () => {
    const work = aJob();
    const line = wireTo(shared);
    line.cut();
    const options = { now: () => NOW, holder: 'one', elapsed: () => performance.now(), beatMs: BEAT };
    const runner = runJobs([work.copy('one')], { ...options, storage: line.storage, failed: () => {} });
    running.push(runner);
    await pause(3 * BEAT);
    line.mend();
    await until(() => work.ran.length >= 3);
    line.cut();
    await expect(runner.stop()).rejects.toThrow('unavailable');
    const stopped = work.ran.length;
    await pause(3 * BEAT);
    expect(work.ran.length).toBe(stopped);
  });
});

/** The line between a process and the real database: whole, cut, or silent until it is mended. */
function wireTo(real: Storage) {
  let state: 'whole' | 'cut' | 'silent' = 'whole';
  let mended: (() => void)[] = [];
  const through = async <T>(work: () => Promise<T>): Promise<T> => {
    if (state === 'cut') throw new DomainError('unavailable');
    if (state === 'silent') await new Promise<void>((mend) => mended.push(mend));
    return work();
  };
  const storage: Storage = {
    ...real,
    atomically: (work) => through(() => real.atomically(work)),
    jobs: { ...real.jobs, list: () => through(() => real.jobs.list()) },
  };
  return {
    storage,
    cut: () => {
      state = 'cut';
    },
    hang: () => {
      state = 'silent';
    },
    mend: () => {
      state = 'whole';
      for (const mend of mended) mend();
      mended = [];
    },
  };
}

async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await reached())) {
    if (performance.now() > end) throw new Error('never came to be');
    await pause(10);
  }
}
