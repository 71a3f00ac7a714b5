import { createHash } from 'node:crypto';

/** JSON that is the answer to many: written once, with its tag. */
export class KeptJson {
  static readonly type = 'application/json; charset=utf-8';
  readonly bytes: Buffer;
  readonly tag: string;

  constructor(body: unknown) {
    this.bytes = Buffer.from(JSON.stringify(body));
    this.tag = strongTag(this.bytes);
  }
}

/** Express's own tags are weak. */
export function strongTag(bytes: string | Buffer): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
}

/**
 * Whether If-None-Match names the ETag of this answer (RFC 9110 §13.1.2: by weak comparison). Not left to Express, which
 * never says 304 to `Cache-Control: no-cache`: `fetch` adds that to every request that brings its own If-None-Match.
 */
export function stillHolds(ifNoneMatch: string | undefined, tag: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  const opaque = (each: unknown) => String(each).trim().replace(/^W\//, '');
  const known = ifNoneMatch.split(',').map(opaque);
  return known.includes('*') || known.includes(opaque(tag));
}
