import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import { type ManagedBooking, NEWS } from '../managedBooking';
import { overviewView } from './view';

/** The booking with everything that its client told, and what can be done with it. */
export function overviewPage({ storage, now }: Pick<HttpDeps, 'storage' | 'now'>): Page<ManagedBooking> {
  return {
    async get(managed, req, res) {
      const news = NEWS.find((kind) => kind in req.query);
      const question = await storage.plans.question(managed.booking.id);
      res.render('pages/public/manage/overview', overviewView({ managed, news, question, now: now() }, res.locals));
    },
  };
}
