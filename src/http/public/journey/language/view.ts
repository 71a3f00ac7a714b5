import { languagesOf } from '../../../../domain/desk';
import { languagesMatch } from '../../../../domain/language';
import { languagesForTopic } from '../../../../domain/offering';
import type { LanguageTag } from '../../../../domain/text';
import { languageName } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import { WORLD_LANGUAGES } from '../../../../presentation/worldLanguages';
import { contactView } from '../../../pages/contact';
import { journeyUrl, nextPage, speaking } from '../journey';
import { hiddenFields, languageChoice, stepView } from '../journeyView';
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
    interpreted: desk.interpreters ? interpretedView(stage, tags, reader) : undefined,
  };
}

/** Returns the languages that can be asked for with an interpreter, by their names for the reader. */
function interpretedView({ place, choices }: Stage, spoken: readonly LanguageTag[], { locale }: Reader) {
  const { compare } = new Intl.Collator(locale);
  const others = WORLD_LANGUAGES.filter((tag) => !spoken.some((each) => languagesMatch(each, tag)));
  return {
    action: journeyUrl(choices.topic ? 'time' : 'topic', place, {}),
    hidden: [...hiddenFields(choices, 'language', 'interpreter'), { name: 'interpreter', value: '1' }],
    options: others
      .map((tag) => ({ value: tag, known: languageName(locale, tag), own: languageName(tag, tag) }))
      .sort((a, b) => compare(a.known, b.known))
      .map(({ value, known, own }) => ({
        value,
        text: own === known ? known : `${known} · ${own}`,
        selected: choices.interpreter && choices.language === value,
      })),
  };
}
