import type { Response } from 'express';
import { keptWebhook } from '../../app/webhooks/changeWebhooks';
import type { Booking } from '../../domain/booking/booking';
import type { By } from '../../domain/booking/change';
import type { Advisor, Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { actorOf } from '../../domain/staff/caller';
import {
  assertMayCancelFalseBookings,
  assertMayChangeBooking,
  assertMayChangeDeskData,
  assertMayChangeHours,
  assertMayChangeTexts,
  assertMayKeepWebhooks,
  assertMaySeeFigures,
  assertOwnAdvisorAt,
  seesDesk,
} from '../../domain/staff/rights';
import type { Webhook } from '../../domain/webhooks/webhook';
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

/** Returns who would change a booking, and when: the person who is signed in, now. */
export function changerNow({ now }: Pick<HttpDeps, 'now'>, res: Response): By {
  return { by: actorOf(signedIn(res)), now: now() };
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

/** The guard of pages for everybody who is signed in; only to be used behind `requireStaff`. */
export const whoIsSignedIn: Guard<SignedIn> = (_req, res) => signedIn(res);

/**
 * The guard of pages about the desk in the address, which belong to this part of the navigation.
 *
 * @throws DomainError `not-found`, also for a desk that the person does not see
 */
export function deskToSee(deps: Deps, section: StaffSection): Guard<Desk> {
  return (req, res) => enterDesk(deps, res, String(req.params.desk), section);
}

/** The advisor whose own day a page is about, with their desk. */
export interface OwnAdvisor {
  readonly desk: Desk;
  readonly advisor: Advisor;
}

/** The guard of the pages about the own day of whoever is signed in. @throws DomainError `not-found`, `forbidden` */
export function ownAdvisor(deps: Deps): Guard<OwnAdvisor> {
  return async (req, res) => {
    const desk = await enterDesk(deps, res, String(req.params.desk), 'mine');
    const own = assertOwnAdvisorAt(signedIn(res), desk.id);
    const advisor = desk.advisors.find(({ id }) => id === own);
    if (!advisor) throw new DomainError('not-found');
    return { desk, advisor };
  };
}

/** The guard of the pages about a desk's hours. @throws DomainError `not-found`, `forbidden` */
export function deskWithHours(deps: Deps): Guard<Desk> {
  return async (req, res) => {
    const desk = await enterDesk(deps, res, String(req.params.desk), 'hours');
    assertMayChangeHours(signedIn(res), desk.id);
    return desk;
  };
}

/** The guard of the pages about what a desk words itself. @throws DomainError `not-found`, `forbidden` */
export function deskWithTexts(deps: Deps): Guard<Desk> {
  return async (req, res) => {
    const desk = await enterDesk(deps, res, String(req.params.desk), 'texts');
    assertMayChangeTexts(signedIn(res), desk.id);
    return desk;
  };
}

/** The guard of the page with a desk's webhooks. @throws DomainError `not-found`, `forbidden` */
export function deskWithWebhooks(deps: Deps): Guard<Desk> {
  return async (req, res) => {
    const desk = await enterDesk(deps, res, String(req.params.desk), 'webhooks');
    assertMayKeepWebhooks(signedIn(res), desk.id);
    return desk;
  };
}

/** The guard of the pages with a desk's figures. @throws DomainError `not-found`, `forbidden` */
export function deskWithFigures(deps: Deps): Guard<Desk> {
  return async (req, res) => {
    const desk = await enterDesk(deps, res, String(req.params.desk), 'figures');
    assertMaySeeFigures(signedIn(res), desk.id);
    return desk;
  };
}

/** The guard of the pages about what managers keep of the desk. @throws DomainError `not-found`, `forbidden` */
export function deskToKeep(deps: Deps, section: StaffSection): Guard<Desk> {
  return async (req, res) => {
    const desk = await enterDesk(deps, res, String(req.params.desk), section);
    assertMayChangeDeskData(signedIn(res), desk.id);
    return desk;
  };
}

/** The guard of pages about the webhook in the address. @throws DomainError `not-found`, `forbidden` */
export function webhookToKeep(deps: Deps): Guard<{ readonly desk: Desk; readonly webhook: Webhook }> {
  return async (req, res) => {
    const desk = await enterDesk(deps, res, String(req.params.desk), 'webhooks');
    const about = { who: signedIn(res), deskId: desk.id, id: String(req.params.id) };
    return { desk, webhook: await keptWebhook(deps.storage, about) };
  };
}

/** A booking that a page is about, with its desk. */
export interface BookingAtDesk {
  readonly booking: Booking;
  readonly desk: Desk;
}

/**
 * The guard of pages about the booking in the address.
 *
 * @throws DomainError `not-found`, also for a booking of another desk
 */
export function bookingToSee(deps: Deps): Guard<BookingAtDesk> {
  return (req, res) => enterBooking(deps, res, String(req.params.id));
}

/** The guard of pages that change the booking in the address. @throws DomainError `not-found`, `forbidden` */
export function bookingToChange(deps: Deps): Guard<BookingAtDesk> {
  return async (req, res) => {
    const entered = await enterBooking(deps, res, String(req.params.id));
    assertMayChangeBooking(signedIn(res), entered.booking);
    return entered;
  };
}

/**
 * The guard of the page that looks for false bookings around the one in the address.
 *
 * @throws DomainError `not-found`, `forbidden`
 */
export function falseBookingToSee(deps: Deps): Guard<BookingAtDesk> {
  return async (req, res) => {
    const entered = await enterBooking(deps, res, String(req.params.id));
    assertMayCancelFalseBookings(signedIn(res), entered.desk.id);
    return entered;
  };
}

async function enterBooking(deps: Deps, res: Response, id: string): Promise<BookingAtDesk> {
  const booking = await deps.storage.bookings.find(id);
  if (!booking) throw new DomainError('not-found');
  return { booking, desk: await enterDesk(deps, res, booking.deskId) };
}
