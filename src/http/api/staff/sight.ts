import { deskOf } from '../../../app/desks/deskOf';
import type { Stores } from '../../../app/ports/storage';
import type { Booking } from '../../../domain/booking/booking';
import type { Desk } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import { mayChangeBooking, mayChangeHours, type StaffMember, seesDesk } from '../../../domain/staff/roles';

/** A desk that the role does not see is as if it did not exist. @throws DomainError `not-found` */
export function seenDesk(stores: Pick<Stores, 'desks'>, who: StaffMember, deskId: string): Promise<Desk> {
  if (!seesDesk(who, deskId)) throw new DomainError('not-found');
  return deskOf(stores, deskId);
}

/** @throws DomainError `not-found`; `forbidden` if the role sees the desk but may not change its hours */
export async function managedDesk(stores: Pick<Stores, 'desks'>, who: StaffMember, deskId: string): Promise<Desk> {
  const desk = await seenDesk(stores, who, deskId);
  if (!mayChangeHours(who, desk.id)) throw new DomainError('forbidden', { reason: "hours are the desk manager's" });
  return desk;
}

/** A booking at a desk that the role does not see is as if it did not exist. @throws DomainError `not-found` */
export async function seenBooking(
  stores: Pick<Stores, 'desks' | 'bookings'>,
  who: StaffMember,
  id: string,
): Promise<{ booking: Booking; desk: Desk }> {
  const booking = await stores.bookings.find(id);
  if (!booking) throw new DomainError('not-found');
  return { booking, desk: await seenDesk(stores, who, booking.deskId) };
}

/** @throws DomainError `not-found`; `forbidden` if the role sees the booking but may not change it */
export async function changeableBooking(
  stores: Pick<Stores, 'desks' | 'bookings'>,
  who: StaffMember,
  id: string,
): Promise<{ booking: Booking; desk: Desk }> {
  const seen = await seenBooking(stores, who, id);
  if (!mayChangeBooking(who, seen.booking))
    throw new DomainError('forbidden', { reason: 'an advisor changes their own bookings' });
  return seen;
}

/** Who did it, for the booking's history. */
export function actorOf({ name }: StaffMember) {
  return { kind: 'staff', name } as const;
}
