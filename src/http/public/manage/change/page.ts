import type { Response } from 'express';
import { isRefusal } from '../../../../domain/errors';
import { CLIENT } from '../../../../domain/staff/caller';
import type { HttpDeps } from '../../../deps';
import { topicOf } from '../../../pages/bookingRows';
import { limitText } from '../../../pages/limitText';
import { tooManyRequests } from '../../../waiting';
import type { Page } from '../../../wiring';
import { type ManagedBooking, whereAfter } from '../managedBooking';
import { readCorrection, typedIn, typedOf } from './form';
import { changeView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'now'>;

/** Changes what the client told: addresses, how many come, note, answers, needs, and the mode. */
export function changePage({ app, now }: Deps): Page<ManagedBooking> {
  const show = (res: Response, given: Parameters<typeof changeView>[0]) =>
    res.render('pages/public/manage/change', changeView(given, res.locals));
  return {
    get(managed, req, res) {
      const sent = typedIn(req.body);
      show(res, { managed, typed: Object.keys(sent).length > 0 ? sent : typedOf(managed) });
    },

    async post(managed, req, res) {
      const { booking, desk } = managed;
      const typed = typedIn(req.body);
      const read = readCorrection(typed, managed, topicOf(booking, desk));
      if ('wrong' in read) {
        res.status(422);
        return show(res, { managed, typed, ...read });
      }
      const request = {
        ...{ bookingId: booking.id, correction: read.correction, who: CLIENT },
        ifVersion: Number(typed.version ?? booking.version),
      };
      const { t } = res.locals;
      const refuse = (refused: string) => show(res, { managed, typed, refused });
      try {
        res.redirect(303, await whereAfter(managed, res, () => app.correctBooking(request), 'corrected'));
      } catch (error) {
        if (isRefusal(error, 'too-many-requests')) {
          tooManyRequests(res, error);
          return refuse(limitText({ desk, error, now: now() }, res.locals));
        }
        if (isRefusal(error, 'slot-unavailable')) {
          res.status(409);
          return refuse(t('booking.change.noRoom'));
        }
        if (!isRefusal(error, 'version-moved-on')) throw error;
        res.status(412);
        refuse(t('booking.change.movedOn'));
      }
    },
  };
}
