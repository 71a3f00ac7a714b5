import { type Request, type Response, Router } from 'express';
import { type Desk, languagesForTopic, languagesOf, type Topic, toBring, topicsOnOffer } from '../../../../domain/desk';
import { lookupLanguage } from '../../../../domain/language';
import { inLanguage, type LanguageTag } from '../../../../domain/text';
import { paths, url } from '../../../../paths';
import { languageName } from '../../../../presentation/format';
import type { HttpDeps } from '../../../deps';
import { contactView } from '../../../pages/contact';
import { type Choices, type JourneyQuestion, journeyUrl, openQuestion } from '../journey';
import {
  answeredBefore,
  languageChoice,
  languageLabel,
  onJourney,
  questionForm,
  type Stage,
  stageOf,
  stepView,
} from '../journeyView';
import { speaking } from '../otherWays';

type Deps = Pick<HttpDeps, 'ids'>;

/** One answer to choose, as the page shows it. */
interface Option {
  readonly value: string;
  readonly text: string;
  readonly hint?: string | undefined;
  readonly lang?: string;
  readonly dir?: string;
  readonly checked?: boolean;
}

/**
 * Asks for language, topic and mode, one question per page. They are sent by GET, so that nothing changes and "back"
 * always works. The form leads to its own page with `answered`; a valid answer redirects onwards, a missing one is
 * asked for again.
 */
export function chooseQuestionRoutes(deps: Deps): Router {
  const router = Router();
  router.get(paths.chooseLanguage, ask(deps, 'language', languageOptions));
  router.get(paths.chooseTopic, ask(deps, 'topic', topicOptions));
  router.get(paths.chooseMode, ask(deps, 'mode', modeOptions));
  router.get(paths.topicsExplained, explainTopics(deps));
  return router;
}

function ask(
  deps: Deps,
  question: Exclude<JourneyQuestion, 'day'>,
  optionsOf: (stage: Stage, locale: string, t: Response['locals']['t']) => Option[],
) {
  return (req: Request, res: Response): void => {
    const asked = stageOf(req, res);
    if (!answeredBefore(question, asked, res)) return;
    const answered = 'answered' in req.query;
    const chosen = answerTo(asked.choices, question);
    if (answered && chosen) {
      res.redirect(303, journeyUrl(openQuestion(asked.choices) ?? 'time', asked.place, asked.choices));
      return;
    }

    const stage = onJourney(asked, deps);
    const { locale, t } = res.locals;
    const options = optionsOf(stage, locale, t).map((option, i) => ({
      ...option,
      id: `${question}-${i + 1}`,
      checked: option.value === chosen,
    }));
    const errors = answered ? [{ href: `#${question}-1`, text: t(`booking.${question}.missing`) }] : undefined;
    res.status(errors ? 422 : 200).render(`pages/public/journey/${question}`, {
      ...stepView(question, stage, res),
      form: questionForm(question, stage, req.path),
      options,
      elsewhere: question === 'topic' ? elsewhere(stage, res) : undefined,
      also: alsoOptions(stage, locale),
      errors,
      error: errors?.[0]?.text,
      other: { text: t('booking.language.other'), ...contactView(stage.desk) },
      notSureHref: journeyUrl('topics', stage.place, stage.choices),
    });
  };
}

function answerTo({ language, topic, mode }: Choices, question: Exclude<JourneyQuestion, 'day'>): string | undefined {
  return { language, topic: topic?.id, mode }[question];
}

/** If the topic was chosen first (from a card on the start page), these are only its languages. */
function languageOptions({ desk, choices }: Stage, locale: string): Option[] {
  const tags = choices.topic ? languagesForTopic(desk, choices.topic.id) : languagesOf(desk);
  return tags.map((tag) => languageChoice(tag, locale));
}

/**
 * Returns the other languages that can be ticked. All are included, because only the browser knows which one is being
 * chosen on this page.
 */
function alsoOptions(stage: Stage, locale: string) {
  const options = languageOptions(stage, locale).map((option, i) => ({
    ...option,
    id: `also-${i + 1}`,
    checked: stage.choices.also?.includes(option.value),
  }));
  return options.length > 1 && options;
}

/**
 * Returns the topics that nobody covers in the chosen language, each with its languages, those that the client speaks
 * first.
 */
function elsewhere(stage: Stage, { locals: { locale, t } }: Response) {
  const { desk, choices } = stage;
  const topics = topicsOnOffer(desk)
    .filter(({ id }) => !isOffered(desk, id, choices.language))
    .map((topic) => ({ name: inLanguage(topic.name, locale), languages: waysToHave(topic, stage) }));
  if (topics.length === 0) return undefined;
  const language = languageName(locale, choices.language ?? '');
  return { topics, interpreter: t('booking.topic.elsewhere.interpreter', { language }), ...contactView(desk) };
}

/** Returns each language of the topic with a link that goes on with it. */
function waysToHave(topic: Topic, { desk, choices, place }: Stage) {
  const { also = [] } = choices;
  const offered = languagesForTopic(desk, topic.id);
  const spoken = offered.filter((tag) => also.includes(tag));
  return [...spoken, ...offered.filter((tag) => !also.includes(tag))].map((tag) => {
    const mode = topic.modes.length === 1 ? topic.modes[0] : undefined;
    const next = { ...choices, ...speaking(choices, tag), topic, mode };
    return { ...languageLabel(tag), href: journeyUrl(openQuestion(next) ?? 'day', place, next) };
  });
}

function topicOptions({ desk, choices: { language } }: Stage, locale: string): Option[] {
  return topicsOnOffer(desk)
    .filter(({ id }) => isOffered(desk, id, language))
    .map(({ id, name, description }) => ({
      value: id,
      text: inLanguage(name, locale),
      hint: inLanguage(description, locale),
    }));
}

/** Tells whether an advisor covers the topic in this language; before a language is chosen, any will do. */
function isOffered(desk: Desk, topicId: string, language: LanguageTag | undefined): boolean {
  return language === undefined || lookupLanguage(languagesForTopic(desk, topicId), language) !== undefined;
}

function modeOptions({ choices: { topic }, desk }: Stage, _locale: string, t: Response['locals']['t']): Option[] {
  return (topic?.modes ?? []).map((mode) => ({
    value: mode,
    text: t(`booking.mode.${mode}.name`),
    hint: t(`booking.mode.${mode}.help`, { address: desk.address }),
  }));
}

/** "I am not sure": explains what each topic is about and what happens there, each with a link to choose it. */
const explainTopics = (deps: Deps) => (req: Request, res: Response) => {
  const stage = onJourney(stageOf(req, res), deps);
  const { locale, t } = res.locals;
  const { desk, choices, place } = stage;
  const topics = topicsOnOffer(desk).map((topic) => {
    const offered = isOffered(desk, topic.id, choices.language);
    const next = { ...choices, topic, mode: topic.modes.length === 1 ? topic.modes[0] : undefined };
    return {
      name: inLanguage(topic.name, locale),
      description: inLanguage(topic.description, locale),
      minutes: t('booking.topics.duration', { count: topic.durationMinutes }),
      modes: topic.modes.map((mode) => t(`booking.mode.${mode}.name`)).join(', '),
      bring: topic.modes.flatMap((mode) => toBring(topic, mode, locale)),
      href: offered ? journeyUrl(openQuestion(next) ?? 'day', place, next) : undefined,
      languages: offered ? [] : waysToHave(topic, stage),
    };
  });
  res.render('pages/public/journey/topics', {
    ...stepView('topic', stage, res),
    title: t('booking.topics.title'),
    back: choices.language ? journeyUrl('topic', place, choices) : url(paths.start, place),
    topics,
    contact: contactView(desk),
  });
};
