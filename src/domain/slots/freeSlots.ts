import type { LocalDate } from '../calendar/hours';
import { type Instant, type Interval, MINUTE, type Minutes } from '../calendar/interval';
import { afterOpenTime } from '../calendar/openTime';
import { addDays, localDate, startOfDay, weeksIn } from '../calendar/zone';
import type { Advisor, Desk, Mode, Topic } from '../desk';
import { memo, perObject, serialOf } from '../memo';
import { teamOf } from '../team';
import type { LanguageTag } from '../text';
import type { Demand, Reassignment, Roster } from './assignment';
import type { Engagement } from './engagement';
import { asPublicSees } from './fairRelease';
import { freeInModes } from './freeInModes';
import { firstLeadDay } from './leadDays';
import { makeRoom } from './matching';
import { keptForOthers } from './reserves';
import { firstFrom } from './startBits';
import { type Staffing, stateOf, type Week, weekOf } from './week';

/** What is asked for, with the desk's own objects. */
export interface ResolvedQuery {
  readonly topic: Topic;
  /** The language that the advisor has to speak. */
  readonly language: LanguageTag;
  /** The client's language, if an interpreter is to be found; it decides nothing about what is free. */
  readonly interpretedInto?: LanguageTag | undefined;
  /** Absent: any mode in which the topic is offered. */
  readonly mode?: Mode | undefined;
  /** Only this advisor; absent: any suitable one. */
  readonly advisorId?: string | undefined;
  /**
   * Lead time and horizon apply to clients; staff can book everything that is free, including the slot that is running
   * now.
   */
  readonly audience: 'client' | 'staff';
  /** The client is offered what the desk holds back from the public, because they wait for it. */
  readonly seesHeldBack?: boolean | undefined;
  /** The query may use what is kept for urgent matters. */
  readonly urgent?: boolean | undefined;
}

/** Everything that an answer depends on, at one moment. */
export interface Snapshot extends Staffing {
  readonly desk: Desk;
  readonly diary: (advisorId: string) => readonly Engagement[];
}

/** Returns the same snapshot with other engagements, of which nothing is known from before. */
export function withDiaries(snapshot: Snapshot, diary: Snapshot['diary']): Snapshot {
  return { ...snapshot, diary, during: undefined };
}

/** A start that can be booked. */
export interface Slot {
  readonly time: Interval;
  /** How many more bookings of the same kind fit; `MAX_COUNTED_FREE` means as many or more. At least 1. */
  readonly free: number;
}

/** A free slot, and how it can be taken. */
export interface SlotWithAdvisors extends Slot {
  /** End of the buffer. */
  readonly blockedUntil: Instant;
  /** The mode that was asked for, or else the topic's first mode that has a place left and somebody who does it. */
  readonly mode: Mode;
  /**
   * The advisors who could take it, the best first: those who have nothing else to do, or else the one for whom `moves`
   * make room. Never empty.
   */
  readonly advisors: readonly Advisor[];
  /** The reassignments that must be made before, in this order; empty if somebody is free already. */
  readonly moves: readonly Reassignment[];
}

/**
 * Returns what is free, with those who could take it. Searching and booking share the count (`eachFreeSlot`): the search
 * shows its slots, and a booking is accepted only if its start is among them.
 *
 * @param range starts in [range.start, range.end); ends may lie beyond
 * @param naming all idle advisors, or only the best
 * @returns ascending by start
 */
export function freeSlots(
  snapshot: Snapshot,
  query: ResolvedQuery,
  range: Interval,
  naming: 'all' | 'best' = 'all',
): SlotWithAdvisors[] {
  const { topic, language, advisorId } = query;
  const { byId, modeThatMatters } = teamOf(snapshot.desk);
  const enough = naming === 'all' ? Number.POSITIVE_INFINITY : 1;
  const slots: SlotWithAdvisors[] = [];
  for (const { time, free, mode, week } of eachFreeSlot(snapshot, query, range)) {
    const { roster } = week;
    const blockedUntil = time.end + topic.bufferMinutes * MINUTE;
    const demand = {
      topicId: topic.id,
      language,
      mode: modeThatMatters({ topicId: topic.id, language, mode }),
      onlyAdvisorId: advisorId,
      time: { start: time.start, end: blockedUntil },
    };
    const idle = idleOf(roster, demand, enough);
    const room = idle.length > 0 ? { moves: [] } : makeRoom(roster, demand);
    if (!room) continue;
    const advisors = ('advisorId' in room ? [room.advisorId] : idle).flatMap((id) => byId.get(id) ?? []);
    slots.push({ time, free, mode, blockedUntil, advisors, moves: room.moves });
  }
  return slots;
}

/** A free slot with the week that it was found in. */
interface FoundSlot extends Slot, Pick<SlotWithAdvisors, 'mode'> {
  readonly week: Week;
}

/**
 * Yields the free slots one by one, for callers that need only the first.
 *
 * A start is free if it lies on the desk's grid, the desk has a place for its mode, and there is room: somebody suitable
 * (language, topic, mode, the wish for a person) is free for consultation and buffer, which lie wholly inside a window of the
 * desk and of the advisor and outside absences; or somebody becomes free because others, who are tied to nobody, change
 * their advisor (`freeCounts`). Clients are not shown what the desk holds back (`asPublicSees`).
 */
export function* eachFreeSlot(whole: Snapshot, query: ResolvedQuery, range: Interval): Generator<FoundSlot, void> {
  const snapshot = isPublic(query) ? asPublicSees(whole) : whole;
  const { desk, now } = snapshot;
  const { topic } = query;
  const modes = modesToTake(desk, query);
  if (modes.length === 0) return;

  const bookable = bookableStarts({ desk, now }, query, range);
  for (const interval of weeksIn(bookable, desk.hours.timeZone)) {
    const week = weekOf(snapshot, interval);
    const { times } = week.state.hours.starts(topic);
    const kept = desk.reserves.length > 0 ? keptForOthers({ desk, now, roster: week.roster }, query) : undefined;
    const freeAt = freeInModes(week, query, { capacities: desk.capacities, modes, kept });
    for (let i = firstFrom(times, bookable.start); i < times.length; i++) {
      const time = times[i] as Interval;
      if (bookable.end <= time.start) break;
      const found = freeAt(i);
      if (found) yield { time, ...found, week };
    }
  }
}

/** Returns the modes of the query in which somebody could ever take it, in the topic's order. */
export function modesToTake(desk: Pick<Desk, 'advisors'>, query: ResolvedQuery): Mode[] {
  const { topic, language, mode: asked, advisorId } = query;
  return topic.modes.filter(
    (mode) =>
      (asked === undefined || asked === mode) &&
      teamOf(desk).ableIds({ topicId: topic.id, language, mode, advisorId }).length > 0,
  );
}

/**
 * Returns a text that stays the same as long as `eachFreeSlot` yields the same for this query and range: until the desk
 * changes, or one of the weeks in question, or a start gets too near to be booked. Undefined: the engagements are not
 * those that others see.
 */
export function nameOfSlots(whole: Snapshot, query: ResolvedQuery, range: Interval): string | undefined {
  const snapshot = isPublic(query) ? asPublicSees(whole) : whole;
  const { desk, now } = snapshot;
  const { topic, language, mode, advisorId, urgent } = query;
  const bookable = bookableStarts({ desk, now }, query, range);
  const weeks: string[] = [];
  for (const interval of weeksIn(bookable, desk.hours.timeZone)) {
    const state = stateOf(snapshot, interval);
    if (!state.isShared) return undefined;
    const { times } = state.hours.starts(topic);
    weeks.push(`${serialOf(state)} ${firstFrom(times, bookable.start)} ${firstFrom(times, bookable.end)}`);
  }
  const today = desk.reserves.length > 0 ? localDate(now, desk.hours.timeZone) : '';
  return JSON.stringify([serialOf(desk), topic.id, language, mode, advisorId, urgent, today, ...weeks]);
}

function isPublic({ audience, seesHeldBack }: ResolvedQuery): boolean {
  return audience === 'client' && seesHeldBack !== true;
}

/** Returns the idle advisors who could take the demand, the best first, `enough` at most. */
function idleOf(roster: Roster, demand: Demand, enough: number): string[] {
  const idle: string[] = [];
  for (const advisorId of roster.suitable(demand)) {
    if (idle.length >= enough) break;
    if (roster.engaged(advisorId, demand.time).length === 0) idle.push(advisorId);
  }
  return idle;
}

/**
 * Returns the range of starts that the query's audience may book. For clients it begins after all lead times and ends
 * with the last day of the horizon. One lead time is elapsed time, one is time in which the desk is open, so that
 * somebody there can see who comes, and one is working days (`firstLeadDay`).
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
    leadDay: firstLeadDay({ desk, topic: query.topic, now }),
    days: query.topic.horizonDays ?? desk.horizonDays,
  });
  return { start: Math.max(range.start, whole.start), end: Math.min(range.end, whole.end) };
}

interface Limits {
  readonly lead: Minutes;
  readonly leadOpen: Minutes;
  readonly leadDay: LocalDate;
  readonly days: number;
}

/**
 * Returns the range of starts that clients may book. It is remembered, because one page may ask for the same range with
 * ten queries.
 */
function clientsTime({ hours }: Desk, now: Instant, { lead, leadOpen, leadDay, days }: Limits): Interval {
  return clientsTimes(hours)(`${now} ${lead} ${leadOpen} ${days} ${leadDay}`);
}

const MAX_CLIENTS_TIMES = 100;
const clientsTimes = perObject((hours: Desk['hours']) =>
  memo(MAX_CLIENTS_TIMES, (asked): Interval => {
    const [leadDay = '', ...numbers] = asked.split(' ').reverse();
    const [days = 0, leadOpen = 0, lead = 0, at = 0] = numbers.map(Number);
    const end = startOfDay(addDays(localDate(at, hours.timeZone), days + 1), hours.timeZone);
    const start = Math.max(
      at + lead * MINUTE,
      afterOpenTime(hours, at, leadOpen, end),
      startOfDay(leadDay, hours.timeZone),
    );
    return { start, end };
  }),
);
