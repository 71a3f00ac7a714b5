import { contains, hull, type Instant, type Interval, intersect, overlaps } from '../calendar/interval';
import { openingWindows, workingWindows } from '../calendar/openingHours';
import { bookableWindows } from '../calendar/windowKinds';
import { type Absence, type Advisor, type Desk, isCall, type Mode } from '../desk';
import { groupBy } from '../groupBy';
import { canTake } from '../offering';
import { termOf } from '../term';
import type { LanguageTag } from '../text';
import type { Booking, Status } from './booking';

/** When somebody is at the desk: its hours and those of its advisors, and the absences. */
export interface Presence {
  readonly desk: Desk;
  /** All absences that overlap the bookings in question, in any order. */
  readonly absences: readonly Absence[];
}

/** The part of a booking that is compared with the hours. */
interface PlacedBooking {
  readonly advisorId: string;
  /** Absent: it is not checked whether the topic is still offered, and the advisor still covers it. */
  readonly topicId?: string;
  /** Absent: it is not checked whether the advisor speaks it. */
  readonly language?: LanguageTag;
  readonly mode: Mode;
  readonly time: Interval;
}

/** A booking that nobody can attend to, and why. */
export interface Unattended<T> {
  readonly booking: T;
  readonly why: Outside;
}

/**
 * Returns the bookings that need somebody: they are to take place, are not over, and lie outside the hours, see
 * `outsideHours`. The day plan, the tasks and `check` all use this function. A booking whose client has checked in
 * counts as well.
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

/** Tells whether the booking is still to take place and is not over. */
export function isUpcoming({ status, time }: Pick<Booking, 'status' | 'time'>, now: Instant): boolean {
  return UPCOMING.includes(status) && time.end > now;
}

/** The statuses of bookings that are still to take place, or take place now. */
export const UPCOMING: readonly Status[] = ['requested', 'confirmed', 'checked_in'];

/**
 * Why nobody attends: the desk is closed, or takes no appointments of this mode then; the advisor has left or does not
 * work then; the advisor is away; the topic is not offered any more; the advisor does not cover the topic, speak the
 * language or give consultations in the mode (any more). The first that applies counts.
 */
export type Outside = 'closed' | 'not_working' | 'away' | 'not_offered' | 'not_able';

/**
 * Returns the bookings that do not lie wholly inside one window of the desk and one of their advisor, or that overlap
 * an absence, or whose topic is retired, or which their advisor cannot take. They are grouped by advisor, otherwise in the given order. Only the
 * consultation is checked; its buffer may lie outside, because it is the advisor's own time.
 */
export function outsideHours<T extends PlacedBooking>(
  { desk, absences }: Presence,
  bookings: readonly T[],
): Unattended<T>[] {
  const reach = hull(bookings.map(({ time }) => time));
  const open = openingWindows(desk.hours, reach);
  const bookable = {
    byPhone: bookableWindows(desk.hours, true, reach),
    else: bookableWindows(desk.hours, false, reach),
  };
  const awayOf = groupBy(absences, ({ advisorId }) => advisorId);

  return [...groupBy(bookings, ({ advisorId }) => advisorId)].flatMap(([advisorId, own]) => {
    const advisor = desk.advisors.find(({ id }) => id === advisorId);
    const works = workingTime(desk, advisor, own) ?? open;
    const away = (awayOf.get(advisorId) ?? []).map(({ time }) => time);
    return own.flatMap((booking) => {
      const isRetired = desk.topics.some(({ id, retired }) => retired && id === booking.topicId);
      const open = isCall(booking.mode) ? bookable.byPhone : bookable.else;
      const why =
        reason(booking.time, { open, works, away }) ??
        (isRetired ? 'not_offered' : advisor && !isAbleTo(advisor, booking) ? 'not_able' : null);
      return why ? [{ booking, why }] : [];
    });
  });
}

/**
 * Returns when the advisor works; null: whenever the desk is open. An advisor who is not known to the desk counts as one
 * without rules.
 */
function workingTime(
  desk: Desk,
  advisor: Advisor | undefined,
  bookings: readonly PlacedBooking[],
): readonly Interval[] | null {
  if (advisor?.retired) return [];
  if (!advisor) return null;
  const zone = desk.hours.timeZone;
  const { workingRules } = advisor;
  const term = termOf(advisor, zone);
  if (workingRules.length === 0) return term && [term];
  const works = workingWindows(workingRules, zone, hull(bookings.map(({ time }) => time)));
  return term ? intersect(works, [term]) : works;
}

function isAbleTo(advisor: Advisor, { topicId, language, mode }: PlacedBooking): boolean {
  return topicId === undefined || canTake(advisor, { topicId, language: language ?? null, mode });
}

function reason(
  time: Interval,
  { open, works, away }: Readonly<Record<'open' | 'works' | 'away', readonly Interval[]>>,
): Outside | null {
  if (!open.some((window) => contains(window, time))) return 'closed';
  if (!works.some((window) => contains(window, time))) return 'not_working';
  return away.some((absence) => overlaps(absence, time)) ? 'away' : null;
}
