import { isVisit, topicsOnOffer } from '../../../../domain/desk';
import { topicOnOffer } from '../../../../domain/offering';
import { paths, url } from '../../../../paths';
import { itemsToBring } from '../../../../presentation/deskText';
import type { Reader } from '../../../../presentation/texts';
import { contactView } from '../../../pages/contact';
import { journeyUrl, nextPage } from '../journey';
import { stepView } from '../journeyView';
import type { Stage } from '../stage';
import { advisorsLanguage, isOffered, topicLanguages } from '../topicLanguages';

/** Returns every topic in a few words; one that is not offered in the chosen language leads on in its languages. */
export function topicsView(stage: Stage, reader: Reader) {
  const { locale, t } = reader;
  const { desk, choices, place } = stage;
  return {
    ...stepView('topic', stage, reader),
    title: t('booking.topics.title'),
    back: choices.language ? journeyUrl('topic', place, choices) : url(paths.start, place),
    topics: topicsOnOffer(desk).map((known) => {
      const spoken = advisorsLanguage(desk, choices);
      const topic = topicOnOffer(desk, known, spoken);
      const offered = isOffered(desk, topic.id, spoken);
      const next = { ...choices, topic };
      return {
        name: topic.name,
        description: topic.description,
        minutes: t('booking.topics.duration', { count: topic.durationMinutes }),
        modes: topic.modes.map((mode) => t(`booking.mode.${mode}.name`)),
        bring: topic.modes.filter(isVisit).flatMap((mode) => itemsToBring(topic, mode, locale)),
        href: offered ? journeyUrl(nextPage(next), place, next) : undefined,
        languages: offered ? [] : topicLanguages(topic, stage, reader),
      };
    }),
    contact: contactView(desk),
  };
}
