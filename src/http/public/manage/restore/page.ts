import type { Alternatives } from '../../../../app/slots/alternatives';
import { isRefusal } from '../../../../domain/errors';
import { CLIENT } from '../../../../domain/staff/caller';
import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import { bookingUrl, type ManagedBooking, whereAfter } from '../managedBooking';
import { YES } from '../restoreOffer';
import { restoreView } from './view';

/**
 * Restores a booking that the client cancelled. A client who comes by the link of a mail has to tick a box first,
 * because mail scanners press buttons as well.
 */
export function restorePage({ app }: Pick<HttpDeps, 'app'>): Page<ManagedBooking> {
  return {
    get(managed, _req, res) {
      if (!managed.may.has('restore')) return res.redirect(303, bookingUrl(managed));
      res.render('pages/public/manage/restore', restoreView({ managed }, res.locals));
    },

    async post(managed, req, res) {
      if ((req.body as { again?: unknown } | undefined)?.again !== YES) {
        const view = restoreView({ managed, isUnticked: true }, res.locals);
        return res.status(422).render('pages/public/manage/restore', view);
      }
      try {
        const restore = () => app.restoreBooking({ bookingId: managed.booking.id, who: CLIENT });
        res.redirect(303, await whereAfter(managed, res, restore, 'restored'));
      } catch (error) {
        if (!isRefusal(error, 'slot-unavailable')) throw error;
        const alternatives = error.details.alternatives as Alternatives;
        res.status(409).render('pages/public/manage/restore', restoreView({ managed, alternatives }, res.locals));
      }
    },
  };
}
