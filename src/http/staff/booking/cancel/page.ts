import type { Response } from 'express';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import type { Page } from '../../../wiring';
import { type BookingAtDesk, changerNow, signedIn } from '../../desk';
import { bodyOf, keyOf, versionOf } from '../../forms';
import { showBooking } from '../overview/showBooking';
import { refusalOf, refusalToChange } from '../refusal';
import { readCancellation } from './form';
import { cancelView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens'>;

/** Cancels a booking: asks for the reason, says who will be told, and does it. */
export function cancelPage(deps: Deps): Page<BookingAtDesk> {
  return {
    async get({ booking, desk }, req, res) {
      const refusal = refusalToChange(booking, changerNow(deps, res), res.locals);
      if (refusal) return showBooking(deps, res, { booking, desk, refusal });
      const { reason = '' } = bodyOf(req);
      const view = cancelView({ booking, desk, reason, key: deps.ids.uuid() }, res.locals);
      res.render('pages/staff/booking/cancel', view);
    },

    async post({ booking, desk }, req, res) {
      const fields = bodyOf(req);
      const read = readCancellation(fields, res.locals);
      if ('wrong' in read) {
        const { reason = '' } = fields;
        const view = cancelView({ booking, desk, reason, wrong: read.wrong, key: deps.ids.uuid() }, res.locals);
        return res.status(422).render('pages/staff/booking/cancel', view);
      }
      const { reason } = read;
      try {
        const idempotency = keyOf(deps, res, { what: `cancel ${booking.id}`, fields });
        const ifVersion = versionOf(fields);
        const who = signedIn(res);
        await deed(res, () => deps.app.cancelBooking({ bookingId: booking.id, reason, who, ifVersion, idempotency }));
        res.redirect(303, url(paths.staffBooking, { id: booking.id }, { done: 'cancelled' }));
      } catch (error) {
        await refuse(deps, res, { error, booking, desk, reason });
      }
    },
  };
}

/** Shows why the booking was not cancelled: asks again about its new state, or shows that it is over. */
async function refuse(
  deps: Deps,
  res: Response,
  { error, booking: { id }, desk, reason }: BookingAtDesk & { error: unknown; reason: string },
): Promise<void> {
  const refusal = refusalOf(error, res.locals.t);
  const booking = await deps.storage.bookings.find(id);
  if (!refusal || !booking) throw error;
  if (refusalToChange(booking, changerNow(deps, res), res.locals))
    return showBooking(deps, res, { booking, desk, refusal });
  const view = cancelView({ booking, desk, reason, refusal: refusal.text, key: deps.ids.uuid() }, res.locals);
  res.status(refusal.status).render('pages/staff/booking/cancel', view);
}
