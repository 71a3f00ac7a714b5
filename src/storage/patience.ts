import { setTimeout as pause } from 'node:timers/promises';

/** The pause after the first failed attempt. It doubles with each attempt up to `MAX_PAUSE_MS`. */
const FIRST_PAUSE_MS = 1;
const MAX_PAUSE_MS = 20;
/** Whoever has waited so long tries again after the shortest pause, or those who have just come would always be first. */
const UNHURRIED_MS = 1_000;

interface Options {
  readonly isWorthWaiting: (error: unknown) => boolean;
  readonly patienceMs: number;
  /** When the caller began to wait, in milliseconds of `performance.now()`; by default now. */
  readonly since?: number | undefined;
}

/**
 * Repeats `work` until it succeeds, fails with an error that is not worth waiting for, or `patienceMs` have passed; it
 * is tried at least once. Between attempts the process serves other requests. The pauses are random, so that processes
 * that wait for each other do not collide again.
 *
 * @throws the error of the last attempt
 */
export async function patiently<T>(
  work: () => Promise<T> | T,
  { isWorthWaiting, patienceMs, since = performance.now() }: Options,
): Promise<T> {
  const hasWaited = () => performance.now() - since;
  for (let longest = FIRST_PAUSE_MS; ; longest = Math.min(2 * longest, MAX_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isWorthWaiting(error) || hasWaited() >= patienceMs) throw error;
      if (hasWaited() > UNHURRIED_MS) longest = FIRST_PAUSE_MS;
      await pause(longest * (0.5 + Math.random() / 2));
    }
  }
}
