import type { Advisor } from '../desk';
import { teamOf } from '../team';
import { modesToTake, type ResolvedQuery, type Snapshot, withDiaries } from './freeSlots';

/**
 * The conditions that can rule out every slot, in the order in which they are checked: no advisor for the topic speaks
 * the language; none of them gives consultations in the mode; all days lie within the lead time in working days; the
 * desk is closed, or clients may not book then; no suitable advisor works; everything free is kept for others; no room
 * or station is left; all suitable advisors are engaged.
 */
export const BINDINGS = [
  'language',
  'mode',
  'lead_time',
  'hours',
  'advisors',
  'reserves',
  'places',
  'bookings',
] as const;
export type Binding = (typeof BINDINGS)[number];

/**
 * Finds the first condition without which a query that finds nothing would get further. For each situation that it
 * yields, the caller answers whether the query finds a slot there; so the caller decides how much is searched at once.
 *
 * @param query in a mode in which the topic is offered
 * @returns `hours` also within the lead time, which the caller tells apart, who knows which days were asked for
 */
export function* whyNothing(snapshot: Snapshot, query: ResolvedQuery): Generator<Snapshot, Binding, boolean> {
  const { desk } = snapshot;
  const { topic, language, advisorId } = query;
  const isSpoken = teamOf(desk).able({ topicId: topic.id, language, mode: null, advisorId }).length > 0;
  if (!isSpoken) return 'language';
  if (modesToTake(desk, query).length === 0) return 'mode';
  const unbooked = withDiaries(snapshot, () => []);
  const unlimited = withoutReserves(withoutCapacities(unbooked));
  const alwaysOpen = { ...unlimited.desk, advisors: desk.advisors.map(alwaysThere) };
  const isOpen = yield { ...unlimited, absences: [], desk: alwaysOpen };
  if (!isOpen) return 'hours';
  if (!(yield unlimited)) return 'advisors';
  if (desk.reserves.length > 0 && (yield withoutReserves(snapshot))) return 'reserves';
  if (Object.keys(desk.capacities).length === 0) return 'bookings';
  if (yield withoutCapacities(snapshot)) return 'places';
  return (yield { ...withoutReserves(unbooked), absences: [] }) ? 'bookings' : 'places';
}

/** Returns the snapshot as if nothing were kept for others. */
export function withoutReserves(snapshot: Snapshot): Snapshot {
  return { ...snapshot, desk: { ...snapshot.desk, reserves: [] } };
}

/** Returns the snapshot as if the desk had a place for every consultation. */
export function withoutCapacities(snapshot: Snapshot): Snapshot {
  return { ...snapshot, desk: { ...snapshot.desk, capacities: {} } };
}

function alwaysThere(advisor: Advisor): Advisor {
  return { ...advisor, workingRules: [] };
}
