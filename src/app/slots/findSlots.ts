import { DAY } from '../../domain/calendar/dates';
import type { Instant, Interval } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { bookableStarts, type ResolvedQuery, type SlotWithAdvisors } from '../../domain/slots/freeSlots';
import type { AppDeps } from '../deps';
import { deskIn } from '../desks/deskOf';
import type { DeskSnapshot } from '../ports/snapshot';
import type { Turn } from '../ports/turn';
import { answersAt, type TimedAnswer } from './answers';
import { type QueryInRange, resolveQuery, suitableFor } from './slotQuery';
import { readAsNeeded } from './snapshot';
import { freeSlotsByWeek } from './weeks';

/** A start with the number of bookings of this kind that still fit there, as `free`; 10 means ten or more. */
export interface Slot {
  readonly time: Interval;
  readonly free: number;
}

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

/** What was found. It is the same object for as long as it holds. */
export interface FoundSlots {
  readonly desk: Desk;
  readonly resolved: ResolvedQuery;
  readonly slots: readonly Slot[];
  readonly isUnmet: boolean;
}

/**
 * Finds the slots that can be booked. Answers are remembered as `answersAt` says.
 *
 * @throws DomainError `not-found` (desk), `invalid` (topic, mode, advisor)
 */
export function findSlots(deps: Deps): FindSlots {
  const { storage, now, turn, unmet } = deps;
  const answers = answersAt(now, (of: DeskSnapshot, search: ForAudience, at) => find(turn, of, search, at));
  return async (search, from, snapshot) => {
    const found = await answers(snapshot ?? (await storage.snapshot(search.deskId)), search);
    const { isUnmet, desk, resolved } = found;
    if (isUnmet && from !== undefined) unmet.note({ ...resolved, desk, from, at: now() });
    return found;
  };
}

async function find(
  turn: Turn,
  of: DeskSnapshot,
  { query, audience, from, to, except }: ForAudience,
  at: Instant,
): Promise<TimedAnswer<FoundSlots>> {
  const desk = await deskIn(of);
  const resolved = resolveQuery(desk, query, audience);
  const range = searchRange(desk, resolved, { from, to, now: at });
  const nothing = { desk, resolved, slots: [], isUnmet: false };
  if (range.start >= range.end) return { answer: nothing, until: Number.POSITIVE_INFINITY };
  const suitable = suitableFor(desk, resolved);
  // Reserves depend on which advisor is best for a slot, and therefore on the diaries of all suitable advisors.
  const advisors = desk.reserves.length > 0 ? suitable : suitable.slice(0, USUAL_DIARIES);
  const scope = { desk, range, now: at, except, advisors };
  const { answer, until } = await readAsNeeded(of, scope, (snapshot) =>
    freeSlotsByWeek(turn, snapshot, resolved, range),
  );
  const slots = answer.map(toSlot);
  const isUnmet = slots.length === 0 && audience === 'client' && range.end - range.start >= WEEK_MS;
  return { answer: { desk, resolved, slots, isUnmet }, until };
}

/** Reading 24 diaries is usually enough to count ten free places; where it is not, the others are read as well. */
const USUAL_DIARIES = 24;
const WEEK_MS = 7 * DAY;

/** Removes the advisors from a slot: clients are told how many bookings still fit, not who would take them. */
export function toSlot({ time, free }: SlotWithAdvisors): Slot {
  return { time, free };
}

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
