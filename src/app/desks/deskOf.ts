import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import type { DeskSnapshot } from '../ports/snapshot';
import type { Stores } from '../ports/storage';

/**
 * Returns the id of a booking's desk, so that a change of the booking locks that desk only. The desk of a booking never
 * changes, so it can be read before the transaction.
 *
 * @throws DomainError `not-found`
 */
export async function deskOfBooking({ bookings }: Pick<Stores, 'bookings'>, bookingId: string): Promise<string> {
  const booking = await bookings.find(bookingId);
  if (!booking) throw new DomainError('not-found');
  return booking.deskId;
}

/** @throws DomainError `not-found` */
export async function deskOf(stores: Pick<Stores, 'desks'>, deskId: string): Promise<Desk> {
  const desk = await stores.desks.find(deskId);
  if (!desk) throw new DomainError('not-found');
  return desk;
}

/** @throws DomainError `not-found` */
export async function deskIn(snapshot: DeskSnapshot): Promise<Desk> {
  const desk = await snapshot.desk();
  if (!desk) throw new DomainError('not-found');
  return desk;
}
