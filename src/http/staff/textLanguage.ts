import { direction } from '../../presentation/direction';
import { languageName, ownName } from '../../presentation/format';
import {
  CLIENT_LOCALES,
  type ClientLocale,
  clientLocaleFor,
  isClientLocale,
  type Locale,
} from '../../presentation/texts';
import type { Fields } from './forms';

/** Returns the language of mails that the query names; otherwise that of the page. */
export function textLanguage({ language }: Fields, locale: Locale): ClientLocale {
  return isClientLocale(language) ? language : clientLocaleFor(locale);
}

/** Returns a language of mails as pages print texts in it. */
export function languageView(language: ClientLocale, locale: Locale) {
  return { tag: language, dir: direction(language), name: languageName(locale, language) };
}

/** Returns all languages of mails by their own names, each with its link. */
export function languageLinks(chosen: ClientLocale, href: (language: ClientLocale) => string) {
  return CLIENT_LOCALES.map((tag) => ({
    ...{ tag, dir: direction(tag), name: ownName(tag), href: href(tag), current: tag === chosen },
  }));
}
