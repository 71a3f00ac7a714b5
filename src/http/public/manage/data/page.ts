import { isRefusal } from '../../../../domain/errors';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import type { Page } from '../../../wiring';
import type { ManagedBooking } from '../managedBooking';
import { YES } from '../restoreOffer';
import { dataView } from './view';

/** Gives the client all that is stored of them, and erases it, after a tick. */
export function dataPage({ app }: Pick<HttpDeps, 'app'>): Page<ManagedBooking> {
  return {
    get(managed, _req, res) {
      res.render('pages/public/manage/data', dataView({ managed }, res.locals));
    },

    async post(managed, req, res) {
      const refuse = (error: string) => {
        const view = dataView({ managed, error }, res.locals);
        res.status(422).render('pages/public/manage/data', view);
      };
      if ((req.body as { erase?: unknown } | undefined)?.erase !== YES)
        return refuse(res.locals.t('booking.data.tickMissing'));
      try {
        await deed(res, () => app.eraseBooking(managed.booking.id));
      } catch (error) {
        if (!isRefusal(error, 'booking-not-changeable')) throw error;
        return refuse(res.locals.t('booking.data.later'));
      }
      // The link leads nowhere from now on.
      res.redirect(303, url(paths.start, { locale: res.locals.locale, desk: managed.desk.id }, { erased: 1 }));
    },
  };
}
