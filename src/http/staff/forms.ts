import type { Request, Response } from 'express';
import type { IdempotencyKey } from '../../app/idempotently';
import { reason as reasonField } from '../../fields/schemas';
import type { Reader } from '../../presentation/texts';
import type { HttpDeps } from '../deps';
import { signedIn } from './desk';

/** A wrong field, for the error summary and for the message beside the field. */
export interface FormError {
  readonly href: string;
  readonly text: string;
}

/** The fields of a form as trimmed texts; a field that was sent twice is empty. */
export type Fields = Readonly<Record<string, string>>;

/** Returns the fields of a request's body. */
export function bodyOf(req: Request): Fields {
  return textsOf(req.body);
}

/** Returns the fields of a request's query. */
export function queryOf(req: Request): Fields {
  return textsOf(req.query);
}

/** Returns the version of the booking for which the form was made; undefined if it names none. */
export function versionOf({ version }: Fields): number | undefined {
  return version && /^\d{1,9}$/.test(version) ? Number(version) : undefined;
}

/** Returns the error of a reason; undefined if it is valid. */
export function reasonError(reason: string | undefined, { t }: Reader): string | undefined {
  return reasonField.safeParse(reason ?? '').success ? undefined : t('staff.reason.tooLong');
}

/**
 * Returns the Idempotency-Key of a form, which makes two presses of its button count once. The body is hashed without
 * the session's fields, so that a form that is sent again after a new sign-in counts as the same.
 */
export function keyOf(
  { tokens }: Pick<HttpDeps, 'tokens'>,
  res: Response,
  { what, fields: { key, _csrf, ...rest } }: { what: string; fields: Fields },
): IdempotencyKey | undefined {
  if (!key || key.length > 100) return undefined;
  const fingerprint = tokens.hash(JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))));
  return { scope: `staff ${signedIn(res).id} ${what}`, key, fingerprint };
}

function textsOf(source: unknown): Fields {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries((source ?? {}) as Record<string, unknown>))
    if (typeof value === 'string') fields[name] = value.trim();
  return fields;
}

/** Returns some of the fields as hidden inputs of the next form. */
export function carried(fields: Fields, names: readonly string[]): { name: string; value: string }[] {
  return names.flatMap((name) => (fields[name] ? [{ name, value: fields[name] }] : []));
}
