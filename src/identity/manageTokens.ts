import { createHash, createHmac } from 'node:crypto';
import type { ManageTokens } from '../app/ports/manageTokens';

/**
 * Tokens of manage links: 256 bits, derived from the program's secret and the booking's id (HMAC-SHA-256, RFC 2104), so that every
 * mail about a booking can carry the link although only its hash is stored. A new SECRET makes all old links useless.
 */
export function manageTokens(secret: string): ManageTokens {
  return {
    tokenFor: (bookingId) => createHmac('sha256', secret).update(`manage:${bookingId}`).digest('base64url'),
    hash: sha256,
  };
}

/** SHA-256 as hex: enough for secrets of 128 bits and more, which nobody can guess (ASVS 6.5.2). Not for passwords. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
