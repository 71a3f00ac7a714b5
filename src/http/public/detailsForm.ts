import { z } from 'zod';
import type { Details } from '../../domain/booking/booking';
import type { Draft } from '../../domain/booking/hold';
import type { LanguageTag } from '../../domain/text';
import * as fields from '../api/schemas/fields';

/** The fields of the form, by the names that they have in the page. */
export const DETAIL_FIELDS = [
  'name',
  'email',
  'phone',
  'attendees',
  'organisation',
  'onBehalfName',
  'note',
  'consent',
] as const;
export type DetailField = (typeof DETAIL_FIELDS)[number];

/** Far beyond what any field allows: what is longer is not kept, so that a draft stays small. */
const LONGEST_KEPT = 2_000;

const blankIsAbsent = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const Form = z
  .object({
    name: fields.name,
    email: fields.email,
    phone: blankIsAbsent(fields.phone),
    attendees: z.preprocess((value) => (value === '' || value === undefined ? 1 : Number(value)), fields.attendees),
    organisation: blankIsAbsent(fields.name),
    onBehalfName: blankIsAbsent(fields.name),
    note: blankIsAbsent(fields.note),
    consent: z.literal('yes'),
  })
  .superRefine((form, context) => {
    if (form.organisation && !form.onBehalfName)
      context.addIssue({ code: 'custom', path: ['onBehalfName'], message: 'expected with an organisation' });
  });

/** What was typed, as text and no more than the form's own fields, ready to be kept and shown again. */
export function readDraft(body: unknown): Draft {
  const typed = (body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    DETAIL_FIELDS.flatMap((field) => {
      const value = Object.hasOwn(typed, field) ? typed[field] : undefined;
      return typeof value === 'string' ? [[field, value.trim().slice(0, LONGEST_KEPT)]] : [];
    }),
  );
}

export type DetailsResult = { readonly details: Details } | { readonly wrong: readonly DetailField[] };

/**
 * What the client told, or the fields that are wrong, in the order of the page.
 *
 * @param language of the mails
 */
export function readDetails(draft: Draft, language: LanguageTag): DetailsResult {
  const parsed = Form.safeParse(draft);
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
    return { wrong: DETAIL_FIELDS.filter((field) => wrong.has(field)) };
  }
  const { name, email, phone, attendees, organisation, onBehalfName, note } = parsed.data;
  return {
    details: {
      client: { name, email, phone: phone ?? null, language },
      attendees,
      onBehalfOf: onBehalfName ? { organisation: organisation ?? '', name: onBehalfName } : null,
      note: note ?? null,
      answers: {},
    },
  };
}
