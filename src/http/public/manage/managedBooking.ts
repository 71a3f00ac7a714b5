import type { Request, RequestHandler, Response } from 'express';
import { behindLink } from '../../../app/booking/behindLink';
import { possibleActions } from '../../../domain/booking/actions';
import { type Booking, type BookingEvent, lastStep } from '../../../domain/booking/booking';
import { DomainError, isRefusal } from '../../../domain/errors';
import { CLIENT } from '../../../domain/staff/caller';
import { paths, url } from '../../../paths';
import { deskTime } from '../../../presentation/format';
import { clientLocaleFor } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { speak, wasAsked } from '../../middleware/locale';
import { bySecret } from '../../middleware/rateLimit';
import { deskIn, standInFrame } from '../../pages/deskPage';

export type ManagedDeps = Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'limitKey' | 'measures' | 'texts' | 'now'>;

declare global {
  namespace Express {
    interface Locals {
      /** The booking that the manage link opens. */
      booking?: Booking;
      /** The last step of its status. */
      lastStep?: BookingEvent | undefined;
    }
  }
}

/** The outcomes of a change, as the names of query parameters, which the booking's page reports. */
export const NEWS = ['moved', 'cancelled', 'restored', 'unchanged'] as const;

/**
 * Loads the booking of a manage link. All wrong links get the same answer. The page is in the client's language, unless
 * another was asked for.
 */
export function loadBooking(deps: ManagedDeps): RequestHandler {
  const { storage, texts } = deps;
  return async (req, res, next) => {
    const booking = await bySecret(deps, res, () => behindLink(deps, String(req.params.token)));
    const desk = booking && (await storage.desks.find(booking.deskId));
    if (!desk) throw new DomainError('not-found');
    if (!wasAsked(req)) speak(res, texts, req.originalUrl, clientLocaleFor(booking.client.language));
    res.locals.booking = booking;
    if (booking.status === 'cancelled') res.locals.lastStep = lastStep(await storage.bookings.history(booking.id));
    standInFrame(res, desk);
    next();
  };
}

/** Runs a change and redirects to the booking; if the booking cannot be changed any more, its page says so. */
export async function refusedKindly(
  req: Request,
  res: Response,
  work: () => Promise<unknown>,
  news: 'moved' | 'cancelled' | 'restored',
): Promise<void> {
  try {
    await deed(res, work);
    res.redirect(303, here(req, news));
  } catch (error) {
    if (!isRefusal(error, 'booking-not-changeable')) throw error;
    res.redirect(303, here(req, 'unchanged'));
  }
}

/** Returns the booking of a route behind `loadBooking`, in its state at the beginning of the request. */
export function bookingIn(res: Response): Booking {
  if (!res.locals.booking) throw new Error('route without loadBooking');
  return res.locals.booking;
}

/**
 * Tells whether the client may do this now, to decide what the page offers. The use case checks it again in its own
 * transaction.
 */
export function can({ now }: Pick<ManagedDeps, 'now'>, res: Response, action: 'move' | 'cancel' | 'restore'): boolean {
  const { timeZone } = deskIn(res).hours;
  return possibleActions(bookingIn(res), { by: CLIENT, now: now(), timeZone, last: res.locals.lastStep }).has(action);
}

/**
 * Returns the time of the consultation in words, with its time zone: "Central European Standard Time (Europe/Berlin)".
 */
export function whenView(res: Response) {
  const { time } = bookingIn(res);
  const { timeZone } = deskIn(res).hours;
  const at = deskTime(res.locals.locale, timeZone);
  return { when: at.dateAndSpan(time), zone: `${at.zoneName(time.start)} (${timeZone})` };
}

/** Returns the secret of the link as the parameter for `url`, for the other pages of the booking. */
export function tokenIn(req: Request): { token: string } {
  return { token: String(req.params.token) };
}

/** Returns the address of the booking's page, optionally with the outcome of a change. */
export function here(req: Request, news?: (typeof NEWS)[number]): string {
  return url(paths.manage, tokenIn(req), news ? { [news]: 1 } : {});
}
