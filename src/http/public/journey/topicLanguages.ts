import type { Desk, Topic } from '../../../domain/desk';
import { lookupLanguage } from '../../../domain/language';
import { languagesForTopic } from '../../../domain/offering';
import type { LanguageTag } from '../../../domain/text';
import { betweenAll } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { type Choices, journeyUrl, nextPage, speaking } from './journey';
import { languageLabel } from './journeyView';
import type { Stage } from './stage';

/** Returns the language that the advisor has to speak; undefined: none was chosen. */
export function advisorsLanguage(desk: Desk, { language, interpreter }: Choices): LanguageTag | undefined {
  return interpreter ? desk.interpreters?.through : language;
}

/** Tells whether an advisor covers the topic in this language; before a language is chosen, any will do. */
export function isOffered(desk: Desk, topicId: string, language: LanguageTag | undefined): boolean {
  return language === undefined || lookupLanguage(languagesForTopic(desk, topicId), language) !== undefined;
}

/**
 * Returns each language of the topic with a link that goes on with it, for `partials/topicLanguages`. Those that the
 * client speaks come first.
 */
export function topicLanguages(topic: Topic, { desk, choices, place }: Stage, { locale }: Reader) {
  const { also = [] } = choices;
  const offered = languagesForTopic(desk, topic.id);
  const spoken = offered.filter((tag) => also.includes(tag));
  const tags = [...spoken, ...offered.filter((tag) => !also.includes(tag))];
  const between = betweenAll(locale, tags.length);
  return tags.map((tag, i) => {
    const next = { ...choices, ...speaking(choices, tag), topic };
    return { ...languageLabel(tag), href: journeyUrl(nextPage(next), place, next), after: between[i] };
  });
}
