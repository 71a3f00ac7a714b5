import type { Desk } from '../../../../domain/desk';
import { DomainError } from '../../../../domain/errors';
import { ABOUT_PAGES } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { aboutView } from '../../../pages/aboutView';
import type { Page } from '../../../wiring';

/**
 * The pages that the law requires of every public body: accessibility, privacy, imprint, easy language, sign language.
 */
export function aboutPage({ baseUrl }: Pick<HttpDeps, 'baseUrl'>): Page<Desk> {
  return {
    get(desk, req, res) {
      const page = ABOUT_PAGES.find((known) => known === req.params.page);
      if (!page) throw new DomainError('not-found');
      res.render('pages/public/desk/about', aboutView({ page, desk, baseUrl }, res.locals));
    },
  };
}
