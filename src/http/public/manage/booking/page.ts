import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import { type ManagedBooking, NEWS } from '../managedBooking';
import { bookingView } from './view';

/** The booking with everything that its client told, and what can be done with it. */
export function bookingPage({ now }: Pick<HttpDeps, 'now'>): Page<ManagedBooking> {
  return {
    get(managed, req, res) {
      const news = NEWS.find((kind) => kind in req.query);
      res.render('pages/public/manage/booking', bookingView({ managed, news, now: now() }, res.locals));
    },
  };
}
