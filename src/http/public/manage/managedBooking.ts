import type { RequestHandler, Response } from 'express';
import { behindLink } from '../../../app/booking/behindLink';
import { possibleActions } from '../../../domain/booking/actions';
import { type Booking, type BookingEvent, lastStep } from '../../../domain/booking/booking';
import { toIso } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { DomainError, isRefusal } from '../../../domain/errors';
import { CLIENT } from '../../../domain/staff/caller';
import { paths, url } from '../../../paths';
import { deskTime } from '../../../presentation/format';
import { clientLocaleFor, type Reader } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { speak, wasAsked } from '../../middleware/locale';
import { bySecret } from '../../middleware/rateLimit';
import { standInFrame } from '../../pages/deskPage';
import type { Guard } from '../../wiring';

type Deps = Pick<HttpDeps, 'storage' | 'tokens' | 'limitKey' | 'measures' | 'texts' | 'now'>;

/** The booking that a manage link opens, in its state at the beginning of the request. */
export interface ManagedBooking {
  readonly booking: Booking;
  readonly desk: Desk;
  /** The secret of the link, for the addresses of the booking's other pages. */
  readonly token: string;
  /** The last step of its status; only read if it is cancelled. */
  readonly lastStep?: BookingEvent | undefined;
  /** What the client may do now, to decide what the pages offer. The use cases check it again when it is done. */
  readonly may: ReadonlySet<string>;
}

declare global {
  namespace Express {
    interface Locals {
      /** Set by `loadBooking`. */
      managed?: ManagedBooking;
    }
  }
}

/** The outcomes of a change, as the names of query parameters, which the booking's page reports. */
export const NEWS = [
  'moved',
  'corrected',
  'cancelled',
  'restored',
  'accepted',
  'late',
  'lateFrom',
  'onTime',
  'alarm',
  'noAlarm',
  'kept',
  'unchanged',
] as const;
export type News = (typeof NEWS)[number];

/**
 * Loads the booking of a manage link. All wrong links get the same answer. The page is in the client's language, unless
 * another was asked for.
 */
export function loadBooking(deps: Deps): RequestHandler {
  const { storage, texts, now } = deps;
  return async (req, res, next) => {
    const token = String(req.params.token);
    const booking = await bySecret(deps, res, () => behindLink(deps, token));
    const desk = booking && (await storage.desks.find(booking.deskId));
    if (!desk) throw new DomainError('not-found');
    if (!wasAsked(req)) speak(res, texts, req.originalUrl, clientLocaleFor(booking.client.language));
    const last = booking.status === 'cancelled' ? lastStep(await storage.bookings.history(booking.id)) : undefined;
    const may = possibleActions(booking, { by: CLIENT, now: now(), timeZone: desk.hours.timeZone, last });
    res.locals.managed = { booking, desk, token, lastStep: last, may };
    standInFrame(res, desk);
    next();
  };
}

/** The guard of the pages behind `loadBooking`. */
export const behindManageLink: Guard<ManagedBooking> = (_req, { locals: { managed } }) => {
  if (!managed) throw new Error('page without loadBooking');
  return managed;
};

/**
 * Carries out a change of the booking, once for each form that is sent. @returns the address of the booking's page,
 * which tells that it was done, or that the booking cannot be changed any more
 */
export async function whereAfter(
  managed: ManagedBooking,
  res: Response,
  work: () => Promise<unknown>,
  done: News,
): Promise<string> {
  try {
    await deed(res, work);
    return bookingUrl(managed, done);
  } catch (error) {
    if (!isRefusal(error, 'booking-not-changeable')) throw error;
    return bookingUrl(managed, 'unchanged');
  }
}

/**
 * Returns the time of the consultation in words, with its time zone: "Central European Standard Time (Europe/Berlin)".
 */
export function whenView(
  { booking: { time }, desk }: Pick<ManagedBooking, 'booking' | 'desk'>,
  { locale }: Pick<Reader, 'locale'>,
) {
  const { timeZone } = desk.hours;
  const at = deskTime(locale, timeZone);
  return {
    when: at.dateAndSpan(time),
    zone: `${at.zoneName(time.start)} (${timeZone})`,
    start: toIso(time.start, timeZone),
    timeZone,
  };
}

/** Returns the address of the booking's page, optionally with the outcome of a change. */
export function bookingUrl({ token }: Pick<ManagedBooking, 'token'>, news?: News): string {
  return url(paths.manage, { token }, news ? { [news]: 1 } : {});
}
