import type { Desk } from '../../../domain/desk';
import type { HttpDeps } from '../../deps';
import type { Page } from '../../wiring';
import { importedText } from '../csvLists';
import { queryOf } from '../forms';
import { partnersView } from './view';

/** The places to which the desk's consultations lead on. */
export function partnersPage({ storage }: Pick<HttpDeps, 'storage'>): Page<Desk> {
  return {
    async get(desk, req, res) {
      const asked = queryOf(req);
      const { done, id } = asked;
      const entries = await storage.desks.partners(desk.id);
      const unused = new Set<string>();
      for (const { part } of entries)
        if (part.retired && !(await storage.desks.isInUse(desk.id, { partnerId: part.id }))) unused.add(part.id);
      const imported = importedText(asked, res.locals);
      const view = partnersView({ desk, entries, unused, done, doneId: id, imported }, res.locals);
      res.render('pages/staff/partners', view);
    },
  };
}
