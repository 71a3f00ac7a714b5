import type { Response } from 'express';
import { draftOn } from '../../../../domain/booking/hold';
import { CLIENT } from '../../../../domain/staff/caller';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import type { Page } from '../../../wiring';
import { draftAfter, nextStep, typedIn } from '../draft';
import { type HeldStage, heldUrl } from '../heldStage';
import { asksToRenew, renewed } from '../keptSlot';
import { DRAFT_FIELDS, readDetails } from './form';
import { detailsView } from './view';

/**
 * Asks for the client's details. What is typed is stored with the hold, also if it is wrong or the hold has expired.
 */
export function detailsPage({ app, now }: Pick<HttpDeps, 'app' | 'now'>): Page<HeldStage> {
  const show = (res: Response, given: Omit<Parameters<typeof detailsView>[0], 'now'>) =>
    res.render('pages/public/journey/details', detailsView({ ...given, now: now() }, res.locals));
  return {
    get(stage, req, res) {
      show(res, { stage, typed: { ...stage.hold.draft, ...typedIn(DRAFT_FIELDS, req.body) }, wrong: [] });
    },

    async post(stage, req, res) {
      const typed = draftAfter(draftOn(stage.choices.journey, stage.hold.draft), DRAFT_FIELDS, req.body);
      await deed(res, () => app.keepDraft(stage.hold, CLIENT, typed), undefined);
      const hold = await deed(res, () => renewed({ app }, stage), stage.hold);
      if (asksToRenew(req.body)) return res.redirect(303, heldUrl('details', stage));
      const result = readDetails(typed, hold.mode, stage.place.locale);
      if ('wrong' in result) {
        res.status(422);
        return show(res, { stage: { ...stage, hold }, typed, wrong: result.wrong });
      }
      res.redirect(303, heldUrl(nextStep({ ...stage, hold: { ...hold, draft: typed } }), stage));
    },
  };
}
