import type * as Luxon from 'luxon';
import { DomainError } from '../errors';
import { memo } from '../memo';
import {
  addDays,
  DAY,
  dayNumber,
  dayOf,
  isoWeek,
  isoWeekday,
  minuteOfDay,
  parseLocalDate,
  parseLocalTime,
  unreadable,
} from './dates';
import type { LocalDate, LocalTime } from './hours';
import { type Instant, type Interval, MINUTE } from './interval';

/** Is loaded with the first zone, not at the start of the program. */
export const luxon = (): typeof Luxon => require('luxon');

export { addDays, daysBetween, eachDay, isoWeek, isoWeekday, parseLocalDate, parseLocalTime } from './dates';

/**
 * Returns the instant of a local time in `zone`. `24:00` is the start of the next day.
 *
 * `reject` refuses a time that does not exist or happens twice, because the person who wrote it must say which instant
 * is meant. Only imports need that (`parseInstantIn`): pages send instants, and programs give an offset
 * (`parseInstant`). `rfc5545` is for times that recur (RFC 5545 §3.3.5): in a gap the offset before it counts (02:30
 * becomes 03:30), in an overlap the first occurrence.
 *
 * @throws DomainError `invalid-time` with `why`: `gap`, `overlap` (only with `reject`) or `unreadable`
 */
export function toInstant(
  date: LocalDate,
  time: LocalTime,
  zone: string,
  choose: 'reject' | 'rfc5545' = 'reject',
): Instant {
  parseLocalDate(date);
  if (time === '24:00') return startOfDay(addDays(date, 1), zone);
  const wall = dayNumber(date) * DAY + minuteOfDay(parseLocalTime(time)) * MINUTE;

  const { instants, before } = possibleInstants(wall, zone);
  const [first, second] = instants;
  if (choose === 'reject' && (first === undefined || second !== undefined))
    throw ambiguous(first === undefined ? 'gap' : 'overlap', date, time, zone);
  return first ?? wall - before;
}

/** Returns the local day in `zone`. */
export function localDate(at: Instant, zone: string): LocalDate {
  return wallText(at, zone).slice(0, 10);
}

/** Returns the local time of day in `zone`; seconds are cut off. */
export function localTime(at: Instant, zone: string): LocalTime {
  return wallText(at, zone).slice(11, 16);
}

/**
 * Returns the first instant of the day. Where clocks skip midnight it is later (01:00, say); where midnight happens
 * twice it is the first.
 */
export function startOfDay(date: LocalDate, zone: string): Instant {
  const wall = dayNumber(parseLocalDate(date)) * DAY;
  const { instants, before, after } = possibleInstants(wall, zone);
  return instants[0] ?? jumpOver(wall, zone, wall - after, wall - before);
}

/** Returns the whole day, half-open. It has 24 hours, or 23 or 25 when the clocks change. */
export function dayInterval(date: LocalDate, zone: string): Interval {
  return { start: startOfDay(date, zone), end: startOfDay(addDays(date, 1), zone) };
}

/** Returns the name of the ISO week at that instant, `2026-W48`. Names can be compared as strings. */
export function weekName(at: Instant, zone: string): string {
  const { year, week } = isoWeek(localDate(at, zone));
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Returns the ISO week that contains `at`, half-open: from Monday 00:00 in `zone` to the next Monday. */
export function weekInterval(at: Instant, zone: string): Interval {
  return weeksOf(zone)(Math.floor((at + offsetAt(at, zone)) / DAY));
}

/** The weeks of a zone by the number of one of their local days. They are remembered, because each search asks for the same few. */
const weeksOf = memo(64, (zone) =>
  memo(MAX_REMEMBERED_DAYS, (localDay: number): Interval => {
    const today = dayOf(localDay);
    const monday = addDays(today, 1 - isoWeekday(today));
    return { start: startOfDay(monday, zone), end: startOfDay(addDays(monday, 7), zone) };
  }),
);
const MAX_REMEMBERED_DAYS = 500;

/** Returns the ISO weeks that share time with the range, uncut and ascending. @param range one with a finite end */
export function weeksIn(range: Interval, zone: string): Interval[] {
  const found: Interval[] = [];
  for (let at = range.start; at < range.end; ) {
    const week = weekInterval(at, zone);
    found.push(week);
    at = week.end;
  }
  return found;
}

/**
 * Writes local time in `zone` with its offset (RFC 3339), `2026-12-01T09:00:00+01:00`; fractions of a second are cut
 * off.
 */
export function toIso(at: Instant, zone: string): string {
  const minutes = Math.trunc(offsetAt(at, zone) / MINUTE);
  const two = (n: number) => String(n).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${wallText(at, zone).slice(0, 19)}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Returns by how many minutes clocks in `zone` are ahead of UTC at that instant. */
export function offsetMinutes(at: Instant, zone: string): number {
  return offsetAt(at, zone) / MINUTE;
}

const ISO =
  /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?)(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * Reads an instant written as ISO 8601 date and time with `Z` or an offset (RFC 3339; seconds may be absent). A text
 * without an offset is refused, because the zone of its local time is unknown.
 *
 * @throws DomainError `invalid-time` (`why: 'unreadable'`) for anything else, also for 2026-02-30, 24:00 and second 60
 */
export function parseInstant(text: string): Instant {
  const [, date, time, offset] = ISO.exec(text) ?? [];
  if (!date || !time || !offset) throw unreadable(text, 'date, time and offset, as 2026-12-01T09:00:00+01:00');
  parseLocalDate(date);
  // ECMAScript defines three digits of a second only, and an Instant holds no finer time, so further digits are cut
  // off.
  return Date.parse(`${date}T${time.replace(/(\.\d{3})\d+$/, '$1')}${offset}`);
}

const WALL = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::00(?:\.0{1,9})?)?$/;

/** Matches a whole text such as `1.12.2026, 9:00 Uhr` (DIN 5008, and as spreadsheets show it). */
const GERMAN = /^(\d{1,2})\.(\d{1,2})\.(\d{4}),?\s+(\d{1,2}:\d\d(?::\d\d)?)(?:\s*Uhr)?$/;

/**
 * Reads an instant as `parseInstant` does, or a local time in `zone` (`2026-12-01T09:00`, `01.12.2026 09:00`), for
 * files whose times all belong to one place. It also accepts a space between day and time (RFC 3339 §5.6) and an offset
 * of hours only (ISO 8601 §5.3.4.1), as databases write them: `2026-12-01 09:00:00+01`.
 *
 * @throws DomainError `invalid-time`, also (`why: 'gap'`, `'overlap'`) for a time on that clock that does not exist or
 *   happens twice
 */
export function parseInstantIn(zone: string, text: string): Instant {
  const two = (digits: string) => digits.padStart(2, '0');
  const iso = text
    .trim()
    .replace(
      GERMAN,
      (_, day, month, year, time) => `${year}-${two(month)}-${two(day)}T${time.replace(/^(?=\d:)/, '0')}`,
    )
    .replace(/^(\S{10}) /, '$1T')
    .replace(/(T[\d:.]+[+-]\d\d):?(\d\d)?$/, (_, before, minutes = '00') => `${before}:${minutes}`);
  const [, date, time] = WALL.exec(iso) ?? [];
  return date && time ? toInstant(date, parseLocalTime(time), zone) : parseInstant(iso);
}

/**
 * Returns `true` if clocks in `zone` show the local time of `at` twice, so that the local time alone does not tell the
 * instant.
 */
export function isRepeated(at: Instant, zone: string): boolean {
  return possibleInstants(at + offsetAt(at, zone), zone).instants.length > 1;
}

/**
 * Returns `true` if `name` is an IANA zone that this runtime knows (`Europe/Berlin`, `UTC`). A bare offset is not a
 * zone.
 */
export function isTimeZone(name: string): boolean {
  return (
    /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name) &&
    name.length <= 64 &&
    luxon().IANAZone.isValidZone(name)
  );
}

/**
 * Returns the instants, ascending, at which clocks in `zone` show `wall` (local time in ms as if it were UTC): usually
 * one, none in a gap, two in an overlap. It tries the offsets of the day before and after, and keeps an instant if
 * converting it back gives `wall`. Luxon's `getPossibleOffsets` does the same, but it needs a DateTime, and creating
 * one reads today's clock.
 */
function possibleInstants(wall: number, zone: string): { instants: Instant[]; before: number; after: number } {
  // No zone is further than 24 h from UTC, so these two instants lie before and after `wall` in every zone.
  const before = offsetAt(wall - DAY, zone);
  const after = offsetAt(wall + DAY, zone);
  const tried = before === after ? [before] : [Math.max(before, after), Math.min(before, after)];
  const instants = tried.map((offset) => wall - offset).filter((at) => at + offsetAt(at, zone) === wall);
  return { instants, before, after };
}

/** Returns the instant at which the clocks skip `wall`, by bisection between `low` and `high`. */
function jumpOver(wall: number, zone: string, low: Instant, high: Instant): Instant {
  let [early, late] = [low, high];
  while (early < late) {
    const middle = Math.floor((early + late) / 2);
    if (middle + offsetAt(middle, zone) < wall) early = middle + 1;
    else late = middle;
  }
  return late;
}

function ambiguous(why: 'gap' | 'overlap', date: LocalDate, time: LocalTime, zone: string): DomainError {
  const what = why === 'gap' ? 'does not exist' : 'happens twice, give an offset';
  return new DomainError('invalid-time', { why, date, time, zone, reason: `${date} ${time} ${what} in ${zone}` });
}

function wallText(at: Instant, zone: string): string {
  return new Date(at + offsetAt(at, zone)).toISOString();
}

/**
 * The offsets of a zone in ms by UTC day; `null` for a day on which the offset changes. They are remembered, because
 * asking Intl takes about 2 µs each time.
 */
const zones = memo(64, (name) => {
  if (!isTimeZone(name)) throw unreadable(name, 'the IANA name of a time zone, as Europe/Berlin');
  const zone = luxon().IANAZone.create(name);
  const ofDay = memo(MAX_REMEMBERED_OFFSETS, (day: number) => {
    const first = zone.offset(day * DAY);
    return first === zone.offset((day + 1) * DAY) ? first * MINUTE : null;
  });
  return { zone, ofDay };
});
const MAX_REMEMBERED_OFFSETS = 4096;

function offsetAt(at: Instant, name: string): number {
  const { zone, ofDay } = zones(name);
  return ofDay(Math.floor(at / DAY)) ?? zone.offset(at) * MINUTE;
}
