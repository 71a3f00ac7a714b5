import type { Advisor } from '../desk';
import { teamOf } from '../team';
import { type ResolvedQuery, type Snapshot, withDiaries } from './freeSlots';

/**
 * The conditions that can rule out every slot, in the order in which they are checked: no advisor for the topic speaks
 * the language; the desk is closed, or clients may not book then; no suitable advisor works; everything free is kept
 * for others; no room or station is left; all suitable advisors are engaged.
 */
export const BINDINGS = ['language', 'hours', 'advisors', 'reserves', 'places', 'bookings'] as const;
export type Binding = (typeof BINDINGS)[number];

/**
 * Finds the first condition without which a query that finds nothing would get further. For each situation that it
 * yields, the caller answers whether the query finds a slot there; so the caller decides how much is searched at once.
 *
 * @param query in a mode in which the topic is offered
 */
export function* whyNothing(snapshot: Snapshot, query: ResolvedQuery): Generator<Snapshot, Binding, boolean> {
  const { desk } = snapshot;
  const { topic, language, advisorId } = query;
  if (teamOf(desk).able({ topicId: topic.id, language, advisorId }).length === 0) return 'language';
  const unbooked = withDiaries(snapshot, () => []);
  const unlimited = { ...desk, capacities: {}, reserves: [] };
  const isOpen = yield { ...unbooked, absences: [], desk: { ...unlimited, advisors: desk.advisors.map(alwaysThere) } };
  if (!isOpen) return 'hours';
  if (!(yield { ...unbooked, desk: unlimited })) return 'advisors';
  if (desk.reserves.length > 0 && (yield { ...snapshot, desk: { ...desk, reserves: [] } })) return 'reserves';
  if (Object.keys(desk.capacities).length === 0) return 'bookings';
  if (yield { ...snapshot, desk: { ...desk, capacities: {} } }) return 'places';
  return (yield { ...unbooked, absences: [], desk: { ...desk, reserves: [] } }) ? 'bookings' : 'places';
}

function alwaysThere(advisor: Advisor): Advisor {
  return { ...advisor, workingRules: [] };
}
