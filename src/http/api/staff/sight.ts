import { deskOf } from '../../../app/desks/deskOf';
import type { Stores } from '../../../app/ports/storage';
import type { Booking } from '../../../domain/booking/booking';
import type { Desk } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import type { Caller } from '../../../domain/staff/caller';
import { assertMayChangeDeskData, assertMayChangeHours, assertSeesDesk, seesDesk } from '../../../domain/staff/rights';
import type { StaffMember } from '../../../domain/staff/roles';
import { wrongField } from '../problems';

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

/**
 * Returns the desk of an advisor. Ids of advisors are unique only within a desk: the caller's own desk comes first, and
 * an admin can name another.
 *
 * @throws DomainError `not-found`, also for a desk that the role does not see; `invalid` if a desk has to be named
 */
export async function deskOfAdvisor(
  stores: Pick<Stores, 'desks'>,
  who: StaffMember,
  advisor: string,
  named?: string,
): Promise<string> {
  const desks = (await stores.desks.withAdvisor(advisor)).filter(
    (desk) => seesDesk(who, desk) && (named ?? desk) === desk,
  );
  const own = desks.find((desk) => desk === who.deskId) ?? desks[0];
  if (own === undefined) throw new DomainError('not-found');
  if (desks.length > 1 && own !== who.deskId)
    throw wrongField('/desk', 'expected, because several desks have an advisor of this id');
  return own;
}
