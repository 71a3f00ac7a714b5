import { type Request, type Response, Router } from 'express';
import { parseReference } from '../../domain/booking/reference';
import { reachOf } from '../../presentation/reach';
import type { HttpDeps } from '../deps';
import { requireCsrfToken } from '../middleware/csrf';
import { paths, url } from '../paths';
import { bodyOf, queryOf } from './form';
import { bookingLine } from './line';
import { enterDesk } from './page';
import { wordsOf } from './words';

type Deps = Pick<HttpDeps, 'storage'>;

const PAGE = 20;
/** Longer than any name and address; what is longer finds nothing and costs time. */
const LONGEST = 200;

/**
 * Find a booking by name, reference or mail address in one field. Accents, case and script do not matter.
 *
 * What is searched for is somebody's name: it is sent as a form and kept in the session, so that it stands in no address,
 * browser history or log, and "back" still leads to what was found.
 */
export function searchRoutes(deps: Deps): Router {
  const router = Router();
  router.get(paths.staffBookings, (req, res) => show(deps, req, res));
  router.post(paths.staffBookings, requireCsrfToken, async (req, res) => {
    const desk = await enterDesk(deps, res, String(req.params.desk), 'bookings');
    const typed = (bodyOf(req).q ?? '').slice(0, LONGEST);
    const { session } = res.locals;
    if (session) await deps.storage.atomically(({ staff }) => staff.rememberSearch(session.idHash, typed));
    res.redirect(303, url(paths.staffBookings, { desk: desk.id }));
  });
  return router;
}

async function show(deps: Deps, req: Request, res: Response): Promise<void> {
  const desk = await enterDesk(deps, res, String(req.params.desk), 'bookings');
  const { cursor } = queryOf(req);
  const typed = res.locals.session?.search ?? '';
  // A reference is found however it was typed: with any dash or blank, or none.
  const text = parseReference(typed) ?? typed;
  const page = typed ? await deps.storage.bookings.search({ deskId: desk.id, text, cursor, limit: PAGE }) : null;
  const words = wordsOf(desk, res.locals);
  const here = url(paths.staffBookings, { desk: desk.id });
  res.render('pages/staff/search', {
    title: res.locals.t('staff.search.title'),
    action: here,
    newHref: url(paths.staffNewBooking, { desk: desk.id }),
    q: typed,
    searched: page !== null,
    isLater: Boolean(cursor),
    found: page?.bookings.map((booking) => ({
      ...bookingLine(booking, desk, { words }),
      date: words.time.date(booking.time.start),
      email: reachOf(booking.client).email,
    })),
    nextHref: page?.next && url(paths.staffBookings, { desk: desk.id }, { cursor: page.next }),
    firstHref: here,
    styles: ['/assets/staff.css'],
  });
}
