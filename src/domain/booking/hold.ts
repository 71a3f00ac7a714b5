import { type Instant, type Interval, MINUTE } from '../calendar/interval';
import type { Mode } from '../desk';
import type { Width } from '../limits';
import type { LanguageTag } from '../text';

/** How long a slot is kept for a client who fills in the form. */
export const HOLD_LENGTH = 15 * MINUTE;
/** Renewals per hold. WCAG 2.2.1 asks for ten at least; without an end one browser could keep a slot from everybody. */
const MAX_RENEWALS = 12;

/** What the client has typed so far, field by field and unchecked: it must survive whatever happens to the slot. */
export type Draft = Readonly<Record<string, string>>;

/** Field of a draft: which journey it was typed on. Not typed by anybody, and so nothing that a client could read. */
export const JOURNEY = 'journey';

/** Whether somebody has typed something. */
export function isTyped(draft: Draft): boolean {
  return Object.entries(draft).some(([field, text]) => field !== JOURNEY && text !== '');
}

/**
 * With what a new hold of the same browser begins: whoever only takes another time on their journey has told the rest already, but
 * the next person at a shared device, who starts anew, never sees what somebody else typed.
 *
 * @param journey undefined: it cannot be told which one, and so it is a new one
 */
export function draftOn(journey: string | undefined, before: Draft = {}): Draft {
  if (journey === undefined) return {};
  return before[JOURNEY] === journey ? before : { [JOURNEY]: journey };
}

/** A slot kept for one client. It blocks its advisor like a booking, until `heldUntil`. */
export interface Hold {
  readonly id: string;
  readonly deskId: string;
  readonly topicId: string;
  readonly language: LanguageTag;
  readonly mode: Mode;
  readonly advisorId: string;
  readonly tied: boolean;
  readonly urgent: boolean;
  readonly time: Interval;
  readonly blockedUntil: Instant;
  readonly heldUntil: Instant;
  readonly renewals: number;
  /** Hash of the browser's secret; null for a hold made through the API, where the id is the secret. One browser has one hold. */
  readonly holder: string | null;
  /** Hashes of the networks that it came from, by their width, so that nobody holds everything; empty: not counted. */
  readonly heldFrom: Readonly<Partial<Record<Width, string>>>;
  readonly draft: Draft;
  readonly createdAt: Instant;
}

/**
 * Whether the hold still keeps its slot: until `heldUntil`, which is the first instant outside. One that would last longer than
 * any hold can was made before the clock was set back: it is over.
 */
export function isLive(hold: Pick<Hold, 'heldUntil'>, now: Instant): boolean {
  return now < hold.heldUntil && hold.heldUntil <= now + 2 * HOLD_LENGTH;
}

/** Fifteen minutes from now, if it may still be renewed; else as it was. */
export function renew(hold: Hold, now: Instant): Hold {
  if (hold.renewals >= MAX_RENEWALS) return hold;
  return { ...hold, heldUntil: now + HOLD_LENGTH, renewals: hold.renewals + 1 };
}
