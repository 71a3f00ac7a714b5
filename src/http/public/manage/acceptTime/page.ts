import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import { bookingUrl, type ManagedBooking, whereAfter } from '../managedBooking';

/** Notes that the time to which the desk moved the booking fits, as the client says with one press. */
export function acceptTimePage({ app }: Pick<HttpDeps, 'app'>): Page<ManagedBooking> {
  return {
    get(managed, _req, res) {
      res.redirect(303, bookingUrl(managed));
    },

    async post(managed, _req, res) {
      res.redirect(303, await whereAfter(managed, res, () => app.acceptTime(managed.booking.id), 'accepted'));
    },
  };
}
