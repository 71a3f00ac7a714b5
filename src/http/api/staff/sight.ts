import { deskOf } from '../../../app/desks/deskOf';
import type { Stores } from '../../../app/ports/storage';
import type { Booking } from '../../../domain/booking/booking';
import type { Desk } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import type { Caller } from '../../../domain/staff/caller';
import { assertMayChangeDeskData, assertMayChangeHours, assertSeesDesk } from '../../../domain/staff/rights';

/**
 * Returns a desk that the role sees; other desks are treated as if they did not exist. @throws DomainError `not-found`
 */
export async function seenDesk(stores: Pick<Stores, 'desks'>, who: Caller, deskId: string): Promise<Desk> {
  assertSeesDesk(who, deskId);
  return deskOf(stores, deskId);
}

/** @throws DomainError `not-found`; `forbidden` if the role sees the desk but may not change its hours */
export async function managedDesk(stores: Pick<Stores, 'desks'>, who: Caller, deskId: string): Promise<Desk> {
  const desk = await seenDesk(stores, who, deskId);
  assertMayChangeHours(who, desk.id);
  return desk;
}

/** @throws DomainError `not-found`; `forbidden` if the role sees the desk but may not change what it keeps of itself */
export async function keptDesk(stores: Pick<Stores, 'desks'>, who: Caller, deskId: string): Promise<Desk> {
  const desk = await seenDesk(stores, who, deskId);
  assertMayChangeDeskData(who, desk.id);
  return desk;
}

/**
 * Returns a booking at a desk that the role sees; others are treated as if they did not exist. @throws DomainError
 * `not-found`
 */
export async function seenBooking(
  stores: Pick<Stores, 'desks' | 'bookings'>,
  who: Caller,
  id: string,
): Promise<{ booking: Booking; desk: Desk }> {
  const booking = await stores.bookings.find(id);
  if (!booking) throw new DomainError('not-found');
  return { booking, desk: await seenDesk(stores, who, booking.deskId) };
}
