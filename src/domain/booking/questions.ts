import { isPlain, lengthOf, tidied } from '../../fields/plainText';
import { isLocalDate } from '../calendar/dates';
import { DomainError } from '../errors';
import type { Text } from '../text';

/** What an answer can be: a text, yes or no, one of some choices, a day. */
export const QUESTION_KINDS = ['text', 'yes_no', 'choice', 'date'] as const;
type QuestionKind = (typeof QUESTION_KINDS)[number];

/** Who is asked: clients (and reception in their name), or reception alone. */
export const AUDIENCES = ['client', 'staff'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** One of the answers that a question of kind `choice` allows. */
interface Choice {
  readonly id: string;
  readonly label: Text;
}

/** What a topic wants to know before the consultation. A new one is an entry in the desk's file, and no code. */
export interface Question {
  /** Unique in its topic; answers are kept under it. */
  readonly id: string;
  readonly kind: QuestionKind;
  readonly label: Text;
  readonly hint: Text | null;
  /** Empty unless the kind is `choice`. */
  readonly choices: readonly Choice[];
  /** Nobody books the topic without an answer. */
  readonly required: boolean;
  /** Of a text: characters (code points) at most; else null. */
  readonly max: number | null;
  /** Days of 24 hours from the end of the consultation, after which the answer is erased. */
  readonly keepDays: number;
  readonly audience: Audience;
  /** It is asked no more, and stays for the answers that were given to it. */
  readonly retired?: boolean;
}

/** A text; the id of a choice; a day as `2026-12-31`; `true` for yes. */
export type AnswerValue = string | boolean;

/** Answers by the id of their question. What was not answered has no entry. */
export type Answers = Readonly<Record<string, AnswerValue>>;

/** More than this nobody would answer before a consultation. */
export const MAX_QUESTIONS = 20;
/** Characters of a text, where the question says nothing else, and where it says most. */
export const USUAL_ANSWER_LENGTH = 500;
export const MAX_ANSWER_LENGTH = 1_000;

/** Why an answer is refused. `unknown`: nobody asks that question. */
type WrongAnswerCode = 'missing' | 'unknown' | 'text' | 'length' | 'yes_no' | 'choice' | 'date';

/** One answer that is refused, with what is expected instead. */
export interface WrongAnswer {
  readonly questionId: string;
  readonly code: WrongAnswerCode;
  readonly expected: string;
}

interface Asking {
  readonly questions: readonly Question[];
}

/** The questions that `audience` is asked, in the desk's order. */
export function questionsFor({ questions }: Asking, audience: Audience): Question[] {
  return questions.filter((each) => !each.retired && (audience === 'staff' || each.audience === 'client'));
}

/**
 * The answers as they are kept, and those that are wrong: first the questions' own, in their order, then answers that nobody asked for.
 * What is wrong is not among the answers.
 *
 * @param given by the id of the question, from outside: texts of a form, values of JSON, cells of a file
 * @param how `complete` also refuses a required question without an answer
 */
export function readAnswers(
  questions: readonly Question[],
  given: Readonly<Record<string, unknown>>,
  { complete }: { readonly complete: boolean },
): { readonly answers: Answers; readonly wrong: readonly WrongAnswer[] } {
  const answers: Record<string, AnswerValue> = {};
  const wrong: WrongAnswer[] = [];
  for (const question of questions) {
    const value = Object.hasOwn(given, question.id) ? given[question.id] : undefined;
    const read = readAnswer(question, value);
    if (typeof read === 'object')
      wrong.push({ questionId: question.id, code: read.wrong, expected: expectedOf(question) });
    else if (read !== undefined) answers[question.id] = read;
    else if (complete && question.required)
      wrong.push({ questionId: question.id, code: 'missing', expected: `expected an answer: ${expectedOf(question)}` });
  }
  const unknown = Object.keys(given).filter((id) => !questions.some((question) => question.id === id));
  return {
    answers,
    wrong: [
      ...wrong,
      ...unknown.map(
        (questionId): WrongAnswer => ({ questionId, code: 'unknown', expected: 'is not a question of this topic' }),
      ),
    ],
  };
}

/** @throws DomainError `invalid` with a pointer for each answer that `readAnswers` finds wrong */
export function acceptedAnswers(questions: readonly Question[], given: Readonly<Record<string, unknown>>): Answers {
  const { answers, wrong } = readAnswers(questions, given, { complete: true });
  if (wrong.length === 0) return answers;
  const errors = wrong.map(({ questionId, expected }) => ({ pointer: `/answers/${questionId}`, detail: expected }));
  throw new DomainError('invalid', { errors });
}

/** An answer with what was asked. */
interface AnsweredQuestion {
  readonly questionId: string;
  /** Absent: the topic does not know it. */
  readonly question: Question | undefined;
  readonly answer: AnswerValue;
}

/**
 * The answers that `audience` may read, in the order in which they were asked, those of retired questions included. Clients never see
 * what reception alone is asked, or what their topic does not know.
 */
export function answeredFor(audience: Audience, { questions }: Asking, answers: Answers): AnsweredQuestion[] {
  const known = questions
    .filter((question) => audience === 'staff' || question.audience === 'client')
    .flatMap((question): AnsweredQuestion[] => {
      const answer = answers[question.id];
      return answer === undefined ? [] : [{ questionId: question.id, question, answer }];
    });
  if (audience === 'client') return known;
  const others = Object.entries(answers).filter(([id]) => !questions.some((question) => question.id === id));
  return [
    ...known,
    ...others.map(([questionId, answer]): AnsweredQuestion => ({ questionId, question: undefined, answer })),
  ];
}

/** One answer as it is kept; undefined: nothing was answered. */
function readAnswer(question: Question, given: unknown): AnswerValue | undefined | { readonly wrong: WrongAnswerCode } {
  const value = typeof given === 'string' ? tidied(given) : given;
  if (value === undefined || value === null || value === '') return undefined;
  return READERS[question.kind](question, value);
}

type Reader = (question: Question, value: unknown) => AnswerValue | { readonly wrong: WrongAnswerCode };

/** One row per kind; `Record` makes the compiler ask for a row when a kind is added. */
const READERS: Readonly<Record<QuestionKind, Reader>> = {
  text: ({ max }, value) => {
    if (typeof value !== 'string' || !isPlain(value)) return { wrong: 'text' };
    return lengthOf(value) <= (max ?? USUAL_ANSWER_LENGTH) ? value : { wrong: 'length' };
  },
  yes_no: (_, value) => {
    if (value === true || value === 'yes') return true;
    return value === false || value === 'no' ? false : { wrong: 'yes_no' };
  },
  choice: ({ choices }, value) => (choices.some(({ id }) => id === value) ? (value as string) : { wrong: 'choice' }),
  date: (_, value) => (typeof value === 'string' ? dayOf(value) : undefined) ?? { wrong: 'date' },
};

/** `31.12.2026`, as it is typed where a browser has no field for dates. */
const GERMAN_DATE = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/;

/** A day that exists, of the centuries that people live in: `0026-12-31` is a slip of a date field. */
function dayOf(text: string): string | undefined {
  const two = (digits: string) => digits.padStart(2, '0');
  const date = text.replace(GERMAN_DATE, (_, day, month, year) => `${year}-${two(month)}-${two(day)}`);
  return isLocalDate(date) && /^(19|20|21)/.test(date) ? date : undefined;
}

function expectedOf({ kind, choices, max }: Question): string {
  if (kind === 'text') return `expected a text of at most ${max ?? USUAL_ANSWER_LENGTH} characters`;
  if (kind === 'yes_no') return 'expected true or false';
  if (kind === 'choice') return `expected one of ${choices.map(({ id }) => id).join(', ')}`;
  return 'expected a day from 1900 to 2199, such as 2026-12-31';
}
