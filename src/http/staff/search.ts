import { Router } from 'express';
import { parseReference } from '../../domain/booking/reference';
import type { HttpDeps } from '../deps';
import { paths, url } from '../paths';
import { queryOf } from './form';
import { bookingLine } from './line';
import { enterDesk } from './page';
import { wordsOf } from './words';

const PAGE = 20;
/** Longer than any name and address; what is longer finds nothing and costs time. */
const LONGEST = 200;

/** Find a booking by name, reference or mail address in one field. Accents, case and script do not matter. */
export function searchRoutes({ storage }: Pick<HttpDeps, 'storage'>): Router {
  const router = Router();

  router.get(paths.staffBookings, async (req, res) => {
    const desk = await enterDesk({ storage }, res, String(req.params.desk), 'bookings');
    const { q = '', cursor } = queryOf(req);
    const typed = q.slice(0, LONGEST);
    // A reference is found however it was typed: with any dash or blank, or none.
    const text = parseReference(typed) ?? typed;
    const page = typed ? await storage.bookings.search({ deskId: desk.id, text, cursor, limit: PAGE }) : null;
    const words = wordsOf(desk, res.locals);
    res.render('pages/staff/search', {
      title: res.locals.t(typed ? 'staff.search.titleFor' : 'staff.search.title', { q: typed }),
      action: url(paths.staffBookings, { desk: desk.id }),
      newHref: url(paths.staffNewBooking, { desk: desk.id }),
      q: typed,
      searched: page !== null,
      isLater: Boolean(cursor),
      found: page?.bookings.map((booking) => ({
        ...bookingLine(booking, desk, { words }),
        date: words.time.date(booking.time.start),
        email: booking.client.email,
      })),
      nextHref: page?.next && url(paths.staffBookings, { desk: desk.id }, { q: typed, cursor: page.next }),
      firstHref: url(paths.staffBookings, { desk: desk.id }, { q: typed }),
      styles: ['/assets/staff.css'],
    });
  });
  return router;
}
