import type { Desk } from '../../../domain/desk';
import { isMonth } from '../../../domain/figures/months';
import type { HttpDeps } from '../../deps';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { queryOf } from '../forms';
import { figuresView } from './view';

/** The figures of a desk, which its manager reports: charts, and the numbers beside them. */
export function figuresPage({ app, now }: Pick<HttpDeps, 'app' | 'now'>): Page<Desk> {
  return {
    async get(desk, req, res) {
      const { from: one, to: other } = queryOf(req);
      const [from, to] = [one, other].map((text) => (text && isMonth(text) ? text : undefined));
      // Whoever chooses the months the other way round means the same.
      const [first, last] = from && to && to < from ? [to, from] : [from, to];
      const figures = await app.readFigures({ who: signedIn(res), deskId: desk.id, from: first, to: last });
      res.render('pages/staff/figures', figuresView({ figures, now: now() }, res.locals));
    },
  };
}
