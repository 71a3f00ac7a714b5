import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { IdempotencyKey } from '../../app/once';
import type { Booking } from '../../domain/booking/booking';
import { DomainError } from '../../domain/errors';
import type { SignedIn } from '../middleware/staff';

/** What makes two requests the same request. */
interface Same {
  readonly method: string;
  /** The pattern, not the address: addresses may hold secrets, and scopes are stored. */
  readonly path: string;
  readonly params: unknown;
  readonly body: unknown;
  readonly who: SignedIn | undefined;
}

/** Visible characters of ASCII and the space, RFC 9110 §5.5 without what is obsolete. */
const KEY = /^[\x20-\x7e]{1,255}$/;

/**
 * The request's Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07), if it has one. One key means one request of one
 * member of the staff or, for the public, one request about one desk or booking.
 *
 * @throws DomainError `invalid` if the header is no key
 */
export function idempotencyOf(req: Request, { method, path, params, body, who }: Same): IdempotencyKey | undefined {
  const key = req.get('idempotency-key');
  if (key === undefined) return undefined;
  if (!KEY.test(key))
    throw new DomainError('invalid', { reason: 'Idempotency-Key: expected 1 to 255 printable ASCII characters' });
  const actor = who ? `staff ${who.id}` : `public ${hash(canonical(params))}`;
  return { scope: `${method} ${path} ${actor}`, key, fingerprint: hash(canonical({ params, body })) };
}

/**
 * The version that the sender saw, by If-Match; absent where any will do. An entity tag that is none of ours matches no version.
 * `W/"3"` counts as `"3"`: proxies that compress weaken tags, and a version is no matter of bytes.
 */
export function versionWanted(req: Request, booking: Pick<Booking, 'version'>): number | undefined {
  const header = req.get('if-match');
  if (header === undefined || header.trim() === '*') return undefined;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(versionTag(booking)) ? booking.version : -1;
}

/** A booking's ETag for staff. */
export function versionTag({ version }: Pick<Booking, 'version'>): string {
  return `"${version}"`;
}

/** The same text for the same value, whatever the order of its keys. Only for values that a schema has bounded. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
