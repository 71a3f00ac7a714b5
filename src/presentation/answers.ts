import {
  type Answers,
  type AnswerValue,
  type Audience,
  answeredFor,
  type Question,
  questionsFor,
} from '../domain/booking/questions';
import { isLocalDate } from '../domain/calendar/dates';
import type { Topic } from '../domain/desk';
import { type Printable, printed } from './deskText';
import { dayName } from './format';
import type { Reader } from './texts';

/** What was asked and what was answered, in the reader's language. */
export interface AnswerRow {
  readonly key: Printable;
  readonly value: Printable;
  /** A text is in whatever script its writer chose. */
  readonly dir?: 'auto';
}

/** The answers that `audience` may read, in the order in which they were asked; an answer without its question has its id before it. */
export function answerRows(
  audience: Audience,
  topic: Pick<Topic, 'questions'>,
  answers: Answers,
  reader: Reader,
): AnswerRow[] {
  return answeredFor(audience, topic, answers).map(({ questionId, question, answer }): AnswerRow => {
    const value = inWords(question, answer, reader);
    const key = question ? printed(question.label, reader.locale) : questionId;
    return typeof answer === 'string' && question?.kind === 'text' ? { key, value, dir: 'auto' } : { key, value };
  });
}

/** Every question that clients are asked about the topic, with its answer or that there is none. */
export function askedRows(topic: Pick<Topic, 'questions'>, answers: Answers, reader: Reader): AnswerRow[] {
  const questions = questionsFor(topic, 'client');
  return questions.map((question) => {
    const [row] = answerRows('client', { questions: [question] }, answers, reader);
    return row ?? { key: printed(question.label, reader.locale), value: reader.t('common.answer.none') };
  });
}

/** A question that changed its kind still has answers of the earlier one: those stay as they were given. */
function inWords(question: Question | undefined, answer: AnswerValue, { locale, t }: Reader): Printable {
  if (typeof answer === 'boolean') return t(answer ? 'common.answer.yes' : 'common.answer.no');
  if (question?.kind === 'date' && isLocalDate(answer)) return dayName(locale, answer);
  const chosen = question?.choices.find(({ id }) => id === answer);
  return chosen ? printed(chosen.label, locale) : answer;
}
