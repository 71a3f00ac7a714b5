import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import { type ManagedBooking, NEWS } from '../managedBooking';
import { overviewView } from './view';

/** The booking with everything that its client told, and what can be done with it. */
export function overviewPage({ now }: Pick<HttpDeps, 'now'>): Page<ManagedBooking> {
  return {
    get(managed, req, res) {
      const news = NEWS.find((kind) => kind in req.query);
      res.render('pages/public/manage/overview', overviewView({ managed, news, now: now() }, res.locals));
    },
  };
}
