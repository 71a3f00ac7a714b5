import { z } from 'zod';
import type { Details } from '../../domain/booking/booking';
import { lacksNumber } from '../../domain/booking/reachable';
import { type Desk, isVisit, type Mode } from '../../domain/desk';
import type { LanguageTag } from '../../domain/text';
import * as rules from '../../fields/schemas';
import { typedAttendees } from '../typedCount';

/**
 * The schemas of the client's details, by field name, as the client's form and reception's form ask for them and store
 * them. Each form is a schema over these fields, in the order of its page.
 */

const orNothing = <T extends z.ZodType>(rule: T) => z.union([z.literal('').transform(() => null), rule]);

/** The fields that both forms have. `personName` is the person who is advised, if somebody else books. */
export const DETAILS = {
  name: rules.name,
  email: rules.email,
  phone: orNothing(rules.phone),
  attendees: typedAttendees,
  organisation: orNothing(rules.name),
  personName: orNothing(rules.name),
  note: orNothing(rules.note),
};

/** For clients without a mail address. Whether one may book without is another rule, `lacksAddress`. */
export const optionalEmail = orNothing(rules.email);

/** The greatest length of each field in characters, for the `maxlength` in templates. */
export const FIELD_LIMITS = {
  name: lengthOf(rules.name),
  email: lengthOf(rules.email),
  phone: lengthOf(rules.phone),
  organisation: lengthOf(rules.name),
  personName: lengthOf(rules.name),
  note: lengthOf(rules.note),
};

type Typed = Readonly<Record<string, string>>;

/** Returns the names of a form's fields, in the order of its page. */
export function fieldNames<T extends z.ZodRawShape>(form: z.ZodObject<T>): (keyof T & string)[] {
  return Object.keys(form.shape);
}

/**
 * Returns what was typed into the form as it is stored, or the wrong fields in the order of the page. A field that was
 * not sent counts as empty. The number of attendees is read only for a visit, and a call needs a phone number.
 *
 * @param needed fields that are required this time, although the form's schema does not require them
 */
export function readForm<T extends z.ZodRawShape>(
  form: z.ZodObject<T>,
  typed: Typed,
  { mode, needed = [] }: { readonly mode: Mode; readonly needed?: readonly (keyof T & string)[] },
): { readonly data: z.output<z.ZodObject<T>> } | { readonly wrong: (keyof T & string)[] } {
  const names = fieldNames(form);
  const sent: Record<string, string> = Object.fromEntries(names.map((name) => [name, typed[name] ?? '']));
  const parsed = form.safeParse(isVisit(mode) ? sent : { ...sent, attendees: '' });
  const wrong = new Set<PropertyKey | undefined>(parsed.error?.issues.map(({ path }) => path[0]));
  if (lacksNumber(sent.phone, mode)) wrong.add('phone');
  for (const name of needed) if (!sent[name]) wrong.add(name);
  return parsed.success && wrong.size === 0
    ? { data: parsed.data }
    : { wrong: names.filter((name) => wrong.has(name)) };
}

/**
 * Returns a booking's details, without the answers, from what a form read.
 *
 * @param language of the mails
 * @param more what the client's form alone asks
 */
export function toDetails(
  read: {
    readonly name: string;
    readonly email: string | null;
    readonly phone: string | null;
    readonly attendees: number;
    readonly organisation: string | null;
    readonly personName: string | null;
    readonly note: string | null;
  },
  language: LanguageTag,
  more: Pick<Details, 'people' | 'support'> = { people: [], support: [] },
): Omit<Details, 'answers'> {
  const { name, email, phone, attendees, organisation, personName, note } = read;
  return {
    client: { name, email, phone, language },
    attendees,
    onBehalfOf: personName === null ? null : { organisation: organisation ?? '', name: personName },
    note: note || null,
    ...more,
  };
}

/** Returns the greatest length from the rule's own metadata, which the API's document uses as well. */
function lengthOf(rule: z.ZodType): number {
  const { override } = rule.meta() as { override: { maxLength: number } };
  return override.maxLength;
}

/** Returns the last part of the key of the text that says what is wrong with a field: `emailMissing`, `phoneWrong`. */
export function missingOrWrong(field: string, typed: string | undefined, { withoutMail }: Pick<Desk, 'withoutMail'>) {
  if (field === 'email' && !typed && withoutMail) return 'emailOrPhone';
  return `${field}${typed ? 'Wrong' : 'Missing'}`;
}
