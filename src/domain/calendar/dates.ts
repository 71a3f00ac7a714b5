import { DomainError } from '../errors';
import type { LocalDate, LocalTime } from './hours';
import { HOUR, type Minutes } from './interval';

/** A day of UTC. Only for days counted in UTC fields: a day in a zone may have 23 or 25 hours. */
export const DAY = 24 * HOUR;

/**
 * Reads a day, `YYYY-MM-DD` and nothing else.
 *
 * @throws DomainError `invalid-time` (`why: 'unreadable'`) for another form and for a day that does not exist (2026-02-30)
 */
export function parseLocalDate(text: string): LocalDate {
  if (!isLocalDate(text)) throw unreadable(text, 'a day that exists, as YYYY-MM-DD');
  return text;
}

/** `true` if `parseLocalDate` would read it. */
export function isLocalDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && dateOf(Date.parse(`${text}T00:00:00Z`)) === text;
}

/**
 * Reads a time of day, `HH:MM` from 00:00 to 23:59 and nothing else (`24:00` is an end, not a time of day: see `assertWindow`).
 *
 * @throws DomainError `invalid-time` (`why: 'unreadable'`)
 */
export function parseLocalTime(text: string): LocalTime {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) throw unreadable(text, 'a time of day from 00:00 to 23:59, as HH:MM');
  return text;
}

/** The refusal of a text that is no time; the text is cut, because it may be anything. */
export function unreadable(text: string, expected: string): DomainError {
  const shown = String(text).slice(0, 40);
  return new DomainError('invalid-time', { why: 'unreadable', text: shown, reason: `expected ${expected}` });
}

/** The day's number, counted from 1970-01-01 = 0: day arithmetic that no clock change can touch. */
export function dayNumber(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

/** The reverse of `dayNumber`. */
export function dayOf(number: number): LocalDate {
  const date = dateOf(number * DAY);
  if (date.length !== 10) throw unreadable(date, 'a day of the years 0000 to 9999');
  return date;
}

/** Minutes since midnight on the clock face; `24:00` is 1440. */
export function minuteOfDay(time: LocalTime): Minutes {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The reverse of `minuteOfDay`. */
export function timeOfMinute(minute: Minutes): LocalTime {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** The day `n` days later (earlier if negative): days of the calendar, never 24 hours. */
export function addDays(date: LocalDate, n: number): LocalDate {
  return dayOf(dayNumber(date) + n);
}

/** How many days later `b` is than `a`; negative if it is earlier. */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return dayNumber(b) - dayNumber(a);
}

/** The days of [from, to), ascending: half-open, so `to` itself is not among them. Empty if `to` is not later. */
export function eachDay(from: LocalDate, to: LocalDate): LocalDate[] {
  const first = dayNumber(from);
  return Array.from({ length: Math.max(0, dayNumber(to) - first) }, (_, i) => dayOf(first + i));
}

/** Monday = 1 … Sunday = 7 (ISO 8601). */
export function isoWeekday(date: LocalDate): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  // Day 0 was a Thursday.
  return (modulo(dayNumber(date) + 3, 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

/** The ISO 8601 week. Its year is that of its Thursday, so 2027-01-01 lies in 2026-W53. */
export function isoWeek(date: LocalDate): { year: number; week: number } {
  const { year, week } = weekOf(dayNumber(date), 1);
  return { year, week };
}

/**
 * The week of a day, by its number, where weeks begin on another weekday than Monday, too: a year's first is the first that has four
 * days or more of it (RFC 5545 §3.3.10), so that the fourth day of a week tells its year. `weeks` is how many that year has, 52 or 53.
 */
export function weekOf(day: number, weekStart: number): { year: number; week: number; weeks: number } {
  // Day 0 was a Thursday.
  const fourth = day - modulo(day + 4 - weekStart, 7) + 3;
  const year = dayOf(fourth).slice(0, 4);
  // The fourth days of a year's weeks come every seven days from its first to its last.
  const week = Math.floor((fourth - dayNumber(`${year}-01-01`)) / 7) + 1;
  const weeks = week + Math.floor((dayNumber(`${year}-12-31`) - fourth) / 7);
  return { year: Number(year), week, weeks };
}

/** The remainder that is never negative, for counting in cycles also before 1970. */
export function modulo(n: number, cycle: number): number {
  return ((n % cycle) + cycle) % cycle;
}

function dateOf(utc: number): string {
  return Number.isNaN(utc) ? '' : new Date(utc).toISOString().replace(/T.*/, '');
}
