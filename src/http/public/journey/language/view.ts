import { languagesForTopic, languagesOf } from '../../../../domain/desk';
import { languagesMatch } from '../../../../domain/language';
import type { LanguageTag } from '../../../../domain/text';
import type { Reader } from '../../../../presentation/texts';
import { contactView } from '../../../pages/contact';
import { journeyUrl, nextPage, speaking } from '../journey';
import { languageChoice, stepView } from '../journeyView';
import type { Stage } from '../stage';

/**
 * Returns the languages to choose from, that of the page first. If the topic was chosen before, these are only its
 * languages.
 */
export function languageView(stage: Stage, reader: Reader) {
  const { desk, place, choices } = stage;
  const tags = choices.topic ? languagesForTopic(desk, choices.topic.id) : languagesOf(desk);
  const isReaders = (tag: LanguageTag) => languagesMatch(tag, reader.locale);
  return {
    ...stepView('language', stage, reader),
    options: [...tags.filter(isReaders), ...tags.filter((tag) => !isReaders(tag))].map((tag) => {
      const next = { ...choices, ...speaking(choices, tag) };
      return {
        ...languageChoice(tag, reader.locale),
        href: journeyUrl(nextPage(next), place, next),
        isChosen: tag === choices.language,
      };
    }),
    other: { text: reader.t('booking.language.other'), ...contactView(desk) },
  };
}
