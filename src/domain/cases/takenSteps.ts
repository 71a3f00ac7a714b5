import type { NotedOutcome } from '../booking/outcome';
import type { Partner } from '../partner';
import { inLanguage } from '../text';
import type { Case, CaseStep } from './case';

/**
 * Returns what was agreed in a consultation as steps of its case: its next steps, in the language in which the case is
 * worded, and the partner to whom the client goes on. What stands in the case already is left out.
 */
export function takenSteps(
  { nextSteps, referral }: NotedOutcome,
  { steps, strategy }: Pick<Case, 'steps' | 'strategy'>,
  partners: readonly Partner[],
): Omit<CaseStep, 'id'>[] {
  const step = (text: string, due: CaseStep['due'], partnerId: string | null) => ({
    ...{ text, due, partnerId, owner: 'client' as const, state: 'open' as const },
  });
  const partner = partners.find(({ id }) => id === referral?.partnerId);
  const all = [
    ...nextSteps.map(({ text, due }) => step(inLanguage(text, strategy.language), due, null)),
    ...(partner ? [step(inLanguage(partner.name, strategy.language), null, partner.id)] : []),
  ];
  return all.filter(({ text, partnerId }) => !steps.some((each) => each.text === text && each.partnerId === partnerId));
}
