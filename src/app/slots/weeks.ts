import type { Instant, Interval } from '../../domain/calendar/interval';
import { weeksIn } from '../../domain/calendar/zone';
import {
  eachFreeSlot,
  freeSlots,
  type ResolvedQuery,
  type SlotWithAdvisors,
  type Snapshot,
} from '../../domain/slots/freeSlots';
import { type Binding, whyNothing } from '../../domain/slots/whyNothing';
import type { Turn } from '../ports/turn';

/**
 * Yields the parts of the range that lie in one ISO week of the desk each, ascending. It lets other requests run
 * between two weeks.
 */
async function* weekByWeek(turn: Turn, timeZone: string, range: Interval): AsyncGenerator<Interval> {
  for (const { start, end } of weeksIn(range, timeZone)) {
    if (start > range.start) await turn();
    yield { start: Math.max(start, range.start), end: Math.min(end, range.end) };
  }
}

/** Does what `freeSlots` does without naming the best advisors, and lets other requests run between two weeks. */
export async function freeSlotsByWeek(
  turn: Turn,
  snapshot: Snapshot,
  query: ResolvedQuery,
  range: Interval,
): Promise<SlotWithAdvisors[]> {
  const found: SlotWithAdvisors[] = [];
  for await (const week of weekByWeek(turn, snapshot.desk.hours.timeZone, range))
    found.push(...freeSlots(snapshot, query, week, 'any'));
  return found;
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
  for await (const week of weekByWeek(turn, snapshot.desk.hours.timeZone, range)) {
    const starts = queries.flatMap((query) => {
      const [first] = eachFreeSlot(snapshot, query, week);
      return first?.time.start ?? [];
    });
    if (starts.length > 0) return Math.min(...starts);
  }
  return null;
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
