import type { Interval } from '../calendar/interval';
import type { Advisor } from '../desk';
import { teamOf } from '../team';
import { eachOffer, type Question, type Situation } from './offers';

/**
 * What can keep a search from finding anything, in the order in which it is asked: nobody who covers the topic speaks the language; the
 * desk is closed, or clients may not book then; nobody suitable works; all that is free is kept for others; no room or station is left;
 * everybody suitable is taken.
 */
export const BINDINGS = ['language', 'hours', 'advisors', 'reserves', 'places', 'bookings'] as const;
export type Binding = (typeof BINDINGS)[number];

/**
 * The first condition without which the search would get further; null: something is free.
 *
 * @param question in a mode in which the topic is offered
 * @param range as for `offers`
 */
export function binding(situation: Situation, question: Question, range: Interval): Binding | null {
  const { desk } = situation;
  const { topic, language, advisorId } = question;
  const opens = (part: Partial<Situation>) => hasOffer({ ...situation, ...part }, question, range);
  if (opens({})) return null;
  if (teamOf(desk).able({ topicId: topic.id, language, advisorId }).length === 0) return 'language';
  const nothing = { diary: () => [], absences: [] };
  const unlimited = { ...desk, capacities: {}, reserves: [] };
  if (!opens({ ...nothing, desk: { ...unlimited, advisors: desk.advisors.map(alwaysThere) } })) return 'hours';
  if (!opens({ diary: () => [], desk: unlimited })) return 'advisors';
  if (opens({ desk: { ...desk, reserves: [] } })) return 'reserves';
  if (opens({ desk: { ...desk, capacities: {} } }) || !opens({ ...nothing, desk: { ...desk, reserves: [] } }))
    return 'places';
  return 'bookings';
}

function hasOffer(situation: Situation, question: Question, range: Interval): boolean {
  return eachOffer(situation, question, range).next().done === false;
}

function alwaysThere(advisor: Advisor): Advisor {
  return { ...advisor, workingRules: [] };
}
