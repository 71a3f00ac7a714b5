import type { Text } from '../../../domain/text';
import type { Reader } from '../../../presentation/texts';
import { answerTo, type JourneyQuestion } from './journey';
import { questionForm, stepView } from './journeyView';
import type { Stage } from './stage';

/** One answer to choose, as the page of a question shows it. */
interface QuestionOption {
  readonly value: string;
  /** The desk's own, in its languages, or a text of the page. */
  readonly text: string | Text;
  readonly hint?: string | Text | undefined;
  readonly lang?: string;
  readonly dir?: string;
}

/** What the page of a question is about. */
export interface QuestionAsked {
  readonly stage: Stage;
  /** The form was sent without an answer. */
  readonly isMissing: boolean;
}

/**
 * Returns what the pages of language, topic and mode show: a form with the answers to choose from. It is sent by GET, so
 * that nothing changes and "back" always works.
 */
export function questionView(
  question: Exclude<JourneyQuestion, 'day'>,
  { stage, isMissing, options }: QuestionAsked & { readonly options: readonly QuestionOption[] },
  reader: Reader,
) {
  const chosen = answerTo(question, stage.choices);
  const error = isMissing ? reader.t(`booking.${question}.missing`) : undefined;
  return {
    ...stepView(question, stage, reader),
    form: questionForm(question, stage),
    options: options.map((option, i) => ({
      ...option,
      id: `${question}-${i + 1}`,
      checked: option.value === chosen,
    })),
    errors: error && [{ href: `#${question}-1`, text: error }],
    error,
  };
}
