import { type Express, type Request, type RequestHandler, type Response, Router } from 'express';
import { isNamed } from '../../fields/languageTag';
import { paths, url } from '../../paths';
import { type ClientLocale, clientLocaleFor, isPageLocale } from '../../presentation/texts';
import type { HttpDeps } from '../deps';
import { methodsAt } from '../methods';
import { parts } from './locale';

/**
 * Redirects an address with slashes at its end to the one without, so that a page has one address. Forms are answered
 * where they were sent to.
 */
export function withoutSlash(app: Express): RequestHandler {
  return (req, res, next) => {
    if (!isReading(req) || req.path.length < 2 || !req.path.endsWith('/')) return next();
    const there = trimmed(req.path);
    if (!methodsAt(app.router, there).includes('GET')) return next();
    lead(req, res, 308, there);
  };
}

/**
 * Redirects addresses that people type or have from a leaflet: `/en` leads to the list of desks in English,
 * `/expat-desk` to the desk in the reader's language, `/en-GB/expat-desk` and `/EN/expat-desk` to `/en/expat-desk`. For
 * a language without pages, it leads to the one that serves its readers best.
 */
export function otherAddresses({ storage }: Pick<HttpDeps, 'storage'>): Router {
  const router = Router();
  router.use(async (req, res, next) => {
    const [, first = '', ...rest] = trimmed(req.path).split('/');
    if (!isReading(req) || !SLUG.test(first) || (isPageLocale(first) && rest.length > 0)) return next();
    const deskId = async (slug = '') =>
      SLUG.test(slug) ? (await storage.desks.find(slug.toLowerCase()))?.id : undefined;

    const ofTag = localeOfTag(first);
    if (ofTag && rest.length === 0) return lead(req, res, 302, paths.deskList, ofTag.locale);
    const desk = await deskId(ofTag ? rest[0] : first);
    if (!desk) return next();
    if (ofTag)
      return lead(
        req,
        res,
        ofTag.same ? 308 : 302,
        [url(paths.start, { locale: ofTag.locale, desk }), ...rest.slice(1)].join('/'),
      );
    lead(req, res, 302, [url(paths.start, { locale: res.locals.locale, desk }), ...rest].join('/'));
  });
  return router;
}

const SLUG = /^[a-z0-9][a-z0-9-]*$/i;

/** @returns `same`: the tag names exactly this language, only written differently */
function localeOfTag(tag: string): { readonly locale: ClientLocale; readonly same: boolean } | undefined {
  // Longer parts are at best variants (`de-1996`), and otherwise names of desks.
  if (!/^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?$/i.test(tag) || !isNamed(tag)) return undefined;
  const locale = clientLocaleFor(tag);
  return { locale, same: tag.toLowerCase().split('-')[0] === locale };
}

/** @param status 308 if it always leads there, 302 if it depends on the reader */
function lead(req: Request, res: Response, status: 302 | 308, path: string, lang?: ClientLocale): void {
  const { query } = parts(req.originalUrl);
  if (lang) query.set('lang', lang);
  res.redirect(status, query.size > 0 ? `${path}?${query}` : path);
}

/** Returns the path with a single slash at its start, because two would lead to another host. */
function trimmed(path: string): string {
  return `/${path.replace(/^[/\\]+/, '').replace(/\/+$/, '')}`;
}

function isReading({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}
