import { memo } from '../memo';
import { addDays, daysBetween, eachDay } from './dates';
import type { HoursException, LocalDate } from './hours';
import { occurrences } from './recurrence';

/** The exceptions about the days of [from, to), each in the order in which they were entered; days without any are left out. */
export function exceptionsByDay(
  exceptions: readonly HoursException[],
  from: LocalDate,
  to: LocalDate,
): ReadonlyMap<LocalDate, readonly HoursException[]> {
  const days = new Map<LocalDate, HoursException[]>();
  for (const exception of exceptions)
    for (const date of daysOf(exception, from, to)) {
      const about = days.get(date);
      if (about) about.push(exception);
      else days.set(date, [exception]);
    }
  return days;
}

/**
 * The days in [from, to) that an exception is about, ascending, each once.
 *
 * @throws DomainError `invalid-rule` for one that `assertException` would have refused
 */
export function daysOf(exception: HoursException, from: LocalDate, to: LocalDate): LocalDate[] {
  const { rrule, from: first } = exception;
  const start = first > from ? first : from;
  if (rrule === undefined) return eachDay(start, exception.to < to ? exception.to : to);
  if (start >= to) return [];

  const length = daysBetween(first, exception.to);
  const years = eachYear(start, to).flatMap((year) => recurring(`${year} ${first} ${length} ${rrule}`));
  return years.filter((date) => start <= date && date < to);
}

/** The days of one year, kept: the next question is close. */
const recurring = memo(500, (key): readonly LocalDate[] => {
  const [year = '', from = '', length = '', rrule = ''] = key.split(' ');
  const [start, end] = [`${year}-01-01`, `${year}-12-31`];
  // An occurrence can begin before the year, and reach into it.
  const begins = occurrences({ rrule, from }, addDays(start, 1 - Number(length)), addDays(end, 1));
  const days = new Set(begins.flatMap((date) => eachDay(date, addDays(date, Number(length)))));
  return [...days].filter((date) => start <= date && date <= end).sort();
});

function eachYear(from: LocalDate, to: LocalDate): string[] {
  const first = Number(from.slice(0, 4));
  const count = Number(to.slice(0, 4)) - first + 1;
  return Array.from({ length: count }, (_, i) => String(first + i).padStart(4, '0'));
}
