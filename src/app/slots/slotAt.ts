import type { Booking } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { eachFreeSlot, type Slot } from '../../domain/slots/freeSlots';
import type { DeskSnapshot } from '../ports/snapshot';
import { questionOf } from './nextStarts';
import { suitableFor } from './slotQuery';
import { readAsNeeded } from './snapshot';

/**
 * Returns what clients can book at this start: the topic, language and mode of the booking, with any advisor. Undefined:
 * nothing.
 */
export async function slotAt(
  of: DeskSnapshot,
  { desk, booking, start, now }: { desk: Desk; booking: Booking; start: Instant; now: Instant },
): Promise<Slot | undefined> {
  const query = questionOf(desk, { ...booking, tied: false });
  if (!query) return undefined;
  const range = { start, end: start + 1 };
  const scope = { desk, range, now, advisors: suitableFor(desk, query) };
  const { answer } = await readAsNeeded(of, scope, (snapshot) => {
    const [found] = eachFreeSlot(snapshot, query, range);
    return found && { time: found.time, free: found.free };
  });
  return answer;
}
