import { z } from 'zod';
import type { Details } from '../../../../domain/booking/booking';
import type { Draft } from '../../../../domain/booking/hold';
import { lacksNumber } from '../../../../domain/booking/reachable';
import { isCall, isVisit, type Mode } from '../../../../domain/desk';
import type { LanguageTag } from '../../../../domain/text';
import * as fields from '../../../../fields/schemas';
import { typedAttendees } from '../../../typedCount';

/** The fields of the form, by the names that they have in the page and in its order. */
export const DETAIL_FIELDS = [
  'name',
  'email',
  'phone',
  'attendees',
  'organisation',
  'personName',
  'note',
  'consent',
] as const;
export type DetailField = (typeof DETAIL_FIELDS)[number];
/** Kept with the draft too: whether the booking is for somebody else. */
const FOR_WHOM = 'forWhom';

/** Far beyond what any field allows: what is longer is not kept, so that a draft stays small. */
const MAX_DRAFT_LENGTH = 2_000;

const blankIsAbsent = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const Form = z.object({
  name: fields.name,
  email: fields.email,
  phone: blankIsAbsent(fields.phone),
  attendees: typedAttendees,
  organisation: blankIsAbsent(fields.name),
  personName: blankIsAbsent(fields.name),
  note: blankIsAbsent(fields.note),
  consent: z.literal('true'),
});

/** What was typed, as text and no more than the form's own fields, ready to be kept and shown again. */
export function readDraft(body: unknown): Draft {
  const typed = (body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    [...DETAIL_FIELDS, FOR_WHOM].flatMap((field) => {
      const value = Object.hasOwn(typed, field) ? typed[field] : undefined;
      return typeof value === 'string' ? [[field, value.trim().slice(0, MAX_DRAFT_LENGTH)]] : [];
    }),
  );
}

/** Whether somebody else will be advised, so that the form also asks for whom. */
export function isForOthers(draft: Draft): boolean {
  return draft[FOR_WHOM] === 'others';
}

export type DetailsResult = { readonly details: Details } | { readonly wrong: readonly DetailField[] };

/**
 * What the client told, or the fields that are wrong, in the order of the page.
 * For whom is only read if the booking is for somebody else, and of phone and number of people only what the mode asks.
 *
 * @param language of the mails
 */
export function readDetails(draft: Draft, mode: Mode, language: LanguageTag): DetailsResult {
  const forOthers = isForOthers(draft);
  const asked = {
    ...draft,
    ...(!isCall(mode) && { phone: '' }),
    ...(!isVisit(mode) && { attendees: '' }),
    ...(!forOthers && { organisation: '', personName: '' }),
  };
  const parsed = Form.safeParse(asked);
  const wrong = new Set(parsed.error?.issues.map(({ path }) => String(path[0])));
  if (lacksNumber(asked.phone, mode)) wrong.add('phone');
  if (forOthers && !draft.personName) wrong.add('personName');
  if (!parsed.success || wrong.size > 0) return { wrong: DETAIL_FIELDS.filter((field) => wrong.has(field)) };

  const { name, email, phone, attendees, organisation, personName, note } = parsed.data;
  return {
    details: {
      client: { name, email, phone: phone ?? null, language },
      attendees,
      onBehalfOf: personName === undefined ? null : { organisation: organisation ?? '', name: personName },
      note: note ?? null,
      answers: {},
    },
  };
}
