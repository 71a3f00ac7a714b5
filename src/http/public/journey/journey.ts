import type { LocalDate } from '../../../domain/calendar/hours';
import type { Instant } from '../../../domain/calendar/interval';
import { type Desk, languagesOf, MODES, type Mode, type Topic } from '../../../domain/desk';
import { knownLanguage, lookupLanguage } from '../../../domain/language';
import { languagesForTopic, topicOnOffer } from '../../../domain/offering';
import type { LanguageTag } from '../../../domain/text';
import { paths, url } from '../../../paths';
import { dateOrNull, instantOrNull } from '../../typedTime';

/**
 * What was chosen so far. It travels in the address, also of forms that are sent: it contains nothing personal, the
 * back button and the language switch work, and the page can be shared.
 */
export interface Choices {
  readonly language?: LanguageTag | undefined;
  /** Other languages that the client speaks, for which sooner times are suggested. None: for all languages. */
  readonly also?: readonly LanguageTag[] | undefined;
  /** The language is to be interpreted, as nobody speaks it, or only later. */
  readonly interpreter?: boolean | undefined;
  /** Read from an address, it has only the modes in which it is offered in the language. */
  readonly topic?: Topic | undefined;
  /** Absent: the topic's default, see `modeOf`. */
  readonly mode?: Mode | undefined;
  /** The day with which the list of days begins. */
  readonly date?: LocalDate | undefined;
  /** The time that was chosen before something else changed; it is offered again first. */
  readonly start?: Instant | undefined;
  /** Whom the client books for, as they said on the first page; absent: they are asked with their details. */
  readonly forWhom?: ForWhom | undefined;
  /** The client books for the next one, with the same details as before. */
  readonly same?: boolean | undefined;
  /**
   * Identifies one journey from the start page on, to decide who may see what was typed. It is random and says nothing
   * about the person.
   */
  readonly journey?: string | undefined;
}

/** Whom a booking can be for: the client, their family, or somebody whom they employ or support. */
export const FOR_WHOM = ['me', 'family', 'others'] as const;
export type ForWhom = (typeof FOR_WHOM)[number];

/** The questions with a page of their own, whose answers stand in the address. */
export const QUESTIONS = ['language', 'topic'] as const;
export type JourneyQuestion = (typeof QUESTIONS)[number];

/** The pages that are counted in "Step 2 of 5". */
const STEPS = [...QUESTIONS, 'time', 'details', 'check'] as const;
export type Step = (typeof STEPS)[number];

const PAGES: Record<Step, string> = {
  language: paths.chooseLanguage,
  topic: paths.chooseTopic,
  time: paths.chooseTime,
  details: paths.yourDetails,
  check: paths.checkAnswers,
};

type Query = Readonly<Record<string, unknown>>;

/** Reads the choices from the address. Values that the desk does not know are dropped, so that they are asked again. */
export function readChoices(query: Query, desk: Desk): Choices {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : undefined);
  const known = desk.topics.find(({ id }) => id === text('topic'));
  const offered = known ? languagesForTopic(desk, known.id) : languagesOf(desk);
  const asked = text('language') ?? '';
  const interpreted = query.interpreter === '1' && desk.interpreters ? knownLanguage(asked) : undefined;
  const language = interpreted ?? lookupLanguage(offered, asked);
  const spoken = interpreted ? desk.interpreters?.through : language;
  const topic = known && topicOnOffer(desk, known, spoken);
  return {
    language,
    interpreter: interpreted !== undefined,
    topic,
    mode: MODES.find((mode) => mode === text('mode') && topic?.modes.includes(mode)),
    date: dateOrNull(text('date')) ?? undefined,
    start: instantOrNull(text('start')) ?? undefined,
    ...readBesideHold(query, desk, language),
    journey: readJourney(text('journey')),
  };
}

/** The choices that a hold does not store; the pages about it carry them in their address. */
type BesideHold = Pick<Choices, 'also' | 'forWhom' | 'same'>;

export function besideHold({ also, forWhom, same }: Choices): BesideHold {
  return { also, forWhom, same };
}

/** Reads the choices that a hold does not store. Other languages are in the desk's order. */
export function readBesideHold(query: Query, desk: Desk, language: LanguageTag | undefined): BesideHold {
  const named: readonly unknown[] = Array.isArray(query.also) ? query.also : [query.also];
  const asked = named.filter((tag) => typeof tag === 'string');
  return {
    also: languagesOf(desk).filter((tag) => tag !== language && lookupLanguage(asked, tag) !== undefined),
    forWhom: FOR_WHOM.find((whom) => whom === query.for),
    same: query.same === '1',
  };
}

/** Returns the mode in which times are looked for: the chosen one, or the topic's default. */
export function modeOf({ mode, topic }: Choices): Mode | undefined {
  return mode ?? topic?.modes[0];
}

/** Returns the first question that is not answered; null: the client can choose a time. */
export function openQuestion({ language, topic }: Choices): JourneyQuestion | null {
  if (!language) return 'language';
  return topic ? null : 'topic';
}

/** Returns the page that comes next after a choice. */
export function nextPage(choices: Choices): Step {
  return openQuestion(choices) ?? 'time';
}

/**
 * Returns the choices with another language. A client who named their languages keeps the first one as one of the
 * others.
 */
export function speaking({ language, also = [] }: Choices, taken: LanguageTag): Partial<Choices> {
  const others = [language, ...also].filter((tag) => tag !== undefined && tag !== taken) as LanguageTag[];
  return { language: taken, also: also.length > 0 ? others : [], interpreter: false };
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

/** Returns the position of a page, as "Step 2 of 5" says it, and the one before. */
export function positionOf(step: Step): { number: number; total: number; before: Step | undefined } {
  const index = STEPS.indexOf(step);
  return { number: index + 1, total: STEPS.length, before: STEPS[index - 1] };
}

/** Returns the choices as query parameters; forms that are sent by GET carry them as hidden fields. */
export function asQuery({
  language,
  also,
  interpreter,
  topic,
  mode,
  date,
  start,
  forWhom,
  same,
  journey,
}: Choices): Record<string, string | readonly string[] | undefined> {
  return {
    language,
    also,
    interpreter: interpreter ? '1' : undefined,
    topic: topic?.id,
    mode: topic && mode && topic.modes.length > 1 && topic.modes.includes(mode) ? mode : undefined,
    date,
    start: start === undefined ? undefined : new Date(start).toISOString(),
    for: forWhom,
    same: same ? '1' : undefined,
    journey,
  };
}

function readJourney(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w-]{8,64}$/.test(text) ? text : undefined;
}
