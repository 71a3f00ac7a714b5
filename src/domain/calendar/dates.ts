import { DomainError } from '../errors';
import type { LocalDate, LocalTime } from './hours';
import { HOUR, type Minutes } from './interval';

/**
 * The length of a UTC day in milliseconds. It fits only days counted in UTC fields: a day in a zone may have 23 or 25
 * hours.
 */
export const DAY = 24 * HOUR;

/**
 * Reads a day written as `YYYY-MM-DD`; no other form is accepted.
 *
 * @throws DomainError `invalid-time` (`why: 'unreadable'`) for another form and for a day that does not exist
 *   (2026-02-30)
 */
export function parseLocalDate(text: string): LocalDate {
  if (!isLocalDate(text)) throw unreadable(text, 'a day that exists, as YYYY-MM-DD');
  return text;
}

/** Returns `true` if `parseLocalDate` accepts the text. */
export function isLocalDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && dateOf(Date.parse(`${text}T00:00:00Z`)) === text;
}

/**
 * Reads a time of day written as `HH:MM`, from 00:00 to 23:59. It refuses `24:00`, which is only an end: see
 * `assertWindow`.
 *
 * @throws DomainError `invalid-time` (`why: 'unreadable'`)
 */
export function parseLocalTime(text: string): LocalTime {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) throw unreadable(text, 'a time of day from 00:00 to 23:59, as HH:MM');
  return text;
}

/**
 * Builds the refusal of a text that is no time. It repeats at most 40 characters of the text, because a client may send
 * anything.
 */
export function unreadable(text: string, expected: string): DomainError {
  const shown = String(text).slice(0, 40);
  return new DomainError('invalid-time', { why: 'unreadable', text: shown, reason: `expected ${expected}` });
}

/** Returns the number of days since 1970-01-01. Arithmetic on day numbers is not affected by clock changes. */
export function dayNumber(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

/**
 * Returns the day with this number; the reverse of `dayNumber`.
 *
 * @throws DomainError `invalid-time` for days outside the years 0000 to 9999
 */
export function dayOf(number: number): LocalDate {
  const date = dateOf(number * DAY);
  if (date.length !== 10) throw unreadable(date, 'a day of the years 0000 to 9999');
  return date;
}

/** Returns the minutes from 00:00 to `time` on the clock face, whatever the clocks do that day; `24:00` is 1440. */
export function minuteOfDay(time: LocalTime): Minutes {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Writes minutes since 00:00 as a time; the reverse of `minuteOfDay`. Minutes above 1440 count on: 1800 is `30:00`. */
export function timeOfMinute(minute: Minutes): LocalTime {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** Returns the day `n` calendar days later, or earlier if `n` is negative. */
export function addDays(date: LocalDate, n: number): LocalDate {
  return dayOf(dayNumber(date) + n);
}

/** Returns how many days `b` is later than `a`; negative if `b` is earlier. */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return dayNumber(b) - dayNumber(a);
}

/** Lists the days of the half-open range [from, to), ascending. The list is empty if `to` is not later than `from`. */
export function eachDay(from: LocalDate, to: LocalDate): LocalDate[] {
  const first = dayNumber(from);
  return Array.from({ length: Math.max(0, dayNumber(to) - first) }, (_, i) => dayOf(first + i));
}

/** Returns the weekday by ISO 8601: Monday = 1 … Sunday = 7. */
export function isoWeekday(date: LocalDate): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  // Day 0, 1970-01-01, was a Thursday.
  return (modulo(dayNumber(date) + 3, 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

/** Returns the ISO 8601 week of a day. The week has the year of its Thursday, so 2027-01-01 lies in 2026-W53. */
export function isoWeek(date: LocalDate): { year: number; week: number } {
  const { year, week } = weekOf(dayNumber(date), 1);
  return { year, week };
}

/**
 * Returns the week of a day where weeks begin on any weekday. The first week of a year is the first with at least four
 * days in that year (RFC 5545 §3.3.10), so the year of a week is the year of its fourth day.
 *
 * @param day number of the day, as `dayNumber` counts
 * @param weekStart ISO weekday on which weeks begin
 * @returns `weeks` is the number of weeks in that year, 52 or 53
 */
export function weekOf(day: number, weekStart: number): { year: number; week: number; weeks: number } {
  // Day 0, 1970-01-01, was a Thursday.
  const fourth = day - modulo(day + 4 - weekStart, 7) + 3;
  const year = dayOf(fourth).slice(0, 4);
  // The fourth days of the weeks of one year lie seven days apart.
  const week = Math.floor((fourth - dayNumber(`${year}-01-01`)) / 7) + 1;
  const weeks = week + Math.floor((dayNumber(`${year}-12-31`) - fourth) / 7);
  return { year: Number(year), week, weeks };
}

/** Returns the remainder of a division, never negative, so that cycles can also be counted before 1970. */
export function modulo(n: number, cycle: number): number {
  return ((n % cycle) + cycle) % cycle;
}

function dateOf(utc: number): string {
  return Number.isNaN(utc) ? '' : new Date(utc).toISOString().replace(/T.*/, '');
}
