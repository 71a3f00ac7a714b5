import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import type { BookingAtDesk } from '../../desk';
import { queryOf } from '../../forms';
import { stepsView } from './view';

/** The sheet for the client with what was agreed on, in their language and in German. */
export function stepsPage({ texts, baseUrl }: Pick<HttpDeps, 'texts' | 'baseUrl'>): Page<BookingAtDesk> {
  return {
    get({ booking, desk }, req, res) {
      const { done } = queryOf(req);
      res.render('pages/staff/booking/steps', stepsView({ booking, desk, done, texts, baseUrl }, res.locals));
    },
  };
}
