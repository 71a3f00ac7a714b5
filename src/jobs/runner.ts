import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../app/ports/clock';
import type { JobProgress } from '../app/ports/jobStore';
import type { Storage } from '../app/ports/storage';
import type { Instant } from '../domain/calendar/interval';
import { isRefusal } from '../domain/errors';
import type { Job } from './schedule';

/** The pause between two heartbeats, and between two checks of the heartbeats of others. */
const BEAT_MS = 5_000;
/**
 * A holder without a heartbeat for 20 s (four missed) counts as dead. Another process then takes over within 30 s of
 * the last heartbeat, or at the next check if it can see that the holder's process has ended.
 */
const SILENCE_MS = 20_000;
/** When the process stops, running jobs have this long to finish. */
const PATIENCE_MS = 8_000;

export interface Running {
  /**
   * Starts no further runs, waits up to `patienceMs` for those that run, and releases the jobs to the other processes.
   * A run that has not ended by then, such as a mail to a server that does not answer, is protected by a lease of its
   * own.
   */
  stop(): Promise<void>;
}

interface Options {
  readonly storage: Pick<Storage, 'atomically' | 'jobs'>;
  readonly now: Clock;
  /** Names this process among all that share the database. */
  readonly holder: string;
  /**
   * Returns `true` if a holder has certainly ended, as one that was killed on this machine. Other holders are judged by
   * their heartbeats.
   */
  readonly isOver?: (holder: string) => boolean;
  /** A monotonic clock in milliseconds, which measures how long a holder has been silent. */
  readonly elapsed: Clock;
  /** Called for each failed run. An unreachable database is reported once, until it answers again. */
  readonly failed: (job: string, error: unknown) => void;
  readonly recovered?: () => void;
  readonly beatMs?: number;
  readonly silenceMs?: number;
  readonly patienceMs?: number;
}

/** A job that this process holds. */
interface Held {
  progress: JobProgress;
  last: Instant | null;
  /** Aborted when another process has taken the job, or this process stops. */
  readonly over: AbortController;
}

const NO_RUNS: JobProgress = { runs: 0, failures: 0, lastRunAt: null, lastSuccessAt: null };

/**
 * Runs each job repeatedly, in exactly one of the processes that share the database. The holder of a job writes a
 * heartbeat every few seconds. If heartbeats stop, another process takes the job; a holder that only lost its
 * connection to the database lets go of the job before that. A failed run is reported and does not prevent the next.
 * Jobs marked `everywhere` run in every process, and once more when it stops.
 */
export function runJobs(jobs: readonly Job[], options: Options): Running {
  const { storage, now, holder, isOver = () => false, elapsed } = options;
  const { beatMs = BEAT_MS, silenceMs = SILENCE_MS, patienceMs = PATIENCE_MS } = options;
  const stopping = new AbortController();
  // Each job waits for it, and so does the look at the others.
  setMaxListeners(2 * jobs.length + 2, stopping.signal);
  const own = jobs.filter(({ everywhere }) => everywhere);
  const shared = jobs.filter((job) => !own.includes(job));
  const held = new Map<string, Held>();
  const seen = new Map<string, { beat: number; since: number }>();
  /** When the last heartbeat that reached the database was sent, in milliseconds of `elapsed`. */
  let heard = elapsed();
  let away = false;
  const rest = (ms: number) => pause(ms, undefined, { signal: stopping.signal }).catch(() => {});

  /** Writes this process's heartbeats, and takes the jobs that nobody holds or whose holder is dead. */
  async function look(): Promise<void> {
    for (const name of await beat()) letGo(name);
    for (const { name, beat, holder: other, lastRunAt } of await storage.jobs.list()) {
      if (!shared.some((job) => job.name === name) || held.has(name)) continue;
      const before = seen.get(name);
      if (before?.beat !== beat) seen.set(name, { beat, since: elapsed() });
      const silent = before?.beat === beat && elapsed() - before.since >= silenceMs;
      // A job with this process's name that is not in `held` was taken in a check that failed halfway; it is taken
      // again.
      if (other !== null && other !== holder && !silent && !isOver(other)) continue;
      if (await storage.atomically((stores) => stores.jobs.take(name, holder, beat)))
        held.set(name, { progress: NO_RUNS, last: lastRunAt, over: new AbortController() });
    }
  }

  /**
   * Writes a heartbeat and the progress of each held job.
   *
   * @returns the names of the jobs that another process has taken
   */
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

  /**
   * Lets go of all jobs once no heartbeat has arrived for so long that other processes may soon take them, so that no
   * job runs twice at a time.
   */
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
