import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import type { Audience } from '../domain/booking/questions';
import { memo } from '../domain/memo';
import type { LanguageTag, Text } from '../domain/text';

/**
 * The languages of pages and mails for clients. Each has its folder in `views/locales`: what both audiences read, and
 * `client` for what only clients do.
 */
export const CLIENT_LOCALES = ['de', 'en', 'fr', 'es', 'tr', 'ar', 'uk', 'ja', 'zh'] as const;
export type ClientLocale = (typeof CLIENT_LOCALES)[number];

/**
 * German in Leichte Sprache (BCP 47, with the registered variant): for the pages of clients only. What its folder lacks is
 * said in German, as mails are.
 */
const SIMPLE_LOCALE = 'de-simple';

/** The languages of pages for clients. */
const PAGE_LOCALES = [...CLIENT_LOCALES, SIMPLE_LOCALE] as const;

/** The languages of pages and mails for staff, likewise with the folder `staff`. */
const STAFF_LOCALES = ['de', 'en'] as const;
export type StaffLocale = (typeof STAFF_LOCALES)[number];

export type Locale = (typeof PAGE_LOCALES)[number] | StaffLocale;

const LOCALES = { client: PAGE_LOCALES, staff: STAFF_LOCALES } as const satisfies Record<Audience, readonly string[]>;

/** The language of the house: what staff read who are not asked for theirs, as in mails and in the history. */
export const HOUSE_LOCALE = 'de' satisfies ClientLocale & StaffLocale;

/** Looks a text up: `booking.cancel.title` is `cancel.title` in `booking.json`. `count` picks the plural form. */
export type Translate = (key: string, values?: Record<string, unknown>) => string;

/** For whom a page is printed: in which language, and its texts. `middleware/locale` leaves it in `res.locals`. */
export interface Reader {
  readonly locale: Locale;
  readonly t: Translate;
}

export interface Texts {
  /** The texts that an audience reads, in one of its languages. Texts of the other audience are missing there. */
  in<A extends Audience>(audience: A, locale: (typeof LOCALES)[A][number]): Translate;
}

/** Returns the languages of an audience, in the order of the language switch. */
export function localesOf(audience: Audience): readonly Locale[] {
  return LOCALES[audience];
}

/** Returns `true` if pages and mails for the audience exist in `tag`. */
export function isLocaleOf<A extends Audience>(audience: A, tag: unknown): tag is (typeof LOCALES)[A][number] {
  return localesOf(audience).some((locale) => locale === tag);
}

/** Tells whether clients are written to in this language. */
export function isClientLocale(tag: unknown): tag is ClientLocale {
  return CLIENT_LOCALES.some((locale) => locale === tag);
}

/** Tells whether clients have pages in this language. */
export function isPageLocale(tag: unknown): tag is (typeof PAGE_LOCALES)[number] {
  return isLocaleOf('client', tag);
}

/** Returns the language of pages and mails for a client who reads `tag`: their own if these exist in it, otherwise English. */
export function clientLocaleFor(tag: LanguageTag): ClientLocale {
  const base = tag.toLowerCase().split('-')[0];
  return isClientLocale(base) ? base : 'en';
}

/** Returns one text for clients in all their languages, for answers that carry a text in each, as those of a desk are. */
export function inClientLocales({ in: textsFor }: Texts, key: string): Text {
  return Object.fromEntries(CLIENT_LOCALES.map((locale) => [locale, textsFor('client', locale)(key)]));
}

/** Reads all texts, once in a process. A missing text throws; in production the German one is used instead. */
export function loadTexts(viewsDir: string, { production }: { production: boolean }): Texts {
  return (production ? inProduction : inDevelopment)(viewsDir);
}

const inProduction = memo(2, (viewsDir) => readTexts(viewsDir, true));
const inDevelopment = memo(2, (viewsDir) => readTexts(viewsDir, false));

function readTexts(viewsDir: string, production: boolean): Texts {
  const texts = {
    client: translatorsFor('client', viewsDir, production),
    staff: translatorsFor('staff', viewsDir, production),
  };
  return { in: (audience, locale) => texts[audience].get(locale) as Translate };
}

/** Reads the texts of one audience in each of its languages. */
function translatorsFor(audience: Audience, viewsDir: string, production: boolean): ReadonlyMap<Locale, Translate> {
  const locales = localesOf(audience);
  const i18n = createInstance({
    resources: Object.fromEntries(
      locales.map((locale) => [locale, { translation: readLocale(join(viewsDir, 'locales', locale), audience) }]),
    ),
    lng: HOUSE_LOCALE,
    fallbackLng: { [SIMPLE_LOCALE]: [HOUSE_LOCALE], default: production ? [HOUSE_LOCALE] : [] },
    interpolation: { escapeValue: false },
    showSupportNotice: false,
    initAsync: false,
    saveMissing: !production,
    missingKeyHandler: (languages, _namespace, key) => {
      throw new Error(`text missing: ${key} (${languages.join(', ')})`);
    },
  } as Parameters<typeof createInstance>[0]);
  void i18n.init();
  return new Map(locales.map((locale) => [locale, translator(i18n.getFixedT(locale))]));
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

/** Reads the files that both audiences have in a language, and those of one audience. */
function readLocale(folder: string, audience: Audience): Record<string, unknown> {
  return { ...readFiles(folder), ...readFiles(join(folder, audience)) };
}

function readFiles(folder: string): Record<string, unknown> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(
    files.map((file) => [file.slice(0, -'.json'.length), JSON.parse(readFileSync(join(folder, file), 'utf8'))]),
  );
}
