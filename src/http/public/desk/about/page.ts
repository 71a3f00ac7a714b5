import { Router } from 'express';
import { DomainError } from '../../../../domain/errors';
import { ABOUT_PAGES, paths } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deskIn, loadDesk } from '../../../pages/deskPage';
import { GERMAN_PAGES } from '../../../pages/frame';
import { aboutSections } from './view';

/**
 * The pages that the law requires of every public body: accessibility, privacy, imprint, easy language, sign language.
 */
export function aboutRoutes(deps: Pick<HttpDeps, 'storage' | 'baseUrl'>): Router {
  const router = Router();
  router.get(paths.about, loadDesk(deps), (req, res) => {
    const page = ABOUT_PAGES.find((known) => known === req.params.page);
    if (!page) throw new DomainError('not-found');
    const { t, locale } = res.locals;
    res.render('pages/public/desk/about', {
      title: t(`about.${page}.title`),
      contentLang: GERMAN_PAGES.includes(page) && locale !== 'de' ? 'de' : undefined,
      sections: aboutSections(page, deskIn(res), res.locals, deps.baseUrl),
    });
  });
  return router;
}
