import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import { bookingUrl, type ManagedBooking, whereAfter } from '../managedBooking';

/** Notes that the client comes, though their calendar has declined, as they say with one press. */
export function keepPage({ app }: Pick<HttpDeps, 'app'>): Page<ManagedBooking> {
  return {
    get(managed, _req, res) {
      res.redirect(303, bookingUrl(managed));
    },

    async post(managed, _req, res) {
      res.redirect(303, await whereAfter(managed, res, () => app.keepBooking(managed.booking.id), 'kept'));
    },
  };
}
