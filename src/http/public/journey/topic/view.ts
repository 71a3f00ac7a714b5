import { topicsOnOffer } from '../../../../domain/desk';
import { languageName } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import { contactView } from '../../../pages/contact';
import { journeyUrl } from '../journey';
import { type QuestionAsked, questionView } from '../question';
import type { Stage } from '../stage';
import { isOffered, topicLanguages } from '../topicLanguages';

/** Returns the topics that are offered in the chosen language, and in which languages the others are. */
export function topicView(asked: QuestionAsked, reader: Reader) {
  const { desk, choices, place } = asked.stage;
  const options = topicsOnOffer(desk)
    .filter(({ id }) => isOffered(desk, id, choices.language))
    .map(({ id, name, description }) => ({
      value: id,
      text: name,
      hint: description,
    }));
  return {
    ...questionView('topic', { ...asked, options }, reader),
    elsewhere: elsewhere(asked.stage, reader),
    notSureHref: journeyUrl('topics', place, choices),
  };
}

/** Returns the topics that nobody covers in the chosen language, each with its languages. */
function elsewhere(stage: Stage, { locale, t }: Reader) {
  const { desk, choices } = stage;
  const topics = topicsOnOffer(desk)
    .filter(({ id }) => !isOffered(desk, id, choices.language))
    .map((topic) => ({ name: topic.name, languages: topicLanguages(topic, stage) }));
  if (topics.length === 0) return undefined;
  const language = languageName(locale, choices.language ?? '');
  return { topics, interpreter: t('booking.topic.elsewhere.interpreter', { language }), ...contactView(desk) };
}
