import { languagesForTopic, languagesOf } from '../../../../domain/desk';
import type { Reader } from '../../../../presentation/texts';
import { contactView } from '../../../pages/contact';
import { languageChoice } from '../journeyView';
import { type QuestionAsked, questionView } from '../question';

/**
 * Returns the languages to choose from. If the topic was chosen first (from a card on the start page), these are only
 * its languages. All of them can be ticked as well as others that the client speaks, because only the browser knows
 * which one is being chosen on this page.
 */
export function languageView(asked: QuestionAsked, reader: Reader) {
  const { desk, choices } = asked.stage;
  const tags = choices.topic ? languagesForTopic(desk, choices.topic.id) : languagesOf(desk);
  const options = tags.map((tag) => languageChoice(tag, reader.locale));
  const also = options.map((option, i) => ({
    ...option,
    id: `also-${i + 1}`,
    checked: choices.also?.includes(option.value),
  }));
  return {
    ...questionView('language', { ...asked, options }, reader),
    also: also.length > 1 && also,
    other: { text: reader.t('booking.language.other'), ...contactView(desk) },
  };
}
