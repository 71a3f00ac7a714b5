import type { LocalTime } from '../../domain/calendar/hours';
import type { Instant } from '../../domain/calendar/interval';
import { addDays, localDate, localTime, startOfDay } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { freeSlots } from '../../domain/slots/freeSlots';
import type { AppDeps } from '../deps';
import { DAYS_AHEAD, type FreeTimes } from './freeTimes';
import { resolveQuery, type SlotQuery, suitableFor } from './slotQuery';
import { readAsNeeded } from './snapshot';
import { bindingOf, firstSlots } from './weeks';

/** As many as are said on the phone before a day is asked for. */
const MAX_FIRST_TIMES = 8;
const NOON: LocalTime = '12:00';

interface Search {
  readonly desk: Desk;
  readonly query: SlotQuery;
  /** Only starts at noon or later, on the desk's clock. */
  readonly afternoons: boolean;
  /** A start that is returned as well, if it is free; null: none. */
  readonly wanted: Instant | null;
  /** The id of a hold that is ignored, because it is the caller's. */
  readonly except: string | undefined;
}

/** Tells whether the start is at noon or later on the desk's clock. */
export function isAfternoon(start: Instant, { hours }: Pick<Desk, 'hours'>): boolean {
  return localTime(start, hours.timeZone) >= NOON;
}

/**
 * Finds the first eight free times over all days from now on, as they are offered to staff, and besides them the slots
 * that are running now. It looks sixty days ahead, as `freeTimes` does.
 *
 * @throws DomainError `invalid` (topic, mode, advisor)
 */
export async function firstTimes(
  { storage, now, turn }: Pick<AppDeps, 'storage' | 'now' | 'turn'>,
  { desk, query, afternoons, wanted, except }: Search,
): Promise<FreeTimes> {
  const zone = desk.hours.timeZone;
  const at = now();
  const today = localDate(at, zone);
  const range = { start: startOfDay(today, zone), end: startOfDay(addDays(today, DAYS_AHEAD), zone) };
  const question = resolveQuery(desk, query, 'staff');
  const scope = { desk, range, now: at, except, advisors: suitableFor(desk, question) };
  const { answer } = await readAsNeeded(await storage.snapshot(desk.id), scope, async (snapshot) => {
    const first = await firstSlots(turn, snapshot, question, {
      range: { start: at + 1, end: range.end },
      count: MAX_FIRST_TIMES,
      isWanted: (start) => !afternoons || isAfternoon(start, desk),
    });
    const starts = new Set(first.map(({ time }) => time.start));
    if (wanted !== null && wanted > at && wanted < range.end) starts.add(wanted);
    const later = [...starts].sort((a, b) => a - b);
    const slots = [
      ...freeSlots(snapshot, question, { start: range.start, end: at + 1 }),
      ...later.flatMap((start) => freeSlots(snapshot, question, { start, end: start + 1 })),
    ];
    return { slots, binding: slots.length > 0 ? null : await bindingOf(turn, snapshot, question, range) };
  });
  return { ...answer, nextDay: null };
}
