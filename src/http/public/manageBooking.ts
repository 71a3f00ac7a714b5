import { type Request, type Response, Router } from 'express';
import type { Booking } from '../../domain/booking/booking';
import * as fields from '../api/schemas/fields';
import type { HttpDeps } from '../deps';
import { noStore } from '../middleware/securityHeaders';
import { paths, url } from '../paths';
import { bookingRows, bringList, detailRows } from './bookingRows';
import { contactView } from './contact';
import { deskIn } from './deskPage';
import { journeyUrl } from './journey';
import {
  bookingIn,
  CLIENT,
  can,
  here,
  loadBooking,
  type ManagedDeps,
  NEWS,
  refusedKindly,
  tokenIn,
  whenView,
} from './managedBooking';
import { moveBookingRoutes } from './moveBooking';

type Deps = ManagedDeps & Pick<HttpDeps, 'calendarFile'>;

/** Far beyond what the field allows. */
const LONGEST_SHOWN = 2_000;

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

  router.use(moveBookingRoutes(deps));

  router.get(paths.cancelBooking, (req, res) => {
    if (can(deps, res, 'cancel')) askReason(req, res);
    else res.redirect(303, here(req));
  });
  router.post(paths.cancelBooking, async (req, res) => {
    const typed = (req.body as { reason?: unknown } | undefined)?.reason ?? '';
    const { success, data: reason } = fields.reason.safeParse(typed);
    if (!success) return askReason(req, res, String(typed).slice(0, LONGEST_SHOWN));
    await refusedKindly(
      req,
      res,
      () => deps.app.cancelBooking({ bookingId: bookingIn(res).id, reason: reason || null, by: CLIENT }),
      'cancelled',
    );
  });
  return router;
}

/** "Really?" @param refused a reason that cannot be taken */
function askReason(req: Request, res: Response, refused?: string): void {
  const { t } = res.locals;
  const error = refused === undefined ? undefined : t('booking.cancel.reasonWrong');
  res.status(error ? 422 : 200).render('pages/public/cancelBooking', {
    title: t('booking.cancel.title'),
    back: here(req),
    when: whenView(res).when,
    form: { method: 'post', action: url(paths.cancelBooking, tokenIn(req)) },
    reason: { value: refused, error },
    errors: error ? [{ href: '#reason', text: error }] : undefined,
  });
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

/** What the client needs to know of the status. */
function stateOf({ status, time }: Booking, now: number): 'confirmed' | 'cancelled' | 'here' | 'over' {
  if (status === 'cancelled') return 'cancelled';
  if (status === 'checked_in') return 'here';
  return time.end <= now || status === 'completed' || status === 'no_show' ? 'over' : 'confirmed';
}
