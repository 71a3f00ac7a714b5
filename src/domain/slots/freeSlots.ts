import { type Instant, type Interval, MINUTE, type Minutes } from '../calendar/interval';
import { afterOpenTime } from '../calendar/openTime';
import { addDays, localDate, startOfDay, weeksIn } from '../calendar/zone';
import type { Absence, Advisor, Desk, Mode, Topic } from '../desk';
import { memo, perObject } from '../memo';
import { teamOf } from '../team';
import type { LanguageTag } from '../text';
import { capacityFor, type InMode } from './capacity';
import type { Demand, Engagement, Reassignment, Roster } from './engagement';
import type { Looks } from './looks';
import { makeRoom, roomFor } from './matching';
import { type ReserveGuard, reserveGuard } from './reserves';
import { type DeskRoster, fits } from './roster';
import { weekOf } from './week';

/** What somebody asks for. */
export interface ResolvedQuery {
  readonly topic: Topic;
  readonly language: LanguageTag;
  /** Absent: any mode in which the topic is offered. */
  readonly mode?: Mode | undefined;
  /** Only this advisor; absent: any who is suitable. */
  readonly advisorId?: string | undefined;
  /** Clients keep to lead time and horizon; staff book what is free, from the slot that is running now. */
  readonly audience: 'client' | 'staff';
  /** It may use what is kept for urgent matters. */
  readonly urgent?: boolean | undefined;
}

/** A booking or a live hold, as far as it is in the way of others. */
export interface PlacedEngagement extends Engagement, InMode {}

/** Everything that an answer depends on, at one moment. */
export interface Snapshot {
  readonly desk: Desk;
  readonly absences: readonly Absence[];
  /** What an advisor has, ascending by start and disjoint, in the `reachOf` of each ISO week that the range touches. */
  readonly diary: (advisorId: string) => readonly PlacedEngagement[];
  readonly now: Instant;
  /** What may be spent on the week that begins then by all questions together; absent: as much as they need. */
  readonly looks?: ((week: Instant) => Looks) | undefined;
}

/** A slot, and how it can be taken. */
export interface SlotWithAdvisors {
  readonly time: Interval;
  /** End of the buffer. */
  readonly blockedUntil: Instant;
  /** The one that was asked for, or else the topic's first that has a place left. */
  readonly mode: Mode;
  /** How many more of the same kind fit; `MOST_FREE` means as many or more. At least 1. */
  readonly free: number;
  /** Who could take it, best first: whoever has nothing else to do, or else the one for whom `moves` make room. Never empty. */
  readonly advisors: readonly Advisor[];
  /** What has to change before, in this order; empty if somebody is free as it is. */
  readonly moves: readonly Reassignment[];
}

/** More than so many are not counted. */
const MAX_COUNTED_FREE = 10;

/**
 * The one answer to "what is free?": the search shows these, and a booking is taken only if its start is among them.
 *
 * A start is offered if it lies on the desk's grid, the desk has a place for its mode, and there is room: somebody suitable (language,
 * topic, the wish for a person) is free for consultation and buffer, which lie wholly inside a window of the desk and of the advisor,
 * outside absences, or becomes free because others, who are tied to nobody, change their advisor (`makeRoom`).
 *
 * @param range starts in [range.start, range.end); ends may lie beyond
 * @param naming whom the offers name of those who have nothing else to do
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

/** All; the best, as many as are counted; or for whoever only counts, any. With the last, few diaries are looked at. */
type Naming = 'all' | 'best' | 'any';

/** The same one by one, for whoever needs only the first. */
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

/** Who is free as it is, or who would become so. @param most so many are counted */
function answer(
  roster: DeskRoster,
  demand: Demand,
  { most, naming, keeps }: { most: number; naming: Naming; keeps: ReserveGuard | undefined },
) {
  // With as many as are counted, nobody needs to move; with fewer, it matters who is the best.
  if (naming === 'any' && !keeps) {
    const any = idleOf(roster, roster.present(demand), demand, most);
    if (any.length === most) return { advisors: any, moves: [], free: most };
    if (any.length === 0) return counted(roster, demand, { most, keeps });
  }
  const enough = naming === 'all' ? Number.POSITIVE_INFINITY : MAX_COUNTED_FREE;
  const idle = idleOf(roster, roster.suitable(demand), demand, enough);
  if (idle.length > 0) {
    if (!keeps && idle.length >= most) return { advisors: idle, moves: [], free: most };
    // Whoever is free is so without a look.
    const least = keeps ? 0 : idle.length;
    return { advisors: idle, moves: [], free: Math.max(least, roomFor(roster, demand, most, keeps)) };
  }
  return counted(roster, demand, { most, keeps });
}

/** Nobody is free as it is: who would become so. */
function counted(
  roster: DeskRoster,
  demand: Demand,
  { most, keeps }: { most: number; keeps: ReserveGuard | undefined },
) {
  const room = makeRoom(roster, demand);
  return room && { advisors: [room.advisorId], moves: room.moves, free: roomFor(roster, demand, most, keeps) };
}

/** Those of them who have nothing else to do, in their order, `enough` of them at the most. */
function idleOf(roster: Roster, among: readonly string[], { time }: Demand, enough: number): string[] {
  const idle: string[] = [];
  for (const advisorId of among) {
    if (idle.length >= enough) break;
    if (roster.engaged(advisorId, time).length === 0) idle.push(advisorId);
  }
  return idle;
}

/**
 * The starts a client may book: beyond the lead times, inside the horizon, whose last day counts whole. There are two, and both must
 * have passed: one of elapsed time, and one of time in which the desk is open, so that somebody there can see who comes.
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

/** From when to when clients may book. The queries of one page ask for the same, and a page may ask for ten. */
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
