import { minuteOfDay, timeOfMinute } from './dates';
import type { LocalWindow } from './hours';
import { type Interval, subtract, union } from './interval';

/*
 * Arithmetic on the windows of one day. Times count on after midnight, as in timetables: 22:00–06:00 is 22:00–30:00. So
 * an end is always after its start, and times can be compared as strings. `onClock` turns them back into times of day.
 */

const MINUTES_PER_DAY = 24 * 60;

/** Merges windows into the fewest that cover the same time, ascending; windows that overlap or touch become one. */
export function joined(windows: readonly LocalWindow[]): LocalWindow[] {
  return union(windows.map(minutesOf)).map(written);
}

/**
 * Removes `taken` from a day's windows. A time of day is removed wherever the windows reach it, also after midnight:
 * 02:00–03:00 is also taken out of the window 22:00–30:00.
 *
 * @param windows in the form that `joined` returns, as is the result
 */
export function without(windows: readonly LocalWindow[], taken: readonly LocalWindow[]): LocalWindow[] {
  const holes = taken
    .map(minutesOf)
    .flatMap((hole) => [hole, { start: hole.start + MINUTES_PER_DAY, end: hole.end + MINUTES_PER_DAY }]);
  return subtract(windows.map(minutesOf), holes).map(written);
}

/** Writes windows in times of day, which start again from 00:00 after midnight. */
export function onClock(windows: readonly LocalWindow[]): LocalWindow[] {
  return windows.map(({ start, end, kind }) => ({
    start: timeOfMinute(minuteOfDay(start) % MINUTES_PER_DAY),
    end: end <= '24:00' ? end : timeOfMinute(minuteOfDay(end) % MINUTES_PER_DAY),
    ...(kind && { kind }),
  }));
}

function minutesOf(window: LocalWindow): Interval {
  const [start, end] = [minuteOfDay(window.start), minuteOfDay(window.end)];
  return { start, end: end < start ? end + MINUTES_PER_DAY : end };
}

function written({ start, end }: Interval): LocalWindow {
  return { start: timeOfMinute(start), end: timeOfMinute(end) };
}
