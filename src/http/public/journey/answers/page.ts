import { type Response, Router } from 'express';
import { type Draft, draftOn } from '../../../../domain/booking/hold';
import { questionsFor, type WrongAnswer } from '../../../../domain/booking/questions';
import { CLIENT } from '../../../../domain/staff/caller';
import { paths } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { noStore } from '../../../middleware/securityHeaders';
import { answerFields, draftAfter, draftAnswers, nextStep, typedIn } from '../draft';
import { type HeldStage, heldStage, heldUrl } from '../heldStage';
import { asksToRenew, renewed } from '../keptSlot';
import { answersView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'baseUrl' | 'now'>;

/**
 * Asks the topic's questions before the consultation; the page is skipped if there are none. What is typed is stored
 * with the hold, also if it is wrong.
 */
export function answerQuestionsRoutes(deps: Deps): Router {
  const router = Router();
  router.use(paths.answerQuestions, noStore);

  router.get(paths.answerQuestions, async (req, res) => {
    const stage = await heldStage(deps, req, res);
    if (!stage || leadsElsewhere(stage, res)) return;
    show(deps, stage, res, { ...stage.hold.draft, ...typedIn(answerFields(stage.topic), req.body) });
  });

  router.post(paths.answerQuestions, async (req, res) => {
    const stage = await heldStage(deps, req, res);
    if (!stage) return;
    const typed = draftAfter(draftOn(stage.choices.journey, stage.hold.draft), answerFields(stage.topic), req.body);
    await deed(res, () => deps.app.keepDraft(stage.hold, CLIENT, typed), undefined);
    const hold = await deed(res, () => renewed(deps, stage), stage.hold);
    if (asksToRenew(req.body)) return res.redirect(303, heldUrl('answers', stage));
    const { wrong } = draftAnswers(stage.topic, typed);
    if (wrong.length > 0) return show(deps, { ...stage, hold }, res, typed, wrong);
    res.redirect(303, heldUrl(nextStep({ ...stage, hold: { ...hold, draft: typed } }), stage));
  });
  return router;
}

/** Redirects if there is nothing to answer, or if the page before is not filled in; tells whether it did. */
function leadsElsewhere(stage: HeldStage, res: Response): boolean {
  const next = nextStep(stage);
  const isAsked = questionsFor(stage.topic, 'client').length > 0;
  if (isAsked && next !== 'details') return false;
  res.redirect(303, heldUrl(next, stage));
  return true;
}

function show(deps: Deps, stage: HeldStage, res: Response, typed: Draft, wrong: readonly WrongAnswer[] = []): void {
  res
    .status(wrong.length > 0 ? 422 : 200)
    .render('pages/public/journey/answers', answersView(deps, stage, res, { typed, wrong }));
}
