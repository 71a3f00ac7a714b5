import type { Response } from 'express';
import { CLIENT } from '../../../../domain/staff/caller';
import { HOUSE_LOCALE } from '../../../../presentation/texts';
import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import { bookingUrl, type ManagedBooking, whereAfter } from '../managedBooking';
import { readWhy, type TypedWhy, typedWhy, type WrongWhy } from './form';
import { cancelView } from './view';

/** Cancels a booking: asks for confirmation and the reason. */
export function cancelPage({ app, texts }: Pick<HttpDeps, 'app' | 'texts'>): Page<ManagedBooking> {
  return {
    get(managed, req, res) {
      if (!managed.may.has('cancel')) return res.redirect(303, bookingUrl(managed));
      show(managed, res, typedWhy(req.body));
    },

    async post(managed, req, res) {
      const typed = typedWhy(req.body);
      const read = readWhy(typed, texts.in('client', HOUSE_LOCALE));
      if ('wrong' in read) return show(managed, res, typed, read.wrong);
      const { id: bookingId } = managed.booking;
      const cancel = () => app.cancelBooking({ bookingId, reason: read.reason, who: CLIENT });
      res.redirect(303, await whereAfter(managed, res, cancel, 'cancelled'));
    },
  };
}

function show(managed: ManagedBooking, res: Response, typed: TypedWhy, wrong: readonly WrongWhy[] = []): void {
  const view = cancelView({ managed, typed, wrong }, res.locals);
  res.status(wrong.length > 0 ? 422 : 200).render('pages/public/manage/cancel', view);
}
