import { minuteOfDay, timeOfMinute } from './dates';
import type { LocalWindow } from './hours';
import { type Interval, subtract, union } from './interval';

/*
 * Windows of one day, to be reckoned with. Their times go on counting behind midnight, as timetables do: 22:00–06:00 is 22:00–30:00. So an
 * end is always behind its start, and times compare as strings; `onClock` is the way back.
 */

const A_DAY = 24 * 60;

/** The same stretches as few windows, ascending; those that overlap or touch become one. */
export function joined(windows: readonly LocalWindow[]): LocalWindow[] {
  return union(windows.map(minutesOf)).map(written);
}

/**
 * What of a day's windows is in none of `taken`. A time of day means each hour of the clock that the windows reach: 02:00–03:00 is taken
 * out of the night that begins on the day as well.
 *
 * @param windows as `joined` has them, and so is the result
 */
export function without(windows: readonly LocalWindow[], taken: readonly LocalWindow[]): LocalWindow[] {
  const holes = taken.map(minutesOf).flatMap((hole) => [hole, { start: hole.start + A_DAY, end: hole.end + A_DAY }]);
  return subtract(windows.map(minutesOf), holes).map(written);
}

/** The windows as a clock shows them: behind midnight from 00:00 again. */
export function onClock(windows: readonly LocalWindow[]): LocalWindow[] {
  return windows.map(({ start, end }) => ({
    start: timeOfMinute(minuteOfDay(start) % A_DAY),
    end: end <= '24:00' ? end : timeOfMinute(minuteOfDay(end) % A_DAY),
  }));
}

function minutesOf(window: LocalWindow): Interval {
  const [start, end] = [minuteOfDay(window.start), minuteOfDay(window.end)];
  return { start, end: end < start ? end + A_DAY : end };
}

function written({ start, end }: Interval): LocalWindow {
  return { start: timeOfMinute(start), end: timeOfMinute(end) };
}
