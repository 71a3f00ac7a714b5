import { z } from 'zod';
import type { Details, Source } from '../../../domain/booking/booking';
import { lacksNumber } from '../../../domain/booking/reachable';
import { isCall, isVisit, type Mode } from '../../../domain/desk';
import * as rules from '../../../fields/schemas';
import { languageName } from '../../../presentation/format';
import { isLocale, LOCALES, type Translate } from '../../../presentation/texts';
import { typedAttendees } from '../../typedCount';
import type { Fields, FormError } from '../forms';

/** What reception asks a caller, by the names of the form, in its order. */
export const DETAIL_FIELDS = [
  'source',
  'name',
  'phone',
  'email',
  'mailLanguage',
  'attendees',
  'personName',
  'organisation',
  'note',
] as const;
export type StaffDetailField = (typeof DETAIL_FIELDS)[number];

const SOURCES = ['phone', 'walk_in'] as const;

const orNothing = <T extends z.ZodType>(rule: T) => z.union([z.literal('').transform(() => null), rule]);

const Form = z.object({
  source: z.enum(SOURCES),
  name: rules.name,
  phone: orNothing(rules.phone),
  email: orNothing(rules.email),
  mailLanguage: z.enum(LOCALES),
  attendees: typedAttendees,
  organisation: orNothing(rules.name),
  personName: orNothing(rules.name),
  note: orNothing(rules.note),
});

export interface NewBookingDetails {
  readonly details: Details;
  readonly source: Source;
}

/**
 * What the caller told, or which fields are wrong, in the order of the page. Neither mail nor phone is asked of anybody, but
 * a consultation by phone needs a number, and one by video an address for the link.
 */
export function readTold(fields: Fields, mode: Mode): { told: NewBookingDetails } | { wrong: StaffDetailField[] } {
  const typed = Object.fromEntries(DETAIL_FIELDS.map((field) => [field, fields[field] ?? '']));
  const parsed = Form.safeParse(isVisit(mode) ? typed : { ...typed, attendees: '' });
  const wrong = new Set(parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0] as StaffDetailField));
  if (lacksNumber(fields.phone, mode)) wrong.add('phone');
  if (mode === 'video' && !fields.email) wrong.add('email');
  if (fields.organisation && !fields.personName) wrong.add('personName');
  if (!parsed.success || wrong.size > 0) return { wrong: DETAIL_FIELDS.filter((field) => wrong.has(field)) };
  const { name, phone, email, mailLanguage, attendees, organisation, personName, note, source } = parsed.data;
  const client = { name, phone, email, language: mailLanguage };
  const onBehalfOf = personName === null ? null : { organisation: organisation ?? '', name: personName };
  return { told: { source, details: { client, attendees, onBehalfOf, note, answers: {} } } };
}

/** The form as it was typed, each wrong field with its text. */
export function detailsForm(
  fields: Fields,
  wrong: readonly StaffDetailField[],
  { mode, t }: { mode: Mode; t: Translate },
) {
  const textOf = (field: StaffDetailField) => {
    const needed = (isCall(mode) && field === 'phone') || (mode === 'video' && field === 'email');
    return t(`staff.new.wrong.${field}${needed && !fields[field] ? 'Needed' : ''}`);
  };
  const errors: FormError[] = wrong.map((field) => ({ href: `#${field}`, text: textOf(field) }));
  return {
    errors: errors.length > 0 ? errors : undefined,
    wrong: Object.fromEntries(wrong.map((field) => [field, textOf(field)])),
    values: Object.fromEntries(DETAIL_FIELDS.map((field) => [field, fields[field] ?? ''])),
    sources: SOURCES.map((value, i) => ({
      id: i === 0 ? 'source' : `source-${i}`,
      value,
      text: t(`staff.source.${value}`),
      checked: fields.source === value,
    })),
    phoneOptional: !isCall(mode),
    phoneHint: isCall(mode) ? t('staff.new.phoneNeeded') : undefined,
    asksAttendees: isVisit(mode),
    emailOptional: mode !== 'video',
    emailHint: t(mode === 'video' ? 'staff.new.emailNeeded' : 'staff.new.emailHint'),
    mailLanguages: LOCALES.map((value) => ({
      value,
      text: languageName(value, value),
      lang: value,
      selected: fields.mailLanguage === value,
    })),
  };
}

/** The language of the mails that is chosen at first: the consultation's, if there are mails in it. */
export function firstMailLanguage(consultation: string): string {
  return isLocale(consultation) ? consultation : 'en';
}
