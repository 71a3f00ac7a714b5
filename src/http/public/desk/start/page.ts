import type { Desk } from '../../../../domain/desk';
import { clientLocaleFor } from '../../../../presentation/texts';
import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import { structuredDesk } from '../../hours/feeds';
import { startView } from './view';

/** A desk's start page: its hours, its first free times and its topics. */
export function startPage({
  app,
  now,
  baseUrl,
  texts,
}: Pick<HttpDeps, 'app' | 'now' | 'baseUrl' | 'texts'>): Page<Desk> {
  return {
    async get({ id }, req, res) {
      const { desk, firstFree } = await app.findFirstFree(id);
      const { locale } = res.locals;
      res.render('pages/public/desk/start', {
        ...startView({ desk, firstFree, isErased: 'erased' in req.query, now: now() }, res.locals),
        structured: structuredDesk({ now, baseUrl, texts }, desk, clientLocaleFor(locale)),
      });
    },
  };
}
