import type { Desk } from '../../../../domain/desk';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { typedTopic } from '../../../pages/topicSearch';
import { Elsewhere, type Guard, type Page } from '../../../wiring';
import { deskListView } from './view';

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
      const given = { desks, typed: typedTopic(req.query.q), now: now() };
      res.render('pages/public/desk/deskList', deskListView(given, res.locals));
    },
  };
}
