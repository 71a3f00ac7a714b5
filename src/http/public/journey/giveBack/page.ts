import { CLIENT } from '../../../../domain/staff/caller';
import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import { formFields, typedIn } from '../draft';
import type { HeldStage } from '../heldStage';
import { journeyUrl, QUESTIONS, type Step } from '../journey';

/** Releases the time that is held for the client, who changes something; the time and what was typed are offered again. */
export function giveBackPage({ app }: Pick<HttpDeps, 'app'>): Page<HeldStage> {
  return {
    async post({ hold, place, choices, topic }, req, res) {
      await app.keepDraft(hold, CLIENT, {
        ...hold.draft,
        ...typedIn(formFields(topic), req.body),
      });
      await app.giveBack({ ...hold, who: CLIENT });
      res.redirect(303, journeyUrl(leftFor(req.body), place, { ...choices, start: hold.time.start }));
    },
  };
}

/** Returns the page to which the client goes next; by default, the times. */
function leftFor(body: unknown): Step {
  const to = (body as { to?: unknown } | undefined)?.to;
  return QUESTIONS.find((question) => question === to) ?? 'time';
}
