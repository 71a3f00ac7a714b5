import { HOUR, type Instant, MINUTE } from '../calendar/interval';

/** How long a message waits after its first, second, … attempt; the last value applies to all further ones. */
export const WAITS_MS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR] as const;
/** How often an unreachable mail server is tried again. It must not be longer than the shortest of the waits. */
export const LOOK_FOR_SERVER_MS = MINUTE;

/** No message waits for longer. One that would was written before the clock was set back. */
export const MAX_HELD_MS = 4 * 24 * HOUR;

/** Messages are given up once they are as old. */
export const GIVE_UP_AFTER_MS = 4 * 24 * HOUR;

/**
 * Returns when to try again after the given number of attempts; null: not any more, because it is 4 days since it was
 * written.
 */
export function nextAttempt(attempts: number, createdAt: Instant, now: Instant): Instant | null {
  if (now - createdAt >= GIVE_UP_AFTER_MS) return null;
  return now + (WAITS_MS[Math.min(attempts, WAITS_MS.length) - 1] ?? MINUTE);
}
