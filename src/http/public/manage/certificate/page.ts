import { HOUSE_LOCALE, type Reader } from '../../../../presentation/texts';
import type { HttpDeps } from '../../../deps';
import { Elsewhere, type Guard, type Page } from '../../../wiring';
import { behindManageLink, bookingUrl, type ManagedBooking } from '../managedBooking';
import { certificateView } from './view';

/** The guard of the page: only whoever was here is certified. */
export const attendedBooking: Guard<ManagedBooking> = async (req, res) => {
  const managed = await behindManageLink(req, res);
  if (managed instanceof Elsewhere || managed.booking.status === 'completed') return managed;
  return new Elsewhere(bookingUrl(managed));
};

/** Certifies on paper that the client was here, for an employer or an authority: in German, too. */
export function certificatePage({ texts, now }: Pick<HttpDeps, 'texts' | 'now'>): Page<ManagedBooking> {
  const house: Reader = { locale: HOUSE_LOCALE, t: texts.in('client', HOUSE_LOCALE) };
  return {
    get(managed, _req, res) {
      res.render('pages/public/manage/certificate', certificateView(managed, now(), res.locals, house));
    },
  };
}
