import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { IdempotencyKey } from '../../app/idempotently';
import { DomainError } from '../../domain/errors';
import type { SignedIn } from '../middleware/staff';

/** The facts by which two requests are the same request. */
interface Same {
  readonly method: string;
  /** The path's pattern, not the address: addresses may contain secrets, and scopes are stored. */
  readonly path: string;
  readonly params: unknown;
  readonly body: unknown;
  readonly who: SignedIn | undefined;
  /** Returns a keyed hash of the network that the request comes from. */
  readonly network: () => string;
}

interface Versioned {
  readonly version: number;
}

/** Visible ASCII characters and the space: RFC 9110 §5.5 without its obsolete parts. */
const KEY = /^[\x20-\x7e]{1,255}$/;
/** The public's keys must be too long to be guessed, because the stored answer contains the link to a booking. */
export const MIN_PUBLIC_KEY_LENGTH = 16;

/**
 * Returns the request's Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07), if it has one. A key identifies
 * one request of one member of staff or, for the public, one request from one network about one desk. For a request
 * about a booking the network does not matter: who has its secret may see everything that the answer contains.
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
  if (/\{(manage|wait)Token\}/.test(path)) return { scope: everywhere, key, fingerprint };
  return { scope: `${everywhere} from ${network()}`, key, everywhere, fingerprint };
}

/**
 * Returns the version that If-Match names; absent if any version will do. An entity tag that is none of ours matches no
 * version. `W/"3"` counts as `"3"`, because proxies that compress weaken tags, and a version does not depend on the
 * bytes.
 */
export function versionWanted(req: Request, entry: Versioned): number | undefined {
  const header = req.get('if-match');
  if (header === undefined || header.trim() === '*') return undefined;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(versionTag(entry)) ? entry.version : -1;
}

/**
 * Does the same, but refuses a request without If-Match: two people who change the desk's own data must not overwrite
 * each other unnoticed.
 *
 * @throws DomainError `version-required`
 */
export function versionRequired(req: Request, entry: Versioned): number | undefined {
  if (req.get('if-match') === undefined) throw new DomainError('version-required');
  return versionWanted(req, entry);
}

/**
 * Returns the version that a PUT has seen: null with `If-None-Match: *` or `If-Match: "0"`, by which something new is
 * entered.
 *
 * @throws DomainError `version-required` without either header
 */
export function versionSeen(req: Request, entry: Versioned | undefined): number | null | undefined {
  if (req.get('if-match') === undefined && req.get('if-none-match')?.trim() === '*') return null;
  if (entry) return versionRequired(req, entry);
  return versionRequired(req, NOTHING_YET) === NOTHING_YET.version ? null : NO_VERSION;
}

const NOTHING_YET: Versioned = { version: 0 };
/** No entry has this version. */
const NO_VERSION = -1;

/** Returns the ETag of something with a version, for staff. */
export function versionTag({ version }: Versioned): string {
  return `"${version}"`;
}

/**
 * Returns the same text for equal values, whatever the order of their keys. It is only for values that a schema has
 * bounded.
 */
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
