import { DAY } from '../calendar/dates';
import type { Instant } from '../calendar/interval';
import { suitsUntil, type WaitingEntry } from './entry';

/**
 * What reception has to do about somebody who waits. `call`: tell them of an offer, since they have no mail address;
 * `unanswered_offer`: ask by phone, since half of the time to answer the mail is over; `waiting_deadline`: find
 * something, since the time that still helps them ends soon and nothing is offered.
 */
export const WAITING_TASK_KINDS = ['call', 'unanswered_offer', 'waiting_deadline'] as const;

/** The task about an entry, and from when on it is too late. */
export interface WaitingTask {
  readonly kind: (typeof WAITING_TASK_KINDS)[number];
  readonly due: Instant;
}

/** So long before their time ends somebody looks after those to whom nothing is offered. */
const NEAR_MS = 7 * DAY;

/** Returns the task about an entry; null: there is none. It follows from the entry, so that it is done when its cause is gone. */
export function waitingTask(entry: WaitingEntry, { zone, now }: { zone: string; now: Instant }): WaitingTask | null {
  const { state, offer, client } = entry;
  if (state === 'offered' && offer) {
    if (client.phone === null) return null;
    if (client.email === null) return { kind: 'call', due: offer.until };
    const isHalfOver = now - offer.tellAt >= (offer.until - offer.tellAt) / 2;
    return isHalfOver ? { kind: 'unanswered_offer', due: offer.until } : null;
  }
  const end = state === 'waiting' ? suitsUntil(entry, zone) : null;
  return end !== null && isNear(end, now) ? { kind: 'waiting_deadline', due: end } : null;
}

/** Tells whether the time that still helps somebody ends soon. */
export function isNear(end: Instant, now: Instant): boolean {
  return end - now <= NEAR_MS;
}
