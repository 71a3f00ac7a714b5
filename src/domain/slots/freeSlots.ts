import { type Instant, type Interval, MINUTE, type Minutes } from '../calendar/interval';
import { afterOpenTime } from '../calendar/openTime';
import { addDays, localDate, startOfDay, weeksIn } from '../calendar/zone';
import type { Absence, Advisor, Desk, Mode, Topic } from '../desk';
import { memo, perObject } from '../memo';
import { teamOf } from '../team';
import type { LanguageTag } from '../text';
import type { Demand, Reassignment, Roster } from './assignment';
import { capacityFor } from './capacity';
import type { Engagement } from './engagement';
import type { Looks } from './looks';
import { makeRoom, roomFor } from './matching';
import { type ReserveGuard, reserveGuard } from './reserves';
import { type DeskRoster, fits } from './roster';
import { weekOf } from './week';

/** What is asked for, with the desk's own objects. */
export interface ResolvedQuery {
  readonly topic: Topic;
  readonly language: LanguageTag;
  /** Absent: any mode in which the topic is offered. */
  readonly mode?: Mode | undefined;
  /** Only this advisor; absent: any suitable one. */
  readonly advisorId?: string | undefined;
  /**
   * Lead time and horizon apply to clients; staff can book everything that is free, including the slot that is running
   * now.
   */
  readonly audience: 'client' | 'staff';
  /** The query may use what is kept for urgent matters. */
  readonly urgent?: boolean | undefined;
}

/** Everything that an answer depends on, at one moment. */
export interface Snapshot {
  readonly desk: Desk;
  readonly absences: readonly Absence[];
  /**
   * Returns an advisor's engagements, ascending by start and disjoint. They must cover the `reachOf` of each ISO week
   * that the range touches.
   */
  readonly diary: (advisorId: string) => readonly Engagement[];
  readonly now: Instant;
  /** Returns the budget that all questions together may spend on the week that begins then; absent: it is unlimited. */
  readonly looks?: ((week: Instant) => Looks) | undefined;
}

/** A free slot, and how it can be taken. */
export interface SlotWithAdvisors {
  readonly time: Interval;
  /** End of the buffer. */
  readonly blockedUntil: Instant;
  /** The mode that was asked for, or else the topic's first mode that has a place left. */
  readonly mode: Mode;
  /** How many more bookings of the same kind fit; `MAX_COUNTED_FREE` means as many or more. At least 1. */
  readonly free: number;
  /**
   * The advisors who could take it, the best first: those who have nothing else to do, or else the one for whom `moves`
   * make room. Never empty.
   */
  readonly advisors: readonly Advisor[];
  /** The reassignments that must be made before, in this order; empty if somebody is free already. */
  readonly moves: readonly Reassignment[];
}

/** More places than this are not counted. */
const MAX_COUNTED_FREE = 10;

/**
 * Returns what is free. Searching and booking share it: the search shows these slots, and a booking is accepted only if
 * its start is among them.
 *
 * A start is offered if it lies on the desk's grid, the desk has a place for its mode, and there is room: somebody
 * suitable (language, topic, the wish for a person) is free for consultation and buffer, which lie wholly inside a
 * window of the desk and of the advisor and outside absences; or somebody becomes free because others, who are tied to
 * nobody, change their advisor (`makeRoom`).
 *
 * @param range starts in [range.start, range.end); ends may lie beyond
 * @param naming which of the idle advisors the slots name
 * @returns ascending by start
 */
export function freeSlots(
  snapshot: Snapshot,
  query: ResolvedQuery,
  range: Interval,
  naming: Naming = 'all',
): SlotWithAdvisors[] {
  return [...eachFreeSlot(snapshot, query, range, naming)];
}

/**
 * All idle advisors; the best ones, as many as are counted; or any, if only the number matters, for which the fewest
 * diaries are read.
 */
type Naming = 'all' | 'best' | 'any';

/** Yields the slots of `freeSlots` one by one, for callers that need only the first. */
export function* eachFreeSlot(
  snapshot: Snapshot,
  query: ResolvedQuery,
  range: Interval,
  naming: Naming = 'any',
): Generator<SlotWithAdvisors, void> {
  const { desk, now } = snapshot;
  const { topic, language, mode, advisorId } = query;
  const asked = { topicId: topic.id, language, onlyAdvisorId: advisorId };
  const team = teamOf(desk);
  const able = team.able({ topicId: topic.id, language, advisorId });
  if (able.length === 0 || (mode && !topic.modes.includes(mode))) return;

  const bookable = bookableStarts({ desk, now }, query, range);
  const blocked = (topic.durationMinutes + topic.bufferMinutes) * MINUTE;
  const placesFor = capacityFor(desk.capacities, () => desk.advisors.flatMap(({ id }) => snapshot.diary(id)));
  for (const interval of weeksIn(bookable, desk.hours.timeZone)) {
    const week = weekOf(snapshot, interval);
    const { roster } = week;
    const chances = () => able.map(({ id }) => week.chances(id)).filter(({ length }) => length > 0);
    let within = week.isTight ? chances() : undefined;
    if (within?.length === 0) continue;
    const keeps = reserveGuard({ desk, now, roster }, query);
    for (const time of week.starts(topic)) {
      if (time.start < bookable.start || bookable.end <= time.start) continue;
      const whole = { start: time.start, end: time.start + blocked };
      if (within && !within.some((chance) => fits(chance, whole))) continue;
      const places = placesFor(mode ? [mode] : topic.modes, time);
      if (!places) continue;
      const demand = { ...asked, time: whole };
      const most = Math.min(places.left, MAX_COUNTED_FREE);
      const found = answer(roster, demand, { most, naming, keeps });
      if (!found) {
        week.foundNoRoom();
        within ??= chances();
      }
      if (!found || found.free === 0) continue;
      const { free, moves } = found;
      const advisors = found.advisors.flatMap((id) => team.byId.get(id) ?? []);
      yield { time, blockedUntil: whole.end, mode: places.mode, free, advisors, moves };
    }
  }
}

/**
 * Returns the advisors who are free, or else one who would become free by reassignments. @param most the greatest
 * number that is counted
 */
function answer(
  roster: DeskRoster,
  demand: Demand,
  { most, naming, keeps }: { most: number; naming: Naming; keeps: ReserveGuard | undefined },
) {
  // If enough advisors for the count are idle, nobody needs to move; with fewer, it matters which advisor is the best.
  if (naming === 'any' && !keeps) {
    const any = idleOf(roster, roster.present(demand), demand, most);
    if (any.length === most) return { advisors: any, moves: [], free: most };
    if (any.length === 0) return counted(roster, demand, { most, keeps });
  }
  const enough = naming === 'all' ? Number.POSITIVE_INFINITY : MAX_COUNTED_FREE;
  const idle = idleOf(roster, roster.suitable(demand), demand, enough);
  if (idle.length > 0) {
    if (!keeps && idle.length >= most) return { advisors: idle, moves: [], free: most };
    // An idle advisor is free without a search, unless reserves must be checked.
    const least = keeps ? 0 : idle.length;
    return { advisors: idle, moves: [], free: Math.max(least, roomFor(roster, demand, most, keeps)) };
  }
  return counted(roster, demand, { most, keeps });
}

/** Looks for room by reassignments if no advisor is idle. */
function counted(
  roster: DeskRoster,
  demand: Demand,
  { most, keeps }: { most: number; keeps: ReserveGuard | undefined },
) {
  const room = makeRoom(roster, demand);
  return room && { advisors: [room.advisorId], moves: room.moves, free: roomFor(roster, demand, most, keeps) };
}

/** Returns those of the advisors who have no engagement at the time, in the given order, `enough` at most. */
function idleOf(roster: Roster, among: readonly string[], { time }: Demand, enough: number): string[] {
  const idle: string[] = [];
  for (const advisorId of among) {
    if (idle.length >= enough) break;
    if (roster.engaged(advisorId, time).length === 0) idle.push(advisorId);
  }
  return idle;
}

/**
 * Returns the range of starts that the query's audience may book. For clients it begins after both lead times and ends
 * with the last day of the horizon. One lead time is elapsed time, the other time in which the desk is open, so that
 * somebody there can see who comes.
 */
export function bookableStarts(
  { desk, now }: Pick<Snapshot, 'desk' | 'now'>,
  query: Pick<ResolvedQuery, 'topic' | 'audience'>,
  range: Interval,
): Interval {
  if (query.audience === 'staff')
    return { start: Math.max(range.start, now - desk.gridMinutes * MINUTE + 1), end: range.end };
  const whole = clientsTime(desk, now, {
    lead: query.topic.leadTimeMinutes ?? desk.leadTimeMinutes,
    leadOpen: query.topic.leadTimeOpenMinutes ?? desk.leadTimeOpenMinutes,
    days: query.topic.horizonDays ?? desk.horizonDays,
  });
  return { start: Math.max(range.start, whole.start), end: Math.min(range.end, whole.end) };
}

interface Limits {
  readonly lead: Minutes;
  readonly leadOpen: Minutes;
  readonly days: number;
}

/**
 * Returns the range of starts that clients may book. It is remembered, because one page may ask for the same range with
 * ten queries.
 */
function clientsTime({ hours }: Desk, now: Instant, { lead, leadOpen, days }: Limits): Interval {
  return clientsTimes(hours)(`${now} ${lead} ${leadOpen} ${days}`);
}

const MAX_CLIENTS_TIMES = 100;
const clientsTimes = perObject((hours: Desk['hours']) =>
  memo(MAX_CLIENTS_TIMES, (asked): Interval => {
    const [at = 0, lead = 0, leadOpen = 0, days = 0] = asked.split(' ').map(Number);
    const end = startOfDay(addDays(localDate(at, hours.timeZone), days + 1), hours.timeZone);
    return { start: Math.max(at + lead * MINUTE, afterOpenTime(hours, at, leadOpen, end)), end };
  }),
);
