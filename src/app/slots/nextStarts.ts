import type { Booking } from '../../domain/booking/booking';
import { DAY } from '../../domain/calendar/dates';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { isRefusal } from '../../domain/errors';
import { bookableStarts, eachFreeSlot } from '../../domain/slots/freeSlots';
import type { Stores } from '../ports/storage';
import { queryToMove, resolveQuery, suitableFor } from './slotQuery';
import { readAsNeeded } from './snapshot';

const MAX_NEXT_STARTS = 3;
/** Most free starts lie within this time; the search goes on to the horizon only if there are too few. */
const NEAR_MS = 14 * DAY;

/**
 * Finds the next free starts for the client of a booking: the same topic, language and mode, as clients can book them.
 *
 * @param besides starts that are left out
 */
export async function nextStarts(
  stores: Pick<Stores, 'snapshot'>,
  { desk, booking, now, besides = [] }: { desk: Desk; booking: Booking; now: Instant; besides?: readonly Instant[] },
): Promise<readonly Instant[]> {
  const query = questionOf(desk, booking);
  if (!query) return [];
  const { end } = bookableStarts({ desk, now }, query, { start: now, end: Number.POSITIVE_INFINITY });
  const within = async (until: Instant) => {
    const range = { start: now, end: until };
    // The booking itself is ignored, as in a search behind its link.
    const scope = { desk, range, now, except: booking.id, advisors: suitableFor(desk, query) };
    const { answer } = await readAsNeeded(await stores.snapshot(desk.id), scope, (snapshot) => {
      const found: Instant[] = [];
      for (const { time } of eachFreeSlot(snapshot, query, range)) {
        if (!besides.includes(time.start)) found.push(time.start);
        if (found.length === MAX_NEXT_STARTS) break;
      }
      return found;
    });
    return answer;
  };
  const near = await within(Math.min(now + NEAR_MS, end));
  return near.length === MAX_NEXT_STARTS || end <= now + NEAR_MS ? near : within(end);
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
