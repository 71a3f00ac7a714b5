import type { Clock, Pause } from '../ports/clock';
import type { ChangePosition, ChangeReader } from '../ports/deskChanges';
import type { Storage } from '../ports/storage';
import { type DeskNews, eventsSince, positionText, type Since } from './deskEvents';

/** The time from one look at the database to the next, as long as this process changes nothing itself. */
const LOOK_EVERY_MS = 1_000;
/** The least time between two looks, however much this process changes. */
const REST_MS = 100;

/** Somebody who wants to hear of the changes at a desk. */
interface Listener {
  readonly deskId: string;
  readonly since: Since;
  /** Called after each look, also if nothing has changed. It must not throw. */
  readonly hear: (told: DeskNews) => void;
}

/** The watch of one process over all desks to which somebody listens. */
export interface DeskWatch {
  /** Begins to tell a listener what changes. @returns a function that ends it */
  listen(listener: Listener): () => void;
  /** Makes the next look come at once, because this process has changed something. */
  wake(): void;
  /** Tells whether the last look has succeeded, and at most this many milliseconds ago. */
  isCurrent(ms: number): boolean;
}

interface Options {
  readonly changes: ChangeReader;
  /** A monotonic clock in milliseconds. */
  readonly elapsed: Clock;
  readonly pause: Pause;
  /** Called when a look fails. The next one is made as usual, so nothing is lost. It must not throw. */
  readonly failed: (error: unknown) => void;
}

/**
 * Watches the database for changes as long as somebody listens: once a second, and at once after a change of this
 * process. It is the only source of events, whoever made the change, so that all are told in one order.
 */
export function watchDesks({ changes, elapsed, pause, failed }: Options): DeskWatch {
  const listeners = new Set<{ since: Since } & Listener>();
  const never = new AbortController().signal;
  let isWatching = false;
  let isWoken = false;
  let waiting = new AbortController();
  let lastLook = Number.NEGATIVE_INFINITY;

  async function look(): Promise<void> {
    const all = [...listeners];
    const began = elapsed();
    const asked = new Map<string, ChangePosition | null>();
    for (const { deskId, since } of all) asked.set(deskId, earlier(asked.get(deskId) ?? null, since));
    const found = await changes.since(asked);
    lastLook = began;
    for (const listener of all) {
      const changed = found.get(listener.deskId);
      if (!changed || !listeners.has(listener)) continue;
      const told = eventsSince(changed, listener.since);
      listener.since = told.position;
      listener.hear(told);
    }
  }

  async function watch(): Promise<void> {
    isWatching = true;
    while (listeners.size > 0) {
      isWoken = false;
      await look().catch((error: unknown) => {
        // The database may be closed already when the last listener has gone.
        if (listeners.size > 0) failed(error);
      });
      await pause(REST_MS, never);
      if (isWoken) continue;
      waiting = new AbortController();
      await pause(LOOK_EVERY_MS - REST_MS, waiting.signal);
    }
    isWatching = false;
  }

  const wake = () => {
    isWoken = true;
    waiting.abort();
  };

  return {
    listen(listener) {
      const heard = { ...listener };
      listeners.add(heard);
      if (isWatching) wake();
      else void watch();
      return () => {
        listeners.delete(heard);
        wake();
      };
    },
    wake,
    isCurrent: (ms) => elapsed() - lastLook <= ms,
  };
}

/** Returns a position from which on both are told everything. Null: nobody needs to know what was before. */
function earlier(position: ChangePosition | null, since: Since): ChangePosition | null {
  if (since === 'now' || since === 'unknown' || position === null) return typeof since === 'string' ? position : since;
  return {
    event: Math.min(position.event, since.event),
    revision: Math.min(position.revision, since.revision),
    tasks: since.tasks,
    queue: since.queue,
  };
}

/**
 * Returns the present position of a desk as a text. Whoever reads it before a page's data, and listens from there,
 * misses no change of the page.
 */
export async function positionNow({ changes }: Pick<Storage, 'changes'>, deskId: string): Promise<string> {
  const { now } = (await changes.since(new Map([[deskId, null]]))).get(deskId) ?? {};
  return now ? positionText(now) : '';
}

/** Wraps a storage so that `wake` is called after each `write`, whatever became of it. */
export function wakeAfterWrites(storage: Storage, wake: () => void): Storage {
  return { ...storage, write: (work, at) => storage.write(work, at).finally(wake) };
}
