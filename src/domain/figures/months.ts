import { addDays } from '../calendar/dates';
import type { LocalDate } from '../calendar/hours';
import type { Instant, Interval } from '../calendar/interval';
import { localDate, startOfDay } from '../calendar/zone';

/** A month of the desk's calendar, `2026-03`. Months sort as texts. */
export type Month = string;

const MONTHS_A_YEAR = 12;
const MONTH = /^[1-9]\d{3}-(0[1-9]|1[0-2])$/;

/** Tells whether a text is a month. */
export function isMonth(text: string): boolean {
  return MONTH.test(text);
}

/** Returns the month of a day. */
export function monthOf(date: LocalDate): Month {
  return date.slice(0, 'YYYY-MM'.length);
}

/** Returns the month `n` months later, or earlier if `n` is negative. */
export function addMonths(month: Month, n: number): Month {
  const number = Number(month.slice(0, 4)) * MONTHS_A_YEAR + Number(month.slice(5)) - 1 + n;
  const year = Math.floor(number / MONTHS_A_YEAR);
  return `${String(year).padStart(4, '0')}-${String(number - year * MONTHS_A_YEAR + 1).padStart(2, '0')}`;
}

/** Lists the months from the first to the last, which counts; none if the last is earlier. */
export function eachMonth(first: Month, last: Month): Month[] {
  const months: Month[] = [];
  for (let month = first; month <= last; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** Returns the last month that is over at `now`, on the desk's clock. */
export function lastMonthOver(now: Instant, zone: string): Month {
  return addMonths(monthOf(localDate(now, zone)), -1);
}

/** Returns the time from the first midnight of the month to the first one after it. */
export function monthInterval(month: Month, zone: string): Interval {
  return { start: startOfDay(`${month}-01`, zone), end: startOfDay(`${addMonths(month, 1)}-01`, zone) };
}

/**
 * Returns the month to which an ISO week (`2026-W49`) belongs: that of its Sunday. So no week of a month that is over
 * goes on.
 */
export function monthOfWeek(week: string): Month {
  return monthOf(addDays(mondayOf(week), 6));
}

/** Returns the Monday of an ISO week; 4 January always lies in the first week of its year. */
function mondayOf(week: string): LocalDate {
  const [year, number] = week.split('-W');
  const fourth = `${year}-01-04`;
  const weekday = (new Date(`${fourth}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(fourth, 7 * (Number(number) - 1) - weekday);
}
