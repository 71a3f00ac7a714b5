import { parseReference } from '../../../../domain/booking/reference';
import * as fields from '../../../../fields/schemas';

/** What was typed, trimmed and cut. */
export interface TypedFind {
  readonly reference: string;
  readonly email: string;
}
export type FindField = keyof TypedFind;

/** Far more than the fields accept. */
const MAX_TYPED_LENGTH = 300;

export function typedFind(body: unknown): TypedFind {
  const { reference, email } = (body ?? {}) as { reference?: unknown; email?: unknown };
  const text = (value: unknown) => (typeof value === 'string' ? value.trim().slice(0, MAX_TYPED_LENGTH) : '');
  return { reference: text(reference), email: text(email) };
}

/** Returns the wrong fields in the order of the page. The reference may be left empty. */
export function wrongIn({ reference, email }: TypedFind): FindField[] {
  return [
    ...(fields.email.safeParse(email).success ? [] : (['email'] as const)),
    ...(reference === '' || parseReference(reference) ? [] : (['reference'] as const)),
  ];
}
