import type { Instant } from '../calendar/interval';
import { DomainError } from '../errors';
import type { Actor, Booking, BookingEvent, BookingEventType } from './booking';

/**
 * The result of a decision: the next state of the booking, and the event to record and to tell of (null: nothing
 * changed).
 */
export interface Change {
  readonly booking: Booking;
  readonly event: BookingEvent | null;
}

/** Who makes the change, and when. */
export interface By {
  readonly by: Actor;
  readonly now: Instant;
}

/** The codes for refusing a change, with the explanation for programs. */
const REASONS = {
  status: 'the status of the booking does not allow this',
  started: 'the consultation has begun',
  'not-started': 'the consultation has not begun yet',
  'too-early': 'a client is checked in from three hours before the start',
  'another-day': 'a client is checked in on the day of the consultation only',
  over: 'the consultation would be over',
  'too-late': 'a cancellation is taken back within 30 minutes',
  'not-video': 'only a video consultation has a link',
  'not-referred': 'the client was not referred to a desk of this program',
  'by-desk': 'the desk has cancelled it, and so only the desk takes that back',
} as const;
export type Why = keyof typeof REASONS;
/** All codes, for the API's schema. */
export const WHYS = Object.keys(REASONS) as readonly Why[];

/** Returns the refusal of a change: `why` is the code, `reason` explains it. */
export function notChangeable({ status }: Pick<Booking, 'status'>, why: Why): DomainError {
  return new DomainError('booking-not-changeable', { status, why, reason: REASONS[why] });
}

/** Returns the booking with the next version number. */
export function touched(booking: Booking, now: Instant): Booking {
  return { ...booking, version: booking.version + 1, changedAt: now };
}

/** Returns a new event for the booking's history. */
export function happened(
  type: BookingEventType,
  booking: Booking,
  { by, now }: By,
  { reason = null, from = null }: Partial<Pick<BookingEvent, 'reason' | 'from'>> = {},
): BookingEvent {
  return { type, bookingId: booking.id, at: now, by, reason, from };
}
