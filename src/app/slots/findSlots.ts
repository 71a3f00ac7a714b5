import { DAY } from '../../domain/calendar/dates';
import type { Instant, Interval } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { keeper } from '../../domain/memo';
import { USUAL_DIARIES } from '../../domain/slots/freeCounts';
import { bookableStarts, nameOfSlots, type ResolvedQuery, type Slot } from '../../domain/slots/freeSlots';
import type { AppDeps } from '../deps';
import { deskIn } from '../desks/deskOf';
import type { DeskSnapshot } from '../ports/snapshot';
import type { Turn } from '../ports/turn';
import { answersAt, type TimedAnswer } from './answers';
import { type QueryInRange, resolveQuery, suitableFor } from './slotQuery';
import { readAsNeeded } from './snapshot';
import { freeSlotsByWeek, isCutShort } from './weeks';

/**
 * Finds free slots. Clients and staff are offered different starts, see `ResolvedQuery.audience`.
 *
 * @param from a keyed hash of the network of the client who asks. A search over a week or more that finds nothing is
 *   counted as unmet demand, once for each network, because somebody who turns the pages of a calendar has not given
 *   up. Absent: nothing is counted
 * @param snapshot the desk as the caller has just read it; absent: it is read
 */
export type FindSlots = (search: ForAudience, from?: string, snapshot?: DeskSnapshot) => Promise<FoundSlots>;

type ForAudience = QueryInRange & Pick<ResolvedQuery, 'audience'>;

type Deps = Pick<AppDeps, 'storage' | 'now' | 'turn' | 'unmet'>;

/** What was found. */
export interface FoundSlots {
  readonly desk: Desk;
  readonly resolved: ResolvedQuery;
  /** Ascending by start. The same array for as long as it holds and is kept. */
  readonly slots: readonly Slot[];
  readonly isUnmet: boolean;
}

/** What all answers together may hold that are kept, in bytes as `sizeOf` estimates them. */
const MAX_KEPT_ANSWERS_BYTES = 24_000_000;
/** So many of a desk's answers are found by their question, without asking whether they still hold. */
const MAX_REPEATED_QUESTIONS = 2;

/**
 * Finds the slots that can be booked. Answers are kept as long as nothing changes on which they depend, those that were
 * asked for last. The last few are remembered by their question, too, as `answersAt` says: thousands may ask the same.
 *
 * @throws DomainError `not-found` (desk), `invalid` (topic, mode, advisor)
 */
export function findSlots({ storage, now, turn, unmet }: Deps): FindSlots {
  const found = keptSlots(turn);
  const answers = answersAt(
    now,
    async (of: DeskSnapshot, search: ForAudience, at): Promise<TimedAnswer<FoundSlots>> => {
      const desk = await deskIn(of);
      const resolved = resolveQuery(desk, search.query, search.audience);
      const range = searchRange(desk, resolved, { ...search, now: at });
      const { answer: slots, until } = await found({ of, desk, resolved, range, except: search.except, at });
      const isLong = range.end - range.start >= WEEK_MS;
      const isUnmet = slots.length === 0 && isLong && search.audience === 'client';
      return { answer: { desk, resolved, slots, isUnmet }, until };
    },
    MAX_REPEATED_QUESTIONS,
  );
  return async (search, from, snapshot) => {
    const answer = await answers(snapshot ?? (await storage.snapshot(search.deskId)), search);
    const { desk, resolved, isUnmet } = answer;
    if (isUnmet && from !== undefined) unmet.note({ ...resolved, desk, from, at: now() });
    return answer;
  };
}

interface Sought extends Pick<QueryInRange, 'except'> {
  readonly of: DeskSnapshot;
  readonly desk: Desk;
  readonly resolved: ResolvedQuery;
  readonly range: Interval;
  readonly at: Instant;
}

/** Returns a function that finds slots and keeps them by what they depend on, as `nameOfSlots` says. */
function keptSlots(turn: Turn): (sought: Sought) => Promise<TimedAnswer<readonly Slot[]>> {
  const kept = keeper<readonly Slot[]>(MAX_KEPT_ANSWERS_BYTES);
  return async ({ of, desk, resolved, range, except, at }) => {
    if (range.start >= range.end) return { answer: [], until: Number.POSITIVE_INFINITY };
    const suitable = suitableFor(desk, resolved);
    // Reserves depend on which advisor is best for a slot, and therefore on the diaries of all suitable advisors.
    const advisors = desk.reserves.length > 0 ? suitable : suitable.slice(0, USUAL_DIARIES);
    return readAsNeeded(of, { desk, range, now: at, except, advisors }, async (snapshot) => {
      const name = nameOfSlots(snapshot, resolved, range);
      const known = name === undefined ? undefined : kept.get(name);
      if (known) return known;
      const slots = await freeSlotsByWeek(turn, snapshot, resolved, range);
      if (name !== undefined && !isCutShort(snapshot, range)) kept.put(name, slots, sizeOf(slots));
      return slots;
    });
  };
}

/** Estimates what an answer holds, with its JSON, in bytes. */
function sizeOf(slots: readonly Slot[]): number {
  return 500 + 120 * slots.length;
}

const WEEK_MS = 7 * DAY;

/** Returns the part of [from, to) in which a slot can start. If staff give no end, they see as far as clients do. */
export function searchRange(
  desk: Desk,
  query: ResolvedQuery,
  { from, to, now }: { from?: Instant | undefined; to?: Instant | undefined; now: Instant },
): Interval {
  const horizon = bookableStarts(
    { desk, now },
    { ...query, audience: 'client' },
    { start: now, end: Number.POSITIVE_INFINITY },
  ).end;
  const asked = { start: from ?? 0, end: Math.min(to ?? horizon, latestStart(now)) };
  return bookableStarts({ desk, now }, query, asked);
}

const TWO_YEARS_MS = 2 * 366 * 24 * 3_600_000;
/** Nobody books later than this, and a search beyond it would cost more than it is worth. */
const latestStart = (now: Instant) => now + TWO_YEARS_MS;
