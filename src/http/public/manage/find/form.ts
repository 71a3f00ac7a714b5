import { parseReference } from '../../../../domain/booking/reference';
import * as fields from '../../../../fields/schemas';

/** What was typed, trimmed and cut. */
export interface TypedFind {
  readonly reference: string;
  readonly email: string;
  /** Of who booked without a mail address; empty: nobody did, or the desk does not allow it. */
  readonly phone: string;
}
export type FindField = keyof TypedFind;

/** Far more than the fields accept. */
const MAX_TYPED_LENGTH = 300;

export function typedFind(body: unknown): TypedFind {
  const { reference, email, phone } = (body ?? {}) as Record<FindField, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value.trim().slice(0, MAX_TYPED_LENGTH) : '');
  return { reference: text(reference), email: text(email), phone: text(phone) };
}

/** Tells whether the booking is looked for by its phone number: only who booked without a mail address has to. */
export function isByPhone({ email, phone }: TypedFind, { withoutMail }: { readonly withoutMail: boolean }): boolean {
  return withoutMail && phone !== '' && email === '';
}

/** Returns the wrong fields in the order of the page. Beside a mail address the reference may be left empty. */
export function wrongIn(typed: TypedFind, desk: { readonly withoutMail: boolean }): FindField[] {
  const { reference, email, phone } = typed;
  const byPhone = isByPhone(typed, desk);
  const isReached = byPhone ? fields.phone.safeParse(phone).success : fields.email.safeParse(email).success;
  const isNamed = reference === '' ? !byPhone : parseReference(reference) !== undefined;
  return [...(isReached ? [] : ([byPhone ? 'phone' : 'email'] as const)), ...(isNamed ? [] : (['reference'] as const))];
}
