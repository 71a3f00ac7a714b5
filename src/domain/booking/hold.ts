import { type Instant, type Interval, MINUTE } from '../calendar/interval';
import type { Mode } from '../desk';
import type { Width } from '../limits';
import type { LanguageTag } from '../text';
import type { Interpreting } from './interpreting';

/** How long a slot is kept for a client who fills in the form. */
export const HOLD_MS = 15 * MINUTE;
/**
 * The number of renewals of a hold. WCAG 2.2.1 asks for at least ten; without a limit one browser could block a slot
 * for ever.
 */
const MAX_RENEWALS = 12;

/**
 * What the client has typed so far, unchecked, by field name. It is stored with the hold, so that it is not lost with
 * the slot.
 */
export type Draft = Readonly<Record<string, string>>;

/**
 * The field of a draft that names the journey in which it was typed. The program sets it, and clients do not see it.
 */
export const JOURNEY = 'journey';

/** Tells whether the client has typed anything. */
export function isTyped(draft: Draft): boolean {
  return Object.entries(draft).some(([field, text]) => field !== JOURNEY && text !== '');
}

/**
 * Returns the draft with which a new hold of the same browser begins. A client who only takes another time in the same
 * journey keeps what they typed; the next person at a shared device starts a new journey and never sees it.
 *
 * @param journey undefined: it is unknown, and counts as a new one
 */
export function draftOn(journey: string | undefined, before: Draft = {}): Draft {
  if (journey === undefined) return {};
  return before[JOURNEY] === journey ? before : { [JOURNEY]: journey };
}

/**
 * `Hold.heldUntil` of a start that is offered to somebody who waits: no time ends it, but the deed that gives it to them
 * or to the next, so that it is free for nobody in between.
 */
export const UNTIL_ANSWERED: Instant = 8_640_000_000_000_000;

/** Tells whether the hold belongs to an offer, which only its own client may take. */
export function isOffer({ heldUntil }: Pick<Hold, 'heldUntil'>): boolean {
  return heldUntil === UNTIL_ANSWERED;
}

/** A slot that is kept for one client. It blocks its advisor like a booking, until `heldUntil`. */
export interface Hold {
  readonly id: string;
  readonly deskId: string;
  readonly topicId: string;
  readonly language: LanguageTag;
  readonly mode: Mode;
  /** For a booking that will be asked for with an interpreter; otherwise null. */
  readonly interpreting: Interpreting | null;
  readonly advisorId: string;
  readonly tied: boolean;
  readonly urgent: boolean;
  readonly time: Interval;
  readonly blockedUntil: Instant;
  readonly heldUntil: Instant;
  readonly renewals: number;
  /**
   * Hash of the browser's secret; null for a hold made through the API, where the id is the secret. One browser has one
   * hold.
   */
  readonly holder: string | null;
  /**
   * Hashes of the networks that the hold was requested from, by width, to limit how much one network holds; empty: not
   * counted.
   */
  readonly heldFrom: Readonly<Partial<Record<Width, string>>>;
  readonly draft: Draft;
  readonly createdAt: Instant;
}

/**
 * Tells whether the hold still keeps its slot: until `heldUntil`, exclusive. A hold that ends later than any new hold
 * could was made before the clock was set back, and counts as over.
 */
export function isLive(hold: Pick<Hold, 'heldUntil'>, now: Instant): boolean {
  return isOffer(hold) || (now < hold.heldUntil && hold.heldUntil <= now + 2 * HOLD_MS);
}

/** Extends the hold to fifteen minutes from now; if it cannot be renewed any more, it is returned unchanged. */
export function renew(hold: Hold, now: Instant): Hold {
  if (hold.renewals >= MAX_RENEWALS) return hold;
  return { ...hold, heldUntil: now + HOLD_MS, renewals: hold.renewals + 1 };
}
