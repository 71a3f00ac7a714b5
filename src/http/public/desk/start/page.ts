import type { Desk } from '../../../../domain/desk';
import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import { startView } from './view';

/** A desk's start page: its hours, its first free times and its topics. */
export function startPage({ app, now }: Pick<HttpDeps, 'app' | 'now'>): Page<Desk> {
  return {
    async get({ id }, req, res) {
      const { desk, firstFree } = await app.findFirstFree(id);
      res.render(
        'pages/public/desk/start',
        startView({ desk, firstFree, isErased: 'erased' in req.query, now: now() }, res.locals),
      );
    },
  };
}
