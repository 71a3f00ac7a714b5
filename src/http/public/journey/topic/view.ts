import { type Topic, topicsOnOffer } from '../../../../domain/desk';
import { topicsFor } from '../../../../domain/topicSearch';
import { languageName } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import { contactView } from '../../../pages/contact';
import { inGroups } from '../../../pages/topicGroups';
import { topicSearchView } from '../../../pages/topicSearch';
import { journeyUrl, nextPage } from '../journey';
import { hiddenFields, stepView } from '../journeyView';
import type { Stage } from '../stage';
import { advisorsLanguage, isOffered, topicLanguages } from '../topicLanguages';

/** More topics than these are searched, and told of more briefly. */
const MAX_TOPICS_AT_A_GLANCE = 8;

interface Given {
  readonly stage: Stage;
  /** What a client looks for; empty: nothing. */
  readonly typed: string;
}

/** Returns the topics that are offered in the chosen language, and in which languages the others are. */
export function topicView({ stage, typed }: Given, reader: Reader) {
  const { desk, choices, place } = stage;
  const topics = topicsOnOffer(desk).filter(({ id }) => isOffered(desk, id, advisorsLanguage(desk, choices)));
  const isMany = topics.length > MAX_TOPICS_AT_A_GLANCE;
  const found = topicsFor([desk], typed).map(({ topic }) => topic);
  const isSearched = isMany && typed !== '';
  const isGrouped = isMany && !isSearched && topics.some(({ group }) => group !== null);
  const option = (topic: Topic) => topicOption(topic, stage, reader);
  return {
    ...stepView('topic', stage, reader),
    search: isMany ? topicSearchView(journeyUrl('topic', place, {}), typed, hiddenFields(choices, 'topic')) : undefined,
    found: isSearched && {
      title: reader.t(found.length > 0 ? 'booking.deskList.found' : 'booking.topic.none', { typed }),
      allHref: journeyUrl('topic', place, choices),
    },
    isMany,
    groups: isGrouped
      ? inGroups(topics, ({ group }) => group, reader).map(({ title, items }) => ({
          title,
          isOpen: items.some((topic) => topic === choices.topic),
          options: items.map(option),
        }))
      : [{ options: (isSearched ? found.filter((topic) => topics.includes(topic)) : topics).map(option) }],
    elsewhere: isSearched ? undefined : elsewhere(stage, reader),
    notSureHref: journeyUrl('topics', place, choices),
  };
}

function topicOption(topic: Topic, { choices, place }: Stage, { t }: Reader) {
  const next = { ...choices, topic };
  return {
    text: topic.name,
    hint: topic.description,
    minutes: t('booking.topics.duration', { count: topic.durationMinutes }),
    href: journeyUrl(nextPage(next), place, next),
    isChosen: topic === choices.topic,
  };
}

/** Returns the topics that nobody covers in the chosen language, each with its languages. */
function elsewhere(stage: Stage, reader: Reader) {
  const { locale, t } = reader;
  const { desk, choices, place } = stage;
  const topics = topicsOnOffer(desk)
    .filter(({ id }) => !isOffered(desk, id, advisorsLanguage(desk, choices)))
    .map((topic) => ({
      name: topic.name,
      languages: topicLanguages(topic, stage, reader),
      interpreterHref: desk.interpreters
        ? journeyUrl('time', place, { ...choices, topic, interpreter: true })
        : undefined,
    }));
  if (topics.length === 0) return undefined;
  const language = languageName(locale, choices.language ?? '');
  const interpreter = desk.interpreters ? undefined : t('booking.topic.elsewhere.interpreter', { language });
  return { topics, interpreter, withInterpreter: t('booking.interpreter.into', { language }), ...contactView(desk) };
}
