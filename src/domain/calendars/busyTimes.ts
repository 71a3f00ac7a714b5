import { DAY } from '../calendar/dates';
import { HOUR, type Instant, type Interval, MINUTE, overlaps, SECOND, union } from '../calendar/interval';
import { groupBy } from '../groupBy';
import { type Component, componentsOf, type Property } from './contentLines';
import { type ForeignRule, occurrencesOf, readForeignRule, ruleOfDays, type Wall } from './foreignRule';
import { type ForeignTime, type TimeReader, timeReader } from './foreignTimes';
import { Steps, TooManySteps } from './steps';

/** When somebody is busy by a calendar of their own; nothing else of it is kept. */
export interface BusyTimes {
  /** Ascending and disjoint. */
  readonly times: readonly Interval[];
  /** How many entries of the calendar are behind them; one that recurs counts once. */
  readonly events: number;
  /** How many entries could not be read; of one whose rule is not understood, the first time counts. */
  readonly unread: number;
}

/** Why a calendar is refused: it is none, has too many entries, or would take too long. */
export type CalendarFault = 'no_calendar' | 'full' | 'endless';

/** Far more than the calendar of one person has; 100,000 are somebody's mistake, or attack. */
export const MAX_EVENTS = 20_000;
/** The most times in which one person can be busy, after joining those that touch. */
const MAX_BUSY_TIMES = 5_000;
/** The work that one calendar may cause, in days looked at and dates read: less than a second, where that of a person takes some ms. */
const MAX_STEPS = 200_000;

/** The properties that are looked at. Titles, places and people are not among them. */
const WANTED: ReadonlySet<string> = new Set([
  ...['UID', 'DTSTART', 'DTEND', 'DURATION', 'RRULE', 'RDATE', 'EXDATE', 'RECURRENCE-ID', 'TRANSP', 'STATUS'],
  ...['X-MICROSOFT-CDO-BUSYSTATUS', 'FREEBUSY', 'TZID', 'TZOFFSETFROM', 'TZOFFSETTO'],
]);

/** How a calendar is read. */
interface Reading {
  /** Only times that touch it are found. */
  readonly range: Interval;
  /** Whose midnight begins a day, and whose clock shows a time without a zone. */
  readonly deskZone: string;
  /** Counts the work; absent: as much as one calendar may cause. */
  readonly steps?: Steps;
}

/**
 * Reads from an iCalendar text (RFC 5545) when its owner is busy. Entries that are cancelled, or that leave their time
 * free, do not count. Whatever the text says, it ends after `MAX_STEPS`.
 */
export function readBusyTimes(
  text: string,
  { range, deskZone, steps = new Steps(MAX_STEPS) }: Reading,
): BusyTimes | { readonly fault: CalendarFault } {
  const calendars = componentsOf(text, WANTED).filter(({ name }) => name === 'VCALENDAR');
  if (calendars.length === 0) return { fault: 'no_calendar' };
  const parts = calendars.flatMap((calendar) => calendar.parts);
  if (parts.length > MAX_EVENTS) return { fault: 'full' };
  try {
    const times = timeReader(parts, { deskZone, steps });
    const found = parts.filter(({ name }) => name === 'VFREEBUSY').map((part) => freeBusy(part, times, range));
    const entries = parts.filter(({ name }) => name === 'VEVENT').map((part) => entryOf(part, times));
    const series = groupBy(
      entries.flatMap((entry, i) => (entry ? [{ ...entry, key: entry.uid ?? `${i}` }] : [])),
      ({ key }) => key,
    );
    for (const own of series.values()) found.push(busyOf(own, range, steps));
    const all = union(found.flatMap((each) => each.map((time) => within(time, range))));
    if (all.length > MAX_BUSY_TIMES) return { fault: 'full' };
    return {
      times: all,
      events: found.filter((each) => each.length > 0).length,
      unread: entries.filter((entry) => entry === undefined || !entry.isUnderstood).length,
    };
  } catch (error) {
    if (error instanceof TooManySteps) return { fault: 'endless' };
    throw error;
  }
}

/** An entry of a calendar. */
interface Entry {
  readonly uid: string | undefined;
  readonly start: ForeignTime;
  readonly length: Length;
  readonly isBusy: boolean;
  readonly rules: readonly ForeignRule[];
  readonly added: readonly ForeignTime[];
  readonly except: readonly ForeignTime[];
  /** It replaces this occurrence of the series; undefined: it is the series, or no part of one. */
  readonly replaces: ForeignTime | undefined;
  readonly isUnderstood: boolean;
  readonly until: (rule: ForeignRule) => Instant;
}

/** How long an entry lasts: so much on the clock, and then so much elapsed time (RFC 5545 §3.3.6). */
interface Length {
  readonly days: number;
  readonly ms: number;
}

/** @returns undefined if it has no start that can be read */
function entryOf({ properties }: Component, times: TimeReader): Entry | undefined {
  const all = (name: string) => properties.filter((each) => each.name === name);
  const first = (name: string) => all(name)[0];
  const timeOf = (property: Property | undefined) =>
    property && times.read(property.value, property.params.get('TZID'));
  const start = timeOf(first('DTSTART'));
  if (!start) return undefined;
  const rules = all('RRULE').map(({ value }) => readForeignRule(value));
  const replaced = first('RECURRENCE-ID');
  const replaces = timeOf(replaced);
  return {
    ...{ uid: first('UID')?.value, start, replaces },
    length: lengthOf(start, timeOf(first('DTEND')), first('DURATION')?.value),
    isBusy: isBusy(first('STATUS')?.value, first('TRANSP')?.value, first('X-MICROSOFT-CDO-BUSYSTATUS')?.value),
    rules: rules.filter((rule) => rule !== null),
    added: times.readAll(all('RDATE')),
    except: times.readAll(all('EXDATE')),
    isUnderstood: !rules.includes(null) && (replaced === undefined || replaces !== undefined),
    until: ({ until }) => untilOf(until, start, times),
  };
}

function isBusy(status = '', transparency = '', microsoft = ''): boolean {
  return (
    status.toUpperCase() !== 'CANCELLED' &&
    transparency.toUpperCase() !== 'TRANSPARENT' &&
    microsoft.toUpperCase() !== 'FREE'
  );
}

/** UNTIL is the last instant that counts; a day counts with all its times. */
function untilOf(until: string | null, start: ForeignTime, times: TimeReader): Instant {
  if (until === null) return Number.POSITIVE_INFINITY;
  const time = times.read(until, undefined);
  if (!time) return start.at;
  if (time.isDate) return start.clock(time.wall + DAY) - 1;
  return until.endsWith('Z') && !start.isDate ? time.at : start.clock(time.wall);
}

const DURATION = /^([+-])?P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/;
const DAYS_PER_WEEK = 7;

function lengthOf(start: ForeignTime, end: ForeignTime | undefined, duration: string | undefined): Length {
  if (end)
    return start.isDate
      ? { days: Math.round((end.wall - start.wall) / DAY), ms: 0 }
      : { days: 0, ms: end.at - start.at };
  const [, sign, weeks, days, hours, minutes, seconds] = DURATION.exec(duration ?? '') ?? [];
  const given = [weeks, days, hours, minutes, seconds];
  if (sign === '-' || given.every((each) => each === undefined)) return { days: start.isDate ? 1 : 0, ms: 0 };
  const [w = 0, d = 0, h = 0, m = 0, s = 0] = given.map((each) => Number(each ?? 0));
  return { days: w * DAYS_PER_WEEK + d, ms: h * HOUR + m * MINUTE + s * SECOND };
}

/** Returns when a series is busy, with what replaces some of its occurrences. */
function busyOf(entries: readonly Entry[], range: Interval, steps: Steps): Interval[] {
  const replaced = new Set<number>();
  for (const { replaces } of entries) if (replaces) replaced.add(replaces.isDate ? replaces.wall : replaces.at);
  return entries.filter(({ isBusy }) => isBusy).flatMap((entry) => timesOf(entry, { range, replaced, steps }));
}

interface Around {
  readonly range: Interval;
  readonly replaced: ReadonlySet<number>;
  readonly steps: Steps;
}

function timesOf(entry: Entry, { range, replaced, steps }: Around): Interval[] {
  const { start, length, rules, added, except, replaces } = entry;
  const lasting = (wall: Wall): Interval => {
    const begin = start.clock(wall);
    return { start: begin, end: (length.days > 0 ? start.clock(wall + length.days * DAY) : begin) + length.ms };
  };
  if (replaces) return [lasting(start.wall)].filter((time) => overlaps(time, range));
  const gone = new Set(except.map(({ isDate, wall, at }) => (isDate ? wall : at)));
  // An occurrence is named by its instant, or by its day.
  const isThere = (wall: Wall, at: Instant) =>
    ![gone, replaced].some((named) => named.has(at) || named.has(Math.floor(wall / DAY) * DAY));
  // Clocks of all zones are less than a day from UTC.
  const reach = { from: range.start - length.days * DAY - length.ms - DAY, to: range.end + DAY, steps };
  const walls = new Set([start.wall, ...added.filter(({ isDate }) => isDate === start.isDate).map(({ wall }) => wall)]);
  for (const rule of rules) {
    const until = entry.until(rule);
    if (until < reach.from) continue;
    for (const wall of occurrencesOf(start.isDate ? ruleOfDays(rule) : rule, start.wall, reach)) {
      steps.take();
      if (start.clock(wall) <= until) walls.add(wall);
    }
  }
  return [...walls].flatMap((wall) => {
    const time = lasting(wall);
    return overlaps(time, range) && isThere(wall, time.start) ? [time] : [];
  });
}

/** Returns when a VFREEBUSY says that somebody is busy. */
function freeBusy({ properties }: Component, times: TimeReader, range: Interval): Interval[] {
  const periods = properties
    .filter(({ name, params }) => name === 'FREEBUSY' && params.get('FBTYPE')?.toUpperCase() !== 'FREE')
    .flatMap(({ value, params }) => value.split(',').map((each) => ({ each, tzid: params.get('TZID') })));
  return periods.flatMap(({ each, tzid }) => {
    const [begin = '', rest = ''] = each.trim().split('/');
    const start = times.read(begin, tzid);
    if (!start) return [];
    const isDuration = /^\+?P/.test(rest);
    const { days, ms } = lengthOf(
      start,
      isDuration ? undefined : times.read(rest, tzid),
      isDuration ? rest : undefined,
    );
    const time = { start: start.at, end: start.at + days * DAY + ms };
    return overlaps(time, range) ? [time] : [];
  });
}

function within(time: Interval, range: Interval): Interval {
  return { start: Math.max(time.start, range.start), end: Math.min(time.end, range.end) };
}
