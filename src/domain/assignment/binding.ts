import type { Interval } from '../calendar/interval';
import { type Advisor, canTake } from '../desk';
import { eachOffer, type Question, type Situation } from './offers';

/**
 * What can keep a search from finding anything, in the order in which it is asked: nobody who covers the topic speaks the language; the desk is closed, or clients may not book then; nobody suitable works; no room or station is
 * left; everybody suitable is taken.
 */
export const BINDINGS = ['language', 'hours', 'advisors', 'places', 'bookings'] as const;
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
  if (!desk.advisors.some((advisor) => canTake(advisor, { topicId: topic.id, language, advisorId }))) return 'language';
  const nothing = { taken: [], absences: [] };
  if (!opens({ ...nothing, desk: { ...desk, capacities: {}, advisors: desk.advisors.map(alwaysThere) } }))
    return 'hours';
  if (!opens({ taken: [], desk: { ...desk, capacities: {} } })) return 'advisors';
  if (opens({ desk: { ...desk, capacities: {} } }) || !opens(nothing)) return 'places';
  return 'bookings';
}

function hasOffer(situation: Situation, question: Question, range: Interval): boolean {
  return eachOffer(situation, question, range).next().done === false;
}

function alwaysThere(advisor: Advisor): Advisor {
  return { ...advisor, workingRules: [] };
}
