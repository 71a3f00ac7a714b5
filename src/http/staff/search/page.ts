import { type Request, type Response, Router } from 'express';
import type { Booking } from '../../../domain/booking/booking';
import { foundBy } from '../../../domain/booking/searchText';
import { dayInterval, localDate } from '../../../domain/calendar/zone';
import { isRefusal } from '../../../domain/errors';
import { phoneEnding } from '../../../fields/phone';
import { assetUrl, paths, url } from '../../../paths';
import { reachOf } from '../../../presentation/reach';
import type { Translate } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { enterDesk } from '../desk';
import { bodyOf, queryOf } from '../forms';
import { bookingLine } from '../line';
import { wordsOf } from '../words';

type Deps = Pick<HttpDeps, 'storage' | 'tokens' | 'now'>;

const PAGE = 20;
/** Longer than any name and address; what is longer finds nothing and costs time. */
const MAX_QUERY_LENGTH = 200;

/**
 * Find a booking by name, phone, reference or mail address in one field. Accents, case, script and usual spellings do not matter.
 *
 * What is searched for is somebody's name: it is sent as a form and kept in the session, so that it stands in no address,
 * browser history or log, and "back" still leads to what was found. The address of what was found says only which search it was:
 * whoever opens the page anew has an empty one, and what the caller before was asked for is forgotten.
 */
export function searchRoutes(deps: Deps): Router {
  const router = Router();
  router.get(paths.staffBookings, (req, res) => show(deps, req, res));
  router.post(paths.staffBookings, async (req, res) => {
    const desk = await enterDesk(deps, res, String(req.params.desk), 'bookings');
    const typed = (bodyOf(req).q ?? '').slice(0, MAX_QUERY_LENGTH);
    const { session } = res.locals;
    if (session) await deps.storage.atomically(({ staff }) => staff.rememberSearch(session.idHash, typed));
    res.redirect(303, url(paths.staffBookings, { desk: desk.id }, { search: typed && searchId(deps, res, typed) }));
  });
  return router;
}

async function show(deps: Deps, req: Request, res: Response): Promise<void> {
  const desk = await enterDesk(deps, res, String(req.params.desk), 'bookings');
  const { cursor, search } = queryOf(req);
  const typed = await typedFor(deps, res, search);
  const nearestTo = dayInterval(localDate(deps.now(), desk.hours.timeZone), desk.hours.timeZone).start;
  const page = typed
    ? await deps.storage.bookings.search({ deskId: desk.id, text: typed, nearestTo, cursor, limit: PAGE })
    : null;
  const { t } = res.locals;
  const words = wordsOf(desk, res.locals);
  const action = url(paths.staffBookings, { desk: desk.id });
  res.render('pages/staff/search', {
    title: t('staff.search.title'),
    action,
    newHref: url(paths.staffNewBooking, { desk: desk.id }),
    q: bodyOf(req).q ?? typed,
    typedForm: 'search',
    searched: page !== null,
    isLater: Boolean(cursor),
    found: page?.bookings.map((booking) => ({
      ...bookingLine(booking, desk, { words }),
      date: words.time.date(booking.time.start),
      email: reachOf(booking.client).email,
      foundBy: reasonsFor(booking, typed, t),
    })),
    nextHref: page?.next && url(paths.staffBookings, { desk: desk.id }, { search, cursor: page.next }),
    firstHref: url(paths.staffBookings, { desk: desk.id }, { search }),
    styles: [assetUrl('staff.css')],
  });
}

/** What was typed, for the page that shows what it found; for any other it is forgotten. */
async function typedFor(deps: Deps, res: Response, search: string | undefined): Promise<string> {
  const { session } = res.locals;
  const typed = session?.search;
  if (!session || !typed) return '';
  if (search === searchId(deps, res, typed)) return typed;
  if (!search) await forget(deps, session.idHash);
  return '';
}

/** The page can be read while nothing can be written; then the next search overwrites it. */
async function forget({ storage }: Deps, idHash: string): Promise<void> {
  try {
    await storage.atomically(({ staff }) => staff.rememberSearch(idHash, null));
  } catch (error) {
    if (!isRefusal(error, 'unavailable')) throw error;
  }
}

/** Tells one search of a session from its others, and nobody what it was: the session's secret is in it. */
function searchId({ tokens }: Deps, res: Response, typed: string): string {
  return tokens.hash(`search ${res.locals.session?.csrf} ${typed}`).slice(0, 16);
}

function reasonsFor(booking: Booking, typed: string, t: Translate): string {
  const { phone } = reachOf(booking.client);
  const ending = phoneEnding(typed);
  const whom = [booking.onBehalfOf?.name, booking.onBehalfOf?.organisation].filter(Boolean).join(', ');
  return foundBy(booking, typed)
    .map((by) => {
      if (by === 'phone')
        return ending ? t('staff.search.by.phoneEnding', { ending }) : t('staff.search.by.phone', { phone });
      return t(`staff.search.by.${by}`, { whom });
    })
    .join(', ');
}
