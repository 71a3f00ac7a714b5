import { DAY } from '../calendar/dates';
import { HOUR, type Instant } from '../calendar/interval';

/** Reception works in the page all day; an unattended screen should not stay open over lunch and an afternoon. */
export const MAX_IDLE_MS = 2 * HOUR;
/** A working day, and then the password again. */
export const MAX_SESSION_MS = 12 * HOUR;
/** For so long a browser is known on which somebody has signed in: over any holiday, but not for ever. */
export const MAX_DEVICE_KNOWN_MS = 180 * DAY;

/**
 * Whether somebody who signed in must do so again: at `LONGEST_IDLE` without a request, at `LONGEST_LIFE` in any case. One that began
 * further ahead than a session lasts is from before the clock was set back, and over; a smaller step back signs nobody out.
 */
export function isOver({ createdAt, seenAt }: { createdAt: Instant; seenAt: Instant }, now: Instant): boolean {
  return now - seenAt >= MAX_IDLE_MS || Math.abs(now - createdAt) >= MAX_SESSION_MS;
}
