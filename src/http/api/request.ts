import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { IdempotencyKey } from '../../app/idempotently';
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
  /** A keyed hash of where it comes from. */
  readonly network: () => string;
}

interface Versioned {
  readonly version: number;
}

/** Visible characters of ASCII and the space, RFC 9110 §5.5 without what is obsolete. */
const KEY = /^[\x20-\x7e]{1,255}$/;
/** Nobody is to guess the key of somebody else, whose answer holds the link to a booking. */
export const MIN_PUBLIC_KEY_LENGTH = 16;

/**
 * The request's Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07), if it has one. One key means one request of one
 * member of the staff or, for the public, one request from one network about one desk; or about one booking, from wherever: who has its
 * secret may know all that an answer says of it.
 *
 * @throws DomainError `invalid` if the header is no key, or the public's is short enough to be guessed
 */
export function idempotencyOf(
  req: Request,
  { method, path, params, body, who, network }: Same,
): IdempotencyKey | undefined {
  const key = req.get('idempotency-key');
  if (key === undefined) return undefined;
  const shortest = who ? 1 : MIN_PUBLIC_KEY_LENGTH;
  if (!KEY.test(key) || key.length < shortest) {
    const detail = `expected ${shortest} to 255 printable ASCII characters`;
    const errors = [{ pointer: '/Idempotency-Key', detail }];
    throw new DomainError('invalid', { reason: `Idempotency-Key: ${detail}`, errors });
  }
  const fingerprint = hash(canonical({ params, body }));
  if (who) return { scope: `${method} ${path} staff ${who.id}`, key, fingerprint };
  const everywhere = `${method} ${path} public ${hash(canonical(params))}`;
  if (path.includes('{manageToken}')) return { scope: everywhere, key, fingerprint };
  return { scope: `${everywhere} from ${network()}`, key, everywhere, fingerprint };
}

/**
 * The version that the sender saw, by If-Match; absent where any will do. An entity tag that is none of ours matches no version.
 * `W/"3"` counts as `"3"`: proxies that compress weaken tags, and a version is no matter of bytes.
 */
export function versionWanted(req: Request, entry: Versioned): number | undefined {
  const header = req.get('if-match');
  if (header === undefined || header.trim() === '*') return undefined;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(versionTag(entry)) ? entry.version : -1;
}

/**
 * The same where a change without If-Match is not done: two people who change the desk's own data must not overwrite each other unseen.
 *
 * @throws DomainError `version-required`
 */
export function versionRequired(req: Request, entry: Versioned): number | undefined {
  if (req.get('if-match') === undefined) throw new DomainError('version-required');
  return versionWanted(req, entry);
}

/** The ETag of what has a version, for staff. */
export function versionTag({ version }: Versioned): string {
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
