import type { Desk } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import { isMonth } from '../../../domain/figures/months';
import type { HttpDeps } from '../../deps';
import { FIGURE_TABLES, figuresCsv } from '../../figureTables';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { queryOf } from '../forms';

/** A table of the figures as a file, for a spreadsheet. */
export function figuresFile({ app }: Pick<HttpDeps, 'app'>): Page<Desk> {
  return {
    async get(desk, req, res) {
      const table = FIGURE_TABLES.find((id) => id === req.params.table);
      if (!table) throw new DomainError('not-found');
      const asked = queryOf(req);
      const [from, to] = [asked.from, asked.to].map((text) => (text && isMonth(text) ? text : undefined));
      const figures = await app.readFigures({ who: signedIn(res), deskId: desk.id, from, to });
      res.type('text/csv').attachment(`${desk.id}-${table}.csv`).send(figuresCsv(figures, table));
    },
  };
}
