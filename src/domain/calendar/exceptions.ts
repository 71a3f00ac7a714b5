import { memo } from '../memo';
import { addDays, daysBetween, eachDay } from './dates';
import type { HoursException, LocalDate } from './hours';
import { occurrences } from './recurrence';

/**
 * Groups the exceptions by the days of [from, to) that they affect, in the order of entry. Days without an exception
 * are left out.
 */
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
 * Lists the days in [from, to) that an exception affects, ascending, each day once.
 *
 * @throws DomainError `invalid-rule` if the exception has a rule that `assertException` would have refused
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

/**
 * The days of a recurring exception in one year. They are remembered per year, because the next query usually asks for
 * a date nearby.
 */
const recurring = memo(500, (key): readonly LocalDate[] => {
  const [year = '', from = '', length = '', rrule = ''] = key.split(' ');
  const [start, end] = [`${year}-01-01`, `${year}-12-31`];
  // An occurrence that begins before the year can reach into it.
  const begins = occurrences({ rrule, from }, addDays(start, 1 - Number(length)), addDays(end, 1));
  const days = new Set(begins.flatMap((date) => eachDay(date, addDays(date, Number(length)))));
  return [...days].filter((date) => start <= date && date <= end).sort();
});

function eachYear(from: LocalDate, to: LocalDate): string[] {
  const first = Number(from.slice(0, 4));
  const count = Number(to.slice(0, 4)) - first + 1;
  return Array.from({ length: count }, (_, i) => String(first + i).padStart(4, '0'));
}
