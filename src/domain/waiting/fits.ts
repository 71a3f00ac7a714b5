import { isoWeekday, minuteOfDay } from '../calendar/dates';
import { type Instant, type Interval, MINUTE } from '../calendar/interval';
import { localDate, localTime, startOfDay } from '../calendar/zone';
import { suitsUntil, type WaitingEntry, type WaitingWish, WEEKDAYS } from './entry';

/** What decides beside the wish: the booking that is to become earlier, and what they let pass. */
type Fitting = WaitingWish & Pick<WaitingEntry, 'passed'>;

/**
 * Tells whether the time suits: day, weekday and time of day, before the deadline, before the booking that is to become
 * earlier, and not one that they let pass.
 *
 * @param earlierThan the start of the booking that they have; null: they have none
 */
export function fits(wish: Fitting, time: Interval, { zone, earlierThan }: Where): boolean {
  const date = localDate(time.start, zone);
  const { weekdays, after, before, passed } = wish;
  const end = suitsUntil(wish, zone);
  return (
    !passed.includes(time.start) &&
    (wish.from === null || date >= wish.from) &&
    (end === null || time.start < end) &&
    (earlierThan === null || time.start < earlierThan) &&
    (weekdays.length === 0 || weekdays.includes(WEEKDAYS[isoWeekday(date) - 1] as (typeof WEEKDAYS)[number])) &&
    (after === null || localTime(time.start, zone) >= after) &&
    (before === null || minuteOfEnd(time, zone) <= minuteOfDay(before))
  );
}

interface Where {
  readonly zone: string;
  readonly earlierThan: Instant | null;
}

/** The end in minutes of the day on which it began, so that one after midnight is late and not early. */
function minuteOfEnd({ start, end }: Interval, zone: string): number {
  return minuteOfDay(localTime(start, zone)) + (end - start) / MINUTE;
}

/** Returns the part of the range in which a start can fit; it may be empty. */
export function rangeOf(wish: WaitingWish, range: Interval, { zone, earlierThan }: Where): Interval {
  const start = wish.from === null ? range.start : Math.max(range.start, startOfDay(wish.from, zone));
  return { start, end: Math.min(range.end, suitsUntil(wish, zone) ?? range.end, earlierThan ?? range.end) };
}
