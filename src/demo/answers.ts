import type { Source } from '../domain/booking/booking';
import { type Answers, type AnswerValue, type Question, questionsFor } from '../domain/booking/questions';
import { DAY } from '../domain/calendar/dates';
import type { Instant } from '../domain/calendar/interval';
import type { LanguageTag } from '../domain/text';
import type { Random } from './random';

/** Texts that answer a question of the shipped desks, by its id; `any` fits whatever a desk asks. */
const TEXTS: Readonly<Record<'de' | 'en', Readonly<Record<string, readonly string[]>>>> = {
  de: {
    qualification: ['Krankenpfleger', 'Bachelor in Informatik', 'Elektriker', 'Lehrerin für Mathematik'],
    'qualification-country': ['Türkei', 'Ukraine', 'Indien', 'Marokko'],
    'children-ages': ['2 und 5 Jahre', '9 Monate', '6, 8 und 12 Jahre'],
    any: ['Das zeige ich Ihnen im Gespräch.', 'Darüber möchte ich gern sprechen.'],
  },
  en: {
    qualification: ['Nurse', 'Bachelor in computer science', 'Electrician', 'Teacher of mathematics'],
    'qualification-country': ['Turkey', 'Ukraine', 'India', 'Morocco'],
    'children-ages': ['2 and 5 years', '9 months', '6, 8 and 12 years'],
    any: ['I will show you when we talk.', 'That is what I would like to talk about.'],
  },
};

interface AnswerContext {
  /** Start of the consultation. Days that are asked for lie after it. */
  readonly start: Instant;
  readonly language: LanguageTag;
  readonly source: Source;
}

/** Makes answers to the questions of a topic, as the client or reception would be asked. Now and then an optional one has none. */
export function someAnswers(questions: readonly Question[], random: Random, situation: AnswerContext): Answers {
  const asked = questionsFor({ questions }, situation.source === 'web' ? 'client' : 'staff');
  const answered = asked.filter(({ required }) => required || random.chance(75));
  return Object.fromEntries(answered.map((question) => [question.id, someAnswer(question, random, situation)]));
}

function someAnswer(
  { kind, id, choices, max }: Question,
  random: Random,
  { start, language }: AnswerContext,
): AnswerValue {
  if (kind === 'yes_no') return random.chance(50);
  if (kind === 'choice') return random.pick(choices).id;
  if (kind === 'date') return new Date(start + (14 + random.below(400)) * DAY).toISOString().slice(0, 10);
  const texts = TEXTS[language === 'de' ? 'de' : 'en'];
  return random.pick(texts[id] ?? texts.any ?? []).slice(0, max ?? undefined);
}
