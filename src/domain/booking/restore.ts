import { type Instant, MINUTE } from '../calendar/interval';
import type { Booking, BookingEvent, Target } from './booking';
import { type By, type Change, happened, notChangeable, touched } from './change';

/** How long a client can restore their own cancelled booking. */
const CLIENT_RESTORES_WITHIN_MS = 30 * MINUTE;

/** A cancellation from the history, and the time that the booking had. */
interface Cancellation extends Pick<BookingEvent, 'at'> {
  readonly time: Booking['time'];
}

/**
 * Returns when a client's own cancellation becomes final: after half an hour, but not later than the start of the
 * consultation.
 */
export function clientRestoresUntil({ at, time }: Cancellation): Instant {
  return Math.min(at + CLIENT_RESTORES_WITHIN_MS, time.start);
}

/**
 * Checks that the caller may restore the booking: a client their own cancellation until `clientRestoresUntil`, staff
 * any until the end of the consultation. It does not check that an advisor is free.
 *
 * @param last the last step of the booking's history (`lastStep`)
 * @throws DomainError `booking-not-changeable` with `why`: `status`, `started`, `too-late`, `by-desk`, `over`
 */
export function assertRestorable(booking: Booking, last: BookingEvent | undefined, { by, now }: By): void {
  if (booking.status !== 'cancelled' || last?.type !== 'cancelled') throw notChangeable(booking, 'status');
  if (by.kind !== 'client') {
    if (now >= booking.time.end) throw notChangeable(booking, 'over');
    return;
  }
  if (last.by.kind !== 'client') throw notChangeable(booking, 'by-desk');
  if (now >= booking.time.start) throw notChangeable(booking, 'started');
  if (now >= clientRestoresUntil({ at: last.at, time: booking.time })) throw notChangeable(booking, 'too-late');
}

/**
 * Tells whether the booking was restored already and nothing has changed since; restoring twice has the effect of once.
 */
export function isRestored(booking: Booking, last: BookingEvent | undefined): boolean {
  return booking.status !== 'cancelled' && last?.type === 'restored';
}

/**
 * Restores a cancelled booking with an advisor who is free now. SEQUENCE rises above that of the CANCEL, so that
 * calendars show the consultation again.
 *
 * @throws DomainError `booking-not-changeable`, see `assertRestorable`
 */
export function restore(
  booking: Booking,
  to: Target,
  { last, ...by }: By & { last: BookingEvent | undefined },
): Change {
  assertRestorable(booking, last, by);
  const from = to.advisorId === booking.advisorId ? null : { time: booking.time, advisorId: booking.advisorId };
  return {
    booking: touched({ ...booking, ...to, status: 'confirmed', sequence: booking.sequence + 1 }, by.now),
    event: happened('restored', booking, by, { from }),
  };
}
