import { HOUR, type Instant, MINUTE } from '../calendar/interval';

/** How long a message waits after its first, second, … attempt; the last for all that follow. */
export const WAITS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR] as const;
/** How often somebody looks for a mail server that was not there. No longer than the shortest of the waits. */
export const LOOK_FOR_SERVER = MINUTE;

/** No message is held for longer: one that would be was written before the clock was set back. */
export const MAX_HELD_MS = 4 * 24 * HOUR;

const GIVE_UP_AFTER = 4 * 24 * HOUR;

/** When to try again after the given number of attempts, or null: not any more (4 days after it was written). */
export function nextAttempt(attempts: number, createdAt: Instant, now: Instant): Instant | null {
  if (now - createdAt >= GIVE_UP_AFTER) return null;
  return now + (WAITS[Math.min(attempts, WAITS.length) - 1] ?? MINUTE);
}
