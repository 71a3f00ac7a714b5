import { type Request, type Response, Router } from 'express';
import type { Alternatives } from '../../../../app/slots/alternatives';
import { localDate } from '../../../../domain/calendar/zone';
import { isRefusal } from '../../../../domain/errors';
import { CLIENT } from '../../../../domain/staff/caller';
import { paths, url } from '../../../../paths';
import { deskTime } from '../../../../presentation/format';
import { contactView } from '../../../pages/contact';
import { deskIn } from '../../../pages/deskPage';
import { journeyUrl } from '../../journey/journey';
import { bookingIn, can, here, type ManagedDeps, refusedKindly, tokenIn, whenView } from '../managedBooking';
import { YES } from '../restoreOffer';

/**
 * Restores a booking that the client cancelled. A client who comes by the link of a mail has to tick a box first,
 * because mail scanners press buttons as well. Must be mounted after `loadBooking`.
 */
export function restoreBookingRoutes(deps: ManagedDeps): Router {
  const router = Router();
  router.get(paths.restoreBooking, (req, res) => {
    if (can(deps, res, 'restore')) ask(req, res);
    else res.redirect(303, here(req));
  });
  router.post(paths.restoreBooking, async (req, res) => {
    if ((req.body as { again?: unknown } | undefined)?.again !== YES)
      return ask(req, res, { status: 422, error: res.locals.t('booking.restore.againMissing') });
    try {
      await refusedKindly(
        req,
        res,
        () => deps.app.restoreBooking({ bookingId: bookingIn(res).id, who: CLIENT }),
        'restored',
      );
    } catch (error) {
      if (!isRefusal(error, 'slot-unavailable')) throw error;
      ask(req, res, { status: 409, alternatives: error.details.alternatives as Alternatives });
    }
  });
  return router;
}

interface Refused {
  readonly status: number;
  /** The error of the checkbox. */
  readonly error?: string;
  /** Present if the time is taken by now. */
  readonly alternatives?: Alternatives;
}

function ask(req: Request, res: Response, { status, error, alternatives }: Refused = { status: 200 }): void {
  const { t } = res.locals;
  const errors = alternatives
    ? [{ href: '#other-days', text: t('booking.restore.gone') }]
    : error && [{ href: '#again', text: error }];
  res.status(status).render('pages/public/manage/restore', {
    title: t('booking.restore.title'),
    back: here(req),
    when: whenView(res).when,
    form: { method: 'post', action: url(paths.restoreBooking, tokenIn(req)) },
    error,
    errors: errors || undefined,
    gone: alternatives && goneView(res, alternatives),
  });
}

/** A cancelled booking cannot be moved, so the nearest free times lead to a new booking of the same kind. */
function goneView(res: Response, { slots, timeZone }: Alternatives) {
  const { locale } = res.locals;
  const desk = deskIn(res);
  const { topicId, language, mode } = bookingIn(res);
  const kind = { language, topic: desk.topics.find(({ id }) => id === topicId), mode };
  const hrefOf = (date?: string) => journeyUrl(date ? 'time' : 'day', { locale, desk: desk.id }, { ...kind, date });
  return {
    near: slots.map(({ time }) => ({
      href: hrefOf(localDate(time.start, timeZone)),
      text: deskTime(locale, timeZone).dateAndSpan(time),
    })),
    otherDaysHref: hrefOf(),
    contact: contactView(desk),
  };
}
