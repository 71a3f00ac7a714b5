import type { Desk } from '../../../../domain/desk';
import type { HttpDeps } from '../../../deps';
import { forOtherHosts } from '../../../otherHosts';
import type { Page } from '../../../wiring';
import { embedView } from './view';

/**
 * The hours and what is free first, as plain HTML without a frame, for the website of the desk's carrier. Pages of other
 * hosts may read it, and its links lead to them from there.
 */
export function embedPage({ app, now, baseUrl }: Pick<HttpDeps, 'app' | 'now' | 'baseUrl'>): Page<Desk> {
  return {
    async get({ id }, _req, res) {
      const { desk, firstFree } = await app.findFirstFree(id);
      forOtherHosts(res);
      res.set('Cache-Control', 'public, max-age=60');
      res.render('pages/public/hours/embed', {
        ...embedView({ desk, firstFree, now: now(), baseUrl }, res.locals),
        layout: false,
      });
    },
  };
}
