import type { Booking } from '../booking/booking';
import { DomainError } from '../errors';
import type { Caller } from './caller';
import { isPermitted, type Permission } from './permissions';

/*
 * One function says for each deed who may do it; use cases refuse by the `assert` beside it, pages ask it what to offer.
 * The system may do everything. What a desk that is not theirs has is, for staff, as if it did not exist: `not-found`, never `forbidden`.
 */

/** As much of a booking as decides who may change it. */
type Placed = Pick<Booking, 'deskId' | 'advisorId'>;

/** Staff see the desk that is theirs, an admin all. Desks are public for clients. */
export function seesDesk(who: Caller, deskId: string): boolean {
  if (who.kind !== 'staff') return true;
  return isPermitted(who.role, 'see-all-desks') || (who.deskId === deskId && isPermitted(who.role, 'see-desk'));
}

/** Whether more than one desk is to be seen. */
export function seesAllDesks(who: Caller): boolean {
  return isPermittedTo(who, 'see-all-desks');
}

/** @throws DomainError `not-found` */
export function assertSeesDesk(who: Caller, deskId: string): void {
  if (!seesDesk(who, deskId)) throw new DomainError('not-found');
}

/**
 * Moving, cancelling and restoring. A client does that with the booking whose link they have, advisors with their own, reception and managers
 * with all of the desk's.
 */
export function mayChangeBooking(who: Caller, { deskId, advisorId }: Placed): boolean {
  return mayBookFor(who, deskId, advisorId);
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayChangeBooking(who: Caller, booking: Placed): void {
  assertAllowed(who, booking.deskId, mayChangeBooking(who, booking), 'an advisor changes their own bookings');
}

/** What only the desk does with a booking: note who came, hand out the link, set the video link, finish a task. Else as `mayChangeBooking`. */
export function mayServeBooking(who: Caller, booking: Placed): boolean {
  return who.kind !== 'client' && mayChangeBooking(who, booking);
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayServeBooking(who: Caller, booking: Placed): void {
  assertAllowed(who, booking.deskId, mayServeBooking(who, booking), 'an advisor changes their own bookings');
}

/** Booking for a caller is reception's work; an advisor books for themselves (a follow-up). @param advisorId null: with anybody */
export function mayBookFor(who: Caller, deskId: string, advisorId: string | null): boolean {
  if (!seesDesk(who, deskId)) return false;
  if (who.kind === 'client' || isPermittedTo(who, 'change-all-bookings')) return true;
  return isOwn(who, advisorId) && isPermittedTo(who, 'change-own-bookings');
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayBookFor(who: Caller, deskId: string, advisorId: string | null): void {
  const reason = 'an advisor books for themselves: name yourself as `advisor`';
  assertAllowed(who, deskId, mayBookFor(who, deskId, advisorId), reason);
}

/** A booking moves, or comes back, to where its mover may book: an advisor has theirs within their own calendar. */
export function assertMayMoveTo(who: Caller, booking: Placed, advisorId: string | null): void {
  assertMayChangeBooking(who, booking);
  const reason = 'an advisor moves bookings within their own calendar';
  assertAllowed(who, booking.deskId, mayBookFor(who, booking.deskId, advisorId), reason);
}

/** The advisor to whose calendar somebody is bound in all that they book and move; undefined: they may name anybody, or nobody. */
export function boundTo(who: Caller): string | undefined {
  if (who.kind !== 'staff' || isPermittedTo(who, 'change-all-bookings')) return undefined;
  return who.advisorId ?? undefined;
}

/** A run of false bookings concerns many advisors at once: whoever changes all of the desk's bookings may call it off. */
export function mayCancelFalseBookings(who: Caller, deskId: string): boolean {
  return seesDesk(who, deskId) && isPermittedTo(who, 'cancel-false-bookings');
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayCancelFalseBookings(who: Caller, deskId: string): void {
  assertAllowed(who, deskId, mayCancelFalseBookings(who, deskId), "a run of bookings is reception's to cancel");
}

/** Hours, topics and advisors are the manager's. */
export function mayChangeHours(who: Caller, deskId: string): boolean {
  return seesDesk(who, deskId) && isPermittedTo(who, 'change-hours');
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayChangeHours(who: Caller, deskId: string): void {
  assertAllowed(who, deskId, mayChangeHours(who, deskId), "hours are the desk manager's");
}

/** Advisors enter their own absences, managers everybody's. */
export function mayChangeAbsences(who: Caller, deskId: string, advisorId: string): boolean {
  if (!seesDesk(who, deskId)) return false;
  if (isPermittedTo(who, 'change-all-absences')) return true;
  return isOwn(who, advisorId) && isPermittedTo(who, 'change-own-absences');
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayChangeAbsences(who: Caller, deskId: string, advisorId: string): void {
  const reason = 'absences are entered by the advisor or a manager';
  assertAllowed(who, deskId, mayChangeAbsences(who, deskId, advisorId), reason);
}

function assertAllowed(who: Caller, deskId: string, isAllowed: boolean, reason: string): void {
  assertSeesDesk(who, deskId);
  if (!isAllowed) throw new DomainError('forbidden', { reason });
}

function isPermittedTo(who: Caller, permission: Permission): boolean {
  return who.kind === 'system' || (who.kind === 'staff' && isPermitted(who.role, permission));
}

function isOwn(who: Caller, advisorId: string | null): boolean {
  return who.kind === 'staff' && advisorId !== null && who.advisorId === advisorId;
}
