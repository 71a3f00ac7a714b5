import { createHmac } from 'node:crypto';
import type { LimitKey } from '../app/ports/limitKeys';

/** HMAC-SHA-256 (RFC 2104): a plain hash of an IPv4 address is found again by trying all four billion. */
export function limitKeys(secret: string): LimitKey {
  return (...words) =>
    createHmac('sha256', secret)
      .update(`limit:${JSON.stringify(words)}`)
      .digest('base64url');
}
