import type { Text } from '../text';
import { eachDay, minuteOfDay, timeOfMinute } from './dates';
import { exceptionsByDay } from './exceptions';
import { publicHolidays } from './holidays';
import type { Hours, HoursException, HoursRule, LocalDate, LocalWindow } from './hours';
import { type Interval, subtract } from './interval';
import { occurrences } from './recurrence';

/** What makes a day other than the rules have it: the holiday's name, or the exception's reason. */
export type Override = { readonly kind: 'public_holiday' | 'exception'; readonly name: Text };

/** One day as the desk's clock tells it, before it is turned into instants. */
export interface LocalDay {
  readonly date: LocalDate;
  /** What the rules alone would open. Ascending, with a gap between any two; so is `windows`. */
  readonly usual: readonly LocalWindow[];
  readonly windows: readonly LocalWindow[];
  /** What overrides the rules on this day, whether it closes or opens; null if nothing does. */
  readonly override: Override | null;
}

/**
 * The days of [from, to) after rules, holidays and exceptions. What decides a day, first to last:
 *
 * 1. of the exceptions about it that replace, the newest, whatever its length or kind: so what was entered last is what holds;
 * 2. the public holiday;
 * 3. the rules, united.
 *
 * Pauses, old and new, then take their part from what that leaves. Where one of them takes something, its reason is the day's, unless
 * the day differs from the rules without it and is still open.
 */
export function localDays(hours: Hours, from: LocalDate, to: LocalDate): LocalDay[] {
  const usual = usualWindows(hours.rules, from, to);
  const holidays = hours.holidays ? publicHolidays(hours.holidays, from, to) : new Map<LocalDate, Text>();
  const exceptions = exceptionsByDay(hours.exceptions, from, to);

  return eachDay(from, to).map((date) => {
    const about = exceptions.get(date) ?? [];
    const normal = usual.get(date) ?? [];
    const day = { date, usual: normal };
    const newest = about.findLast(({ pauses }) => !pauses);
    const holiday = holidays.get(date);
    if (newest) return paused({ ...day, windows: joined(newest.windows), override: because(newest) }, about);
    if (holiday) return paused({ ...day, windows: [], override: { kind: 'public_holiday', name: holiday } }, about);
    return paused({ ...day, windows: normal, override: null }, about);
  });
}

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

/** What of the windows is in none of the pauses; windows as `joined` has them, and so is the result. */
function without(windows: readonly LocalWindow[], pauses: readonly LocalWindow[]): LocalWindow[] {
  return subtract(windows.map(minutesOf), pauses.map(minutesOf)).map(({ start, end }) => ({
    start: timeOfMinute(start),
    end: timeOfMinute(end),
  }));
}

function minutesOf({ start, end }: LocalWindow): Interval {
  return { start: minuteOfDay(start), end: minuteOfDay(end) };
}

/** What the rules open on the days of [from, to): only days with windows, these ascending, with a gap between any two. */
export function usualWindows(
  rules: readonly HoursRule[],
  from: LocalDate,
  to: LocalDate,
): ReadonlyMap<LocalDate, LocalWindow[]> {
  const days = new Map<LocalDate, LocalWindow[]>();
  for (const rule of rules)
    for (const date of occurrences(rule, from, to))
      days.set(date, joined([...(days.get(date) ?? []), { start: rule.start, end: rule.end }]));
  return days;
}

/** The same stretches of a day as few windows; those that overlap or touch become one. Local times compare as strings. */
export function joined(windows: readonly LocalWindow[]): LocalWindow[] {
  const result: LocalWindow[] = [];
  for (const next of windows.filter((w) => w.start < w.end).sort((a, b) => (a.start < b.start ? -1 : 1))) {
    const last = result.at(-1);
    if (last && next.end <= last.end) continue;
    if (last && next.start <= last.end) result[result.length - 1] = { start: last.start, end: next.end };
    else result.push({ start: next.start, end: next.end });
  }
  return result;
}
