import type { JobProgress } from '../../src/app/ports/jobStore';
import type { Storage } from '../../src/app/ports/storage';
import { MINUTE } from '../../src/domain/calendar/interval';
import { NOW } from '../support/builders';
import type { Open } from './databases';

const DONE: JobProgress = { runs: 1, failures: 0, lastRunAt: NOW, lastSuccessAt: NOW + 1 };
const NOTHING: JobProgress = { runs: 0, failures: 0, lastRunAt: null, lastSuccessAt: null };
const FRESH = { holder: null, beat: 0, runs: 0, failures: 0, lastRunAt: null, lastSuccessAt: null };

/** What every store of background jobs does. */
export function jobStoreContract(open: Open): void {
  let storage: Storage;
  beforeEach(async () => {
    storage = await open();
    await storage.atomically(async ({ jobs }) => {
      for (const name of ['send', 'purge']) await jobs.register(name);
    });
  });
  afterEach(() => storage.close());

  const take = (name: string, holder: string, beat: number) =>
    storage.atomically(({ jobs }) => jobs.take(name, holder, beat));
  const beat = (name: string, holder: string, progress = NOTHING) =>
    storage.atomically(({ jobs }) => jobs.beat(name, holder, progress));
  const job = async (name: string) => (await storage.jobs.list()).find((one) => one.name === name);

  it('lists the registered jobs by name', async () => {
    expect(await storage.jobs.list()).toEqual([
      { name: 'purge', ...FRESH },
      { name: 'send', ...FRESH },
    ]);
  });

  it('leaves a job as it is when it is registered again', async () => {
    await take('send', 'one', 0);
    await storage.atomically(({ jobs }) => jobs.beat('send', 'one', DONE));
    const before = await storage.jobs.list();
    await storage.atomically(({ jobs }) => jobs.register('send'));
    expect(await storage.jobs.list()).toEqual(before);
  });

  it('gives a job to one of many processes, and only to one that has read its last heartbeat', async () => {
    const takers = Array.from({ length: 20 }, (_, i) => `taker ${i}`);
    const won = await Promise.all(takers.map((holder) => take('send', holder, 0)));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await job('send')).toEqual({ name: 'send', ...FRESH, holder: takers[won.indexOf(true)], beat: 1 });
    expect(await take('send', 'late', 0)).toBe(false);
    expect(await take('unheard-of', 'one', 0)).toBe(false);
  });

  it('lets another process take a job whose holder is silent, and tells the old holder at its next heartbeat', async () => {
    await take('send', 'one', 0);
    expect(await beat('send', 'one')).toBe(true);
    expect(await take('send', 'two', 1)).toBe(false);
    expect(await take('send', 'two', 2)).toBe(true);
    expect(await beat('send', 'one', DONE)).toBe(false);
    expect(await job('send')).toEqual({ name: 'send', ...FRESH, holder: 'two', beat: 3 });
  });

  it('adds up the runs, and keeps the last times', async () => {
    await take('send', 'one', 0);
    await beat('send', 'one', DONE);
    await beat('send', 'one', { runs: 3, failures: 2, lastRunAt: NOW + MINUTE, lastSuccessAt: null });
    await beat('send', 'one');
    expect(await job('send')).toEqual({
      name: 'send',
      holder: 'one',
      beat: 4,
      runs: 4,
      failures: 2,
      lastRunAt: NOW + MINUTE,
      lastSuccessAt: NOW + 1,
    });
  });

  it('releases all jobs of a holder and of no other, and makes heartbeats that were read before invalid', async () => {
    await take('send', 'one', 0);
    await take('purge', 'two', 0);
    await storage.atomically(({ jobs }) => jobs.release('one'));
    expect([await job('send'), await job('purge')]).toMatchObject([{ holder: null }, { holder: 'two' }]);
    expect(await take('send', 'three', 1)).toBe(false);
    expect(await take('send', 'three', 2)).toBe(true);
  });
}
