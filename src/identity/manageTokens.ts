import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { LinkMaker, ManageTokens } from '../app/ports/manageTokens';

/**
 * Tokens of manage links: 256 bits, derived from the program's secret and the booking's id (HMAC-SHA-256, RFC 2104), so that every
 * mail about a booking can carry the link although only its hash is stored. A new SECRET makes all old links useless, unless the one
 * before is named as SECRET_PREVIOUS.
 */
export function manageTokens(secret: string, previous: string | null = null): ManageTokens {
  const makers = [linkMaker(secret), ...(previous === null ? [] : [linkMaker(previous)])];
  return {
    ...linkMaker(secret),
    previous: makers[1] ?? null,
    opens: (bookingId, token) =>
      makers.some(({ tokenFor }) => timingSafeEqual(digest(tokenFor(bookingId)), digest(token))),
    hash: sha256,
  };
}

function linkMaker(secret: string): LinkMaker {
  const keyed = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
  return { tokenFor: (bookingId) => keyed(`manage:${bookingId}`), check: keyed('check') };
}

/** SHA-256 as hex: enough for secrets of 128 bits and more, which nobody can guess (ASVS 6.5.2). Not for passwords. */
export function sha256(text: string): string {
  return digest(text).toString('hex');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
