import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Alternatives } from '../../app/booking/alternatives';
import { wishToMove } from '../../app/booking/moveBooking';
import { type Booking, possibleActions } from '../../domain/booking/booking';
import { localDate } from '../../domain/calendar/zone';
import { DomainError, isRefusal } from '../../domain/errors';
import { deskTime } from '../../presentation/format';
import { localeFor } from '../../presentation/texts';
import type { HttpDeps } from '../deps';
import { speak, wasAsked } from '../middleware/locale';
import { noStore } from '../middleware/securityHeaders';
import { paths, url } from '../paths';
import { bookingRows, bringList, detailRows } from './bookingRows';
import { pageOf, readStart } from './chooseTime';
import { contactView } from './contact';
import { deskIn, standInFrame } from './deskPage';
import { journeyUrl } from './journey';
import { slotDays, slotList, weeksOf } from './slotDays';

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

  router.get(paths.moveBooking, (req, res) => askWhen(deps, req, res));
  router.post(paths.moveBooking, (req, res) => moveIt(deps, req, res));

  router.get(paths.cancelBooking, (req, res) => {
    if (!can(deps, res, 'cancel')) return res.redirect(303, here(req));
    const { t } = res.locals;
    res.render('pages/public/cancelBooking', {
      title: t('booking.cancel.title'),
      back: here(req),
      when: whenView(res).when,
      form: { method: 'post', action: url(paths.cancelBooking, tokenIn(req)) },
      reason: {},
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
  const over = booking.status === 'cancelled' || booking.time.end <= deps.now();
  const said = NEWS.find((kind) => kind in req.query);
  res.render('pages/public/manage', {
    title: t('booking.manage.title'),
    said: said && t(`booking.manage.${said}`),
    state: { kind: stateOf(booking, deps.now()), text: t(`booking.manage.state.${stateOf(booking, deps.now())}`) },
    reference: booking.reference,
    ...whenView(res),
    rows: [...bookingRows(booking, desk, { locale, t }).slice(1), ...detailRows(booking, { t })],
    bring: over ? [] : bringList(desk, booking.topicId, locale),
    moveHref: can(deps, res, 'move') && url(paths.moveBooking, tokenIn(req)),
    cancelHref: can(deps, res, 'cancel') && url(paths.cancelBooking, tokenIn(req)),
    calendarHref: over ? undefined : url(paths.manageCalendar, tokenIn(req)),
    bookAgainHref: over && journeyUrl('language', { locale, desk: desk.id }, {}),
    contact: contactView(desk),
  });
}

const NEWS = ['moved', 'cancelled', 'unchanged'] as const;

/** What the client needs to know of the status. */
function stateOf({ status, time }: Booking, now: number): 'confirmed' | 'cancelled' | 'here' | 'over' {
  if (status === 'cancelled') return 'cancelled';
  if (status === 'checked_in') return 'here';
  return time.end <= now || status === 'completed' || status === 'no_show' ? 'over' : 'confirmed';
}

interface Mishap {
  readonly status: number;
  readonly errors: readonly { href: string; text: string }[];
  readonly alternatives?: Alternatives;
}

/** First the day, then the time; a time that has just gone is followed by what is near it. */
async function askWhen(deps: Deps, req: Request, res: Response, mishap?: Mishap): Promise<void> {
  if (!can(deps, res, 'move')) return res.redirect(303, here(req, 'unchanged'));
  const reader = { locale: res.locals.locale, t: res.locals.t };
  const booking = bookingIn(res);
  const zone = deskIn(res).hours.timeZone;
  const { slots } = await deps.app.findSlots({
    deskId: booking.deskId,
    wish: wishToMove(booking),
    audience: 'client',
    except: booking.id,
  });
  const others = slots.filter(({ time }) => time.start !== booking.time.start);
  const days = slotDays(others, zone, reader).map((day) => ({
    ...day,
    href: url(paths.moveBooking, tokenIn(req), { date: day.date }),
  }));
  const asked = String(
    (req.method === 'POST' ? (req.body as { date?: unknown } | undefined)?.date : req.query.date) ?? '',
  );
  const day = days.find(({ date }) => date === asked);
  const near = mishap?.alternatives && [
    { name: reader.t('booking.gone.nearest'), times: slotList(mishap.alternatives.slots, zone, reader) },
  ];
  const link = (to: (typeof days)[number] | undefined) => to && { href: to.href, name: to.name };
  const page = pageOf(days, req.query.from, (from) => url(paths.moveBooking, tokenIn(req), { from }));
  res.status(mishap?.status ?? 200).render('pages/public/moveBooking', {
    title: reader.t('booking.move.title'),
    back: near || day ? url(paths.moveBooking, tokenIn(req)) : here(req),
    keepHref: here(req),
    now: whenView(res).when,
    zone: whenView(res).zone,
    errors: mishap?.errors,
    error: mishap?.errors[0]?.text,
    none: days.length === 0 && reader.t('booking.move.none'),
    form: {
      method: 'post',
      action: url(paths.moveBooking, tokenIn(req)),
      hidden: day ? [{ name: 'date', value: day.date }] : [],
    },
    day: near ? undefined : day?.name,
    count: near ? undefined : day?.count,
    groups: near ?? day?.groups,
    previous: day && link(days.filter(({ date }) => date < day.date).at(-1)),
    next: day && link(days.find(({ date }) => date > day.date)),
    weeks: weeksOf(page.days, localDate(deps.now(), zone), reader),
    laterHref: page.laterHref,
    earlierHref: page.earlierHref,
  });
}

async function moveIt(deps: Deps, req: Request, res: Response): Promise<void> {
  const start = readStart(req.body);
  const { t } = res.locals;
  if (start === undefined)
    return askWhen(deps, req, res, { status: 422, errors: [{ href: '#start-1', text: t('booking.time.missing') }] });
  try {
    await refusedKindly(
      req,
      res,
      () => deps.app.moveBooking({ bookingId: bookingIn(res).id, start, by: CLIENT }),
      'moved',
    );
  } catch (error) {
    if (!isRefusal(error, 'slot-unavailable')) throw error;
    const errors = [{ href: '#start-1', text: t('booking.move.gone') }];
    await askWhen(deps, req, res, { status: 409, errors, alternatives: error.details.alternatives as Alternatives });
  }
}

/** Does it and shows the booking; if it cannot be changed any more, shows it as it is and says so. */
async function refusedKindly(
  req: Request,
  res: Response,
  work: () => Promise<unknown>,
  news: 'moved' | 'cancelled',
): Promise<void> {
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

function whenView(res: Response) {
  const { time } = bookingIn(res);
  const { timeZone } = deskIn(res).hours;
  const at = deskTime(res.locals.locale, timeZone);
  return { when: at.dateAndTime(time.start), zone: `${at.zoneName(time.start)} (${timeZone})` };
}

function tokenIn(req: Request): { token: string } {
  return { token: String(req.params.token) };
}

function here(req: Request, news?: (typeof NEWS)[number]): string {
  return url(paths.manage, tokenIn(req), news ? { [news]: 1 } : {});
}
