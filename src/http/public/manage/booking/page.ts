import { type Request, type Response, Router } from 'express';
import type { Booking } from '../../../../domain/booking/booking';
import { toBring } from '../../../../domain/desk';
import { paths, url } from '../../../../paths';
import { answerRows } from '../../../../presentation/answers';
import type { HttpDeps } from '../../../deps';
import { bookingRows, detailRows, topicOf } from '../../../pages/bookingRows';
import { contactView } from '../../../pages/contact';
import { deskIn } from '../../../pages/deskPage';
import { journeyUrl } from '../../journey/journey';
import { bookingIn, can, type ManagedDeps, NEWS, tokenIn, whenView } from '../managedBooking';
import { restoreOffer } from '../restoreOffer';

type Deps = ManagedDeps & Pick<HttpDeps, 'calendarFile'>;

/** The page of a booking behind its manage link, and its calendar file. Must be mounted after `loadBooking`. */
export function manageBookingRoutes(deps: Deps): Router {
  const router = Router();
  router.get(paths.manage, (req, res) => show(deps, req, res));
  router.get(paths.manageCalendar, (_req, res) => {
    const file = deps.calendarFile(deskIn(res), bookingIn(res));
    res
      .type('text/calendar')
      .attachment(`${bookingIn(res).reference}.ics`)
      .send(file);
  });
  return router;
}

function show(deps: Deps, req: Request, res: Response): void {
  const { locale, t } = res.locals;
  const booking = bookingIn(res);
  const desk = deskIn(res);
  const over = booking.status === 'cancelled' || booking.time.end <= deps.now();
  const said = NEWS.find((kind) => kind in req.query);
  res.render('pages/public/manage/booking', {
    title: t('booking.manage.title'),
    said: said && t(`booking.manage.${said}`),
    state: { kind: stateOf(booking, deps.now()), text: t(`booking.manage.state.${stateOf(booking, deps.now())}`) },
    reference: booking.reference,
    ...whenView(res),
    rows: [
      ...bookingRows(booking, desk, { locale, t }).slice(1),
      ...detailRows(booking, { t }),
      ...answerRows('client', topicOf(booking, desk), booking.answers, { locale, t }),
    ],
    bring: over ? [] : toBring(topicOf(booking, desk), booking.mode, locale),
    moveHref: can(deps, res, 'move') && url(paths.moveBooking, tokenIn(req)),
    cancelHref: can(deps, res, 'cancel') && url(paths.cancelBooking, tokenIn(req)),
    restore: restoreOffer(deps, req, res),
    calendarHref: over ? undefined : url(paths.manageCalendar, tokenIn(req)),
    bookAgainHref: over && journeyUrl('language', { locale, desk: desk.id }, {}),
    contact: contactView(desk),
  });
}

/** Returns the part of the status that the client needs to know. */
function stateOf({ status, time }: Booking, now: number): 'confirmed' | 'cancelled' | 'here' | 'over' {
  if (status === 'cancelled') return 'cancelled';
  if (status === 'checked_in') return 'here';
  return time.end <= now || status === 'completed' || status === 'no_show' ? 'over' : 'confirmed';
}
