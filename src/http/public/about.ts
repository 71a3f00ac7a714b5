import { Router } from 'express';
import { DomainError } from '../../domain/errors';
import { inLanguage } from '../../domain/text';
import type { HttpDeps } from '../deps';
import { GERMAN_PAGES } from '../frame';
import { ABOUT_PAGES, type AboutPage, paths } from '../paths';
import { deskIn, loadDesk } from './deskPage';

/** The pages that every public body owes: accessibility, privacy, imprint, easy language, sign language. */
export function aboutRoutes(deps: Pick<HttpDeps, 'storage'>): Router {
  const router = Router();
  router.get(paths.about, loadDesk(deps), (req, res) => {
    const page = ABOUT_PAGES.find((known) => known === req.params.page);
    if (!page) throw new DomainError('not-found');
    const desk = deskIn(res);
    const { t, locale } = res.locals;
    const values = { desk: inLanguage(desk.name, locale), phone: desk.phone, email: desk.email, address: desk.address };
    res.render('pages/public/about', {
      title: t(`about.${page}.title`),
      contentLang: GERMAN_PAGES.includes(page) && locale !== 'de' ? 'de' : undefined,
      sections: SECTIONS[page].map((section) => ({
        heading: t(`about.${page}.${section}.heading`),
        paragraphs: t(`about.${page}.${section}.text`, values).split('\n'),
      })),
    });
  });
  return router;
}

const SECTIONS: Record<AboutPage, readonly string[]> = {
  accessibility: ['status', 'contact', 'ombuds'],
  privacy: ['what', 'why', 'howLong', 'rights'],
  imprint: ['who'],
  'easy-language': ['what', 'how', 'help'],
  'sign-language': ['what', 'how'],
};
