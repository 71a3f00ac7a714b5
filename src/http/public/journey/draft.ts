import type { Draft } from '../../../domain/booking/hold';
import { questionsFor, readAnswers } from '../../../domain/booking/questions';
import type { Topic } from '../../../domain/desk';
import { answerField, typedAnswers } from '../../pages/questionFields';
import { readDetails } from './details/form';
import type { HeldStage, HeldStep } from './heldStage';

/** Far beyond what any field allows: what is longer is not kept, so that a draft stays small. */
const MAX_DRAFT_LENGTH = 2_000;

/** What was typed into these fields, as text, ready to be kept and shown again. A field that was not sent is absent. */
export function typedIn(fields: readonly string[], body: unknown): Draft {
  const sent = (body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = Object.hasOwn(sent, field) ? sent[field] : undefined;
      return typeof value === 'string' ? [[field, value.trim().slice(0, MAX_DRAFT_LENGTH)]] : [];
    }),
  );
}

/** The draft after a form with these fields was sent. A box that is not ticked is not sent, and so is empty; what other pages asked stays. */
export function draftAfter(before: Draft, fields: readonly string[], body: unknown): Draft {
  return { ...before, ...Object.fromEntries(fields.map((field) => [field, ''])), ...typedIn(fields, body) };
}

/** The fields of the questions that clients are asked about the topic. */
export function answerFields(topic: Pick<Topic, 'questions'>): string[] {
  return questionsFor(topic, 'client').map(({ id }) => answerField(id));
}

/** What the topic asks clients, as the draft answers it. */
export function draftAnswers(topic: Pick<Topic, 'questions'>, draft: Draft) {
  const questions = questionsFor(topic, 'client');
  return { questions, ...readAnswers(questions, typedAnswers(questions, draft), { complete: true }) };
}

/** Which page of a held time comes next: the first that has not been filled in, or has something wrong. */
export function nextStep({ hold, topic, place }: Pick<HeldStage, 'hold' | 'topic' | 'place'>): HeldStep {
  const { draft } = hold;
  if ('wrong' in readDetails(draft, hold.mode, place.locale)) return 'details';
  const asked = answerFields(topic).every((field) => Object.hasOwn(draft, field));
  return asked && draftAnswers(topic, draft).wrong.length === 0 ? 'check' : 'answers';
}
