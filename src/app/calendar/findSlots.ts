import { bookableStarts, type Offer, offers, type Question } from '../../domain/assignment/offers';
import type { Instant, Interval } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { deskOf, questionFor, situationAt, type Wish } from '../booking/situation';
import type { Clock } from '../ports/clock';
import type { Stores } from '../ports/storage';

/** `free`: how many more bookings of this kind fit at this start; 10 means ten or more. */
export interface Slot {
  readonly time: Interval;
  readonly free: number;
}

/** What is searched for; client and staff see different starts, see `Question.audience`. */
export interface SlotSearch {
  readonly deskId: string;
  readonly wish: Wish;
  readonly audience: Question['audience'];
  /** Starts in [from, to); from now to the horizon where absent. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** A hold or booking that is about to move. */
  readonly except?: string | undefined;
}

export type FindSlots = (search: SlotSearch) => Promise<{ desk: Desk; slots: Slot[] }>;

/** What can be booked. @throws DomainError `not-found` (desk), `invalid` (topic, mode, advisor) */
export function findSlots({ storage, now }: { storage: Pick<Stores, 'desks' | 'bookings'>; now: Clock }): FindSlots {
  return async ({ deskId, wish, audience, from, to, except }) => {
    const desk = await deskOf(storage, deskId);
    const question = questionFor(desk, wish, audience);
    const at = now();
    const range = searchRange(desk, question, { from, to, now: at });
    if (range.start >= range.end) return { desk, slots: [] };
    const situation = await situationAt(storage, desk, { range, now: at, except });
    return { desk, slots: offers(situation, question, range).map(toSlot) };
  };
}

/** The offer as it is shown: how many more fit, not who would take them. */
export function toSlot({ time, free }: Offer): Slot {
  return { time, free };
}

/** What of [from, to) can hold anything; staff without an end see as far as clients do. */
export function searchRange(
  desk: Desk,
  question: Question,
  { from, to, now }: { from?: Instant | undefined; to?: Instant | undefined; now: Instant },
): Interval {
  const horizon = bookableStarts(
    { desk, now },
    { ...question, audience: 'client' },
    { start: now, end: Number.POSITIVE_INFINITY },
  ).end;
  const asked = { start: from ?? 0, end: Math.min(to ?? horizon, MOST_DISTANT(now)) };
  return bookableStarts({ desk, now }, question, asked);
}

const TWO_YEARS = 2 * 366 * 24 * 3_600_000;
/** Beyond this nobody books, and a search would cost more than it is worth. */
const MOST_DISTANT = (now: Instant) => now + TWO_YEARS;
