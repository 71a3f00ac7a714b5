import { DAY } from '../calendar/dates';
import type { Instant } from '../calendar/interval';
import type { Booking } from './booking';

/** Long enough to look something up after the consultation; then an old mail, or a copy of it, opens nothing any more. */
const OPEN_AFTER_END = DAY;

/** Whether the booking's manage link still opens it: until a day after its end, also when it was cancelled. */
export function linkIsOpen({ time }: Pick<Booking, 'time'>, now: Instant): boolean {
  return now < time.end + OPEN_AFTER_END;
}
