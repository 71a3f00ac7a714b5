import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import { memo } from '../domain/memo';
import type { LanguageTag } from '../domain/text';

/** The languages of pages and mails. Each has a folder in `views/locales`. */
export const LOCALES = ['de', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Looks a text up: `booking.cancel.title` is `cancel.title` in `booking.json`. `count` picks the plural form. */
export type Translate = (key: string, values?: Record<string, unknown>) => string;

/** For whom a page is printed: in which language, and its texts. `middleware/locale` leaves it in `res.locals`. */
export interface Reader {
  readonly locale: Locale;
  readonly t: Translate;
}

export interface Texts {
  /** The texts of one language. */
  in(locale: Locale): Translate;
}

/** Returns `true` if pages and mails exist in `tag`. */
export function isLocale(tag: unknown): tag is Locale {
  return (LOCALES as readonly unknown[]).includes(tag);
}

/** Returns the page language for a reader of `tag`: their own if pages exist in it, otherwise English. */
export function localeFor(tag: LanguageTag): Locale {
  const base = tag.toLowerCase().split('-')[0];
  return isLocale(base) ? base : 'en';
}

/** Reads all texts, once in a process. A missing text throws; in production the German one is used instead. */
export function loadTexts(viewsDir: string, { production }: { production: boolean }): Texts {
  return (production ? inProduction : inDevelopment)(viewsDir);
}

const inProduction = memo(2, (viewsDir) => readTexts(viewsDir, true));
const inDevelopment = memo(2, (viewsDir) => readTexts(viewsDir, false));

function readTexts(viewsDir: string, production: boolean): Texts {
  const i18n = createInstance({
    resources: Object.fromEntries(LOCALES.map((locale) => [locale, { translation: readLocale(viewsDir, locale) }])),
    lng: 'de',
    fallbackLng: production ? 'de' : false,
    interpolation: { escapeValue: false },
    showSupportNotice: false,
    initAsync: false,
    saveMissing: !production,
    missingKeyHandler: (languages, _namespace, key) => {
      throw new Error(`text missing: ${key} (${languages.join(', ')})`);
    },
  } as Parameters<typeof createInstance>[0]);
  void i18n.init();
  const translators = new Map(LOCALES.map((locale) => [locale, translator(i18n.getFixedT(locale))]));
  return { in: (locale) => translators.get(locale) as Translate };
}

/**
 * Makes the function that looks up texts of one language. i18next is asked once for each text and plural form, with a
 * mark in place of each value; the marks are then replaced here. Finding a text takes far longer than filling in the
 * values, which differ for each reader.
 */
function translator(look: (key: string, values: Record<string, unknown>) => unknown): Translate {
  const marked = memo(MAX_KEPT_TEXTS, (asked) => {
    const { key, names, count } = JSON.parse(asked) as { key: string; names: string[]; count?: number };
    const marks = Object.fromEntries(names.map((name) => [name, `${MARK}${name}${MARK}`]));
    return String(look(key, count === undefined ? marks : { ...marks, count })).split(MARK);
  });
  return (key, values = {}) => {
    const { count, ...filled } = values;
    const pieces = marked(JSON.stringify({ key, names: Object.keys(filled), count }));
    return pieces.map((piece, i) => (i % 2 === 0 ? piece : String(filled[piece] ?? ''))).join('');
  };
}

/** A character that no text contains. */
const MARK = '\0';
const MAX_KEPT_TEXTS = 5_000;

function readLocale(viewsDir: string, locale: Locale): Record<string, unknown> {
  const dir = join(viewsDir, 'locales', locale);
  const files = readdirSync(dir).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(
    files.map((file) => [file.slice(0, -'.json'.length), JSON.parse(readFileSync(join(dir, file), 'utf8'))]),
  );
}
