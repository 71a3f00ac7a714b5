import type { Reader } from '../../../../presentation/texts';
import { type QuestionAsked, questionView } from '../question';

/** Returns the modes of the chosen topic, each with what it means for the client. */
export function modeView(asked: QuestionAsked, reader: Reader) {
  const { desk, choices } = asked.stage;
  const options = (choices.topic?.modes ?? []).map((mode) => ({
    value: mode,
    text: reader.t(`booking.mode.${mode}.name`),
    hint: reader.t(`booking.mode.${mode}.help`, { address: desk.address }),
  }));
  return questionView('mode', { ...asked, options }, reader);
}
