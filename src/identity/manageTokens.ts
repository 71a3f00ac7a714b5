import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { LinkMaker, ManageTokens } from '../app/ports/manageTokens';

/**
 * Makes the tokens of manage links: 256 bits, derived from the program's secret and the booking's id (HMAC-SHA-256, RFC
 * 2104). So every mail about a booking can contain the link although only its hash is stored. A new SECRET invalidates
 * all old links, unless the old secret is given as SECRET_PREVIOUS.
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

/**
 * Returns the SHA-256 of a text as hex. It protects secrets of at least 128 bits, which nobody can guess (ASVS 6.5.2),
 * but not passwords.
 */
export function sha256(text: string): string {
  return digest(text).toString('hex');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
