import { addDays, isLocalDate, isoWeekday } from '../calendar/dates';
import type { LocalDate } from '../calendar/hours';

/** What of a typed search names a day, and what is left to look for. */
interface DaySearch {
  readonly day: LocalDate | null;
  readonly rest: string;
}

/** Words for days relative to today, in the languages of the staff. */
const RELATIVE: Readonly<Record<string, number>> = {
  heute: 0,
  today: 0,
  morgen: 1,
  tomorrow: 1,
  gestern: -1,
  yesterday: -1,
};

/** Weekdays from Monday on, as they are written and shortened. */
const WEEKDAYS: readonly (readonly string[])[] = [
  ['mo', 'montag', 'mon', 'monday'],
  ['di', 'dienstag', 'tue', 'tuesday'],
  ['mi', 'mittwoch', 'wed', 'wednesday'],
  ['do', 'donnerstag', 'thu', 'thursday'],
  ['fr', 'freitag', 'fri', 'friday'],
  ['sa', 'samstag', 'sat', 'saturday'],
  ['so', 'sonntag', 'sun', 'sunday'],
];

/**
 * Reads a day out of a typed search: `30.11.`, `30.11.2026`, `2026-11-30`, "tomorrow", "Do". A date without its year is
 * the next one, or one of the last month; a weekday is the next one, today included. The first word that names a day
 * counts; "Do" and "Mi" can be names as well, so whoever asks looks for the whole text, too.
 */
export function readDay(typed: string, today: LocalDate): DaySearch {
  const words = typed.trim().split(/\s+/).filter(Boolean);
  for (const [i, word] of words.entries()) {
    const day = dayOf(word.toLowerCase(), today);
    if (day) return { day, rest: words.filter((_, at) => at !== i).join(' ') };
  }
  return { day: null, rest: typed.trim() };
}

function dayOf(word: string, today: LocalDate): LocalDate | null {
  const ahead = RELATIVE[word];
  if (ahead !== undefined) return addDays(today, ahead);
  const weekday = WEEKDAYS.findIndex((names) => names.includes(word.replace(/[.,]$/, '')));
  if (weekday >= 0) return addDays(today, (weekday + 1 - isoWeekday(today) + 7) % 7);
  if (isLocalDate(word)) return word;
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\.(\d{1,2})\.?(\d{4})?$/.exec(word) ?? [];
  if (!day) return null;
  const inYear = (of: number) => `${of}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = inYear(Number(year || today.slice(0, 4)));
  if (!isLocalDate(date)) return null;
  const isLongAgo = !year && date < addDays(today, -31);
  const next = inYear(Number(today.slice(0, 4)) + 1);
  return isLongAgo && isLocalDate(next) ? next : date;
}
