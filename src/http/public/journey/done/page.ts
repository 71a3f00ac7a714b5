import type { Booking } from '../../../../domain/booking/booking';
import type { Desk } from '../../../../domain/desk';
import { paths, url } from '../../../../paths';
import { HOUSE_LOCALE, type Reader } from '../../../../presentation/texts';
import type { HttpDeps } from '../../../deps';
import { deskIn } from '../../../pages/deskPage';
import { Elsewhere, type Guard, type Page } from '../../../wiring';
import { holderOf } from '../holder';
import { doneView } from './view';

type Deps = Pick<HttpDeps, 'tokens' | 'texts' | 'calendarEntry' | 'baseUrl'>;

/** The booking that a browser has just made. */
interface BookedHere {
  readonly booking: Booking;
  readonly desk: Desk;
}

/** The guard of the page: a browser that has made no booking at the desk belongs on its start page. */
export function bookedHere(deps: Pick<HttpDeps, 'storage' | 'tokens' | 'baseUrl'>): Guard<BookedHere> {
  return async (req, res) => {
    const desk = deskIn(res);
    const holder = holderOf(deps, req);
    const booking = holder === undefined ? undefined : await deps.storage.bookings.findBookingOf(holder);
    if (booking?.deskId === desk.id) return { booking, desk };
    return new Elsewhere(url(paths.start, { locale: res.locals.locale, desk: desk.id }));
  };
}

/** Shows the booking that this browser has just made, and what comes next. */
export function donePage({ tokens, texts, calendarEntry, baseUrl }: Deps): Page<BookedHere> {
  const house: Reader = { locale: HOUSE_LOCALE, t: texts.in('client', HOUSE_LOCALE) };
  return {
    get({ booking, desk }, _req, res) {
      const token = tokens.tokenFor(booking.id);
      const entry = calendarEntry(desk, booking);
      const view = doneView({ booking, desk, token, baseUrl, entry }, res.locals, house);
      res.render('pages/public/journey/done', view);
    },
  };
}
