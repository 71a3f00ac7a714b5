import type { Booking } from '../../../domain/booking/booking';
import { needingSomebody } from '../../../domain/booking/outsideHours';
import type { LocalDate } from '../../../domain/calendar/hours';
import { hull, type Instant, type Interval, intersect, subtract, union } from '../../../domain/calendar/interval';
import {
  type Closed,
  type Override,
  openingDays,
  openingWindows,
  workingWindows,
} from '../../../domain/calendar/openingHours';
import { addDays, dayInterval } from '../../../domain/calendar/zone';
import type { Absence, Advisor, Desk } from '../../../domain/desk';
import type { Engagement } from '../../../domain/slots/engagement';

/** Everything about the day, as it was loaded from the stores. */
interface DayFacts {
  readonly desk: Desk;
  readonly date: LocalDate;
  readonly now: Instant;
  /** All bookings of the day including cancelled ones, by start. */
  readonly bookings: readonly Booking[];
  /** The absences of all days that the bookings touch. */
  readonly absences: readonly Absence[];
  /** Bookings and live holds with their buffers. */
  readonly taken: readonly Pick<Engagement, 'advisorId' | 'time' | 'consultation' | 'heldUntil'>[];
  /** The advisor that the reader is; their column comes first. */
  readonly ownAdvisorId: string | null;
}

interface PlannedBooking {
  readonly booking: Booking;
  /** See `needingSomebody`. The booking stays until somebody moves it. */
  readonly needsSomebody: boolean;
}

/** One advisor's day. All intervals are ascending and disjoint. */
export interface AdvisorDay {
  readonly advisor: Advisor;
  readonly own: boolean;
  /** The advisor's working time. */
  readonly windows: readonly Interval[];
  /** The part of the windows in which they are absent. */
  readonly away: readonly Interval[];
  /** The part that is free and still to come. */
  readonly free: readonly Interval[];
  /** The slots that are held while clients fill in the form. */
  readonly held: readonly Interval[];
  /** The buffers after consultations. */
  readonly buffers: readonly Interval[];
  readonly bookings: readonly PlannedBooking[];
}

export interface DayPlan {
  readonly closed: Closed | null;
  /** Why the hours differ from the rules although the desk is not closed. */
  readonly reason: Override | null;
  readonly advisors: readonly AdvisorDay[];
  readonly cancelled: readonly Booking[];
}

/** Returns the desk's day with a column for each advisor. */
export function dayPlan({ desk, date, now, bookings, absences, taken, ownAdvisorId }: DayFacts): DayPlan {
  const zone = desk.hours.timeZone;
  const day = dayInterval(date, zone);
  const [opening] = openingDays(desk.hours, date, addDays(date, 1));
  // These are whole windows; only their part within the day is drawn.
  const open = openingWindows(desk.hours, day);
  const unattended = new Set(needingSomebody({ desk, absences }, bookings, now).map(({ booking }) => booking));

  // An advisor who has left is shown as long as they have bookings.
  const shown = desk.advisors.filter(({ id, retired }) => !retired || bookings.some((each) => each.advisorId === id));
  const columns = shown.map((advisor): AdvisorDay => {
    const works = advisor.retired
      ? []
      : advisor.workingRules.length
        ? intersect(open, workingWindows(advisor.workingRules, zone, hull([day, ...open])))
        : open;
    const windows = intersect(works, [day]);
    const absent = union(absences.filter((each) => each.advisorId === advisor.id).map(({ time }) => time));
    const there = subtract(works, absent);
    const own = taken.filter((each) => each.advisorId === advisor.id);
    const busy = own.map(({ time }) => time);
    const held = own.filter(({ heldUntil }) => heldUntil !== null).map(({ consultation }) => consultation);
    const buffers = own.flatMap(({ time, consultation }) => subtract([time], [consultation]));
    return {
      advisor,
      own: advisor.id === ownAdvisorId,
      windows,
      away: intersect(windows, absent),
      free: subtract(intersect(there, [day]), [...busy, { start: day.start, end: now }]),
      held: intersect(union(held), [day]),
      buffers: intersect(union(buffers), [day]),
      bookings: bookings
        .filter((booking) => booking.advisorId === advisor.id && booking.status !== 'cancelled')
        .map((booking) => ({ booking, needsSomebody: unattended.has(booking) })),
    };
  });
  return {
    closed: opening?.closed ?? null,
    reason: opening?.reason ?? null,
    advisors: columns.sort((a, b) => Number(b.own) - Number(a.own)),
    cancelled: bookings.filter(({ status }) => status === 'cancelled'),
  };
}
