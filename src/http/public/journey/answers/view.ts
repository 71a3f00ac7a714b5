import type { Response } from 'express';
import type { Draft } from '../../../../domain/booking/hold';
import { questionsFor, type WrongAnswer } from '../../../../domain/booking/questions';
import { assetUrl } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { questionErrors, questionFields } from '../../../pages/questionFields';
import { type HeldStage, heldUrl } from '../heldStage';
import { stepView } from '../journeyView';
import { keptView, leavingTo } from '../keptSlot';

/** The id of the page's form. */
const FORM = 'questions';

/** Returns the topic's questions with what was typed, and the error of each wrong answer. */
export function answersView(
  deps: Pick<HttpDeps, 'now'>,
  stage: HeldStage,
  res: Response,
  filled: { readonly typed: Draft; readonly wrong: readonly WrongAnswer[] },
) {
  const questions = questionsFor(stage.topic, 'client');
  const errors = questionErrors(questions, filled.wrong, res.locals);
  const kept = keptView(deps, stage, res);
  const view = stepView('answers', stage, res);
  return {
    ...view,
    chips: view.chips.map(({ of, ...chip }) => ({ ...chip, leave: chip.href && leavingTo(of, kept, FORM) })),
    back: heldUrl('details', stage),
    form: { method: 'post', action: heldUrl('answers', stage), id: FORM },
    typedForm: FORM,
    questions: questionFields(questions, filled, res.locals),
    errors: errors.length > 0 ? errors : undefined,
    kept,
    scripts: [{ src: assetUrl('hold.js'), module: true }],
  };
}
