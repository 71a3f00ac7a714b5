import type { Response } from 'express';
import { draftOn } from '../../../../domain/booking/hold';
import { CLIENT } from '../../../../domain/staff/caller';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import type { Page } from '../../../wiring';
import { answerFields, draftAfter, draftAnswers, nextStep, typedIn } from '../draft';
import { type HeldStage, heldUrl } from '../heldStage';
import { asksToRenew, renewed } from '../keptSlot';
import { DRAFT_FIELDS, readDetails } from './form';
import { detailsView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'now' | 'baseUrl'>;

/**
 * Asks for the client's details and what the topic asks before the consultation. What is typed is stored with the hold,
 * also if it is wrong or the hold has expired.
 */
export function detailsPage({ app, now, baseUrl }: Deps): Page<HeldStage> {
  const show = (res: Response, given: Omit<Parameters<typeof detailsView>[0], 'now' | 'baseUrl'>) =>
    res.render('pages/public/journey/details', detailsView({ ...given, now: now(), baseUrl }, res.locals));
  return {
    get(stage, req, res) {
      const typed = { ...stage.hold.draft, ...typedIn(fieldsOf(stage), req.body) };
      show(res, { stage, typed, wrong: [], wrongAnswers: [] });
    },

    async post(stage, req, res) {
      const typed = draftAfter(draftOn(stage.choices.journey, stage.hold.draft), fieldsOf(stage), req.body);
      await deed(res, () => app.keepDraft(stage.hold, CLIENT, typed), undefined);
      const hold = await deed(res, () => renewed({ app }, stage), stage.hold);
      if (asksToRenew(req.body)) return res.redirect(303, heldUrl('details', stage));
      const result = readDetails(typed, hold.mode, stage.place.locale);
      const wrong = 'wrong' in result ? result.wrong : [];
      const { wrong: wrongAnswers } = draftAnswers(stage.topic, typed);
      if (wrong.length + wrongAnswers.length > 0) {
        res.status(422);
        return show(res, { stage: { ...stage, hold }, typed, wrong, wrongAnswers });
      }
      res.redirect(303, heldUrl(nextStep({ ...stage, hold: { ...hold, draft: typed } }), stage));
    },
  };
}

function fieldsOf({ topic }: HeldStage): readonly string[] {
  return [...DRAFT_FIELDS, ...answerFields(topic)];
}
