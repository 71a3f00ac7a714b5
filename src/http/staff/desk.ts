import type { Response } from 'express';
import type { Actor, Booking } from '../../domain/booking/booking';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { actorOf as actor } from '../../domain/staff/caller';
import { assertMayChangeBooking, seesDesk } from '../../domain/staff/rights';
import type { HttpDeps } from '../deps';
import type { SignedIn } from '../middleware/staff';
import { type StaffSection, staffFrame } from '../pages/frame';
import type { Guard } from '../wiring';

type Deps = Pick<HttpDeps, 'storage'>;

/** Returns who is signed in; only to be used behind `requireStaff`. */
export function signedIn(res: Response): SignedIn {
  const { staff } = res.locals;
  if (!staff) throw new DomainError('unauthenticated');
  return staff;
}

/** Returns the name under which a change is recorded in the history. */
export function actorOf(res: Response): Actor {
  return actor(signedIn(res));
}

/**
 * Returns the page's desk, and puts the page into its frame.
 *
 * @throws DomainError `not-found`, also for a desk that the person does not see
 */
export async function enterDesk(
  { storage }: Deps,
  res: Response,
  deskId: string,
  current?: StaffSection,
): Promise<Desk> {
  const staff = signedIn(res);
  const desk = seesDesk(staff, deskId) ? await storage.desks.find(deskId) : undefined;
  if (!desk) throw new DomainError('not-found');
  const { locale, t } = res.locals;
  Object.assign(res.locals, staffFrame(desk, { locale, t, user: staff, ...(current && { current }) }));
  return desk;
}

/** Returns the page's booking with its desk. @throws DomainError `not-found`, also for a booking of another desk */
export async function enterBooking(deps: Deps, res: Response, id: string): Promise<{ booking: Booking; desk: Desk }> {
  const booking = await deps.storage.bookings.find(id);
  if (!booking) throw new DomainError('not-found');
  return { booking, desk: await enterDesk(deps, res, booking.deskId) };
}

/** Does what `enterBooking` does, for those who may change the booking. @throws DomainError `not-found`, `forbidden` */
export async function enterToChange(deps: Deps, res: Response, id: string): Promise<{ booking: Booking; desk: Desk }> {
  const entered = await enterBooking(deps, res, id);
  assertMayChangeBooking(signedIn(res), entered.booking);
  return entered;
}

/** A booking that a page is about, with its desk. */
export interface BookingAtDesk {
  readonly booking: Booking;
  readonly desk: Desk;
}

/** The guard of pages that change the booking in the address. @throws DomainError `not-found`, `forbidden` */
export function bookingToChange(deps: Deps): Guard<BookingAtDesk> {
  return (req, res) => enterToChange(deps, res, String(req.params.id));
}
