import type { Request, RequestHandler, Response } from 'express';
import { areaOf } from '../../areas';
import type { Audience } from '../../domain/booking/questions';
import { direction } from '../../presentation/direction';
import { languageName } from '../../presentation/format';
import {
  HOUSE_LOCALE,
  isLocaleOf,
  isPageLocale,
  type Locale,
  localesOf,
  type Texts,
  type Translate,
} from '../../presentation/texts';
import { readCookie } from '../cookies';

/** One entry of the language switch: the same page in that language, named in that language. */
interface LanguageLink {
  readonly tag: Locale;
  readonly name: string;
  readonly dir: 'ltr' | 'rtl';
  readonly href: string;
  readonly current: boolean;
}

declare global {
  namespace Express {
    interface Locals {
      locale: Locale;
      /** The language of the page, for `<html lang>`. */
      lang: Locale;
      dir: 'ltr' | 'rtl';
      t: Translate;
      languages: readonly LanguageLink[];
      /** The language of the page, where there are so many that the others stand in a menu. */
      languageMenu: LanguageLink | undefined;
    }
  }
}

export const LOCALE_COOKIE = 'lang';
/** A longer list is broken or hostile; the first few entries decide anyway. */
const MAX_WISHED_LANGUAGES = 40;

/**
 * Chooses the language of the page among those of its readers, clients or staff. The first segment of the path decides.
 * Pages without one (`/b/…`, `/staff/…`) use `?lang=`, which is remembered in a session cookie, then that cookie, then
 * what the browser prefers: English if it prefers none of ours, German if it states no preference.
 */
export function locale(texts: Texts): RequestHandler {
  return (req, res, next) => {
    const inPath = req.path.split('/')[1];
    const asked = askedFor(req);
    if (asked !== undefined && !isPageLocale(inPath) && asked !== remembered(req) && areaOf(req.path) !== 'api')
      res.cookie(LOCALE_COOKIE, asked, { httpOnly: true, sameSite: 'lax', secure: req.secure });

    const chosen = isPageLocale(inPath) ? inPath : (asked ?? remembered(req) ?? preferred(req));
    speak(res, texts, req.originalUrl, chosen);
    next();
  };
}

/** More languages do not stand beside each other on a phone. */
const MAX_LANGUAGES_IN_ROW = 3;

/** Deletes the cookie with the language from the browser. */
export function forgetLocale(res: Response): void {
  res.clearCookie(LOCALE_COOKIE, { httpOnly: true, sameSite: 'lax', secure: res.req.secure });
}

/** Sets the language of the answer's page, which must be one of its readers'. */
export function speak(res: Pick<Response, 'locals' | 'req'>, texts: Texts, originalUrl: string, chosen: Locale): void {
  const languages = languageSwitch(originalUrl, chosen, wishedBy(res.req));
  Object.assign(res.locals, {
    locale: chosen,
    lang: chosen,
    dir: direction(chosen),
    t: texts.in(audienceAt(originalUrl), chosen),
    languages,
    languageMenu: languages.length > MAX_LANGUAGES_IN_ROW ? languages.find(({ current }) => current) : undefined,
  });
}

/** Tells whether the reader chose the language themselves: in the path, by `?lang=` or earlier in this session. */
export function wasAsked(req: Request): boolean {
  const { path } = parts(req.originalUrl);
  return isPageLocale(path.split('/')[1]) || askedFor(req) !== undefined || remembered(req) !== undefined;
}

/** Returns who reads the page at a path. Only pages for clients have their language in the path. */
function audienceAt(path: string): Audience {
  return ['staff', 'mailbox'].includes(areaOf(path)) ? 'staff' : 'client';
}

/**
 * Returns links to the same page in each language of its readers, with its query string. They always begin with a single slash,
 * because `//host` would lead to another site.
 *
 * @param wished what the browser prefers: these come first
 */
export function languageSwitch(originalUrl: string, current: Locale, wished: readonly string[] = []): LanguageLink[] {
  const rank = (tag: Locale) => (wished.includes(tag) ? wished.indexOf(tag) : wished.length);
  const sorted = [...localesOf(audienceAt(originalUrl))].sort((a, b) => rank(a) - rank(b));
  return sorted.map((tag) => {
    const { path, query } = parts(originalUrl);
    const [, first, ...rest] = path.split('/');
    if (!isPageLocale(first)) query.set('lang', tag);
    const here = isPageLocale(first) ? ['', tag, ...rest].join('/') : path;
    const href = query.size > 0 ? `${here}?${query}` : here;
    return { tag, name: languageName(tag, tag), dir: direction(tag), href, current: tag === current };
  });
}

/** Splits path and query. It does not use `new URL`, which throws if the request line is no valid URL. */
export function parts(originalUrl: string): { path: string; query: URLSearchParams } {
  const [path = '', ...query] = originalUrl.split('?');
  return { path: path.replace(/^[^/]*[/\\]*/, '/'), query: new URLSearchParams(query.join('?')) };
}

function askedFor(req: Request): Locale | undefined {
  return ifSpoken(req, parts(req.originalUrl).query.get('lang'));
}

function remembered(req: Request): Locale | undefined {
  return ifSpoken(req, readCookie(req, LOCALE_COOKIE));
}

/** Returns the tag if the page exists in it. */
function ifSpoken({ originalUrl }: Request, tag: unknown): Locale | undefined {
  return isLocaleOf(audienceAt(originalUrl), tag) ? tag : undefined;
}

/** Returns the first of our languages among those that the browser prefers (RFC 9110 §12.5.4). */
function preferred(req: Request): Locale {
  const wished = wishedBy(req);
  const best = wished.map((base) => ifSpoken(req, base)).find((locale) => locale !== undefined);
  if (best !== undefined) return best;
  return wished.length > 0 ? 'en' : HOUSE_LOCALE;
}

/** Returns the languages that the browser prefers, without their regions, the best one first. */
function wishedBy(req: Request): string[] {
  return req
    .acceptsLanguages()
    .slice(0, MAX_WISHED_LANGUAGES)
    .map((tag) => tag.toLowerCase().split('-')[0] ?? '')
    .filter((base) => /^[a-z]{2,3}$/.test(base));
}
