import type { Desk } from '../../../domain/desk';
import type { HttpDeps } from '../../deps';
import type { Page } from '../../wiring';
import { importedText } from '../csvLists';
import { queryOf } from '../forms';
import { topicsView } from './view';

/** What consultations are about at the desk. */
export function topicsPage({ storage }: Pick<HttpDeps, 'storage'>): Page<Desk> {
  return {
    async get(desk, req, res) {
      const asked = queryOf(req);
      const { done, id } = asked;
      const entries = await storage.desks.topics(desk.id);
      const unused = new Set<string>();
      for (const { part } of entries)
        if (part.retired && !(await storage.desks.isInUse(desk.id, { topicId: part.id }))) unused.add(part.id);
      res.render(
        'pages/staff/topics',
        topicsView({ desk, entries, unused, done, doneId: id, imported: importedText(asked, res.locals) }, res.locals),
      );
    },
  };
}
