import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../app/ports/clock';
import type { JobProgress } from '../app/ports/jobStore';
import type { Storage } from '../app/ports/storage';
import type { Instant } from '../domain/calendar/interval';
import { isRefusal } from '../domain/errors';
import type { Job } from './schedule';

/** Time between two signs of life, and between two looks at the others'. */
const BEAT_MS = 5_000;
/**
 * A holder that gave no sign for so long is dead: four were missed. With the look before, another takes over within 30 s; at once, if it can see
 * that the holder is over.
 */
const SILENCE_MS = 20_000;
/** What runs when the process stops has this long to finish. */
const PATIENCE_MS = 8_000;

export interface Running {
  /**
   * Begins nothing new, waits a while for what runs, and gives the jobs back to the other processes: what has not come to its end
   * by then, such as a mail to a server that says nothing, has a lease of its own.
   */
  stop(): Promise<void>;
}

interface Options {
  readonly storage: Pick<Storage, 'atomically' | 'jobs'>;
  readonly now: Clock;
  /** Names this process among all that share the database. */
  readonly holder: string;
  /** Whether a holder is over, for certain: one that was killed on this machine. Others are watched for signs of life. */
  readonly isOver?: (holder: string) => boolean;
  /** Milliseconds that only rise, for how long somebody was silent. */
  readonly elapsed: Clock;
  /** A database that is away is reported once, until it is back. */
  readonly failed: (job: string, error: unknown) => void;
  readonly recovered?: () => void;
  readonly beatMs?: number;
  readonly silenceMs?: number;
  readonly patienceMs?: number;
}

/** What this process knows of a job that it holds. */
interface Held {
  progress: JobProgress;
  last: Instant | null;
  /** Aborted when somebody else has taken the job, or the process stops. */
  readonly over: AbortController;
}

const NO_RUNS: JobProgress = { runs: 0, failures: 0, lastRunAt: null, lastSuccessAt: null };

/**
 * Runs each job again and again, in exactly one of the processes that share the database. Who holds a job gives a sign of life
 * every few seconds; if it stops, another takes the job, and by then this one has let it go, even if it only lost the database.
 * A run that fails is reported, and the next one comes all the same. Jobs of every process are run by each, and once more when it stops.
 */
export function runJobs(jobs: readonly Job[], options: Options): Running {
  const { storage, now, holder, isOver = () => false, elapsed } = options;
  const { beatMs = BEAT_MS, silenceMs = SILENCE_MS, patienceMs = PATIENCE_MS } = options;
  const stopping = new AbortController();
  const own = jobs.filter(({ everywhere }) => everywhere);
  const shared = jobs.filter((job) => !own.includes(job));
  const held = new Map<string, Held>();
  const seen = new Map<string, { beat: number; since: number }>();
  /** When the last sign of life that arrived was sent. */
  let heard = elapsed();
  let away = false;
  const rest = (ms: number) => pause(ms, undefined, { signal: stopping.signal }).catch(() => {});

  /** Tells the others that this process lives, and looks whether one of them does not. */
  async function look(): Promise<void> {
    for (const name of await beat()) letGo(name);
    for (const { name, beat, holder: other, lastRunAt } of await storage.jobs.list()) {
      if (!shared.some((job) => job.name === name) || held.has(name)) continue;
      const before = seen.get(name);
      if (before?.beat !== beat) seen.set(name, { beat, since: elapsed() });
      const silent = before?.beat === beat && elapsed() - before.since >= silenceMs;
      // An own name that is not in `held` is from before a look that failed halfway.
      if (other !== null && other !== holder && !silent && !isOver(other)) continue;
      if (await storage.atomically((stores) => stores.jobs.take(name, holder, beat)))
        held.set(name, { progress: NO_RUNS, last: lastRunAt, over: new AbortController() });
    }
  }

  /** @returns the jobs that somebody else has taken */
  async function beat(): Promise<string[]> {
    const told = [...held].map(([name, mine]) => ({ name, mine, progress: mine.progress }));
    for (const { mine } of told) mine.progress = NO_RUNS;
    const sent = elapsed();
    try {
      const gone = await storage.atomically(async ({ jobs: store }) => {
        const lost: string[] = [];
        for (const { name, progress } of told) if (!(await store.beat(name, holder, progress))) lost.push(name);
        return lost;
      });
      heard = sent;
      return gone;
    } catch (error) {
      for (const { mine, progress } of told) mine.progress = sum(progress, mine.progress);
      throw error;
    }
  }

  function letGo(name: string): void {
    held.get(name)?.over.abort();
    held.delete(name);
    seen.delete(name);
  }

  async function runOnce({ name, due, run }: Job, mine: Held): Promise<void> {
    const began = now();
    if (due && !due(mine.last, began)) return;
    mine.last = began;
    const outcome = await run(mine.over.signal).then(
      () => ({ runs: 1, failures: 0, lastRunAt: began, lastSuccessAt: now() }),
      (error: unknown) => {
        failed(name, error);
        return { runs: 1, failures: 1, lastRunAt: began, lastSuccessAt: null };
      },
    );
    mine.progress = sum(mine.progress, outcome);
  }

  async function keepLooking(): Promise<void> {
    await register();
    while (!stopping.signal.aborted) {
      await look().then(answered, (error: unknown) => failed('jobs', error));
      await rest(beatMs);
    }
  }

  /** Lets everything go before the others may take it, if no sign of life has arrived for too long: two must never run the same. */
  async function keepWatch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await rest(beatMs);
      if (elapsed() - heard >= silenceMs - 2 * beatMs) for (const name of [...held.keys()]) letGo(name);
    }
  }

  function failed(job: string, error: unknown): void {
    const unavailable = isRefusal(error, 'unavailable');
    if (!unavailable || !away) options.failed(job, error);
    away ||= unavailable;
  }

  function answered(): void {
    if (away) options.recovered?.();
    away = false;
  }

  async function register(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        return await storage.atomically(async (stores) => {
          for (const { name } of shared) await stores.jobs.register(name);
        });
      } catch (error) {
        failed('jobs', error);
        await rest(beatMs);
      }
    }
  }

  async function keepRunning(job: Job): Promise<void> {
    while (!stopping.signal.aborted) {
      const mine = held.get(job.name);
      if (mine) await runOnce(job, mine);
      await rest(mine ? job.every : Math.min(job.every, beatMs));
    }
  }

  async function runOwn({ name, run }: Job): Promise<void> {
    await run(stopping.signal).catch((error: unknown) => failed(name, error));
  }

  async function keepRunningOwn(job: Job): Promise<void> {
    while (!stopping.signal.aborted) {
      await rest(job.every);
      await runOwn(job);
    }
  }

  const loops = [keepLooking(), keepWatch(), ...shared.map(keepRunning), ...own.map(keepRunningOwn)];
  return {
    async stop() {
      stopping.abort();
      for (const { over } of held.values()) over.abort();
      const patience = new AbortController();
      const late = pause(patienceMs, undefined, { signal: patience.signal }).catch(() => {});
      await Promise.race([Promise.all(loops), late]);
      patience.abort();
      await beat();
      await storage.atomically(({ jobs: store }) => store.release(holder));
    },
  };
}

function sum(a: JobProgress, b: JobProgress): JobProgress {
  return {
    runs: a.runs + b.runs,
    failures: a.failures + b.failures,
    lastRunAt: b.lastRunAt ?? a.lastRunAt,
    lastSuccessAt: b.lastSuccessAt ?? a.lastSuccessAt,
  };
}
