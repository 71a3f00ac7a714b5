import type { Desk } from '../../../../domain/desk';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { Elsewhere, type Guard, type Page } from '../../../wiring';
import { deskListView, MAX_TYPED_LENGTH } from './view';

/** The guard of the list: returns all desks; a reader who has no choice belongs on the start page of the only one. */
export function desksToChoose({ storage }: Pick<HttpDeps, 'storage'>): Guard<readonly Desk[]> {
  return async (req, res) => {
    const desks = await storage.desks.list();
    const [only] = desks;
    if (!only || desks.length > 1) return desks;
    // The address of the desk contains the language already.
    const { lang: _, ...query } = req.query as Record<string, string | string[]>;
    return new Elsewhere(url(paths.start, { locale: res.locals.locale, desk: only.id }, query));
  };
}

/** The list of desks, each with whether it is open, and the search over their topics (`?q=`). */
export function deskListPage({ now }: Pick<HttpDeps, 'now'>): Page<readonly Desk[]> {
  return {
    get(desks, req, res) {
      const { q } = req.query;
      const typed = typeof q === 'string' ? q.trim().slice(0, MAX_TYPED_LENGTH) : '';
      res.render('pages/public/desk/deskList', deskListView({ desks, typed, now: now() }, res.locals));
    },
  };
}
