import { type Instant, MINUTE } from '../calendar/interval';
import type { Booking, BookingEvent, Target } from './booking';
import { type By, type Change, happened, notChangeable, touched } from './change';

/** So long a client can take a cancellation back. */
const CLIENT_RESTORES_WITHIN = 30 * MINUTE;

/** A cancellation, as the history tells of it, and the time that it gave up. */
interface Cancellation extends Pick<BookingEvent, 'at'> {
  readonly time: Booking['time'];
}

/** When a client's own cancellation is final: after half an hour, and not later than the consultation would have begun. */
export function clientRestoresUntil({ at, time }: Cancellation): Instant {
  return Math.min(at + CLIENT_RESTORES_WITHIN, time.start);
}

/**
 * A client takes back the own cancellation until `clientRestoresUntil`, staff any until the consultation would be over. That somebody
 * is free for it is another question.
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

/** Whether this was done already, and nothing since: taking back twice is the same as once. */
export function isRestored(booking: Booking, last: BookingEvent | undefined): boolean {
  return booking.status !== 'cancelled' && last?.type === 'restored';
}

/**
 * Takes a cancellation back, with the advisor who can give it now. SEQUENCE rises over that of the CANCEL, so that calendars show
 * the consultation again.
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
