import type { Booking } from '../booking/booking';
import { isUpcoming } from '../booking/outsideHours';
import type { Instant } from '../calendar/interval';
import type { QueueEntry } from './entry';

/** A consultation of an advisor, with the client's entry in the queue if they were called. */
interface Planned {
  readonly booking: Pick<Booking, 'status' | 'time'>;
  readonly entry: Pick<QueueEntry, 'state'> | null;
}

/**
 * Returns the consultation that is an advisor's next: the one that is going on, then whoever was called, then the
 * earliest that is to come and is not over, then whoever is here although their time is over; undefined: none is left.
 *
 * @param planned the advisor's day, by start
 */
export function nextConsultation<T extends Planned>(planned: readonly T[], now: Instant): T | undefined {
  const inState = (state: QueueEntry['state']) => planned.find(({ entry }) => entry?.state === state);
  return (
    inState('started') ??
    inState('called') ??
    planned.find(({ booking }) => isUpcoming(booking, now)) ??
    planned.find(({ booking }) => booking.status === 'checked_in')
  );
}
