import { z } from 'zod';
import { MAX_PHRASES, MAX_STEP_LENGTH } from '../../domain/booking/phrases';
import {
  AUDIENCES,
  MAX_ANSWER_LENGTH,
  MAX_QUESTIONS,
  QUESTION_KINDS,
  USUAL_ANSWER_LENGTH,
} from '../../domain/booking/questions';
import { MODES } from '../../domain/desk';
import { isLanguage } from '../languageTag';
import { known, noneTwice } from './checks';
import { MINUTES_PER_DAY, MINUTES_PER_HOUR, minutes, text } from './deskValues';
import { newSlug } from './tags';
import { line, textInLanguages } from './text';

/** The greatest length of a topic's short name in characters. */
const MAX_SHORT_NAME_LENGTH = 12;
/** A name that fits on a card of the day board, beside a language's code. */
const shortText = textInLanguages(line(MAX_SHORT_NAME_LENGTH), isLanguage, { keys: 'expected language tags as names' });

const Choice = known({ id: newSlug, label: text });

const QUESTION_FIELDS = {
  id: newSlug,
  kind: z.enum(QUESTION_KINDS),
  label: text,
  hint: text.nullable().default(null),
  choices: z.array(Choice).superRefine(noneTwice('id')).optional(),
  required: z.boolean().default(false),
  max: z.int().min(1).max(MAX_ANSWER_LENGTH).optional(),
  keepDays: z.int().min(0).max(3650),
  audience: z.enum(AUDIENCES).default('client'),
};

/** What depends on the kind of a question. */
interface OfKind {
  readonly kind: (typeof QUESTION_KINDS)[number];
  readonly choices?: readonly unknown[] | undefined;
  readonly max?: number | undefined;
}

function questionHolds({ kind, choices, max }: OfKind, ctx: z.RefinementCtx): void {
  const refuse = (field: string, message: string) => ctx.addIssue({ code: 'custom', path: [field], message });
  if (kind === 'choice' && (choices?.length ?? 0) < 2) refuse('choices', 'expected two choices at least');
  if (kind !== 'choice' && choices) refuse('choices', 'is only for the kind choice');
  if (kind !== 'text' && max !== undefined) refuse('max', 'is only for the kind text');
}

type Written = z.output<z.ZodObject<typeof QUESTION_FIELDS>>;

/** Fills in what a question leaves out. */
function asAsked({ choices = [], max, ...question }: Written) {
  return { ...question, choices, max: question.kind === 'text' ? (max ?? USUAL_ANSWER_LENGTH) : null };
}

/** One question of a topic. */
export const TopicQuestion = known(QUESTION_FIELDS).superRefine(questionHolds).transform(asAsked);

/** One question of a desk, with its topic. */
export const QuestionOfTopic = known({ topic: newSlug, ...QUESTION_FIELDS })
  .superRefine(questionHolds)
  .transform(({ topic, ...question }) => ({ topic, question: asAsked(question) }));

const phraseText = textInLanguages(line(MAX_STEP_LENGTH), isLanguage, { keys: 'expected language tags as names' });

/** A next step that is often agreed on. */
const TopicPhrase = known({ id: newSlug, text: phraseText });

/** More are a group, which is arranged with staff. */
const MAX_PEOPLE = 5;
const MAX_SEARCH_WORD_LENGTH = 50;
const MAX_SEARCH_WORDS = 100;

/** A list that a client can read. */
const MAX_PARTNERS = 20;

/** About three months; more than anybody asks for. */
const MAX_LEAD_DAYS = 60;
export const leadDays = z.int().min(0).max(MAX_LEAD_DAYS);

/** The fields of one of a desk's topics, in its file as in the API; without its id. */
export const TOPIC_FIELDS = {
  name: text,
  description: text.optional(),
  neutralName: text.nullable().default(null),
  shortName: shortText.nullable().default(null),
  sentence: text.nullable().default(null),
  group: text.nullable().default(null),
  forEmployers: z.boolean().default(false),
  searchWords: z.array(line(MAX_SEARCH_WORD_LENGTH)).max(MAX_SEARCH_WORDS).superRefine(noneTwice()).default([]),
  durationMinutes: minutes(5, 8 * MINUTES_PER_HOUR),
  bufferMinutes: minutes(0, 4 * MINUTES_PER_HOUR).default(0),
  modes: z.array(z.enum(MODES)).min(1).superRefine(noneTwice()),
  bring: text.nullable().default(null),
  haveReady: text.nullable().default(null),
  questions: z.array(TopicQuestion).max(MAX_QUESTIONS).superRefine(noneTwice('id')).default([]),
  phrases: z.array(TopicPhrase).max(MAX_PHRASES).superRefine(noneTwice('id')).default([]),
  leadTimeMinutes: minutes(0, 60 * MINUTES_PER_DAY)
    .nullable()
    .default(null),
  leadTimeOpenMinutes: minutes(0, 60 * MINUTES_PER_DAY)
    .nullable()
    .default(null),
  leadTimeWorkingDays: leadDays.nullable().default(null),
  horizonDays: z.int().min(0).max(730).nullable().default(null),
  maxPeople: z.int().min(1).max(MAX_PEOPLE).default(1),
  partners: z.array(newSlug).max(MAX_PARTNERS).superRefine(noneTwice()).default([]),
};
