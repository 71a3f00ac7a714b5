import { bookableStarts, type Offer, offers, type Question } from '../../domain/assignment/offers';
import { DAY } from '../../domain/calendar/dates';
import { type Instant, type Interval, MINUTE } from '../../domain/calendar/interval';
import { isoWeek, localDate } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { isRefusal } from '../../domain/errors';
import { considering, deskOf, questionFor, suitableFor, type Wish } from '../booking/situation';
import type { Clock } from '../ports/clock';
import type { Storage } from '../ports/storage';

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

export type FindSlots = (search: SlotSearch) => Promise<{ readonly desk: Desk; readonly slots: readonly Slot[] }>;

type Deps = { storage: Pick<Storage, 'desks' | 'bookings' | 'atomically' | 'revision'>; now: Clock };

/** What was found, which is the same object as long as it holds. */
interface Found {
  readonly desk: Desk;
  readonly question: Question;
  readonly slots: readonly Slot[];
  /** When a hold runs out, and more may be free. */
  readonly until: Instant;
  readonly isUnmet: boolean;
}

const MOST_KEPT = 200;

/**
 * What can be booked. Answers are kept as long as nothing changes at the desk, no hold runs out, and the same minute lasts: all else that
 * depends on the time (lead time, horizon, whose advisor is fixed) changes with whole minutes, as starts are whole minutes.
 *
 * @throws DomainError `not-found` (desk), `invalid` (topic, mode, advisor)
 */
export function findSlots({ storage, now }: Deps): FindSlots {
  /** Also what is just being found: after a change many ask for the same. */
  const kept = new Map<string, { readonly revision: number; readonly found: Promise<Found> }>();
  return async (search) => {
    const at = now();
    const key = JSON.stringify([search, Math.floor(at / MINUTE), Math.ceil(at / MINUTE)]);
    const revision = await storage.revision(search.deskId);
    const known = kept.get(key);
    let found = known?.revision === revision ? await known.found : undefined;
    if (!found || found.until <= at) {
      const finding = find(storage, search, at);
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, { revision, found: finding });
      // What failed is looked for again.
      finding.catch(() => kept.delete(key));
      found = await finding;
    }
    if (found.isUnmet) await countUnmet(storage, found.desk, found.question, at);
    return found;
  };
}

async function find(
  storage: Deps['storage'],
  { deskId, wish, audience, from, to, except }: SlotSearch,
  at: Instant,
): Promise<Found> {
  const desk = await deskOf(storage, deskId);
  const question = questionFor(desk, wish, audience);
  const range = searchRange(desk, question, { from, to, now: at });
  if (range.start >= range.end) return { desk, question, slots: [], until: Number.POSITIVE_INFINITY, isUnmet: false };
  const suitable = suitableFor(desk, question);
  // What is kept for others depends on who is the best, and so on all of them.
  const advisors = desk.reserves.length > 0 ? suitable : suitable.slice(0, MOSTLY_ENOUGH);
  const moment = { desk, range, now: at, except, advisors };
  const { answer, until } = await considering(storage, moment, (situation) =>
    offers(situation, question, range, 'any'),
  );
  const slots = answer.map(toSlot);
  const isUnmet = slots.length === 0 && audience === 'client' && range.end - range.start >= WEEK;
  return { desk, question, slots, until, isUnmet };
}

/** So many diaries tell that ten more fit; where they do not, the others are read as well. */
const MOSTLY_ENOUGH = 24;
const WEEK = 7 * DAY;

/** Of searches over a week at least: whoever turns the pages of a calendar has not given up. A database that takes nothing still answers. */
async function countUnmet(
  { atomically }: Deps['storage'],
  desk: Desk,
  { topic, language }: Question,
  at: Instant,
): Promise<void> {
  const { year, week } = isoWeek(localDate(at, desk.hours.timeZone));
  const [primary = language] = language.toLowerCase().split('-');
  const unmet = {
    deskId: desk.id,
    topicId: topic.id,
    language: primary,
    week: `${year}-W${String(week).padStart(2, '0')}`,
  };
  try {
    await atomically(({ demand }) => demand.count(unmet));
  } catch (error) {
    if (!isRefusal(error, 'unavailable')) throw error;
  }
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
