import type { Instant } from '../calendar/interval';
import { GIVE_UP_AFTER_MS, WAITS_MS } from '../notifications/attempts';

/** Why nothing was answered to an attempt. */
export type NotReached =
  /** The name leads to an address at which nothing may be sent. */
  | 'address'
  /** Nobody answered in time. */
  | 'time'
  /** There is no connection, or no trust in the certificate. */
  | 'connection'
  /** The secret cannot be opened, because SECRET is another one. */
  | 'secret';

/** The outcome of an attempt: the status that was answered, or why none was. */
export type Outcome = { readonly status: number } | { readonly notReached: NotReached };

/** Tells whether the receiver has taken the message: it answered with any 2xx. */
export function isTaken(outcome: Outcome): boolean {
  return 'status' in outcome && outcome.status >= 200 && outcome.status < 300;
}

/** Too many requests, and what a proxy answers whose program is away. */
const AWAY: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Tells whether the receiver is away as a whole, so that other messages to it would do no better. */
export function isAway(outcome: Outcome): boolean {
  return 'notReached' in outcome || AWAY.has(outcome.status);
}

/** Returns until when nothing is sent to a receiver that was away so many times in a row. */
export function restsUntil(failures: number, now: Instant): Instant {
  return now + (WAITS_MS[Math.min(failures, WAITS_MS.length) - 1] ?? 0);
}

/** Returns the instant of which all messages from before are given up. */
export function givenUpFrom(now: Instant): Instant {
  return now - GIVE_UP_AFTER_MS;
}
