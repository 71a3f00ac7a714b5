import { memo } from '../memo';
import type { Text } from '../text';
import { addDays, minuteOfDay, timeOfMinute } from './dates';
import type { Hours, HoursRule, LocalDate, LocalTime, LocalWindow } from './hours';
import { type Instant, type Interval, intersect, overlaps, union } from './interval';
import { differs, type LocalDay, localDays, type Override, usualWindows } from './localDays';
import { localDate, toInstant } from './zone';

export { nextChanges } from './closures';
export { effectOf } from './effect';
export type { Override } from './localDays';
export { assertException, assertHoursRule, assertWindow } from './validity';
export { weekPattern } from './weekPattern';

/** Why a day has no opening: what overrides the rules, or that no rule opens it. */
export type Closed = Override | { readonly kind: 'no_rule'; readonly name: Text };

/** One day of the desk, its windows ascending and disjoint. */
export interface OpeningDay {
  readonly date: LocalDate;
  readonly windows: readonly Interval[];
  /** Why there are no windows; null if there are. */
  readonly closed: Closed | null;
  /** Why the windows are other than the rules have them; null if they are not, and where the day is closed. */
  readonly reason: Override | null;
}

const NO_RULE: Closed = { kind: 'no_rule', name: { de: 'Keine Öffnungszeit', en: 'Not open on this day' } };

/**
 * The desk's days in [from, to), one each, ascending, after rules, exceptions and holidays (`localDays` has the precedence).
 *
 * Windows are elapsed time: 01:00–04:00 is two hours in the night when clocks go forward, four when they go back. An edge
 * that lies in the gap or the overlap itself is resolved as RFC 5545 §3.3.5 says (offset before the gap; first of two), start
 * and end alike: so windows that touch on the clock touch in time, and nobody can be in two of them. A window that nothing
 * remains of is left out. A window is of the day on which it begins, also behind midnight, where it may reach into one of the next day.
 *
 * @throws DomainError `invalid-rule`, `invalid-time` for hours that `assertHoursRule` would have refused
 */
export function openingDays(hours: Hours, from: LocalDate, to: LocalDate): OpeningDay[] {
  return localDays(hours, from, to).map((day) => {
    const windows = elapsed(day, hours.timeZone);
    if (windows.length === 0) return { date: day.date, windows, closed: day.override ?? NO_RULE, reason: null };
    return { date: day.date, windows, closed: null, reason: differs(day) ? day.override : null };
  });
}

/**
 * All windows that share time with `range`, ascending and disjoint. They are whole, not cut at the range, because the grid
 * of slots starts where a window starts. For the same reason windows of neighbouring days that meet stay two; only where a night reaches
 * into an opening of the next day both are one.
 */
export function openingWindows(hours: Hours, range: Interval): Interval[] {
  return keptWindows(hours, hours.timeZone, range, (from, to) =>
    apart(openingDays(hours, from, to).flatMap((day) => day.windows)),
  );
}

/** Ascending, those that overlap as one. What a pause leaves of a night can begin later than the next day. */
function apart(windows: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const next of windows.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && next.start < last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
    else result.push(next);
  }
  return result;
}

/** Hours and rules are the same objects as long as nobody changes them, and asked about with each search. */
const kept = new WeakMap<object, (asked: string) => readonly Interval[]>();
const MAX_KEPT_RANGES = 300;

/** The windows of `owner` that share time with the range: found for the days around it, and remembered. */
function keptWindows(
  owner: object,
  timeZone: string,
  range: Interval,
  find: (from: LocalDate, to: LocalDate, timeZone: string) => readonly Interval[],
): Interval[] {
  let windowsOf = kept.get(owner);
  if (!windowsOf) {
    windowsOf = memo(MAX_KEPT_RANGES, (asked) => {
      const [from = '', to = '', zone = ''] = asked.split(' ');
      return find(from, to, zone);
    });
    kept.set(owner, windowsOf);
  }
  const asked = [...daysAround(range, timeZone), timeZone].join(' ');
  return windowsOf(asked).filter((window) => overlaps(window, range));
}

/**
 * The same for rules alone, without exceptions or holidays: when an advisor works. No rules: no windows (that such an
 * advisor works whenever the desk is open is for the caller to say). No grid begins with them, so what touches is one.
 */
export function workingWindows(rules: readonly HoursRule[], timeZone: string, range: Interval): Interval[] {
  return keptWindows(rules, timeZone, range, (from, to, zone) =>
    union([...usualWindows(rules, from, to)].flatMap(([date, own]) => resolved(date, own, zone))),
  );
}

/** The window in which the desk is open at `at`, or null. At the end of a window it is closed already. */
export function isOpenAt(hours: Hours, at: Instant): Interval | null {
  return openingWindows(hours, { start: at, end: at + 1 })[0] ?? null;
}

/**
 * The first window that starts at `after` or later, or null if none does on that day and the `withinDays` days after it.
 * A window that is running at `after` is not the next one: `isOpenAt` has it.
 */
export function nextOpening(hours: Hours, after: Instant, withinDays: number): Interval | null {
  const today = localDate(after, hours.timeZone);
  // By weeks: the answer is mostly near, and the question is asked on every page.
  for (let done = 0; done <= withinDays; done += 7) {
    const to = addDays(today, Math.min(done + 7, withinDays + 1));
    const days = openingDays(hours, addDays(today, done), to);
    const next = days.flatMap((day) => day.windows).find((window) => window.start >= after);
    if (next) return next;
  }
  return null;
}

/**
 * The day's windows in elapsed time. The edge of a pause that lies in the hour which the clocks leave out comes after that hour, and so perhaps
 * after the end of the window: nothing is open that was not open without the pause.
 */
function elapsed({ date, whole, windows }: LocalDay, zone: string): Interval[] {
  const open = resolved(date, windows, zone);
  return windows === whole ? open : intersect(open, resolved(date, whole, zone));
}

function resolved(date: LocalDate, windows: readonly LocalWindow[], zone: string): Interval[] {
  const at = (time: LocalTime) =>
    time <= '24:00'
      ? toInstant(date, time, zone, 'rfc5545')
      : toInstant(addDays(date, 1), timeOfMinute(minuteOfDay(time) - minuteOfDay('24:00')), zone, 'rfc5545');
  return union(windows.map(({ start, end }) => ({ start: at(start), end: at(end) })));
}

/** The days whose windows can have a share in the range, half-open: a window may end on the day after its own. */
function daysAround(range: Interval, zone: string): [LocalDate, LocalDate] {
  return [addDays(localDate(range.start, zone), -1), addDays(localDate(range.end, zone), 1)];
}
