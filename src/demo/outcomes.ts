import type { AskedOutcome } from '../domain/booking/outcome';
import type { Desk } from '../domain/desk';
import { partnersOf } from '../domain/partner';

/** Of so many consultations one has no outcome, one needs a follow-up, and two lead on to a partner. */
const OUTCOMES_A_CYCLE = 8;
const WITHOUT_PLACE = 3;
const FOLLOW_UP_PLACE = 5;
const REFERRED_PLACES: readonly number[] = [1, 6];
const MAX_STEPS = 2;

/** Returns what became of the demo's `nth` consultation; null: nobody has said so. It draws nothing by chance. */
export function someOutcome(
  desk: Desk,
  { topicId, nth }: { readonly topicId: string; readonly nth: number },
): AskedOutcome | null {
  const place = nth % OUTCOMES_A_CYCLE;
  const topic = desk.topics.find(({ id }) => id === topicId);
  if (!topic || place === WITHOUT_PLACE) return null;
  const partners = REFERRED_PLACES.includes(place) ? partnersOf(desk, topic) : [];
  const partner = partners[nth % Math.max(1, partners.length)];
  return {
    kind: partner ? 'referred' : place === FOLLOW_UP_PLACE ? 'follow_up_needed' : 'done',
    nextSteps: topic.phrases.slice(0, nth % (MAX_STEPS + 1)).map(({ id }) => ({ phrase: id })),
    referral: partner?.id ?? null,
    group: null,
  };
}
