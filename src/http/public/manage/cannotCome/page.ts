import { CLIENT } from '../../../../domain/staff/caller';
import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import { bookingUrl, type ManagedBooking, whereAfter } from '../managedBooking';
import { cannotComeView } from './view';

/**
 * Gives an appointment back, by one press on the page to which a reminder leads. The page after it takes that back by one
 * press as well.
 */
export function cannotComePage({ app }: Pick<HttpDeps, 'app'>): Page<ManagedBooking> {
  return {
    get(managed, _req, res) {
      if (!managed.may.has('cancel')) return res.redirect(303, bookingUrl(managed));
      res.render('pages/public/manage/cannotCome', cannotComeView(managed, res.locals));
    },

    async post(managed, _req, res) {
      const giveBack = () => app.cancelBooking({ bookingId: managed.booking.id, reason: null, who: CLIENT });
      res.redirect(303, await whereAfter(managed, res, giveBack, 'cancelled'));
    },
  };
}
