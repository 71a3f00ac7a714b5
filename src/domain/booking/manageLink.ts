import { DAY } from '../calendar/dates';
import type { Instant } from '../calendar/interval';
import type { Booking } from './booking';

/**
 * How long the manage link opens the booking after its end: long enough to look something up, but an old mail or a copy
 * of it opens nothing.
 */
const OPEN_AFTER_END_MS = DAY;

/** Tells whether the booking's manage link still opens it: until a day after its end, also if it was cancelled. */
export function linkIsOpen({ time }: Pick<Booking, 'time'>, now: Instant): boolean {
  return now < time.end + OPEN_AFTER_END_MS;
}
