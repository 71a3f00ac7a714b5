import type { Advisor } from '../desk';
import { teamOf } from '../team';
import type { ResolvedQuery, Snapshot } from './freeSlots';

/**
 * What can keep a search from finding anything, in the order in which it is asked: nobody who covers the topic speaks the language; the
 * desk is closed, or clients may not book then; nobody suitable works; all that is free is kept for others; no room or station is left;
 * everybody suitable is taken.
 */
export const BINDINGS = ['language', 'hours', 'advisors', 'reserves', 'places', 'bookings'] as const;
export type Binding = (typeof BINDINGS)[number];

/**
 * The first condition without which a search would get further, that finds nothing as it is. Each situation that it yields is to be answered:
 * whether the same question has an offer there. So whoever asks decides how long is looked at once.
 *
 * @param query in a mode in which the topic is offered
 */
export function* whyNothing(snapshot: Snapshot, query: ResolvedQuery): Generator<Snapshot, Binding, boolean> {
  const { desk } = snapshot;
  const { topic, language, advisorId } = query;
  if (teamOf(desk).able({ topicId: topic.id, language, advisorId }).length === 0) return 'language';
  const nothing = { diary: () => [], absences: [] };
  const unlimited = { ...desk, capacities: {}, reserves: [] };
  const isOpen = yield { ...snapshot, ...nothing, desk: { ...unlimited, advisors: desk.advisors.map(alwaysThere) } };
  if (!isOpen) return 'hours';
  if (!(yield { ...snapshot, diary: () => [], desk: unlimited })) return 'advisors';
  if (desk.reserves.length > 0 && (yield { ...snapshot, desk: { ...desk, reserves: [] } })) return 'reserves';
  if (Object.keys(desk.capacities).length === 0) return 'bookings';
  if (yield { ...snapshot, desk: { ...desk, capacities: {} } }) return 'places';
  return (yield { ...snapshot, ...nothing, desk: { ...desk, reserves: [] } }) ? 'bookings' : 'places';
}

function alwaysThere(advisor: Advisor): Advisor {
  return { ...advisor, workingRules: [] };
}
