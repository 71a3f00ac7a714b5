import type { Draft } from '../../../../domain/booking/hold';
import { questionsFor, type WrongAnswer } from '../../../../domain/booking/questions';
import type { Instant } from '../../../../domain/calendar/interval';
import { assetUrl } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import { questionErrors, questionFields } from '../../../pages/questionFields';
import { type HeldStage, heldUrl } from '../heldStage';
import { stepView } from '../journeyView';
import { keptView, leavingTo } from '../keptSlot';

/** The id of the page's form. */
const FORM = 'questions';

interface Given {
  readonly stage: HeldStage;
  readonly typed: Draft;
  readonly wrong: readonly WrongAnswer[];
  readonly now: Instant;
}

/** Returns the topic's questions with what was typed, and the error of each wrong answer. */
export function answersView({ stage, typed, wrong, now }: Given, reader: Reader) {
  const questions = questionsFor(stage.topic, 'client');
  const errors = questionErrors(questions, wrong, reader);
  const kept = keptView(stage, now, reader);
  const view = stepView('answers', stage, reader);
  return {
    ...view,
    chips: view.chips.map(({ of, ...chip }) => ({ ...chip, leave: chip.href && leavingTo(of, kept, FORM) })),
    back: heldUrl('details', stage),
    form: { method: 'post', action: heldUrl('answers', stage), id: FORM },
    typedForm: FORM,
    questions: questionFields(questions, { typed, wrong }, reader),
    errors: errors.length > 0 ? errors : undefined,
    kept,
    scripts: [{ src: assetUrl('hold.js'), module: true }],
  };
}
