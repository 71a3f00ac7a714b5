import { csvOfList } from '../../csv/lists';
import type { HttpDeps } from '../../deps';
import type { Page } from '../../wiring';
import type { ListAtDesk } from '../csvLists';

/** A list of the desk as a file, for a spreadsheet; it can be changed there and imported again. */
export function csvFile(deps: Pick<HttpDeps, 'storage' | 'texts' | 'now'>): Page<ListAtDesk> {
  return {
    async get({ desk, list }, _req, res) {
      const csv = await csvOfList(deps, desk, list);
      res.type('text/csv').attachment(`${desk.id}-${list}.csv`).send(csv);
    },
  };
}
