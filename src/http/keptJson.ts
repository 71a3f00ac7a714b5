import { createHash } from 'node:crypto';

/** A JSON answer for many requests, serialised once, with its ETag. */
export class KeptJson {
  static readonly type = 'application/json; charset=utf-8';
  readonly bytes: Buffer;
  readonly tag: string;

  /** @param json the answer's text */
  constructor(json: string) {
    this.bytes = Buffer.from(json);
    this.tag = strongTag(this.bytes);
  }
}

/** Returns a strong ETag; Express generates weak ones only. */
export function strongTag(bytes: string | Buffer): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
}

/**
 * Tells whether If-None-Match names the ETag of this answer (RFC 9110 §13.1.2: by weak comparison). Express does not do
 * this because it never answers 304 to `Cache-Control: no-cache`, which `fetch` adds to every request that sets its own
 * If-None-Match.
 */
export function stillHolds(ifNoneMatch: string | undefined, tag: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  const opaque = (each: unknown) => String(each).trim().replace(/^W\//, '');
  const known = ifNoneMatch.split(',').map(opaque);
  return known.includes('*') || known.includes(opaque(tag));
}
