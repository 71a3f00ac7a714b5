import type { Response } from 'express';
import { dayInterval, localDate } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, queryOf } from '../forms';
import { searchView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'now'>;

const BOOKINGS_PER_PAGE = 20;
/** Longer than any name or address; a longer text finds nothing and costs time. */
const MAX_QUERY_LENGTH = 200;

/**
 * Finds bookings by name, phone, reference or mail address in one field. Accents, case, script and usual spellings do
 * not matter.
 *
 * The search text is personal data. It is sent as a form and stored in the session, so that it appears in no address,
 * browser history or log, and "back" still leads to the results. The address of the results only identifies the search:
 * opening the page anew shows an empty one, and the search for the previous caller is deleted.
 */
export function searchPage(deps: Deps): Page<Desk> {
  return {
    async get(desk, req, res) {
      const { cursor, search } = queryOf(req);
      const typed = await typedFor(deps, res, search);
      const zone = desk.hours.timeZone;
      const nearestTo = dayInterval(localDate(deps.now(), zone), zone).start;
      const found = typed
        ? await deps.app.searchBookings(signedIn(res), {
            deskId: desk.id,
            text: typed,
            nearestTo,
            cursor,
            limit: BOOKINGS_PER_PAGE,
          })
        : null;
      const view = { desk, search, typed, retyped: bodyOf(req).q, found, isLater: Boolean(cursor) };
      res.render('pages/staff/search', searchView(view, res.locals));
    },

    async post(desk, req, res) {
      const typed = (bodyOf(req).q ?? '').slice(0, MAX_QUERY_LENGTH);
      const { session } = res.locals;
      if (session) await deps.storage.atomically(({ staff }) => staff.rememberSearch(session.idHash, typed));
      res.redirect(303, url(paths.staffBookings, { desk: desk.id }, { search: typed && searchId(deps, res, typed) }));
    },
  };
}

/** Returns what was typed if the page shows its results; any other page deletes it. */
async function typedFor(deps: Deps, res: Response, search: string | undefined): Promise<string> {
  const { session } = res.locals;
  const typed = session?.search;
  if (!session || !typed) return '';
  if (search === searchId(deps, res, typed)) return typed;
  if (!search) await forget(deps, session.idHash);
  return '';
}

/**
 * Deletes the stored search. If the database cannot be written, it does nothing, so that the page can still be read;
 * the next search overwrites it.
 */
async function forget({ storage }: Deps, idHash: string): Promise<void> {
  try {
    await storage.atomically(({ staff }) => staff.rememberSearch(idHash, null));
  } catch (error) {
    if (!isRefusal(error, 'unavailable')) throw error;
  }
}

/**
 * Returns an id that tells the searches of a session apart. It contains the session's secret as input of the hash, so
 * that nobody can find out the text from it.
 */
function searchId({ tokens }: Deps, res: Response, typed: string): string {
  return tokens.hash(`search ${res.locals.session?.csrf} ${typed}`).slice(0, 16);
}
