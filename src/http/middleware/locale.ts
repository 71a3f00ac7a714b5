import type { Request, RequestHandler, Response } from 'express';
import type { Audience } from '../../domain/booking/questions';
import type { LanguageTag } from '../../domain/text';
import { areaOf } from '../../paths';
import { languageName } from '../../presentation/format';
import {
  HOUSE_LOCALE,
  isClientLocale,
  isLocaleOf,
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
    if (asked !== undefined && !isClientLocale(inPath) && asked !== remembered(req) && areaOf(req.path) !== 'api')
      res.cookie(LOCALE_COOKIE, asked, { httpOnly: true, sameSite: 'lax', secure: req.secure });

    const chosen = isClientLocale(inPath) ? inPath : (asked ?? remembered(req) ?? preferred(req));
    speak(res, texts, req.originalUrl, chosen);
    next();
  };
}

/** Deletes the cookie with the language from the browser. */
export function forgetLocale(res: Response): void {
  res.clearCookie(LOCALE_COOKIE, { httpOnly: true, sameSite: 'lax', secure: res.req.secure });
}

/** Sets the language of the answer's page, which must be one of its readers'. */
export function speak(res: Pick<Response, 'locals'>, texts: Texts, originalUrl: string, chosen: Locale): void {
  Object.assign(res.locals, {
    locale: chosen,
    lang: chosen,
    dir: direction(chosen),
    t: texts.in(audienceAt(originalUrl), chosen),
    languages: languageSwitch(originalUrl, chosen),
  });
}

/** Tells whether the reader chose the language themselves: in the path, by `?lang=` or earlier in this session. */
export function wasAsked(req: Request): boolean {
  const { path } = parts(req.originalUrl);
  return isClientLocale(path.split('/')[1]) || askedFor(req) !== undefined || remembered(req) !== undefined;
}

/** Returns who reads the page at a path. Only pages for clients have their language in the path. */
function audienceAt(path: string): Audience {
  return ['staff', 'mailbox'].includes(areaOf(path)) ? 'staff' : 'client';
}

const RIGHT_TO_LEFT = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ku-arab', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** Returns the direction in which a language is written; also used for single names in a list of languages. */
export function direction(tag: LanguageTag): 'ltr' | 'rtl' {
  const lower = tag.toLowerCase();
  return RIGHT_TO_LEFT.has(lower) || RIGHT_TO_LEFT.has(lower.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

/**
 * Returns links to the same page in each language of its readers, with its query string. They always begin with a single slash,
 * because `//host` would lead to another site.
 */
export function languageSwitch(originalUrl: string, current: Locale): LanguageLink[] {
  return localesOf(audienceAt(originalUrl)).map((tag) => {
    const { path, query } = parts(originalUrl);
    const [, first, ...rest] = path.split('/');
    if (!isClientLocale(first)) query.set('lang', tag);
    const here = isClientLocale(first) ? ['', tag, ...rest].join('/') : path;
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
  const wished = req
    .acceptsLanguages()
    .slice(0, MAX_WISHED_LANGUAGES)
    .map((tag) => tag.toLowerCase().split('-')[0] ?? '')
    .filter((base) => /^[a-z]{2,3}$/.test(base));
  const best = wished.map((base) => ifSpoken(req, base)).find((locale) => locale !== undefined);
  if (best !== undefined) return best;
  return wished.length > 0 ? 'en' : HOUSE_LOCALE;
}
