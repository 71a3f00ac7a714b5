import { HOUR } from '../calendar/interval';
import { localDate } from '../calendar/zone';
import type { Booking, BookingEvent, BookingEventType, Status } from './booking';
import { type By, type Change, happened, notChangeable, touched } from './change';

/** How long before the start a client can be checked in; some clients come early, with the only bus. */
const CHECK_IN_AHEAD_MS = 3 * HOUR;

/** Who records the attendance, and the desk's time zone, by which days are counted. */
export interface Noting extends By {
  readonly timeZone: string;
}

/** Who undoes a step, and the booking's last step (`lastStep`), by which undoing twice is recognised. */
export interface TakingBack extends By {
  readonly last: BookingEvent | undefined;
}

/**
 * Checks the client in. It also replaces a `no_show`, because people come late.
 *
 * @throws DomainError `booking-not-changeable` with `why`: `status`, `too-early` (more than three hours before the
 *   start), `another-day` (than the booking's, at the desk)
 */
export function checkIn(booking: Booking, by: Noting): Change {
  return attend(booking, 'checked_in', ['requested', 'confirmed', 'no_show'], by, () => {
    const dayOf = (at: number) => localDate(at, by.timeZone);
    if (dayOf(by.now) !== dayOf(booking.time.start)) throw notChangeable(booking, 'another-day');
    if (by.now < booking.time.start - CHECK_IN_AHEAD_MS) throw notChangeable(booking, 'too-early');
  });
}

/**
 * Records that the consultation took place. @throws DomainError `booking-not-changeable` with `why`: `status`,
 * `not-started`
 */
export function complete(booking: Booking, by: By): Change {
  return attend(booking, 'completed', ['confirmed', 'checked_in'], by, () => assertBegun(booking, by));
}

/**
 * Records that the client did not come. @throws DomainError `booking-not-changeable` with `why`: `status`,
 * `not-started`
 */
export function noShow(booking: Booking, by: By): Change {
  return attend(booking, 'no_show', ['confirmed'], by, () => assertBegun(booking, by));
}

/**
 * Undoes a check-in that was recorded for the wrong client: `checked_in` becomes `confirmed`. @throws DomainError
 * `booking-not-changeable`
 */
export function undoCheckIn(booking: Booking, by: TakingBack): Change {
  return takeBack(booking, 'check_in_undone', { checked_in: 'confirmed' }, by);
}

/**
 * Undoes a closing that was recorded for the wrong booking: `completed` becomes `checked_in`, and its outcome is gone;
 * `no_show` becomes `confirmed`. It is possible until the booking is deleted, because statistics use the last status.
 *
 * @throws DomainError `booking-not-changeable`
 */
export function reopen(booking: Booking, by: TakingBack): Change {
  return takeBack(booking, 'reopened', { completed: 'checked_in', no_show: 'confirmed' }, by);
}

function attend(
  booking: Booking,
  status: Status & BookingEventType,
  from: readonly Status[],
  by: By,
  assertInTime: () => void,
): Change {
  if (booking.status === status) return { booking, event: null };
  if (!from.includes(booking.status)) throw notChangeable(booking, 'status');
  assertInTime();
  return { booking: touched({ ...booking, status }, by.now), event: happened(status, booking, by) };
}

function takeBack(
  booking: Booking,
  type: BookingEventType,
  before: Partial<Record<Status, Status>>,
  { last, ...by }: TakingBack,
): Change {
  const status = before[booking.status];
  if (status)
    return { booking: touched({ ...booking, status, outcome: null }, by.now), event: happened(type, booking, by) };
  if (last?.type === type) return { booking, event: null };
  throw notChangeable(booking, 'status');
}

function assertBegun(booking: Booking, { now }: By): void {
  if (now < booking.time.start) throw notChangeable(booking, 'not-started');
}
