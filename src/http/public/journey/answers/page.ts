import type { Response } from 'express';
import { draftOn } from '../../../../domain/booking/hold';
import { questionsFor } from '../../../../domain/booking/questions';
import { CLIENT } from '../../../../domain/staff/caller';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import type { Page } from '../../../wiring';
import { answerFields, draftAfter, draftAnswers, nextStep, typedIn } from '../draft';
import { type HeldStage, heldUrl } from '../heldStage';
import { asksToRenew, renewed } from '../keptSlot';
import { answersView } from './view';

/**
 * Asks the topic's questions before the consultation; the page is skipped if there are none. What is typed is stored
 * with the hold, also if it is wrong.
 */
export function answersPage({ app, now }: Pick<HttpDeps, 'app' | 'now'>): Page<HeldStage> {
  const show = (res: Response, given: Omit<Parameters<typeof answersView>[0], 'now'>) =>
    res.render('pages/public/journey/answers', answersView({ ...given, now: now() }, res.locals));
  return {
    get(stage, req, res) {
      const next = nextStep(stage);
      const isAsked = questionsFor(stage.topic, 'client').length > 0;
      // There is nothing to answer, or the page before is not filled in.
      if (!isAsked || next === 'details') return res.redirect(303, heldUrl(next, stage));
      const typed = { ...stage.hold.draft, ...typedIn(answerFields(stage.topic), req.body) };
      show(res, { stage, typed, wrong: [] });
    },

    async post(stage, req, res) {
      const typed = draftAfter(draftOn(stage.choices.journey, stage.hold.draft), answerFields(stage.topic), req.body);
      await deed(res, () => app.keepDraft(stage.hold, CLIENT, typed), undefined);
      const hold = await deed(res, () => renewed({ app }, stage), stage.hold);
      if (asksToRenew(req.body)) return res.redirect(303, heldUrl('answers', stage));
      const { wrong } = draftAnswers(stage.topic, typed);
      if (wrong.length > 0) {
        res.status(422);
        return show(res, { stage: { ...stage, hold }, typed, wrong });
      }
      res.redirect(303, heldUrl(nextStep({ ...stage, hold: { ...hold, draft: typed } }), stage));
    },
  };
}
