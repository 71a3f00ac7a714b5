import type { Screen } from '../../../../app/queue/readQueue';
import type { Page } from '../../../wiring';

/** Browsers load the page again by themselves after so many seconds. */
const RENEWED_AFTER_S = 5;

/** What the screen in the waiting room shows: numbers, and nobody's name. */
export function screenPage(): Page<Screen> {
  return {
    get({ called, waiting }, _req, res) {
      res.set('Refresh', String(RENEWED_AFTER_S));
      res.render('pages/public/waiting/screen', { title: res.locals.t('booking.screen.title'), called, waiting });
    },
  };
}
