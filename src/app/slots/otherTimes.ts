import type { Actor, Booking } from '../../domain/booking/booking';
import { DAY } from '../../domain/calendar/dates';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { isRefusal } from '../../domain/errors';
import { bookableStarts, eachFreeSlot } from '../../domain/slots/freeSlots';
import type { Stores } from '../ports/storage';
import { queryToMove, resolveQuery, suitableFor } from './slotQuery';
import { readAsNeeded } from './snapshot';

const MAX_OTHER_TIMES = 3;
/** Most free starts lie within this time; the search goes on to the horizon only if there are too few. */
const NEAR_MS = 14 * DAY;

/**
 * Finds the next free starts for a client whose booking the desk has cancelled or moved: the same topic, language and
 * mode, as clients can book them, without the old time and the new one. It returns none for changes that clients make
 * themselves, because they have just seen what is free.
 *
 * @param booking in its new state, already stored
 */
export async function otherTimes(
  stores: Pick<Stores, 'desks' | 'bookings' | 'snapshot'>,
  { desk, booking, before, by, now }: { desk: Desk; booking: Booking; before: Booking; by: Actor; now: Instant },
): Promise<readonly Instant[]> {
  const isOver = booking.status === 'cancelled';
  const stays = before.time.start === booking.time.start && !isOver;
  if (by.kind !== 'staff' || stays || booking.client.email === null) return [];
  const query = questionOf(desk, booking);
  if (!query) return [];
  const { end } = bookableStarts({ desk, now }, query, { start: now, end: Number.POSITIVE_INFINITY });
  const taken = new Set([before.time.start, booking.time.start]);
  const within = async (until: Instant) => {
    const range = { start: now, end: until };
    // The booking itself is ignored, as in a search behind its link.
    const scope = { desk, range, now, except: booking.id, advisors: suitableFor(desk, query) };
    const { answer } = await readAsNeeded(await stores.snapshot(desk.id), scope, (snapshot) => {
      const found: Instant[] = [];
      for (const { time } of eachFreeSlot(snapshot, query, range)) {
        if (!taken.has(time.start)) found.push(time.start);
        if (found.length === MAX_OTHER_TIMES) break;
      }
      return found;
    });
    return answer;
  };
  const near = await within(Math.min(now + NEAR_MS, end));
  return near.length === MAX_OTHER_TIMES || end <= now + NEAR_MS ? near : within(end);
}

/**
 * Returns the query that the booking stands for; null if the desk no longer has its topic or mode, so that nothing is
 * free.
 */
export function questionOf(desk: Desk, booking: Booking) {
  try {
    return resolveQuery(desk, queryToMove({ ...booking, urgent: false }), 'client');
  } catch (error) {
    if (isRefusal(error, 'invalid')) return null;
    throw error;
  }
}
