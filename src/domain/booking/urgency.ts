import type { Instant } from '../calendar/interval';
import type { Booking } from './booking';

/**
 * What is to be done about bookings, in the order in which it becomes too late, which is when the consultation begins; then those for which
 * it is too late already, the latest first.
 */
export function byUrgency<T extends { readonly booking: Pick<Booking, 'time'> }>(all: readonly T[], now: Instant): T[] {
  const startOf = ({ booking }: T) => booking.time.start;
  const ascending = [...all].sort((a, b) => startOf(a) - startOf(b));
  const isOver = (each: T) => startOf(each) <= now;
  return [...ascending.filter((each) => !isOver(each)), ...ascending.filter(isOver).reverse()];
}
