import { HOUR, type Instant, MINUTE, type Minutes } from '../calendar/interval';
import type { Booking } from './booking';
import { type By, type Change, happened, notChangeable, touched, type Why } from './change';

/** A client is late from so many minutes after the start; before that, reception is only busy. */
export const LATE_AFTER_MINUTES = 5;

/**
 * Returns how many whole minutes the client is late; null: they are not, or nobody waits for them any more. A client is
 * late who has not been checked in while the consultation was to take place.
 */
export function minutesLate({ status, time }: Pick<Booking, 'status' | 'time'>, now: Instant): Minutes | null {
  const minutes = Math.floor((now - time.start) / MINUTE);
  const isAwaited = (status === 'requested' || status === 'confirmed') && now < time.end;
  return isAwaited && minutes >= LATE_AFTER_MINUTES ? minutes : null;
}

/** How many minutes later a client can say that they come. */
export const LATE_MINUTES = [5, 10, 15, 20, 30] as const;
/** From so long before the start on a client can say that they are late. */
const SAYS_LATE_BEFORE_MS = 2 * HOUR;

/** Returns from when on the client can say that they are late. */
export function saysLateFrom({ time }: Pick<Booking, 'time'>): Instant {
  return time.start - SAYS_LATE_BEFORE_MS;
}

/** Tells whether the client could say now that they are late: on the way, until the consultation would be over. */
export function maySayLate(booking: Pick<Booking, 'status' | 'time'>, now: Instant): boolean {
  return booking.status === 'confirmed' && now >= saysLateFrom(booking) && now < booking.time.end;
}

/**
 * Records that the client comes later; null: on time after all. Nothing is moved: reception sees it, and decides.
 *
 * @throws DomainError `booking-not-changeable` when nobody waits for the client, or not yet
 */
export function sayLate(booking: Booking, minutes: Minutes | null, by: By): Change {
  if (!maySayLate(booking, by.now)) throw notChangeable(booking, whyNotLate(booking, by.now));
  if (booking.lateMinutes === minutes) return { booking, event: null };
  return {
    booking: touched({ ...booking, lateMinutes: minutes }, by.now),
    event: happened('late', booking, by, { reason: `+${minutes ?? 0}` }),
  };
}

function whyNotLate({ status, time }: Booking, now: Instant): Why {
  if (status !== 'confirmed') return 'status';
  return now < time.start ? 'not-started' : 'over';
}
