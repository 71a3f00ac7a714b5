import type { Details } from '../../../../domain/booking/booking';
import { clientLocaleFor } from '../../../../presentation/texts';
import type { HttpDeps } from '../../../deps';
import { Elsewhere, type Guard } from '../../../wiring';
import { readDetails } from '../details/form';
import { draftAnswers, nextStep } from '../draft';
import { type HeldStage, heldStage, heldUrl } from '../heldStage';

/** Everything that the client told for the held time. */
export interface Told {
  readonly stage: HeldStage;
  readonly details: Details;
}

/** The guard of the page: if something is missing, the client belongs on the first page where it is. */
export function allTold(deps: Pick<HttpDeps, 'storage' | 'tokens' | 'baseUrl'>): Guard<Told> {
  const held = heldStage(deps);
  return async (req, res) => {
    const stage = await held(req, res);
    if (stage instanceof Elsewhere) return stage;
    const { desk, hold, topic, place } = stage;
    const next = nextStep(stage);
    const result = readDetails(hold.draft, { mode: hold.mode, topic, desk, page: clientLocaleFor(place.locale) });
    if (next === 'check' && 'details' in result)
      return { stage, details: { ...result.details, answers: draftAnswers(topic, hold.draft).answers } };
    return new Elsewhere(heldUrl(next, stage));
  };
}
