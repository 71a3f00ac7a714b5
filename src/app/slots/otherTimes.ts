import type { Actor, Booking } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import type { Stores } from '../ports/storage';
import { nextStarts } from './nextStarts';

/**
 * Finds the next free starts for a client whose booking the desk has cancelled or moved, without the old time and the
 * new one. It returns none for changes that clients make themselves, because they have just seen what is free.
 *
 * @param booking in its new state, already stored
 */
export async function otherTimes(
  stores: Pick<Stores, 'snapshot'>,
  { desk, booking, before, by, now }: { desk: Desk; booking: Booking; before: Booking; by: Actor; now: Instant },
): Promise<readonly Instant[]> {
  const isOver = booking.status === 'cancelled';
  const stays = before.time.start === booking.time.start && !isOver;
  if (by.kind !== 'staff' || stays || booking.client.email === null) return [];
  return nextStarts(stores, { desk, booking, now, besides: [before.time.start, booking.time.start] });
}
