import type { Request, RequestHandler, Response } from 'express';
import { behindLink } from '../../../app/booking/behindLink';
import { possibleActions } from '../../../domain/booking/actions';
import { type Booking, type BookingEvent, lastStep } from '../../../domain/booking/booking';
import { DomainError, isRefusal } from '../../../domain/errors';
import { CLIENT } from '../../../domain/staff/caller';
import { paths, url } from '../../../paths';
import { deskTime } from '../../../presentation/format';
import { localeFor } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { speak, wasAsked } from '../../middleware/locale';
import { bySecret } from '../../middleware/rateLimit';
import { deskIn, standInFrame } from '../../pages/deskPage';

export type ManagedDeps = Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'limitKey' | 'measures' | 'texts' | 'now'>;

declare global {
  namespace Express {
    interface Locals {
      /** The booking that a manage link opens. */
      booking?: Booking;
      /** What was last done to its status. */
      lastStep?: BookingEvent | undefined;
    }
  }
}

/** What a page can say when it comes back from a change, in its address. */
export const NEWS = ['moved', 'cancelled', 'restored', 'unchanged'] as const;

/** Whatever is wrong with a link, there is one answer for all. The page speaks the client's language, unless another was asked for. */
export function loadBooking(deps: ManagedDeps): RequestHandler {
  const { storage, texts } = deps;
  return async (req, res, next) => {
    const booking = await bySecret(deps, res, () => behindLink(deps, String(req.params.token)));
    const desk = booking && (await storage.desks.find(booking.deskId));
    if (!desk) throw new DomainError('not-found');
    if (!wasAsked(req)) speak(res, texts, req.originalUrl, localeFor(booking.client.language));
    res.locals.booking = booking;
    if (booking.status === 'cancelled') res.locals.lastStep = lastStep(await storage.bookings.history(booking.id));
    standInFrame(res, desk);
    next();
  };
}

/** Does it and shows the booking; if it cannot be changed any more, shows it as it is and says so. */
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

/** The booking of a route behind `loadBooking`, as it was when the request came. */
export function bookingIn(res: Response): Booking {
  if (!res.locals.booking) throw new Error('route without loadBooking');
  return res.locals.booking;
}

/** Whether the client may do this now; for what the page offers. The use case asks again in its own transaction. */
export function can({ now }: Pick<ManagedDeps, 'now'>, res: Response, action: 'move' | 'cancel' | 'restore'): boolean {
  const { timeZone } = deskIn(res).hours;
  return possibleActions(bookingIn(res), { by: CLIENT, now: now(), timeZone, last: res.locals.lastStep }).has(action);
}

/** When the consultation is, in words, and by whose clock: "Central European Standard Time (Europe/Berlin)". */
export function whenView(res: Response) {
  const { time } = bookingIn(res);
  const { timeZone } = deskIn(res).hours;
  const at = deskTime(res.locals.locale, timeZone);
  return { when: at.dateAndSpan(time), zone: `${at.zoneName(time.start)} (${timeZone})` };
}

/** The secret of the link, as `url` wants it for the other pages of the booking. */
export function tokenIn(req: Request): { token: string } {
  return { token: String(req.params.token) };
}

/** The booking's own page, perhaps with what it is to say about a change just made. */
export function here(req: Request, news?: (typeof NEWS)[number]): string {
  return url(paths.manage, tokenIn(req), news ? { [news]: 1 } : {});
}
