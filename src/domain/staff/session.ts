import { DAY } from '../calendar/dates';
import { HOUR, type Instant } from '../calendar/interval';

/**
 * How long a session may be idle: reception works in the page all day, but an unattended screen should not stay open
 * over lunch and an afternoon.
 */
export const MAX_IDLE_MS = 2 * HOUR;
/** How long a session lasts in any case: a working day, then the password is asked again. */
export const MAX_SESSION_MS = 12 * HOUR;
/** How long a browser is remembered on which somebody has signed in: longer than any holiday, but not for ever. */
export const MAX_DEVICE_KNOWN_MS = 180 * DAY;

/**
 * Tells whether the person must sign in again: after `MAX_IDLE_MS` without a request, and after `MAX_SESSION_MS` in any
 * case. A session that began further in the future than a session lasts is from before the clock was set back, and is
 * over; a smaller step back ends no session.
 */
export function isOver({ createdAt, seenAt }: { createdAt: Instant; seenAt: Instant }, now: Instant): boolean {
  return now - seenAt >= MAX_IDLE_MS || Math.abs(now - createdAt) >= MAX_SESSION_MS;
}
