import { z } from 'zod';
import type { AskedChange } from '../../../app/cases/changeCases';
import { questionsFor, readAnswers } from '../../../domain/booking/questions';
import { CASE_RESULTS, type Case, type CaseClient, STEP_OWNERS } from '../../../domain/cases/case';
import {
  type IntakeChange,
  MAX_QUALIFICATIONS,
  OBSTACLES,
  PAPERS,
  QUALIFICATION_LEVELS,
  type Qualification,
  RECOGNITIONS,
} from '../../../domain/cases/intake';
import type { Desk } from '../../../domain/desk';
import { date, language } from '../../../fields/schemas';
import {
  CASE_CLIENT_FIELDS,
  caseGoal,
  caseNote,
  caseStrategy,
  QUALIFICATION_FIELDS,
  STEP_FIELDS,
} from '../../../fields/schemas/cases';
import type { Reader } from '../../../presentation/texts';
import { questionErrors, typedAnswers } from '../../pages/questionFields';
import type { Fields, FormError } from '../forms';
import { fieldReader } from './fields';

/** The forms of the page, each with the part of the case that it changes. */
export const CASE_FORMS = ['client', 'intake', 'strategy', 'step', 'agree', 'close'] as const;
export type CaseForm = (typeof CASE_FORMS)[number];

interface Given {
  readonly desk: Desk;
  readonly found: Case;
}
type Read = { readonly change: AskedChange } | { readonly errors: readonly FormError[] };

/** Returns what a form asks to be changed, or what is wrong in it. */
export function readCaseForm(form: CaseForm, fields: Fields, given: Given, reader: Reader): Read {
  return READERS[form](fields, given, reader);
}

const READERS: Readonly<Record<CaseForm, (fields: Fields, given: Given, reader: Reader) => Read>> = {
  client(fields, { found }, reader) {
    const client = readClient(fields, reader, found.client.languages.slice(CHOSEN_LANGUAGES));
    return client.errors ? { errors: client.errors } : { change: { client: client.value } };
  },

  intake(fields, { desk, found }, reader) {
    const from = fieldReader(fields, reader);
    const optional = <T extends readonly [string, ...string[]]>(values: T) => z.enum(values).nullable();
    const qualifications = Array.from({ length: MAX_QUALIFICATIONS }, (_, i): Qualification | undefined => {
      if (!fields[`what-${i}`] && !fields[`country-${i}`]) return undefined;
      const what = from.read(`what-${i}`, QUALIFICATION_FIELDS.what, 'what');
      const country = from.read(`country-${i}`, QUALIFICATION_FIELDS.country, 'country');
      const level = from.read(`level-${i}`, optional(QUALIFICATION_LEVELS), 'choice');
      const papers = from.read(`papers-${i}`, optional(PAPERS), 'choice');
      const recognition = from.read(`recognition-${i}`, optional(RECOGNITIONS), 'choice');
      return {
        ...{ what: what ?? '', country: country ?? null, level: level ?? null },
        ...{ papers: papers ?? null, recognition: recognition ?? null },
      };
    }).filter((each) => each !== undefined);
    const obstaclesNote = from.read('obstaclesNote', caseNote.nullable(), 'note');
    const answered = readIntakeAnswers(fields, { desk, topicId: found.intake.topicId }, reader);
    const errors = [...from.errors, ...answered.errors];
    const obstacles = OBSTACLES.filter((each) => fields[`obstacle-${each}`] === 'true');
    return told(errors, { intake: { qualifications, obstacles, obstaclesNote, ...answered.intake } });
  },

  strategy(fields, _given, reader) {
    const from = fieldReader(fields, reader);
    const goal = from.read('goal', caseGoal.nullable(), 'goal');
    const text = from.read('strategyText', caseStrategy.nullable(), 'strategy');
    const words = from.read('wordsLanguage', language, 'language');
    return told(from.errors, { intake: { goal }, strategy: { text, language: words } });
  },

  step(fields, { found }, reader) {
    const from = fieldReader(fields, reader);
    const step = {
      text: from.read('stepText', STEP_FIELDS.text, 'step') ?? '',
      owner: from.read('stepOwner', z.enum(STEP_OWNERS), 'choice') ?? ('client' as const),
      due: from.read('stepDue', STEP_FIELDS.due, 'day') ?? null,
      partnerId: from.read('stepPartner', STEP_FIELDS.partner, 'choice') ?? null,
    };
    const before = found.steps.find(({ id }) => id === fields.stepId);
    const steps = before
      ? found.steps.map((each) => (each.id === before.id ? { ...each, ...step } : each))
      : [...found.steps, { ...step, state: 'open' as const }];
    return told(from.errors, { steps });
  },

  agree(fields, _given, reader) {
    const from = fieldReader(fields, reader);
    const agreedOn = from.read('agreedOn', date, 'day');
    return told(from.errors, { strategy: { agreedOn } });
  },

  close(fields, _given, reader) {
    const from = fieldReader(fields, reader);
    const kind = from.read('result', z.enum(CASE_RESULTS), 'result');
    const on = from.read('resultOn', date, 'day');
    return told(from.errors, { state: 'closed', ...(kind && on && { result: { kind, on } }) });
  },
};

function told(errors: readonly FormError[], change: AskedChange): Read {
  return errors.length > 0 ? { errors } : { change };
}

/** So many languages are chosen on the page; further ones stay. */
const CHOSEN_LANGUAGES = 2;

/** What a form says of a client, or what is wrong in it. */
type ReadClient =
  | { readonly errors: readonly FormError[]; readonly value?: undefined }
  | { readonly value: CaseClient; readonly errors?: undefined };

/** Returns the client of a form. @param others languages that the form does not show */
export function readClient(fields: Fields, reader: Reader, others: readonly string[] = []): ReadClient {
  const from = fieldReader(fields, reader);
  const name = from.read('name', CASE_CLIENT_FIELDS.name, 'name') ?? '';
  const email = from.read('email', CASE_CLIENT_FIELDS.email, 'email') ?? null;
  const phone = from.read('phone', CASE_CLIENT_FIELDS.phone, 'phone') ?? null;
  const first = from.read('language', language, 'language');
  const second = from.read('language2', language.nullable(), 'language');
  if (from.errors.length > 0) return { errors: from.errors };
  const languages = [...new Set([first, second, ...others].filter((tag) => typeof tag === 'string'))];
  return { value: { name, email, phone, languages } };
}

/** Reads the answers to the questions of the topic, and which topic is to be asked from now on. */
export function readIntakeAnswers(
  fields: Fields,
  { desk, topicId }: { readonly desk: Desk; readonly topicId: string | null },
  reader: Reader,
): { readonly intake: IntakeChange; readonly errors: readonly FormError[] } {
  const chosen = desk.topics.some(({ id }) => id === fields.topic) ? (fields.topic ?? null) : null;
  const topic = desk.topics.find(({ id }) => id === topicId);
  if (!topic || chosen !== topicId) return { intake: { topicId: chosen, answers: {} }, errors: [] };
  const questions = questionsFor(topic, 'staff');
  const { answers, wrong } = readAnswers(questions, typedAnswers(questions, fields), { complete: false });
  return { intake: { topicId, answers }, errors: questionErrors(questions, wrong, reader).map(plainError) };
}

/** The question stands beside its field already. */
function plainError({ href, text }: FormError): FormError {
  return { href, text };
}
