import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Alternatives } from '../../app/booking/alternatives';
import { wishToMove } from '../../app/booking/moveBooking';
import { type Booking, possibleActions } from '../../domain/booking/booking';
import { DomainError, isRefusal } from '../../domain/errors';
import { deskTime } from '../../presentation/format';
import { localeFor } from '../../presentation/texts';
import type { HttpDeps } from '../deps';
import { speak, wasAsked } from '../middleware/locale';
import { noStore } from '../middleware/securityHeaders';
import { paths, url } from '../paths';
import { bookingRows, bringList } from './bookingRows';
import { readStart } from './chooseTime';
import { deskIn, standInFrame } from './deskPage';
import { journeyUrl } from './journey';
import { slotDays, slotList } from './slotDays';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'texts' | 'now' | 'calendarFile'>;

declare global {
  namespace Express {
    interface Locals {
      /** The booking that a manage link opens. */
      booking?: Booking;
    }
  }
}

const CLIENT = { kind: 'client' } as const;

/** The secret link of a mail: see, move, cancel, download. Looking changes nothing, so mail scanners do no harm. */
export function manageBookingRoutes(deps: Deps): Router {
  const router = Router();
  router.use(paths.manage, noStore, loadBooking(deps));

  router.get(paths.manage, (req, res) => show(deps, req, res));
  router.get(paths.manageCalendar, (_req, res) => {
    const file = deps.calendarFile(deskIn(res), bookingIn(res));
    res
      .type('text/calendar')
      .attachment(`${bookingIn(res).reference}.ics`)
      .send(file);
  });

  router.get(paths.moveBooking, (req, res) => askWhere(deps, req, res, {}));
  router.post(paths.moveBooking, (req, res) => moveIt(deps, req, res));

  router.get(paths.cancelBooking, (req, res) => {
    if (!can(deps, res, 'cancel')) return res.redirect(303, here(req));
    const { t } = res.locals;
    res.render('pages/public/cancelBooking', {
      title: t('booking.cancel.title'),
      ...summary(res),
      action: url(paths.cancelBooking, tokenIn(req)),
      back: backToBooking(req, res),
    });
  });
  router.post(paths.cancelBooking, async (req, res) => {
    const { reason } = (req.body ?? {}) as { reason?: unknown };
    const text = typeof reason === 'string' ? reason.trim().slice(0, 500) : '';
    await refusedKindly(
      req,
      res,
      () => deps.app.cancelBooking({ bookingId: bookingIn(res).id, reason: text || null, by: CLIENT }),
      'cancelled',
    );
  });
  return router;
}

/** Unknown, cut off, changed in case: one answer for all. The page speaks the client's language, unless another was asked for. */
function loadBooking({ storage, tokens, texts }: Deps): RequestHandler {
  return async (req, res, next) => {
    const booking = await storage.bookings.findByToken(tokens.hash(String(req.params.token)));
    const desk = booking && (await storage.desks.find(booking.deskId));
    if (!desk) throw new DomainError('not-found');
    if (!wasAsked(req)) speak(res, texts, req.originalUrl, localeFor(booking.client.language));
    res.locals.booking = booking;
    standInFrame(res, desk);
    next();
  };
}

function show(deps: Deps, req: Request, res: Response): void {
  const { locale, t } = res.locals;
  const booking = bookingIn(res);
  const desk = deskIn(res);
  const news = ['moved', 'cancelled', 'unchanged'].find((kind) => kind in req.query);
  res.render('pages/public/manage', {
    title: t(booking.status === 'cancelled' ? 'booking.manage.cancelledTitle' : 'booking.manage.title'),
    ...summary(res),
    news: news && { text: t(`booking.manage.${news}`), good: news !== 'unchanged' },
    cancelled: booking.status === 'cancelled',
    rows: bookingRows(booking, desk, { locale, t }),
    bring: booking.status === 'cancelled' ? [] : bringList(desk, booking.topicId, locale),
    moveHref: can(deps, res, 'move') && url(paths.moveBooking, tokenIn(req)),
    cancelHref: can(deps, res, 'cancel') && url(paths.cancelBooking, tokenIn(req)),
    calendarHref: url(paths.manageCalendar, tokenIn(req)),
    bookAgainHref: journeyUrl('language', { locale, desk: desk.id }, {}),
    phone: desk.phone,
  });
}

interface Mishap {
  readonly status?: number;
  readonly errors?: readonly { href: string; text: string }[];
  readonly alternatives?: Alternatives;
}

async function askWhere(
  deps: Deps,
  req: Request,
  res: Response,
  { status = 200, errors, alternatives }: Mishap,
): Promise<void> {
  if (!can(deps, res, 'move')) return res.redirect(303, here(req));
  const { locale, t } = res.locals;
  const booking = bookingIn(res);
  const zone = deskIn(res).hours.timeZone;
  const { slots } = await deps.app.findSlots({
    deskId: booking.deskId,
    wish: wishToMove(booking),
    audience: 'client',
    except: booking.id,
  });
  const days = slotDays(
    slots.filter(({ time }) => time.start !== booking.time.start),
    zone,
    { locale, t },
  );
  const asked = typeof req.query.from === 'string' ? req.query.from : '';
  const first = Math.max(
    0,
    days.findIndex(({ date }) => date >= asked),
  );
  const page = (index: number) =>
    days[index] && { href: url(paths.moveBooking, tokenIn(req), { from: days[index]?.date }) };
  res.status(status).render('pages/public/moveBooking', {
    title: t('booking.move.title'),
    ...summary(res),
    back: backToBooking(req, res),
    action: url(paths.moveBooking, tokenIn(req)),
    days: days.slice(first, first + DAYS_A_PAGE),
    later: page(first + DAYS_A_PAGE),
    earlier: first > 0 ? page(Math.max(0, first - DAYS_A_PAGE)) : undefined,
    empty: days.length === 0,
    alternatives: alternatives && slotList(alternatives.slots, zone, { locale, t }),
    errors,
    error: errors?.[0]?.text,
    phone: deskIn(res).phone,
  });
}

const DAYS_A_PAGE = 7;

async function moveIt(deps: Deps, req: Request, res: Response): Promise<void> {
  const start = readStart(req.body);
  const { t } = res.locals;
  const missing = [{ href: '#start-1', text: t('booking.time.missing') }];
  if (start === undefined) return askWhere(deps, req, res, { status: 422, errors: missing });
  try {
    await refusedKindly(
      req,
      res,
      () => deps.app.moveBooking({ bookingId: bookingIn(res).id, start, by: CLIENT }),
      'moved',
    );
  } catch (error) {
    if (!isRefusal(error, 'slot-unavailable')) throw error;
    const gone = [{ href: '#start-1', text: t('booking.move.gone') }];
    await askWhere(deps, req, res, {
      status: 409,
      errors: gone,
      alternatives: error.details.alternatives as Alternatives,
    });
  }
}

/** Does it and shows the booking; if it cannot be changed any more, shows it as it is and says so. */
async function refusedKindly(req: Request, res: Response, work: () => Promise<unknown>, news: string): Promise<void> {
  try {
    await work();
    res.redirect(303, here(req, news));
  } catch (error) {
    if (!isRefusal(error, 'booking-not-changeable')) throw error;
    res.redirect(303, here(req, 'unchanged'));
  }
}

function bookingIn(res: Response): Booking {
  if (!res.locals.booking) throw new Error('route without loadBooking');
  return res.locals.booking;
}

function can({ now }: Deps, res: Response, action: 'move' | 'cancel'): boolean {
  return possibleActions(bookingIn(res), { by: CLIENT, now: now() }).has(action);
}

function summary(res: Response) {
  const booking = bookingIn(res);
  const at = deskTime(res.locals.locale, deskIn(res).hours.timeZone);
  return {
    reference: booking.reference,
    when: at.dateAndTime(booking.time.start),
    iso: new Date(booking.time.start).toISOString(),
  };
}

function tokenIn(req: Request): { token: string } {
  return { token: String(req.params.token) };
}

function here(req: Request, news?: string): string {
  return url(paths.manage, tokenIn(req), news ? { [news]: 1 } : {});
}

function backToBooking(req: Request, res: Response) {
  return { href: here(req), text: res.locals.t('booking.back') };
}
