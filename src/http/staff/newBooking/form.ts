import { z } from 'zod';
import { type Details, type Source, SUPPORT } from '../../../domain/booking/booking';
import { questionsFor, readAnswers, type WrongAnswer } from '../../../domain/booking/questions';
import { type Desk, isCall, isVisit, type Mode, type Topic } from '../../../domain/desk';
import type { LanguageTag } from '../../../domain/text';
import { languageName } from '../../../presentation/format';
import { CLIENT_LOCALES, isClientLocale, type Reader } from '../../../presentation/texts';
import { DETAILS, FIELD_LIMITS, fieldNames, optionalEmail, readForm, toDetails } from '../../pages/detailsSchema';
import { answerField, questionErrors, questionFields, typedAnswers } from '../../pages/questionFields';
import { supportField, supportFor, supportTicks, tickedSupport } from '../../pages/supportFields';
import { carried, type Fields, type FormError } from '../forms';
import type { KnownSlotQuery } from './query';

const SOURCES = ['phone', 'walk_in'] as const;

const { name, phone, attendees, personName, organisation, note } = DETAILS;
const Form = z.object({
  source: z.enum(SOURCES),
  name,
  phone,
  email: optionalEmail,
  mailLanguage: z.union([z.literal(''), z.enum(CLIENT_LOCALES)]),
  attendees,
  personName,
  organisation,
  note,
});

/** The fields that reception asks a caller for, in the order of the form. */
const DETAIL_FIELDS = fieldNames(Form);
type StaffDetailField = (typeof DETAIL_FIELDS)[number];

/**
 * Returns the fields that were typed and are not shown, to be sent along: topic and mode may change and change back
 * while a time is looked for.
 */
export function notShown(fields: Fields, desk: Pick<Desk, 'topics'>, shown: AskedTopic | null) {
  const questions = new Set(shown && questionsFor(shown.topic, 'staff').map(({ id }) => answerField(id)));
  const isShown = (name: string) =>
    shown !== null && (isOfForm(name, shown.mode) ?? (questions.has(name) || !name.startsWith(ANSWERS)));
  const answers = desk.topics.flatMap((topic) => questionsFor(topic, 'staff').map(({ id }) => answerField(id)));
  return carried(
    fields,
    [...new Set<string>([...DETAIL_FIELDS, ...SUPPORT.map(supportField), ...answers])].filter((name) => !isShown(name)),
  );
}

const ANSWERS = answerField('');

/** Tells whether the form asks for it in the mode; undefined: that does not depend on the mode. */
function isOfForm(field: string, mode: Mode): boolean | undefined {
  const need = SUPPORT.find((each) => supportField(each) === field);
  if (need) return supportFor(mode).includes(need);
  return field === 'attendees' ? isVisit(mode) : undefined;
}

export interface NewBookingDetails {
  readonly details: Details;
  readonly source: Source;
}

/** The fields that are wrong: those about the caller, and answers to questions; each in the order of the page. */
export interface WrongFields {
  readonly fields: readonly StaffDetailField[];
  readonly answers: readonly WrongAnswer[];
}

/** What the form depends on: the topic with its questions, the mode with what it needs, and the language. */
interface AskedTopic {
  readonly topic: Topic;
  readonly mode: Mode;
  readonly language: LanguageTag;
}

/** Returns the topic, the mode and the language of a query, on which the form depends. */
export function askedOf(desk: Pick<Desk, 'topics'>, { topicId, mode, language }: KnownSlotQuery): AskedTopic {
  const topic = desk.topics.find(({ id }) => id === topicId);
  if (!topic) throw new Error('a query for a topic that the desk does not know');
  return { topic, mode, language };
}

/**
 * Returns what the caller told, or the wrong fields. Mail and phone are optional, but a consultation by phone needs a
 * number, and one by video needs a mail address for the link.
 */
export function readTold(
  typed: Fields,
  { topic, mode, language }: AskedTopic,
): { told: NewBookingDetails } | { wrong: WrongFields } {
  const needed: StaffDetailField[] = [];
  if (mode === 'video') needed.push('email');
  if (typed.organisation) needed.push('personName');
  const read = readForm(Form, typed, { mode, needed });
  const questions = questionsFor(topic, 'staff');
  const { answers, wrong } = readAnswers(questions, typedAnswers(questions, typed), { complete: true });
  if ('wrong' in read || wrong.length > 0)
    return { wrong: { fields: 'wrong' in read ? read.wrong : [], answers: wrong } };
  const { source, mailLanguage } = read.data;
  return {
    told: {
      source,
      details: {
        ...toDetails(read.data, mailLanguage || firstMailLanguage(language)),
        answers,
        support: tickedSupport(mode, typed),
      },
    },
  };
}

/**
 * Returns the form as it was typed, with the error of each wrong field. The rarer fields are folded, and open if one of
 * them is wrong, needed or filled in.
 */
export function detailsForm(
  fields: Fields,
  wrong: WrongFields,
  { topic, mode, language, ...reader }: AskedTopic & Reader,
) {
  const { t } = reader;
  const questions = questionsFor(topic, 'staff');
  const textOf = (field: StaffDetailField) => {
    const needed = (isCall(mode) && field === 'phone') || (mode === 'video' && field === 'email');
    return t(`staff.newBooking.wrong.${field}${needed && !fields[field] ? 'Needed' : ''}`);
  };
  const errors: FormError[] = [
    ...wrong.fields.map((field) => ({ href: `#${field}`, text: textOf(field) })),
    ...questionErrors(questions, wrong.answers, reader),
  ];
  const isFolded = (field: StaffDetailField) => !['name', 'phone', 'source'].includes(field);
  const isOpen =
    errors.some(({ href }) => href !== '#name' && href !== '#phone') ||
    mode === 'video' ||
    questions.some(({ id, required }) => required || fields[answerField(id)]) ||
    DETAIL_FIELDS.some((field) => isFolded(field) && fields[field]) ||
    tickedSupport(mode, fields).length > 0;
  return {
    told: errors,
    moreOpen: isOpen,
    wrong: Object.fromEntries(wrong.fields.map((field) => [field, textOf(field)])),
    values: Object.fromEntries(DETAIL_FIELDS.map((field) => [field, fields[field] ?? ''])),
    limits: FIELD_LIMITS,
    questions: questionFields(questions, { typed: fields, wrong: wrong.answers }, reader),
    sources: SOURCES.map((value, i) => ({
      id: i === 0 ? 'source' : `source-${i}`,
      value,
      text: t(`staff.source.${value}`),
      checked: fields.source === value,
    })),
    phoneOptional: !isCall(mode),
    phoneHint: isCall(mode) ? t('staff.newBooking.phoneNeeded') : undefined,
    asksAttendees: isVisit(mode),
    support: supportTicks(mode, fields, (need) => t(`staff.support.${need}`)),
    emailOptional: mode !== 'video',
    emailHint: t(mode === 'video' ? 'staff.newBooking.emailNeeded' : 'staff.newBooking.emailHint'),
    mailLanguages: [
      {
        value: '',
        text: t('staff.newBooking.mailLanguageSame', {
          language: languageName(reader.locale, firstMailLanguage(language)),
        }),
      },
      ...CLIENT_LOCALES.map((value) => ({
        value,
        text: languageName(value, value),
        lang: value,
        selected: fields.mailLanguage === value,
      })),
    ],
  };
}

/** Returns the language of the mails that is selected at first: the consultation's, if there are mails in it. */
function firstMailLanguage(consultation: string): string {
  return isClientLocale(consultation) ? consultation : 'en';
}
