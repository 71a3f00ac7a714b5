import { DomainError } from '../errors';
import { MAX_QUESTIONS, type Question, questionsFor } from './questions';

interface Asking {
  readonly questions: readonly Question[];
}

/**
 * Returns what a topic asks, with this question instead of the one with its id, or as the last. One that was asked no
 * more is asked again, as the last.
 *
 * @throws DomainError `invalid` for more than a topic may ask
 */
export function withQuestion(topic: Asking, question: Question): Question[] {
  const asked = questionsFor(topic, 'staff');
  const isAsked = asked.some(({ id }) => id === question.id);
  if (isAsked) return asked.map((each) => (each.id === question.id ? question : each));
  if (!question.retired && !hasRoomFor(topic)) {
    const detail = `expected at most ${MAX_QUESTIONS} questions`;
    throw new DomainError('invalid', { errors: [{ pointer: '/questions', detail }] });
  }
  return [...asked, question];
}

/** Tells whether the topic may ask one more question. */
export function hasRoomFor(topic: Asking): boolean {
  return questionsFor(topic, 'staff').length < MAX_QUESTIONS;
}

/** Returns what the topic asks without one question. */
export function withoutQuestion(topic: Asking, id: string): Question[] {
  return questionsFor(topic, 'staff').filter((question) => question.id !== id);
}

/** Returns what the topic asks with one question a place earlier or later; the first stays first, and the last last. */
export function withQuestionMoved(topic: Asking, id: string, to: 'earlier' | 'later'): Question[] {
  const asked = questionsFor(topic, 'staff');
  const from = asked.findIndex((question) => question.id === id);
  const place = from + (to === 'earlier' ? -1 : 1);
  const [question, other] = [asked[from], asked[place]];
  if (!question || !other) return asked;
  return asked.with(from, other).with(place, question);
}
