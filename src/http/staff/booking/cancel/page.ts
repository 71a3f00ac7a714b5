import type { Response } from 'express';
import type { Booking } from '../../../../domain/booking/booking';
import type { Desk } from '../../../../domain/desk';
import { assetUrl, paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import type { Page } from '../../../wiring';
import { type BookingAtDesk, changerNow, signedIn } from '../../desk';
import { bodyOf, carried, type FormError, keyOf, reasonError, versionOf } from '../../forms';
import { wordsOf } from '../../words';
import { bookingHead, noticeOf } from '../head';
import { refusalOf, refusalToChange } from '../refusal';
import { showBooking } from '../showBooking';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens'>;

/** Cancels a booking: asks for the reason, says who will be told, and does it. */
export function cancelPage(deps: Deps): Page<BookingAtDesk> {
  return {
    async get({ booking, desk }, req, res) {
      const refusal = refusalToChange(booking, changerNow(deps, res), res.locals);
      if (refusal) return showBooking(deps, res, { booking, desk, refusal });
      res.render('pages/staff/booking/cancel', view(deps, res, { booking, desk, reason: bodyOf(req).reason ?? '' }));
    },

    async post({ booking, desk }, req, res) {
      const fields = bodyOf(req);
      const reason = fields.reason ?? '';
      const text = reason === '' ? res.locals.t('staff.reason.missing') : reasonError(reason, res.locals);
      if (text !== undefined) {
        const errors: FormError[] = [{ href: '#reason', text }];
        const page = { ...view(deps, res, { booking, desk, reason }), errors, reasonError: text };
        return res.status(422).render('pages/staff/booking/cancel', page);
      }
      try {
        const idempotency = keyOf(deps, res, { what: `cancel ${booking.id}`, fields });
        const ifVersion = versionOf(fields);
        const who = signedIn(res);
        await deed(res, () => deps.app.cancelBooking({ bookingId: booking.id, reason, who, ifVersion, idempotency }));
        res.redirect(303, url(paths.staffBooking, { id: booking.id }, { done: 'cancelled' }));
      } catch (error) {
        await refuse(deps, res, { error, bookingId: booking.id, desk, reason });
      }
    },
  };
}

/** Shows why the booking was not cancelled: asks again about its new state, or shows that it is over. */
async function refuse(
  deps: Deps,
  res: Response,
  { error, bookingId, desk, reason }: { error: unknown; bookingId: string; desk: Desk; reason: string },
): Promise<void> {
  const refusal = refusalOf(error, res.locals.t);
  const booking = await deps.storage.bookings.find(bookingId);
  if (!refusal || !booking) throw error;
  if (refusalToChange(booking, changerNow(deps, res), res.locals))
    return showBooking(deps, res, { booking, desk, refusal });
  const page = { ...view(deps, res, { booking, desk, reason }), refusal: refusal.text };
  res.status(refusal.status).render('pages/staff/booking/cancel', page);
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
    typedForm: 'cancel',
    hasMail: booking.client.email !== null,
    submit: reader.t(booking.client.email === null ? 'staff.cancel.submit' : 'staff.cancel.submitMail'),
    styles: [assetUrl('staff.css')],
  };
}
