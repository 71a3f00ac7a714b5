import type { Instant } from '../calendar/interval';
import type { Booking } from './booking';

/**
 * Sorts bookings with a task by urgency. Those whose consultation has not begun come first, the earliest start first,
 * because the start is when it becomes too late; then those that have begun, the latest start first.
 */
export function byUrgency<T extends { readonly booking: Pick<Booking, 'time'> }>(all: readonly T[], now: Instant): T[] {
  const startOf = ({ booking }: T) => booking.time.start;
  const ascending = [...all].sort((a, b) => startOf(a) - startOf(b));
  const isOver = (each: T) => startOf(each) <= now;
  return [...ascending.filter((each) => !isOver(each)), ...ascending.filter(isOver).reverse()];
}
