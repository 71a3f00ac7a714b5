import { createHmac } from 'node:crypto';
import type { LimitKey } from '../app/ports/limitKeys';

/**
 * Makes the keys of rate limits by HMAC-SHA-256 (RFC 2104). A plain hash of an IPv4 address could be reversed by trying
 * all four billion addresses.
 */
export function limitKeys(secret: string): LimitKey {
  return (...words) =>
    createHmac('sha256', secret)
      .update(`limit:${JSON.stringify(words)}`)
      .digest('base64url');
}
