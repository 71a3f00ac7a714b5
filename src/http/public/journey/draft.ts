import type { Draft } from '../../../domain/booking/hold';
import { questionsFor, readAnswers } from '../../../domain/booking/questions';
import type { Topic } from '../../../domain/desk';
import { clientLocaleFor } from '../../../presentation/texts';
import { answerField, typedAnswers } from '../../pages/questionFields';
import { draftFields, readDetails } from './details/form';
import type { HeldStage, HeldStep } from './heldStage';

/** Far more than any field accepts. Longer text is not stored, so that a draft stays small. */
const MAX_DRAFT_LENGTH = 2_000;

/**
 * Returns the text of these fields as it was typed, to be stored and shown again. Fields that were not sent are absent.
 */
export function typedIn(fields: readonly string[], body: unknown): Draft {
  const sent = (body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = Object.hasOwn(sent, field) ? sent[field] : undefined;
      return typeof value === 'string' ? [[field, value.trim().slice(0, MAX_DRAFT_LENGTH)]] : [];
    }),
  );
}

/**
 * Returns the draft after a form with these fields was sent. An unticked checkbox is not sent, so it becomes empty; the
 * fields of other pages stay.
 */
export function draftAfter(before: Draft, fields: readonly string[], body: unknown): Draft {
  return { ...before, ...Object.fromEntries(fields.map((field) => [field, ''])), ...typedIn(fields, body) };
}

/** Returns the names of the fields for the questions that clients are asked. */
function answerFields(topic: Pick<Topic, 'questions'>): string[] {
  return questionsFor(topic, 'client').map(({ id }) => answerField(id));
}

/** Returns the names of all fields of the form for a topic. */
export function formFields(topic: Topic): string[] {
  return [...draftFields(topic), ...answerFields(topic)];
}

/** Reads the answers to the client's questions from the draft. */
export function draftAnswers(topic: Pick<Topic, 'questions'>, draft: Draft) {
  const questions = questionsFor(topic, 'client');
  return { questions, ...readAnswers(questions, typedAnswers(questions, draft), { complete: true }) };
}

/** Returns the next page about a held time: the form, if it is not filled in or has an error, or asks something new. */
export function nextStep({ desk, hold, topic, place }: Pick<HeldStage, 'desk' | 'hold' | 'topic' | 'place'>): HeldStep {
  const { draft } = hold;
  if ('wrong' in readDetails(draft, { mode: hold.mode, topic, desk, page: clientLocaleFor(place.locale) }))
    return 'details';
  const asked = answerFields(topic).every((field) => Object.hasOwn(draft, field));
  return asked && draftAnswers(topic, draft).wrong.length === 0 ? 'check' : 'details';
}
