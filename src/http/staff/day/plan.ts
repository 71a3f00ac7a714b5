import type { Booking } from '../../../domain/booking/booking';
import { minutesLate } from '../../../domain/booking/lateness';
import { needingSomebody } from '../../../domain/booking/outsideHours';
import type { LocalDate } from '../../../domain/calendar/hours';
import {
  hull,
  type Instant,
  type Interval,
  intersect,
  type Minutes,
  overlaps,
  subtract,
  union,
} from '../../../domain/calendar/interval';
import { type Closed, type Override, openingWindows } from '../../../domain/calendar/openingHours';
import { bookableWindows, type KindDay, kindDays } from '../../../domain/calendar/windowKinds';
import { addDays, dayInterval } from '../../../domain/calendar/zone';
import type { Absence, Advisor, Desk } from '../../../domain/desk';
import { groupBy } from '../../../domain/groupBy';
import type { QueueEntry } from '../../../domain/queue/entry';
import { attended } from '../../../domain/queue/line';
import type { Engagement } from '../../../domain/slots/engagement';
import { worksIn } from '../../../domain/slots/shifts';
import { isThereOn } from '../../../domain/term';

/** Everything about some days, as it was loaded from the stores. */
export interface DayFacts {
  readonly desk: Desk;
  readonly date: LocalDate;
  readonly now: Instant;
  /** All bookings of the day including cancelled ones, by start; those of other days are left aside. */
  readonly bookings: readonly Booking[];
  /** When clients were last checked in, by booking id. */
  readonly checkIns: ReadonlyMap<string, Instant>;
  /** Who is in the queue today, by booking id. */
  readonly queue: ReadonlyMap<string, QueueEntry>;
  /** The absences of all days that the bookings touch. */
  readonly absences: readonly Absence[];
  /** Bookings and live holds with their buffers. */
  readonly taken: readonly Pick<Engagement, 'advisorId' | 'time' | 'consultation' | 'heldUntil'>[];
  /** The advisor that the reader is; their column comes first. */
  readonly ownAdvisorId: string | null;
}

export interface PlannedBooking {
  readonly booking: Booking;
  /** See `needingSomebody`. The booking stays until somebody moves it. */
  readonly needsSomebody: boolean;
  /** When the client was checked in; null if they are not here. */
  readonly hereSince: Instant | null;
  /** Their entry in the queue, as `attended` tells; null: they were not called yet. */
  readonly entry: QueueEntry | null;
  /** See `minutesLate`. */
  readonly minutesLate: Minutes | null;
}

/** A slot that is kept for a client who fills in the form. */
export interface PlannedHold {
  readonly time: Interval;
  /** When the hold ends, unless it is renewed. */
  readonly until: Instant;
  /** The end of the buffer. */
  readonly blockedUntil: Instant;
}

/** One advisor's day. All intervals are ascending and disjoint. */
export interface AdvisorDay {
  readonly advisor: Advisor;
  readonly own: boolean;
  /** The advisor's working time. */
  readonly windows: readonly Interval[];
  /** The part of the windows in which they are absent. */
  readonly away: readonly Interval[];
  /** The part in which something can be booked: of hours by appointment, or by phone, free and still to come. */
  readonly free: readonly Interval[];
  readonly held: readonly PlannedHold[];
  readonly bookings: readonly PlannedBooking[];
}

export interface DayPlan {
  readonly date: LocalDate;
  /** The desk's windows that share time with the day, uncut. */
  readonly open: readonly Interval[];
  /** The windows that begin on the day, with their kinds. */
  readonly windows: KindDay['windows'];
  readonly closed: Closed | null;
  /** Why the hours differ from the rules although the desk is not closed. */
  readonly reason: Override | null;
  readonly advisors: readonly AdvisorDay[];
  readonly cancelled: readonly Booking[];
}

/** Returns the desk's day with a column for each advisor. */
export function dayPlan({ desk, date, now, absences, taken, ownAdvisorId, ...facts }: DayFacts): DayPlan {
  const zone = desk.hours.timeZone;
  const day = dayInterval(date, zone);
  const bookings = facts.bookings.filter(({ time }) => overlaps(time, day));
  const [opening] = kindDays(desk.hours, date, addDays(date, 1));
  // These are whole windows; only their part within the day is drawn.
  const open = openingWindows(desk.hours, day);
  const bookable = union(bookableWindows(desk.hours, true, day));
  const awaited = bookings.filter(({ status }) => status !== 'cancelled');
  const bookingsOf = groupBy(awaited, ({ advisorId }) => advisorId);
  const unattended = new Set(needingSomebody({ desk, absences }, bookings, now).map(({ booking }) => booking));

  // An advisor who has left, or is not there yet, is shown where they have bookings.
  const shown = desk.advisors.filter(
    (advisor) => isThereOn(advisor, date) || bookings.some(({ advisorId }) => advisorId === advisor.id),
  );
  const columns = shown.map((advisor): AdvisorDay => {
    const works = worksIn(desk, advisor, { open, reach: hull([day, ...open]) });
    const windows = intersect(works, [day]);
    const absent = union(absences.filter((each) => each.advisorId === advisor.id).map(({ time }) => time));
    const there = subtract(works, absent);
    const own = taken.filter((each) => each.advisorId === advisor.id);
    const busy = own.map(({ time }) => time);
    return {
      advisor,
      own: advisor.id === ownAdvisorId,
      windows,
      away: intersect(windows, absent),
      free: subtract(intersect(intersect(there, [day]), bookable), [...busy, { start: day.start, end: now }]),
      held: own.flatMap(({ heldUntil: until, consultation, time }) =>
        until === null || !overlaps(consultation, day) ? [] : [{ time: consultation, until, blockedUntil: time.end }],
      ),
      bookings: (bookingsOf.get(advisor.id) ?? []).map((booking) => ({
        booking,
        needsSomebody: unattended.has(booking),
        hereSince: booking.status === 'checked_in' ? (facts.checkIns.get(booking.id) ?? null) : null,
        entry: entryOf(booking, facts.queue),
        minutesLate: minutesLate(booking, now),
      })),
    };
  });
  return {
    date,
    open,
    windows: opening?.windows ?? [],
    closed: opening?.closed ?? null,
    reason: opening?.reason ?? null,
    advisors: columns.sort((a, b) => Number(b.own) - Number(a.own)),
    cancelled: bookings.filter(({ status }) => status === 'cancelled'),
  };
}

function entryOf(booking: Booking, queue: DayFacts['queue']): QueueEntry | null {
  const entry = queue.get(booking.id);
  return (entry && attended(entry, booking)) ?? null;
}
