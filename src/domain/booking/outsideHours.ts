import { contains, hull, type Instant, type Interval, overlaps } from '../calendar/interval';
import { openingWindows, workingWindows } from '../calendar/openingHours';
import type { Absence, Desk } from '../desk';
import { groupBy } from '../groupBy';
import type { Booking, Status } from './booking';

/** Who is there, and when: the desk with its hours and those of its advisors, less their absences. */
export interface Presence {
  readonly desk: Desk;
  /** All that touch the bookings in question; in any order. */
  readonly absences: readonly Absence[];
}

/** As much of a booking as hours can contradict. */
interface PlacedBooking {
  readonly advisorId: string;
  /** Absent where it does not matter whether the topic is still offered. */
  readonly topicId?: string;
  readonly time: Interval;
}

/** A booking for which nobody is there, and why. */
export interface Unattended<T> {
  readonly booking: T;
  readonly why: Outside;
}

/**
 * The bookings that need somebody: they are to take place, are not over, and lie outside the hours, see `outsideHours`. This is what the day
 * shows, what a task is noted for, and what `check` looks for. Also a client who is here already needs somebody.
 */
export function needingSomebody<T extends PlacedBooking & Pick<Booking, 'status'>>(
  presence: Presence,
  bookings: readonly T[],
  now: Instant,
): Unattended<T>[] {
  return outsideHours(
    presence,
    bookings.filter((booking) => isUpcoming(booking, now)),
  );
}

/** Whether it takes place, as far as anybody knows, and is not over. */
export function isUpcoming({ status, time }: Pick<Booking, 'status' | 'time'>, now: Instant): boolean {
  return ACTIVE.has(status) && time.end > now;
}

const ACTIVE: ReadonlySet<string> = new Set<Status>(['requested', 'confirmed', 'checked_in']);

/** Why nobody is there: the desk is closed, or else its advisor has left or does not work then, or is away, or its topic is offered no more. */
export type Outside = 'closed' | 'not_working' | 'away' | 'not_offered';

/**
 * The bookings that do not lie wholly inside one window of the desk and of their advisor, or touch an absence; by advisor, else in their order.
 * Only the consultation itself counts: its buffer is the advisor's own time, and may lie outside.
 */
export function outsideHours<T extends PlacedBooking>(
  { desk, absences }: Presence,
  bookings: readonly T[],
): Unattended<T>[] {
  const open = openingWindows(desk.hours, hull(bookings.map(({ time }) => time)));
  const awayOf = groupBy(absences, ({ advisorId }) => advisorId);

  return [...groupBy(bookings, ({ advisorId }) => advisorId)].flatMap(([advisorId, own]) => {
    const works = workingTime(desk, advisorId, own) ?? open;
    const away = (awayOf.get(advisorId) ?? []).map(({ time }) => time);
    return own.flatMap((booking) => {
      const isRetired = desk.topics.some(({ id, retired }) => retired && id === booking.topicId);
      const why = reason(booking.time, { open, works, away }) ?? (isRetired ? 'not_offered' : null);
      return why ? [{ booking, why }] : [];
    });
  });
}

/** Null: whenever the desk is open. */
function workingTime(desk: Desk, advisorId: string, bookings: readonly PlacedBooking[]): Interval[] | null {
  const advisor = desk.advisors.find(({ id }) => id === advisorId);
  if (advisor?.retired) return [];
  const rules = advisor?.workingRules ?? [];
  return rules.length === 0 ? null : workingWindows(rules, desk.hours.timeZone, hull(bookings.map(({ time }) => time)));
}

function reason(
  time: Interval,
  { open, works, away }: Readonly<Record<'open' | 'works' | 'away', readonly Interval[]>>,
): Outside | null {
  if (!open.some((window) => contains(window, time))) return 'closed';
  if (!works.some((window) => contains(window, time))) return 'not_working';
  return away.some((absence) => overlaps(absence, time)) ? 'away' : null;
}
