import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KnownDevices } from '../app/ports/knownDevices';

/**
 * Makes and checks device cookies (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). Nothing is stored:
 * the mark is an HMAC-SHA-256 of user, time and password hash. So a mark becomes invalid when the password changes, or
 * when the secret that made it is no longer known.
 *
 * @param previous SECRET_PREVIOUS; marks made with it are still accepted
 */
export function knownDevices(secret: string, previous: string | null): KnownDevices {
  const markBy = (key: string, { id, passwordHash }: Parameters<KnownDevices['mark']>[0], at: number) =>
    `${at.toString(36)}.${createHmac('sha256', key)
      .update(`device:${JSON.stringify([id, at, passwordHash])}`)
      .digest('base64url')}`;
  return {
    mark: (user, at) => markBy(secret, user, at),
    givenAt(mark, user) {
      const at = Number.parseInt(mark, 36);
      if (!Number.isSafeInteger(at)) return undefined;
      const keys = previous === null ? [secret] : [secret, previous];
      return keys.some((key) => same(mark, markBy(key, user, at))) ? at : undefined;
    },
  };
}

/** Compares two texts in constant time. */
function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
