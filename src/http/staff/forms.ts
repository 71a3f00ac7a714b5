import type { Request, Response } from 'express';
import type { IdempotencyKey } from '../../app/idempotently';
import { reason as reasonField } from '../../fields/schemas';
import type { Reader } from '../../presentation/texts';
import type { HttpDeps } from '../deps';
import { signedIn } from './desk';

/** A wrong field, for the summary at the head of the page and beside the field. */
export interface FormError {
  readonly href: string;
  readonly text: string;
}

/** What a form sent: single texts, trimmed; a field that came twice or not at all is empty. */
export type Fields = Readonly<Record<string, string>>;

/** The fields of a request's body. */
export function bodyOf(req: Request): Fields {
  return textsOf(req.body);
}

/** The fields of a request's query. */
export function queryOf(req: Request): Fields {
  return textsOf(req.query);
}

/** The version that the form was made for; undefined if it names none. */
export function versionOf({ version }: Fields): number | undefined {
  return version && /^\d{1,9}$/.test(version) ? Number(version) : undefined;
}

/** What is wrong with a reason that was given; undefined: nothing. */
export function reasonError(reason: string | undefined, { t }: Reader): string | undefined {
  return reasonField.safeParse(reason ?? '').success ? undefined : t('staff.reason.tooLong');
}

/**
 * Makes two presses of a button one: the form carries a key of its own. The body is hashed without what belongs to
 * the session, so that a form sent again after a new sign-in is still the same.
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

/** Some of the fields, as hidden inputs of the next form. */
export function carried(fields: Fields, names: readonly string[]): { name: string; value: string }[] {
  return names.flatMap((name) => (fields[name] ? [{ name, value: fields[name] }] : []));
}
