import type { LocalDate } from '../../domain/calendar/hours';
import { addDays, dayInterval, localDate, startOfDay } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { freeSlots, type SlotWithAdvisors } from '../../domain/slots/freeSlots';
import type { Binding } from '../../domain/slots/whyNothing';
import type { AppDeps } from '../deps';
import { resolveQuery, type SlotQuery, suitableFor } from './slotQuery';
import { readAsNeeded } from './snapshot';
import { bindingOf, earliest } from './weeks';

/** The number of days after the requested one in which the next free day is looked for. */
export const DAYS_AHEAD = 60;

interface Search {
  readonly desk: Desk;
  readonly query: SlotQuery;
  readonly date: LocalDate;
  /** The id of a booking that is about to move, and is therefore ignored. */
  readonly except?: string | undefined;
}

/** The free slots of one day; if there are none, the reason and the next day with some. */
export interface FreeTimes {
  readonly slots: readonly SlotWithAdvisors[];
  /** Null: something is free. */
  readonly binding: Binding | null;
  /** The first later day with a free slot; null: there is none within sixty days. */
  readonly nextDay: LocalDate | null;
}

/**
 * Finds the free times of one day as they are offered to staff: without lead time, and including the slot that is
 * running now. It also returns the next day with a free slot, because somebody on the phone needs an offer.
 *
 * @throws DomainError `invalid` (topic, mode, advisor)
 */
export async function freeTimes(
  { storage, now, turn }: Pick<AppDeps, 'storage' | 'now' | 'turn'>,
  { desk, query, date, except }: Search,
): Promise<FreeTimes> {
  const zone = desk.hours.timeZone;
  const at = now();
  const day = dayInterval(date, zone);
  const range = { start: day.start, end: startOfDay(addDays(date, DAYS_AHEAD), zone) };
  const question = resolveQuery(desk, query, 'staff');
  const scope = { desk, range, now: at, except, advisors: suitableFor(desk, question) };
  const { answer } = await readAsNeeded(await storage.snapshot(desk.id), scope, async (snapshot) => {
    const today = freeSlots(snapshot, question, day);
    const later = await earliest(turn, snapshot, [question], { start: day.end, end: range.end });
    return { today, later, binding: today.length > 0 ? null : await bindingOf(turn, snapshot, question, day) };
  });
  return {
    slots: answer.today,
    binding: answer.binding,
    nextDay: answer.later === null ? null : localDate(answer.later, zone),
  };
}
