import { type Instant, MINUTE } from '../calendar/interval';
import { DomainError } from '../errors';
import type { Booking } from './booking';
import { type By, type Change, happened, touched } from './change';

/** How long a change by staff can be undone as a whole. */
const UNDONE_WITHIN_MS = 15 * MINUTE;

/** How a client is told of a change: by mail, by a call that becomes a task, or not at all. */
export const TELL_WAYS = ['mail', 'phone', 'nobody'] as const;
export type Tell = (typeof TELL_WAYS)[number];

/** Where a booking is, and what follows from that. */
export type BookingPlace = Pick<Booking, 'time' | 'blockedUntil' | 'advisorId' | 'tied' | 'status'>;

/** What an operation did to one booking. */
export interface OperationLine {
  readonly bookingId: string;
  /** `false`: it changed its advisor so that there was room for those that were asked for. */
  readonly isAsked: boolean;
  readonly tell: Tell;
  readonly before: BookingPlace;
  /** The booking's version after the operation. A booking that has another one was changed since. */
  readonly version: number;
}

/** Moves that staff made together, and that are undone together. */
export interface StaffOperation {
  readonly id: string;
  readonly deskId: string;
  readonly at: Instant;
  /** The operation that this one has undone; null: none. */
  readonly undoes: string | null;
  readonly undoneAt: Instant | null;
  readonly lines: readonly OperationLine[];
}

/** Returns until when the operation can be undone; that instant is the first that is too late. */
export function undoUntil({ at }: Pick<StaffOperation, 'at'>): Instant {
  return at + UNDONE_WITHIN_MS;
}

/** Tells whether the operation can still be undone, as far as its age goes. */
export function isUndoable({ at, undoneAt }: Pick<StaffOperation, 'at' | 'undoneAt'>, now: Instant): boolean {
  return undoneAt === null && now < undoUntil({ at });
}

/** @throws DomainError `undo-expired` if it is too late to undo the operation */
export function assertUndoable(operation: Pick<StaffOperation, 'at'>, now: Instant): void {
  if (now >= undoUntil(operation)) throw new DomainError('undo-expired');
}

/** Returns where the booking is. */
export function placeOf(booking: Booking): BookingPlace {
  const { time, blockedUntil, advisorId, tied, status } = booking;
  return { time, blockedUntil, advisorId, tied, status };
}

/**
 * Puts a moved or cancelled booking back to where it was, with the tie and the status that it had there. SEQUENCE rises
 * if the time changes or it was cancelled, because the client may have been told.
 */
export function putBack(booking: Booking, before: BookingPlace, { by, now }: By): Change {
  const isSameTime = before.time.start === booking.time.start && before.time.end === booking.time.end;
  const isCancelled = booking.status === 'cancelled';
  const sequence = booking.sequence + (isSameTime && !isCancelled ? 0 : 1);
  const from = { time: booking.time, advisorId: booking.advisorId };
  return {
    booking: touched({ ...booking, ...before, sequence }, now),
    event: isCancelled
      ? happened('restored', booking, { by, now })
      : happened('move_undone', booking, { by, now }, { from }),
  };
}
