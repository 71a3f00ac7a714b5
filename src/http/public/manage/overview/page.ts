import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import { type ManagedBooking, NEWS } from '../managedBooking';
import { overviewView } from './view';

type Deps = Pick<HttpDeps, 'storage' | 'now' | 'calendarEntry'>;

/** The booking with everything that its client told, and what can be done with it. */
export function overviewPage({ storage, now, calendarEntry }: Deps): Page<ManagedBooking> {
  return {
    async get(managed, req, res) {
      const news = NEWS.find((kind) => kind in req.query);
      const question = await storage.plans.question(managed.booking.id);
      const isDeclined = await storage.tasks.isOpen(managed.booking.id, 'declined');
      const entry = calendarEntry(managed.desk, managed.booking);
      const view = overviewView({ managed, news, question, isDeclined, now: now(), entry }, res.locals);
      res.render('pages/public/manage/overview', view);
    },
  };
}
