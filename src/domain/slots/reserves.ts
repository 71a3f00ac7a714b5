import { addDays } from '../calendar/dates';
import type { Hours, LocalDate } from '../calendar/hours';
import { type Instant, type Minutes, overlaps } from '../calendar/interval';
import { openingDays } from '../calendar/openingHours';
import { bookableWindows } from '../calendar/windowKinds';
import { MAX_SEARCHED_DAYS, openDayAfter } from '../calendar/workingDays';
import { dayInterval, localDate } from '../calendar/zone';
import type { Desk, Reserve, Topic } from '../desk';
import { languagesMatch } from '../language';
import { memo, perObject } from '../memo';
import { canTake } from '../offering';
import { teamOf } from '../team';
import type { LanguageTag } from '../text';
import { type Assignment, after, type Demand, type Room, type Roster } from './assignment';
import { candidates } from './candidates';
import { areSpent } from './looks';
import { makeRoom } from './matching';

/** The properties of a query or an engagement that decide whether it may use a reserve. */
interface Kind {
  readonly topicId: string | null;
  readonly language: LanguageTag | null;
  readonly urgent?: boolean | undefined;
}

/** The desk, roster and time for which reserves are checked. */
interface ReserveContext {
  readonly desk: Desk;
  readonly now: Instant;
  /** It must cover every day that will be asked about from midnight to midnight. */
  readonly roster: Roster;
}

/**
 * Returns `true` if enough starts stay reserved for others after these changes.
 *
 * @param changed at least one new consultation, all of one start, and the engagements that moved for them; each once
 */
export type ReserveGuard = (changed: readonly Assignment[]) => boolean;

/** The starts of a day that a client of the reserve's kind could have, and how many of them must stay free. */
interface Kept {
  readonly needed: number;
  /** Ascending. */
  readonly starts: readonly Start[];
}

/** A start, and the room that was found for it. */
interface Start {
  readonly demand: Demand;
  readonly room: Room;
}

/**
 * Makes the guard of the desk's reserves against a query. A reserve keeps a number of starts on each day for its kind,
 * less those that the kind has booked already, until the day is released. Another client may have a start if that takes
 * no reserved start away, or if enough of them are left, counted so that no two overlap. If too few are left already,
 * no further one may be taken away.
 *
 * @returns undefined if nothing is reserved against the query, because the desk has no reserves or the client may use
 *   them all
 */
export function reserveGuard(context: ReserveContext, query: KindOfQuery): ReserveGuard | undefined {
  return keptForOthers(context, query)?.guard;
}

interface KindOfQuery {
  readonly topic: Pick<Topic, 'id'>;
  readonly language: LanguageTag;
  readonly urgent?: boolean | undefined;
}

/** What is kept for others than the kind that is asked for. */
export interface KeptForOthers {
  readonly reserves: Desk['reserves'];
  /** The last released day of each. For the same engagements and the same text, `guard` decides the same. */
  readonly released: string;
  readonly guard: ReserveGuard;
}

/** Returns the guard of `reserveGuard`, and what it depends on. */
export function keptForOthers(
  context: ReserveContext,
  { topic, language, urgent }: KindOfQuery,
): KeptForOthers | undefined {
  const { reserves, hours } = context.desk;
  const forOthers = reserves.filter((reserve) => !isFor(reserve, { topicId: topic.id, language, urgent }));
  if (forOthers.length === 0) return undefined;
  const releases = forOthers.map((reserve) => releaseOf(context, reserve));
  const keepers = forOthers.map((reserve, i) => keeperOf(context, reserve, releases[i] as LocalDate));
  const guard: ReserveGuard = (changed) => {
    const [first] = changed;
    if (!first) return true;
    const date = localDate(first.time.start, hours.timeZone);
    return keepers.every((keeps) => keeps(date, changed));
  };
  return { reserves, released: releases.join(' '), guard };
}

/** Returns `releasedUntil`. It is the same all day, and each week of each search asks for it. */
function releaseOf({ desk: { hours }, now }: ReserveContext, { releaseWorkingDays }: Reserve): LocalDate {
  return releasesOf(hours)(`${localDate(now, hours.timeZone)} ${releaseWorkingDays}`);
}

const MAX_REMEMBERED_RELEASES = 20;
const releasesOf = perObject((hours: Hours) =>
  memo(MAX_REMEMBERED_RELEASES, (asked) => {
    const [today = '', releaseWorkingDays = ''] = asked.split(' ');
    return openDayAfter(hours, today, Number(releaseWorkingDays));
  }),
);

/**
 * Returns the last released day. On it and before it, every client may have every free slot. Working days are days on
 * which the desk opens.
 *
 * A day is released as soon as at most `releaseWorkingDays` working days lie between today, which does not count, and
 * the end of that day.
 */
export function releasedUntil(
  hours: Hours,
  now: Instant,
  { releaseWorkingDays }: Pick<Reserve, 'releaseWorkingDays'>,
): LocalDate {
  return openDayAfter(hours, localDate(now, hours.timeZone), releaseWorkingDays);
}

/** The first day on which a date is released, see `releasedUntil`. */
export function releasedOn(
  hours: Hours,
  date: LocalDate,
  { releaseWorkingDays }: Pick<Reserve, 'releaseWorkingDays'>,
): LocalDate {
  let [day, left] = [date, releaseWorkingDays];
  for (const end = addDays(date, -MAX_SEARCHED_DAYS); day > end; day = addDays(day, -1)) {
    const [open] = openingDays(hours, day, addDays(day, 1));
    if (open && open.windows.length > 0 && left-- === 0) break;
  }
  return day;
}

/** Makes the guard of one reserve. The reserved starts of a day are computed once. */
function keeperOf(
  { desk, roster }: ReserveContext,
  reserve: Reserve,
  released: LocalDate,
): (date: LocalDate, changed: readonly Assignment[]) => boolean {
  const keptOn = memo(MAX_SEARCHED_DAYS, (date) => keptOf({ desk, roster }, reserve, date));
  return (date, changed) => {
    if (date <= released) return true;
    const { needed, starts } = keptOn(date);
    // The budget is spent, so `starts` may lack some, and the guard refuses.
    if (areSpent(roster.looks)) return false;
    if (needed <= 0 || !starts.some((start) => isTouched(start, changed))) return true;
    const then = after(roster, changed);
    const left = starts.filter((start) => !isTouched(start, changed) || makeRoom(then, start.demand));
    return left.length === starts.length || mostApart(left) >= needed;
  };
}

function keptOf({ desk, roster }: Omit<ReserveContext, 'now'>, reserve: Reserve, date: LocalDate): Kept {
  const { topicId, language } = reserve;
  const mode = topicId === null ? null : (desk.topics.find(({ id }) => id === topicId)?.modes ?? null);
  const able = teamOf(desk).able({ topicId, language, mode });
  const day = dayInterval(date, desk.hours.timeZone);
  const booked = able
    .flatMap(({ id }) => roster.engaged(id, day))
    .filter((each) => day.start <= each.time.start && isFor(reserve, each));
  const needed = reserve.startsPerDay - booked.length;
  const length = longest(
    desk.topics.filter(
      ({ id, modes }) =>
        (topicId ?? id) === id && able.some((each) => canTake(each, { topicId: id, language, mode: modes })),
    ),
  );
  if (needed <= 0 || length === 0) return { needed: 0, starts: [] };

  const windows = bookableWindows(desk.hours, true, day);
  const starts = candidates(windows, { duration: length, buffer: 0, grid: desk.gridMinutes }).flatMap((time) => {
    // A start after midnight belongs to the next day.
    if (time.start < day.start || time.start >= day.end) return [];
    const demand = { topicId, language, mode, time };
    const room = makeRoom(roster, demand);
    return room ? [{ demand, room }] : [];
  });
  return { needed, starts };
}

/** Tells whether the reserve is kept for this kind of consultation. */
export function isFor({ topicId, language, urgent }: Reserve, kind: Kind): boolean {
  return (
    (topicId === null || topicId === kind.topicId) &&
    (language === null || (kind.language !== null && languagesMatch(language, kind.language))) &&
    (!urgent || kind.urgent === true)
  );
}

/** Returns the longest duration with buffer; 0 without topics. */
function longest(topics: readonly Topic[]): Minutes {
  return Math.max(0, ...topics.map(({ durationMinutes, bufferMinutes }) => durationMinutes + bufferMinutes));
}

/**
 * Returns `true` if a change overlaps the start or a move of its room; otherwise the room that was found is still
 * there.
 */
function isTouched({ demand, room }: Start, changed: readonly Assignment[]): boolean {
  const times = [demand.time, ...room.moves.map(({ assignment }) => assignment.time)];
  return changed.some((each) => times.some((time) => overlaps(time, each.time)));
}

/**
 * Returns the greatest number of starts of which no two overlap. Taking the one that ends first each time reaches it.
 *
 * @param starts ascending, all of one length
 */
function mostApart(starts: readonly Start[]): number {
  let [count, end] = [0, Number.NEGATIVE_INFINITY];
  for (const { demand } of starts) {
    if (demand.time.start < end) continue;
    count++;
    end = demand.time.end;
  }
  return count;
}
