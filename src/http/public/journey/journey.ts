import { questionsFor } from '../../../domain/booking/questions';
import type { LocalDate } from '../../../domain/calendar/hours';
import { type Desk, languagesForTopic, languagesOf, MODES, type Mode, type Topic } from '../../../domain/desk';
import { lookupLanguage } from '../../../domain/language';
import type { LanguageTag } from '../../../domain/text';
import { paths, url } from '../../../paths';
import { dateOrNull } from '../../typedTime';

/**
 * What was chosen so far. It travels in the address, also of forms that are sent: it contains nothing personal, the
 * back button and the language switch work, and the page can be shared.
 */
export interface Choices {
  readonly language?: LanguageTag | undefined;
  /** Other languages that the client speaks, for which sooner times are suggested. None: for all languages. */
  readonly also?: readonly LanguageTag[] | undefined;
  readonly topic?: Topic | undefined;
  readonly mode?: Mode | undefined;
  readonly date?: LocalDate | undefined;
  /**
   * Identifies one journey from the start page on, to decide who may see what was typed. It is random and says nothing
   * about the person.
   */
  readonly journey?: string | undefined;
}

/** The questions whose answers stand in the address; details and check follow after a slot is held. */
export const QUESTIONS = ['language', 'topic', 'mode', 'day'] as const;
export type JourneyQuestion = (typeof QUESTIONS)[number];

/**
 * The pages that are counted in "Step 2 of 7". A topic with one mode skips that page, and a topic without questions
 * skips `answers`.
 */
const STEPS = ['language', 'topic', 'mode', 'day', 'time', 'details', 'answers', 'check'] as const;
export type Step = (typeof STEPS)[number];

const PAGES: Record<Step, string> = {
  language: paths.chooseLanguage,
  topic: paths.chooseTopic,
  mode: paths.chooseMode,
  day: paths.chooseDay,
  time: paths.chooseTime,
  details: paths.yourDetails,
  answers: paths.answerQuestions,
  check: paths.checkAnswers,
};

type Query = Readonly<Record<string, unknown>>;

/**
 * Reads the choices from the address. Values that the desk does not know are dropped, so that they are asked again. The
 * mode of a topic with only one is chosen automatically.
 */
export function readChoices(query: Query, desk: Desk): Choices {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : undefined);
  const topic = desk.topics.find(({ id }) => id === text('topic'));
  const offered = topic ? languagesForTopic(desk, topic.id) : languagesOf(desk);
  const language = lookupLanguage(offered, text('language') ?? '');
  const wished = MODES.find((mode) => mode === text('mode') && topic?.modes.includes(mode));
  const mode = wished ?? (topic?.modes.length === 1 ? topic.modes[0] : undefined);
  return {
    language,
    also: readAlso(query, desk, language),
    topic,
    mode,
    date: dateOrNull(text('date')) ?? undefined,
    journey: readJourney(text('journey')),
  };
}

/**
 * Reads the other languages from the address, in the desk's order. A hold does not store them, so the pages about it
 * read them here as well.
 */
export function readAlso({ also }: Query, desk: Desk, language: LanguageTag | undefined): readonly LanguageTag[] {
  const named: readonly unknown[] = Array.isArray(also) ? also : [also];
  const asked = named.filter((tag) => typeof tag === 'string');
  return languagesOf(desk).filter((tag) => tag !== language && lookupLanguage(asked, tag) !== undefined);
}

/** Returns the first question that is not answered; null: the client can choose a time. */
export function openQuestion({ language, topic, mode, date }: Choices): JourneyQuestion | null {
  if (!language) return 'language';
  if (!topic) return 'topic';
  if (!mode) return 'mode';
  return date ? null : 'day';
}

/** Returns the first open question of those before a page; undefined: the page can be shown. */
export function openBefore(step: JourneyQuestion | 'time', choices: Choices): JourneyQuestion | undefined {
  const open = openQuestion(choices);
  const before: readonly JourneyQuestion[] = step === 'time' ? QUESTIONS : QUESTIONS.slice(0, QUESTIONS.indexOf(step));
  return before.find((question) => question === open);
}

/** Returns the answer to a question as it stands in the address. */
export function answerTo(question: JourneyQuestion, { language, topic, mode, date }: Choices): string | undefined {
  return { language, topic: topic?.id, mode, day: date }[question];
}

/**
 * Returns the choices with another language. A client who named their languages keeps the first one as one of the
 * others.
 */
export function speaking({ language, also = [] }: Choices, taken: LanguageTag): Partial<Choices> {
  const others = [language, ...also].filter((tag) => tag !== undefined && tag !== taken) as LanguageTag[];
  return { language: taken, also: also.length > 0 ? others : [] };
}

/** Returns the pages of this journey, in order. */
export function stepsOf({ topic }: Choices): readonly Step[] {
  const asksMode = topic?.modes.length !== 1;
  const asksMore = topic !== undefined && questionsFor(topic, 'client').length > 0;
  return STEPS.filter((step) => (step !== 'mode' || asksMode) && (step !== 'answers' || asksMore));
}

/** Returns the address of a page of the journey with the choices. */
export function journeyUrl(
  step: Step | 'topics',
  { locale, desk }: { locale: string; desk: string },
  choices: Choices,
): string {
  const page = step === 'topics' ? paths.topicsExplained : PAGES[step];
  return url(page, { locale, desk }, asQuery(choices));
}

/** Returns the choices as query parameters; forms that are sent by GET carry them as hidden fields. */
export function asQuery({
  language,
  also,
  topic,
  mode,
  date,
  journey,
}: Choices): Record<string, string | readonly string[] | undefined> {
  return { language, also, topic: topic?.id, mode: topic?.modes.length === 1 ? undefined : mode, date, journey };
}

function readJourney(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w-]{8,64}$/.test(text) ? text : undefined;
}
