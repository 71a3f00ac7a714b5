import { z } from 'zod';
import { CASE_RESULTS, CASE_STATES, MAX_MEETINGS, MAX_STEPS, STEP_OWNERS, STEP_STATES } from '../../domain/cases/case';
import { MAX_QUALIFICATIONS, OBSTACLES, PAPERS, QUALIFICATION_LEVELS, RECOGNITIONS } from '../../domain/cases/intake';
import { email, phone } from './reach';
import { language, slug } from './tags';
import { answers, line, name, paragraph } from './text';
import { date } from './times';

/** The texts of a case are short, so that the strategy stays on one page. */
const MAX_LINE_LENGTH = 200;
const MAX_COUNTRY_LENGTH = 60;
const MAX_NOTE_LENGTH = 300;
const MAX_GOAL_LENGTH = 300;
const MAX_STRATEGY_LENGTH = 1_500;
/** More languages than anybody reads. */
const MAX_LANGUAGES = 10;

const oneOf = <T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `expected one of ${values.join(', ')}` });
const listOf = <T extends z.ZodType>(item: T, most: number) =>
  z.array(item, { error: 'expected a list' }).max(most, `expected at most ${most}`);
/** A text of several lines, of which an empty one is none. */
const ownWords = (most: number) => paragraph(most).transform((text) => (text === '' ? null : text));

export const caseGoal = ownWords(MAX_GOAL_LENGTH);
export const caseNote = ownWords(MAX_NOTE_LENGTH);
export const caseStrategy = ownWords(MAX_STRATEGY_LENGTH);

/** Whose case it is. */
export const CASE_CLIENT_FIELDS = {
  name,
  email: email.nullish().transform((text) => text ?? null),
  phone: phone.nullish().transform((text) => text ?? null),
  languages: listOf(language, MAX_LANGUAGES)
    .min(1, 'expected at least one')
    .overwrite((list) => [...new Set(list)])
    .default(['de']),
};

/** A qualification or experience from abroad. */
export const QUALIFICATION_FIELDS = {
  what: line(MAX_LINE_LENGTH),
  country: line(MAX_COUNTRY_LENGTH)
    .nullish()
    .transform((text) => text ?? null),
  level: oneOf(QUALIFICATION_LEVELS)
    .nullish()
    .transform((level) => level ?? null),
  papers: oneOf(PAPERS)
    .nullish()
    .transform((papers) => papers ?? null),
  recognition: oneOf(RECOGNITIONS)
    .nullish()
    .transform((recognition) => recognition ?? null),
};

const Qualification = z.strictObject(QUALIFICATION_FIELDS, 'expected an object');

/** What is known of a client's situation; what is absent stays as it is. */
export const INTAKE_FIELDS = {
  qualifications: listOf(Qualification, MAX_QUALIFICATIONS).optional(),
  obstacles: listOf(oneOf(OBSTACLES), OBSTACLES.length)
    .overwrite((list) => [...new Set(list)])
    .optional(),
  obstaclesNote: caseNote.nullish(),
  goal: caseGoal.nullish(),
  topic: slug.nullish(),
  answers: answers.optional(),
};

/** A next step. */
export const STEP_FIELDS = {
  id: slug.optional(),
  text: line(MAX_LINE_LENGTH),
  owner: oneOf(STEP_OWNERS).default('client'),
  due: date.nullish().transform((day) => day ?? null),
  state: oneOf(STEP_STATES).default('open'),
  partner: slug.nullish().transform((id) => id ?? null),
};

const Step = z.strictObject(STEP_FIELDS, 'expected an object');
export const caseSteps = listOf(Step, MAX_STEPS);
export const caseBookings = listOf(slug, MAX_MEETINGS).overwrite((list) => [...new Set(list)]);
export const caseState = oneOf(CASE_STATES);
export const CASE_RESULT_FIELDS = { kind: oneOf(CASE_RESULTS), on: date };
