import { memo, perObject } from '../memo';
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

/** Why a day is closed: a holiday or exception overrides the rules, or no rule opens the day. */
export type Closed = Override | { readonly kind: 'no_rule' };

/** One day of the desk, its windows ascending and disjoint. */
export interface OpeningDay {
  readonly date: LocalDate;
  readonly windows: readonly Interval[];
  /** Why there are no windows; null if there are. */
  readonly closed: Closed | null;
  /** Why the windows differ from those of the rules; null if they do not differ, and if the day is closed. */
  readonly reason: Override | null;
}

/**
 * Returns one entry for each of the desk's days in [from, to), ascending, after rules, exceptions and holidays
 * (`localDays` states the precedence).
 *
 * Windows are elapsed time: 01:00–04:00 lasts two hours in the night when clocks go forward and four when they go back.
 * A start or end that lies in the gap or the overlap is resolved by RFC 5545 §3.3.5 (offset before the gap; first of
 * two), so windows that touch on the clock also touch in time and never overlap. A window that becomes empty that way
 * is left out. A window belongs to the day on which it begins; after midnight it may reach into a window of the next
 * day.
 *
 * @throws DomainError `invalid-rule` or `invalid-time` for hours that `assertHoursRule` would have refused
 */
export function openingDays(hours: Hours, from: LocalDate, to: LocalDate): OpeningDay[] {
  return localDays(hours, from, to).map((day) => {
    const windows = elapsed(day, hours.timeZone);
    if (windows.length === 0)
      return { date: day.date, windows, closed: day.override ?? { kind: 'no_rule' }, reason: null };
    return { date: day.date, windows, closed: null, reason: differs(day) ? day.override : null };
  });
}

/**
 * Returns all windows that share time with `range`, ascending and disjoint. Windows are not cut at the range, because
 * the grid of slots starts where a window starts. For the same reason windows of neighbouring days that touch stay two;
 * they are joined only where a window that lasts past midnight overlaps one of the next day.
 */
export function openingWindows(hours: Hours, range: Interval): Interval[] {
  const around = daysAround(range, hours.timeZone).join(' ');
  return openingOf(hours)(around).filter((window) => overlaps(window, range));
}

/**
 * Sorts windows and joins those that overlap. It must sort, because a pause can leave a window of one night that begins
 * after the next day's first.
 */
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

/** The desk's windows by the days around a range. Each search asks for those of the same few weeks. */
const openingOf = perObject((hours: Hours) =>
  memo(MAX_REMEMBERED_RANGES, (around): readonly Interval[] => {
    const [from = '', to = ''] = around.split(' ');
    return apart(openingDays(hours, from, to).flatMap((day) => day.windows));
  }),
);
const MAX_REMEMBERED_RANGES = 300;

/** The same for an advisor's rules, by the days and the zone. */
const workingOf = perObject((rules: readonly HoursRule[]) =>
  memo(MAX_REMEMBERED_RANGES, (around): readonly Interval[] => {
    const [from = '', to = '', zone = ''] = around.split(' ');
    return union([...usualWindows(rules, from, to)].flatMap(([date, own]) => resolved(date, own, zone)));
  }),
);

/**
 * Returns the windows of an advisor's working rules that share time with `range`; exceptions and holidays play no part.
 * Without rules there are no windows: the caller decides that such an advisor works whenever the desk is open. Windows
 * that touch are joined, because the grid of slots does not start from them.
 */
export function workingWindows(rules: readonly HoursRule[], timeZone: string, range: Interval): Interval[] {
  const around = [...daysAround(range, timeZone), timeZone].join(' ');
  return workingOf(rules)(around).filter((window) => overlaps(window, range));
}

/** Returns the window in which the desk is open at `at`, or null. At the end of a window the desk is closed already. */
export function isOpenAt(hours: Hours, at: Instant): Interval | null {
  return openingWindows(hours, { start: at, end: at + 1 })[0] ?? null;
}

/**
 * Returns the first window that starts at `after` or later, or null if none starts on that day or in the `withinDays`
 * days after it. A window that began before `after` is not the next one: `isOpenAt` returns it.
 */
export function nextOpening(hours: Hours, after: Instant, withinDays: number): Interval | null {
  const today = localDate(after, hours.timeZone);
  // Every page asks this and the next opening is usually near, so one week is resolved at a time.
  for (let done = 0; done <= withinDays; done += 7) {
    const to = addDays(today, Math.min(done + 7, withinDays + 1));
    const days = openingDays(hours, addDays(today, done), to);
    const next = days.flatMap((day) => day.windows).find((window) => window.start >= after);
    if (next) return next;
  }
  return null;
}

/**
 * Turns the day's windows into elapsed time. The edge of a pause that lies in the hour which the clocks skip is moved
 * after that hour, and so perhaps after the end of the window; the intersection with the whole windows keeps a pause
 * from opening anything.
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

/**
 * Returns the half-open range of days whose windows can reach into `range`: a window may end on the day after the one
 * it belongs to.
 */
function daysAround(range: Interval, zone: string): [LocalDate, LocalDate] {
  return [addDays(localDate(range.start, zone), -1), addDays(localDate(range.end, zone), 1)];
}
