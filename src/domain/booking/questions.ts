import { isPlain, lengthOf, tidied } from '../../fields/plainText';
import { isLocalDate } from '../calendar/dates';
import { DomainError } from '../errors';
import type { Text } from '../text';

/** The kinds of answers: a text, yes or no, one of several choices, a day. */
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

/**
 * A question that a topic asks before the consultation. A new question is an entry in the desk's file and needs no
 * code.
 */
export interface Question {
  /** Unique in its topic; answers are stored under it. */
  readonly id: string;
  readonly kind: QuestionKind;
  readonly label: Text;
  readonly hint: Text | null;
  /** Empty unless the kind is `choice`. */
  readonly choices: readonly Choice[];
  /** The topic cannot be booked without an answer. */
  readonly required: boolean;
  /** For a text: the greatest length in code points; otherwise null. */
  readonly max: number | null;
  /** Days of 24 hours from the end of the consultation, after which the answer is erased. */
  readonly keepDays: number;
  readonly audience: Audience;
  /** The question is not asked any more; it is kept for the answers that were given to it. */
  readonly retired?: boolean;
}

/** A text; the id of a choice; a day as `2026-12-31`; `true` for yes. */
export type AnswerValue = string | boolean;

/** Answers by the id of their question. A question that was not answered has no entry. */
export type Answers = Readonly<Record<string, AnswerValue>>;

/** The greatest number of questions of a topic; nobody would answer more before a consultation. */
export const MAX_QUESTIONS = 20;
/** The greatest length of a text in code points: where the question sets none, and the most that it can set. */
export const USUAL_ANSWER_LENGTH = 500;
export const MAX_ANSWER_LENGTH = 1_000;

/** Why an answer is refused. `unknown`: the topic has no such question. */
type WrongAnswerCode = 'missing' | 'unknown' | 'text' | 'length' | 'yes_no' | 'choice' | 'date';

/** An answer that is refused, with what is expected instead. */
export interface WrongAnswer {
  readonly questionId: string;
  readonly code: WrongAnswerCode;
  readonly expected: string;
}

interface Asking {
  readonly questions: readonly Question[];
}

/** Returns the questions that `audience` is asked, in the desk's order. */
export function questionsFor({ questions }: Asking, audience: Audience): Question[] {
  return questions.filter((each) => !each.retired && (audience === 'staff' || each.audience === 'client'));
}

/**
 * Reads answers and returns them as they are stored, without the wrong ones, together with a list of what is wrong:
 * first by the order of the questions, then the answers that belong to no question.
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

/**
 * Returns the answers as they are stored. @throws DomainError `invalid` with a pointer for each answer that
 * `readAnswers` finds wrong
 */
export function acceptedAnswers(questions: readonly Question[], given: Readonly<Record<string, unknown>>): Answers {
  const { answers, wrong } = readAnswers(questions, given, { complete: true });
  if (wrong.length === 0) return answers;
  const errors = wrong.map(({ questionId, expected }) => ({ pointer: `/answers/${questionId}`, detail: expected }));
  throw new DomainError('invalid', { errors });
}

/** An answer together with its question. */
interface AnsweredQuestion {
  readonly questionId: string;
  /** Absent: the topic has no question of this id. */
  readonly question: Question | undefined;
  readonly answer: AnswerValue;
}

/**
 * Returns the answers that `audience` may read, in the order of the questions, including retired ones. Clients see
 * neither the questions for reception alone nor answers that belong to no question.
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

/** Reads one answer and returns it as it is stored; undefined: the question was not answered. */
function readAnswer(question: Question, given: unknown): AnswerValue | undefined | { readonly wrong: WrongAnswerCode } {
  const value = typeof given === 'string' ? tidied(given) : given;
  if (value === undefined || value === null || value === '') return undefined;
  return READERS[question.kind](question, value);
}

type Reader = (question: Question, value: unknown) => AnswerValue | { readonly wrong: WrongAnswerCode };

/** One row for each kind; `Record` makes the compiler ask for a row when a kind is added. */
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

/** A German date such as `31.12.2026`, as people type it where the browser has no date field. */
const GERMAN_DATE = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/;

/**
 * Returns a day that exists, as `YYYY-MM-DD`. Implausible centuries are refused: `0026-12-31` is a typing mistake in a
 * date field.
 */
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
