import type { Text } from '../text';
import { eachDay } from './dates';
import { exceptionsByDay } from './exceptions';
import { type Holiday, publicHolidays } from './holidays';
import type { Hours, HoursException, HoursRule, LocalDate, LocalWindow } from './hours';
import { occurrences } from './recurrence';
import { joined, without } from './stretches';

/** The holiday or exception that overrides the rules on a day, with the holiday's name or the exception's reason. */
export type Override = { readonly kind: 'public_holiday' | 'exception'; readonly name: Text };

/**
 * One day in local times of the desk, before they are turned into instants. A window belongs to the day on which it
 * begins, and its times count on after midnight: 22:00–30:00 (`onClock` turns them into times of day).
 */
export interface LocalDay {
  readonly date: LocalDate;
  /**
   * The windows that the rules alone would open, ascending, with a gap between any two, as are `whole` and `windows`.
   */
  readonly usual: readonly LocalWindow[];
  /** The windows before holidays and pauses are taken from them; every window of `windows` lies in one of them. */
  readonly whole: readonly LocalWindow[];
  /** The windows in which the desk is open. */
  readonly windows: readonly LocalWindow[];
  /** The holiday or exception that overrides the rules on this day, whether it closes or opens; null if none does. */
  readonly override: Override | null;
}

/**
 * Resolves the days of [from, to) from rules, holidays and exceptions. The first of these that applies decides the day:
 *
 * 1. the newest closure or special opening of the day, whatever its length, so the exception that was entered last
 *    holds;
 * 2. the public holiday, for the time that it lasts;
 * 3. all rules together.
 *
 * All pauses of the day are then taken from the windows that remain. A pause that takes something becomes the day's
 * `override`, unless the day differed from the rules already without the pause and is still open.
 */
export function localDays(hours: Hours, from: LocalDate, to: LocalDate): LocalDay[] {
  const usual = usualWindows(hours.rules, from, to);
  const holidays = hours.holidays ? publicHolidays(hours.holidays, from, to) : new Map<LocalDate, Holiday>();
  const exceptions = exceptionsByDay(hours.exceptions, from, to);

  return eachDay(from, to).map((date) => {
    const about = exceptions.get(date) ?? [];
    const normal = usual.get(date) ?? [];
    const newest = about.findLast(({ pauses }) => !pauses);
    const whole = newest ? joined(newest.windows) : normal;
    const day = { date, usual: normal, whole, windows: whole, override: newest ? because(newest) : null };
    const holiday = newest ? undefined : holidays.get(date);
    return paused(holiday ? onHoliday(day, holiday) : day, about);
  });
}

/**
 * Closes the holiday's times. A holiday that lasts to 24:00 also closes the night after it, because windows belong to
 * the day on which they begin.
 */
function onHoliday(whole: LocalDay, { name, closed }: Holiday): LocalDay {
  const windows = without(
    whole.windows,
    closed.map(({ start, end }) => ({ start, end: end === '24:00' ? TWO_DAYS : end })),
  );
  const day: LocalDay = { ...whole, windows, override: { kind: 'public_holiday', name } };
  return windows.length > 0 && !differs(day) ? whole : day;
}

const TWO_DAYS = '48:00';

/** Returns `true` if the day's windows are not those of the rules alone. */
export function differs({ usual, windows }: LocalDay): boolean {
  return JSON.stringify(usual) !== JSON.stringify(windows);
}

/** Takes the day's pauses from its windows, the newest pause first. */
function paused(whole: LocalDay, about: readonly HoursException[]): LocalDay {
  let day = whole;
  for (const pause of about.filter(({ pauses }) => pauses).reverse()) {
    const windows = without(day.windows, pause.pauses ?? []);
    if (JSON.stringify(windows) === JSON.stringify(day.windows)) continue;
    const keepsReason = windows.length > 0 && differs(day);
    day = { ...day, windows, override: keepsReason ? day.override : because(pause) };
  }
  return day;
}

function because({ reason }: HoursException): Override {
  return { kind: 'exception', name: reason };
}

/**
 * Returns the windows that the rules open on the days of [from, to), ascending, with a gap between any two. Days
 * without windows are left out.
 */
export function usualWindows(
  rules: readonly HoursRule[],
  from: LocalDate,
  to: LocalDate,
): ReadonlyMap<LocalDate, LocalWindow[]> {
  const days = new Map<LocalDate, LocalWindow[]>();
  for (const rule of rules) {
    const own = joined([rule]);
    for (const date of occurrences(rule, from, to)) {
      const others = days.get(date);
      days.set(date, others ? joined([...others, ...own]) : own);
    }
  }
  return days;
}
