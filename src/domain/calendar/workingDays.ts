import { addDays } from './dates';
import type { Hours, LocalDate } from './hours';
import { openingDays } from './openingHours';
import { hoursOfKind } from './windowKinds';

/** The number of days after which the search for working days ends. */
export const MAX_SEARCHED_DAYS = 3 * 366;
const DAYS_OF_WEEK = 7;

/**
 * Returns the `count`-th day after a day on which the desk opens; the day itself never counts, whether it is open or not.
 * 0 is the day itself. A desk that hardly ever opens gets the last day that is searched.
 */
export function openDayAfter(hours: Hours, today: LocalDate, count: number): LocalDate {
  return nthOpen([hours], today, count);
}

/**
 * Returns the same for days on which consultations can be booked, by appointment or by phone: "two working days before"
 * means that whoever asks on a Friday gets Tuesday at the earliest, where Monday and Tuesday are open.
 */
export function bookableDayAfter(hours: Hours, today: LocalDate, count: number): LocalDate {
  return nthOpen([hoursOfKind(hours, 'appointment'), hoursOfKind(hours, 'phone')], today, count);
}

function nthOpen(all: readonly Hours[], today: LocalDate, count: number): LocalDate {
  const end = addDays(today, MAX_SEARCHED_DAYS);
  let left = count;
  if (left === 0) return today;
  for (let from = addDays(today, 1); from < end; from = addDays(from, DAYS_OF_WEEK)) {
    const week = all.map((hours) => openingDays(hours, from, addDays(from, DAYS_OF_WEEK)));
    for (const [i, { date }] of (week[0] ?? []).entries())
      if (week.some((days) => (days[i]?.windows.length ?? 0) > 0) && --left === 0) return date;
  }
  return end;
}
