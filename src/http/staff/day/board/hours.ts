import type { LocalDate, LocalTime } from '../../../../domain/calendar/hours';
import type { Interval } from '../../../../domain/calendar/interval';
import { dayInterval, localTime, toInstant } from '../../../../domain/calendar/zone';
import type { DayPlan } from '../plan';

/** The hours that a board shows: whole ones, from the start of the first until the end of the last. */
export interface HoursShown {
  readonly from: LocalTime;
  readonly to: LocalTime;
}

/** The hours of a board on which nobody works and nothing is booked. */
const USUAL_HOURS: HoursShown = { from: '09:00', to: '17:00' };

/** Returns the whole hours around all windows and bookings of the days. */
export function hoursShown(plans: readonly DayPlan[], zone: string): HoursShown {
  const edges = plans.flatMap(({ date, advisors }) => {
    const day = dayInterval(date, zone);
    return advisors
      .flatMap(({ windows, bookings }) => [...windows, ...bookings.map(({ booking }) => booking.time)])
      .map(({ start, end }) => ({
        first: Number(localTime(Math.max(start, day.start), zone).slice(0, 2)),
        // The hour of the last minute, so that an end at 17:00 results in 17:00 and one at 17:10 in 18:00.
        last: Number(localTime(Math.min(end, day.end) - 1, zone).slice(0, 2)) + 1,
      }));
  });
  if (edges.length === 0) return USUAL_HOURS;
  return {
    from: hour(Math.min(...edges.map(({ first }) => first))),
    to: hour(Math.max(...edges.map(({ last }) => last))),
  };
}

/** Returns the part of the day that a board with these hours shows. */
export function shownOn(date: LocalDate, { from, to }: HoursShown, zone: string): Interval {
  return { start: toInstant(date, from, zone, 'rfc5545'), end: toInstant(date, to, zone, 'rfc5545') };
}

/** Returns the hours of the axis, the end without a label of its own. */
export function axisOf({ from, to }: HoursShown): LocalTime[] {
  const [first, end] = [Number(from.slice(0, 2)), Number(to.slice(0, 2))];
  return Array.from({ length: end - first }, (_, i) => hour(first + i));
}

function hour(n: number): LocalTime {
  return `${String(n).padStart(2, '0')}:00`;
}
