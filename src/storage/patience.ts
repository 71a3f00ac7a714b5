import { setTimeout as pause } from 'node:timers/promises';

/** Between two tries, in milliseconds: from the first, doubled each time, to the last. */
const FIRST_PAUSE_MS = 1;
const MAX_PAUSE_MS = 20;

interface Options {
  readonly isWorthWaiting: (error: unknown) => boolean;
  readonly patienceMs: number;
  /** Since when whoever asks has waited already, as `performance.now()` tells it; from now on if left out. */
  readonly since?: number | undefined;
}

/**
 * Tries until it works, something else is wrong, or patience is at its end: one try at least. The waiting happens outside of the work, so that
 * the process answers everybody else meanwhile. Pauses vary, so that processes which wait for each other do not keep step.
 *
 * @throws what the last try has thrown
 */
export async function patiently<T>(
  work: () => Promise<T> | T,
  { isWorthWaiting, patienceMs, since = performance.now() }: Options,
): Promise<T> {
  for (let longest = FIRST_PAUSE_MS; ; longest = Math.min(2 * longest, MAX_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isWorthWaiting(error) || performance.now() - since >= patienceMs) throw error;
      await pause(longest * (0.5 + Math.random() / 2));
    }
  }
}
