import { IANAZone } from 'luxon';
import { DomainError } from '../errors';
import { memo } from '../memo';
import {
  addDays,
  DAY,
  dayNumber,
  isoWeek,
  isoWeekday,
  minuteOfDay,
  parseLocalDate,
  parseLocalTime,
  unreadable,
} from './dates';
import type { LocalDate, LocalTime } from './hours';
import { type Instant, type Interval, MINUTE } from './interval';

export { addDays, daysBetween, eachDay, isoWeek, isoWeekday, parseLocalDate, parseLocalTime } from './dates';

/**
 * The instant of a local time in `zone`.
 *
 * `reject` is for what people write down: a time that does not exist or happens twice is refused, they must say which they
 * mean. Only imports ask so (`parseInstantIn`): pages send instants and programs give an offset (`parseInstant`). `rfc5545` is for times that were agreed long before (RFC 5545 §3.3.5): in the gap the offset before it counts
 * (02:30 becomes 03:30), in the overlap the first occurrence. `24:00` is the start of the next day, with either.
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

/** The day on the clock of `zone`. */
export function localDate(at: Instant, zone: string): LocalDate {
  return wallText(at, zone).slice(0, 10);
}

/** The time of day on the clock of `zone`; seconds are cut off. */
export function localTime(at: Instant, zone: string): LocalTime {
  return wallText(at, zone).slice(11, 16);
}

/** The first instant of the day, also where clocks jump over midnight (then 01:00, say) or reach it twice (the first). */
export function startOfDay(date: LocalDate, zone: string): Instant {
  const wall = dayNumber(parseLocalDate(date)) * DAY;
  const { instants, before, after } = possibleInstants(wall, zone);
  return instants[0] ?? jumpOver(wall, zone, wall - after, wall - before);
}

/** The whole day, half-open: 24 hours, or 23 or 25 when the clocks change. */
export function dayInterval(date: LocalDate, zone: string): Interval {
  return { start: startOfDay(date, zone), end: startOfDay(addDays(date, 1), zone) };
}

/** The name of the ISO week at that instant: `2026-W48`. Names of later weeks are greater texts. */
export function weekName(at: Instant, zone: string): string {
  const { year, week } = isoWeek(localDate(at, zone));
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** The ISO week around `at`, half-open: from Monday 00:00 in `zone` to the next. */
export function weekInterval(at: Instant, zone: string): Interval {
  const weeks = knownWeeks(zone);
  const known = weeks.find(({ start, end }) => start <= at && at < end);
  if (known) return known;
  const today = localDate(at, zone);
  const monday = addDays(today, 1 - isoWeekday(today));
  const week = { start: startOfDay(monday, zone), end: startOfDay(addDays(monday, 7), zone) };
  if (weeks.unshift(week) > MAX_KEPT_WEEKS) weeks.pop();
  return week;
}

/** Each search asks for the same few. */
const knownWeeks = memo(64, (): Interval[] => []);
const MAX_KEPT_WEEKS = 60;

/** The ISO weeks that share time with the range, whole and ascending. @param range bounded */
export function weeksIn(range: Interval, zone: string): Interval[] {
  const found: Interval[] = [];
  for (let at = range.start; at < range.end; ) {
    const week = weekInterval(at, zone);
    found.push(week);
    at = week.end;
  }
  return found;
}

/** `2026-12-01T09:00:00+01:00`: local time in `zone` with its offset (RFC 3339); fractions of a second are cut off. */
export function toIso(at: Instant, zone: string): string {
  const minutes = Math.trunc(offsetAt(at, zone) / MINUTE);
  const two = (n: number) => String(n).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${wallText(at, zone).slice(0, 19)}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** How far clocks in `zone` are ahead of UTC at that instant. */
export function offsetMinutes(at: Instant, zone: string): number {
  return offsetAt(at, zone) / MINUTE;
}

const ISO =
  /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?)(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * Reads an instant: ISO 8601 date and time with `Z` or an offset (RFC 3339; seconds may be absent).
 * Without an offset it would be a local time of nobody knows where, so that is refused.
 *
 * @throws DomainError `invalid-time` (`why: 'unreadable'`) for anything else, also for 2026-02-30, 24:00 and second 60
 */
export function parseInstant(text: string): Instant {
  const [, date, time, offset] = ISO.exec(text) ?? [];
  if (!date || !time || !offset) throw unreadable(text, 'date, time and offset, as 2026-12-01T09:00:00+01:00');
  parseLocalDate(date);
  // Milliseconds are as fine as an Instant gets; V8 reads the same, but only promises three digits.
  return Date.parse(`${date}T${time.replace(/(\.\d{3})\d+$/, '$1')}${offset}`);
}

const WALL = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::00(?:\.0{1,9})?)?$/;

/** `1.12.2026, 9:00 Uhr` and the like (DIN 5008, and as spreadsheets show it), with nothing behind it. */
const GERMAN = /^(\d{1,2})\.(\d{1,2})\.(\d{4}),?\s+(\d{1,2}:\d\d(?::\d\d)?)(?:\s*Uhr)?$/;

/**
 * Reads an instant as `parseInstant` does, or a time on the clock of `zone` (`2026-12-01T09:00`, `01.12.2026 09:00`), for files whose
 * times belong to one place. Between day and time a space will do, and of an offset the hours, as databases write them (RFC 3339
 * §5.6, ISO 8601 §5.3.4.1: `2026-12-01 09:00:00+01`).
 *
 * @throws DomainError `invalid-time`, also (`why: 'gap'`, `'overlap'`) for a time on that clock that does not exist or happens twice
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

/** Whether clocks in `zone` show this time of the day twice, and so do not tell which instant is meant. */
export function isRepeated(at: Instant, zone: string): boolean {
  return possibleInstants(at + offsetAt(at, zone), zone).instants.length > 1;
}

/** `true` if `name` is an IANA zone that this runtime knows (`Europe/Berlin`, `UTC`); a bare offset is none. */
export function isTimeZone(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name) && name.length <= 64 && IANAZone.isValidZone(name);
}

/**
 * The instants, ascending, at which clocks in `zone` show `wall` (local time in ms as if it were UTC): one, none in a
 * gap, two in an overlap. Tried with both offsets around it and checked by the way back. Luxon's `getPossibleOffsets`
 * does the same, but the DateTime that it needs first asks today's clock for its season.
 */
function possibleInstants(wall: number, zone: string): { instants: Instant[]; before: number; after: number } {
  // No zone is further than 24 h from UTC, so these instants lie before and after the wall time wherever it is.
  const before = offsetAt(wall - DAY, zone);
  const after = offsetAt(wall + DAY, zone);
  const tried = before === after ? [before] : [Math.max(before, after), Math.min(before, after)];
  const instants = tried.map((offset) => wall - offset).filter((at) => at + offsetAt(at, zone) === wall);
  return { instants, before, after };
}

/** The instant at which the clocks jump over `wall`; it lies in [low, high]. */
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

/** Offsets of a zone by UTC day, in ms; `null` on a day on which it changes. Asking Intl costs some 2 µs, this next to nothing. */
const zones = memo(64, (name) => {
  if (!isTimeZone(name)) throw unreadable(name, 'the IANA name of a time zone, as Europe/Berlin');
  return { zone: IANAZone.create(name), days: new Map<number, number | null>() };
});
const MAX_KEPT_DAYS = 4096;

function offsetAt(at: Instant, name: string): number {
  const { zone, days } = zones(name);
  const day = Math.floor(at / DAY);
  let offset = days.get(day);
  if (offset === undefined) {
    const first = zone.offset(day * DAY);
    offset = first === zone.offset((day + 1) * DAY) ? first * MINUTE : null;
    if (days.size >= MAX_KEPT_DAYS) days.clear();
    days.set(day, offset);
  }
  return offset ?? zone.offset(at) * MINUTE;
}
