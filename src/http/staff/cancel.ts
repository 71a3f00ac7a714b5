import { type Response, Router } from 'express';
import { assertChangeable, type Booking } from '../../domain/booking/booking';
import type { Desk } from '../../domain/desk';
import { reason as reasonField } from '../api/schemas/fields';
import type { HttpDeps } from '../deps';
import { requireCsrfToken } from '../middleware/csrf';
import { paths, url } from '../paths';
import { refusalOf } from './attendance';
import { showBooking } from './booking';
import { bookingHead, noticeOf } from './bookingView';
import { bodyOf, carried, type FormError, keyOf, versionOf } from './form';
import { actorOf, enterToChange } from './page';
import { wordsOf } from './words';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens'>;

/** Call a booking off: ask why, say who will be told, do it. */
export function cancelRoutes(deps: Deps): Router {
  const router = Router();

  router.get(paths.staffCancel, async (req, res) => {
    const { booking, desk } = await enterToChange(deps, res, String(req.params.id));
    const refusal = refusalToChange(deps, res, booking);
    if (refusal) return showBooking(deps, res, { booking, desk, refusal });
    res.render('pages/staff/cancel', view(deps, res, { booking, desk, reason: '' }));
  });

  router.post(paths.staffCancel, requireCsrfToken, async (req, res) => {
    const { booking, desk } = await enterToChange(deps, res, String(req.params.id));
    const fields = bodyOf(req);
    const reason = fields.reason ?? '';
    const again = (current: Booking, status: number, problem: { errors?: FormError[]; refusal?: string }) =>
      res.status(status).render('pages/staff/cancel', {
        ...view(deps, res, { booking: current, desk, reason }),
        ...problem,
        reasonError: problem.errors?.[0]?.text,
      });

    const { t } = res.locals;
    if (reason === '' || !reasonField.safeParse(reason).success)
      return again(booking, 422, {
        errors: [{ href: '#reason', text: t(`staff.cancel.${reason ? 'reasonTooLong' : 'reasonMissing'}`) }],
      });
    try {
      const idempotency = keyOf(deps, res, { what: `cancel ${booking.id}`, fields });
      await deps.app.cancelBooking({
        bookingId: booking.id,
        reason,
        by: actorOf(res),
        ifVersion: versionOf(fields),
        idempotency,
      });
      res.redirect(303, url(paths.staffBooking, { id: booking.id }, { done: 'cancelled' }));
    } catch (error) {
      const refusal = refusalOf(error, t);
      const current = await deps.storage.bookings.find(booking.id);
      if (!refusal || !current) throw error;
      if (refusalToChange(deps, res, current)) return showBooking(deps, res, { booking: current, desk, refusal });
      again(current, refusal.status, { refusal: refusal.text });
    }
  });
  return router;
}

/** Why neither moving nor cancelling is possible any more, or undefined. */
export function refusalToChange({ now }: Pick<Deps, 'now'>, res: Response, booking: Booking) {
  try {
    assertChangeable(booking, { by: actorOf(res), now: now() });
    return undefined;
  } catch (error) {
    return refusalOf(error, res.locals.t);
  }
}

function view(
  { ids }: Pick<Deps, 'ids'>,
  res: Response,
  { booking, desk, reason }: { booking: Booking; desk: Desk; reason: string },
) {
  const reader = res.locals;
  return {
    ...bookingHead({ desk, booking }, reader),
    title: reader.t('staff.cancel.title'),
    action: url(paths.staffCancel, { id: booking.id }),
    hidden: carried({ version: String(booking.version), key: ids.uuid() }, ['version', 'key']),
    reason,
    notice: noticeOf(booking, wordsOf(desk, reader), reader),
    hasMail: booking.client.email !== null,
    submit: reader.t(booking.client.email === null ? 'staff.cancel.submit' : 'staff.cancel.submitMail'),
    styles: ['/assets/staff.css'],
  };
}
