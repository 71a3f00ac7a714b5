import type { Desk } from '../../../domain/desk';
import type { HttpDeps } from '../../deps';
import type { Page } from '../../wiring';
import { queryOf } from '../forms';
import { clientReader } from '../hours/clientReader';
import { hoursVersionsView } from './view';

const VERSIONS_PER_PAGE = 20;

/** Who changed the hours, when, what and why, the newest first, and the way to bring each version back. */
export function hoursVersionsPage(deps: Pick<HttpDeps, 'storage' | 'texts'>): Page<Desk> {
  return {
    async get(desk, req, res) {
      const { cursor } = queryOf(req);
      const { list } = deps.storage.hoursVersions;
      const { versions, next } = await list(desk.id, { cursor, limit: VERSIONS_PER_PAGE });
      const [older] = next === null ? [] : (await list(desk.id, { cursor: next, limit: 1 })).versions;
      const facts = { desk, versions, older, next, isFirst: cursor === undefined };
      const house = clientReader(deps, res.locals.locale);
      res.render('pages/staff/hoursVersions', hoursVersionsView(facts, res.locals, house));
    },
  };
}
