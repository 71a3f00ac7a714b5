import type { Text } from '../text';
import { eachDay } from './dates';
import { exceptionsByDay } from './exceptions';
import { type Holiday, publicHolidays } from './holidays';
import type { Hours, HoursException, HoursRule, LocalDate, LocalWindow } from './hours';
import { occurrences } from './recurrence';
import { joined, without } from './stretches';

/** What makes a day other than the rules have it: the holiday's name, or the exception's reason. */
export type Override = { readonly kind: 'public_holiday' | 'exception'; readonly name: Text };

/**
 * One day as the desk's clock tells it, before it is turned into instants. Windows belong to the day on which they begin, also what of
 * them is behind midnight, and count on there: 22:00–30:00 (`onClock` writes them as people do).
 */
export interface LocalDay {
  readonly date: LocalDate;
  /** What the rules alone would open. Ascending, with a gap between any two; so is `windows`. */
  readonly usual: readonly LocalWindow[];
  /** What is open before holidays and pauses take their part: all of `windows` lies in it. */
  readonly whole: readonly LocalWindow[];
  readonly windows: readonly LocalWindow[];
  /** What overrides the rules on this day, whether it closes or opens; null if nothing does. */
  readonly override: Override | null;
}

/**
 * The days of [from, to) after rules, holidays and exceptions. What decides a day, first to last:
 *
 * 1. of the exceptions about it that replace, the newest, whatever its length or kind: so what was entered last is what holds;
 * 2. the public holiday, for the time that it lasts;
 * 3. the rules, united.
 *
 * Pauses, old and new, then take their part from what that leaves. Where one of them takes something, its reason is the day's, unless
 * the day differs from the rules without it and is still open.
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

/** A holiday that lasts to the end of its day takes the night with it: what begins on a day belongs to it. */
function onHoliday(whole: LocalDay, { name, closed }: Holiday): LocalDay {
  const windows = without(
    whole.windows,
    closed.map(({ start, end }) => ({ start, end: end === '24:00' ? TWO_DAYS : end })),
  );
  const day: LocalDay = { ...whole, windows, override: { kind: 'public_holiday', name } };
  return windows.length > 0 && !differs(day) ? whole : day;
}

const TWO_DAYS = '48:00';

/** `true` if the day is not as the rules alone have it. */
export function differs({ usual, windows }: LocalDay): boolean {
  return JSON.stringify(usual) !== JSON.stringify(windows);
}

/** The day less its pauses, the newest first. */
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

/** What the rules open on the days of [from, to): only days with windows, these ascending, with a gap between any two. */
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
