import type { Desk } from '../../../../domain/desk';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { Elsewhere, type Guard, type Page } from '../../../wiring';
import { desksNear, readFirstPage } from './asked';
import { deskListView, MAX_CARDS } from './view';

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

/** The first page where there are several desks: what leads to one of them, and to a topic. */
export function deskListPage({ app, now }: Pick<HttpDeps, 'app' | 'now'>): Page<readonly Desk[]> {
  return {
    async get(desks, req, res) {
      const query = readFirstPage(req.query);
      const near = desksNear(desks, query.place);
      const free = near.length > MAX_CARDS ? [] : await Promise.all(near.map(({ id }) => app.findFirstFree(id)));
      res.render('pages/public/desk/deskList', deskListView({ desks, near, free, query, now: now() }, res.locals));
    },
  };
}
