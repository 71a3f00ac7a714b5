import type { Instant, Interval } from '../../domain/calendar/interval';
import { weeksIn } from '../../domain/calendar/zone';
import { eachFreeSlot, type ResolvedQuery, type Slot, type Snapshot } from '../../domain/slots/freeSlots';
import { areSpent, areWhole } from '../../domain/slots/looks';
import { type Binding, whyNothing } from '../../domain/slots/whyNothing';
import type { Turn } from '../ports/turn';

/**
 * Yields the parts of the range that lie in one ISO week of the desk each, ascending. It lets other requests run after a
 * week in which somebody had to be searched for.
 */
async function* weekByWeek(turn: Turn, { desk, looks }: Snapshot, range: Interval): AsyncGenerator<Interval> {
  for (const week of weeksIn(range, desk.hours.timeZone)) {
    yield { start: Math.max(week.start, range.start), end: Math.min(week.end, range.end) };
    if (!looks || !areWhole(looks(week.start))) await turn();
  }
}

/** Returns the free slots without those who could take them, and lets other requests run between two weeks. */
export async function freeSlotsByWeek(
  turn: Turn,
  snapshot: Snapshot,
  query: ResolvedQuery,
  range: Interval,
): Promise<Slot[]> {
  const found: Slot[] = [];
  for await (const week of weekByWeek(turn, snapshot, range))
    for (const { time, free } of eachFreeSlot(snapshot, query, week)) found.push({ time, free });
  return found;
}

/** Returns `true` if the budget of a week was spent, so that slots may be missing. */
export function isCutShort({ desk, looks }: Snapshot, range: Interval): boolean {
  return weeksIn(range, desk.hours.timeZone).some(({ start }) => areSpent(looks?.(start)));
}

/**
 * Returns the first start in the range of any of the queries; null: there is none. It stops at the first week with a
 * result, because most answers lie in the next days.
 */
export async function earliest(
  turn: Turn,
  snapshot: Snapshot,
  queries: readonly ResolvedQuery[],
  range: Interval,
): Promise<Instant | null> {
  for await (const week of weekByWeek(turn, snapshot, range)) {
    const starts = queries.flatMap((query) => {
      const [first] = eachFreeSlot(snapshot, query, week);
      return first?.time.start ?? [];
    });
    if (starts.length > 0) return Math.min(...starts);
  }
  return null;
}

/** Returns the first `count` free slots in the range that `isWanted` accepts, ascending. */
export async function firstSlots(
  turn: Turn,
  snapshot: Snapshot,
  query: ResolvedQuery,
  { range, count, isWanted }: { range: Interval; count: number; isWanted: (start: Instant) => boolean },
): Promise<Slot[]> {
  const found: Slot[] = [];
  for await (const week of weekByWeek(turn, snapshot, range))
    for (const { time, free } of eachFreeSlot(snapshot, query, week)) {
      if (isWanted(time.start)) found.push({ time, free });
      if (found.length === count) return found;
    }
  return found;
}

/** Returns the condition that keeps the query from finding anything in the range. */
export async function bindingOf(
  turn: Turn,
  snapshot: Snapshot,
  query: ResolvedQuery,
  range: Interval,
): Promise<Binding> {
  const steps = whyNothing(snapshot, query);
  let step = steps.next();
  while (!step.done) step = steps.next((await earliest(turn, step.value, [query], range)) !== null);
  return step.value;
}
