import type { LocalDate, LocalTime } from '../domain/calendar/hours';
import type { Instant } from '../domain/calendar/interval';
import { memo } from '../domain/memo';
import type { LanguageTag } from '../domain/text';
import { direction } from './direction';

/**
 * The locales for dates: British English because of its 24 hours, and Latin digits and the Gregorian calendar in every
 * language.
 */
const FORMAT_LOCALES: Readonly<Record<string, string>> = {
  de: 'de-DE',
  'de-simple': 'de-DE',
  en: 'en-GB',
  ar: 'ar-u-ca-gregory-nu-latn',
  fa: 'fa-u-ca-gregory-nu-latn',
};

function formatter(language: LanguageTag, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return formatters(`${language} ${JSON.stringify(options)}`);
}

/** Formatters by language and options: making one takes longer than a whole page. */
const formatters = memo(1_000, (asked) => {
  const at = asked.indexOf(' ');
  const language = asked.slice(0, at);
  const options = JSON.parse(asked.slice(at + 1)) as Intl.DateTimeFormatOptions;
  return new Intl.DateTimeFormat(FORMAT_LOCALES[language] ?? language, options);
});

/**
 * Formats instants for one language in one desk's zone. Dates are spelled out, because 03/04/27 means different days in
 * different countries.
 */
export interface DeskTime {
  /** "Dienstag, 30. März 2027 um 09:00" · "Tuesday, 30 March 2027 at 09:00" */
  dateAndTime(at: Instant): string;
  /** "Dienstag, 30. März 2027, 09:00–09:30" */
  dateAndSpan(interval: { start: Instant; end: Instant }): string;
  /** "Dienstag, 30. März 2027" */
  date(at: Instant): string;
  /** "Dienstag, 30. März" */
  day(at: Instant): string;
  /** "Di, 30. März" */
  shortDay(at: Instant): string;
  /** "Di 30. März" · "Tue 30 March", with a short month where it has one: "Tue 8 Dec" */
  briefDay(at: Instant): string;
  /** "09:00" */
  time(at: Instant): string;
  /** "09:00–09:30" */
  span(interval: { start: Instant; end: Instant }): string;
  /** "Mitteleuropäische Sommerzeit" · "Central European Summer Time" */
  zoneName(at: Instant): string;
  /** "MESZ" · "CEST" */
  zoneShort(at: Instant): string;
}

/**
 * Returns the formatter of a language and zone.
 *
 * @param timeZone IANA name of the desk's zone, never of the server's or the reader's
 */
export function deskTime(language: LanguageTag, timeZone: string): DeskTime {
  return deskTimes(`${language} ${timeZone}`);
}

/** The formatters by language and zone; 100 pairs are remembered. */
const deskTimes = memo(100, (pair): DeskTime => {
  const [language = '', timeZone = ''] = pair.split(' ');
  const joined = WRITTEN[language] ?? PLAIN;
  const print = (options: Intl.DateTimeFormatOptions) =>
    kept((at) => formatter(language, { ...options, timeZone }).format(at));
  const part = (options: Intl.DateTimeFormatOptions, type: Intl.DateTimeFormatPartTypes) =>
    kept((at) => {
      const parts = formatter(language, { ...options, timeZone }).formatToParts(at);
      return parts.find((p) => p.type === type)?.value ?? '';
    });
  const dated = (options: DateOptions) => kept((at) => written(language, at, { ...options, timeZone }));
  const time = print({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const date = dated({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  // From right to left a dash between two times would turn them round; and a line that breaks there cannot be read.
  const [open, dash, close] = direction(language) === 'rtl' ? ['\u2066', '–\u2060', '\u2069'] : ['', '–', ''];
  const span = ({ start, end }: { start: Instant; end: Instant }) => `${open}${time(start)}${dash}${time(end)}${close}`;
  return {
    dateAndSpan: (interval) => `${date(interval.start)}${joined.beforeSpan}${span(interval)}`,
    dateAndTime: (at) => `${date(at)}${joined.beforeTime}${time(at)}`,
    date,
    day: dated({ weekday: 'long', day: 'numeric', month: 'long' }),
    shortDay: dated({ weekday: 'short', day: 'numeric', month: 'long' }),
    briefDay: dated({ weekday: 'short', day: 'numeric', month: 'short' }),
    time,
    span,
    zoneName: part({ timeZoneName: 'long' }, 'timeZoneName'),
    zoneShort: part({ timeZoneName: 'short' }, 'timeZoneName'),
  };
});

/**
 * Names the zone of all these instants: "Mitteleuropäische Sommerzeit", "MESZ". If clocks change between them it names
 * both.
 */
export function zoneOf(time: DeskTime, instants: readonly Instant[]): { name: string; short: string } {
  const named = (print: (at: Instant) => string) => [...new Set(instants.map(print))].join(' / ');
  return { name: named(time.zoneName), short: named(time.zoneShort) };
}

/** Remembers what `print` returned, because many pages and mails show the same starts. */
function kept(print: (at: Instant) => string): (at: Instant) => string {
  const known = memo(MAX_FORMATTED_INSTANTS, (at) => print(Number(at)));
  return (at) => known(String(at));
}

const MAX_FORMATTED_INSTANTS = 1_000;

type DateOptions = Intl.DateTimeFormatOptions & { readonly weekday: 'long' | 'short' };

/**
 * The words and commas that join a weekday and a time to a date; null where the weekday is left to `Intl`. For German and
 * English ICU changes them from version to version ("Tuesday 30 March" or "Tuesday, 30 March"), but a mail must read the
 * same on every Node.
 */
const WRITTEN: Readonly<Record<string, Joined>> = {
  de: { afterWeekday: ', ', beforeTime: ' um ', beforeSpan: ', ' },
  en: { afterWeekday: ', ', beforeTime: ' at ', beforeSpan: ', ' },
  fr: { afterWeekday: null, beforeTime: ' à ', beforeSpan: ', ' },
  uk: { afterWeekday: null, beforeTime: ' о ', beforeSpan: ', ' },
  ar: { afterWeekday: null, beforeTime: '، ', beforeSpan: '، ' },
  ja: { afterWeekday: null, beforeTime: ' ', beforeSpan: ' ' },
  zh: { afterWeekday: null, beforeTime: ' ', beforeSpan: ' ' },
};
const PLAIN: Joined = { afterWeekday: null, beforeTime: ', ', beforeSpan: ', ' };

interface Joined {
  readonly afterWeekday: string | null;
  readonly beforeTime: string;
  readonly beforeSpan: string;
}

function written(language: LanguageTag, at: Instant, { weekday, ...date }: DateOptions): string {
  const { afterWeekday: comma } = WRITTEN[language] ?? PLAIN;
  const afterWeekday = comma && date.month === 'short' ? ' ' : comma;
  const { timeZone } = date;
  if (afterWeekday === null) return formatter(language, { weekday, ...date }).format(at);
  const name = formatter(language, { weekday, ...(timeZone === undefined ? {} : { timeZone }) }).format(at);
  return `${name.replace(/\.$/, '')}${afterWeekday}${formatter(language, date).format(at)}`;
}

/** Formats a local day: "Donnerstag, 24. Dezember 2026", or in the short style "Do, 24. Dezember". */
export function dayName(language: LanguageTag, date: LocalDate, style: 'long' | 'short' = 'long'): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  const common = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return written(
    language,
    at,
    style === 'long' ? { ...common, weekday: 'long', year: 'numeric' } : { ...common, weekday: 'short' },
  );
}

/** "30. März" · "30 March" */
export function dayAndMonth(language: LanguageTag, date: LocalDate): string {
  return formatter(language, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${date}T00:00:00Z`),
  );
}

/** Names a month; 1 is January. */
export function monthName(language: LanguageTag, month: number): string {
  return formatter(language, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, month - 1, 1));
}

/** "März 2026", or in the short style "Mär 26" */
export function monthAndYear(language: LanguageTag, month: string, style: 'long' | 'short' = 'long'): string {
  const parts =
    style === 'long' ? ({ month: 'long', year: 'numeric' } as const) : ({ month: 'short', year: '2-digit' } as const);
  const text = formatter(language, { ...parts, timeZone: 'UTC' }).format(Date.parse(`${month}-01T00:00:00Z`));
  return style === 'long' ? text : text.replace('.', '');
}

/** Names a weekday; 1 is Monday and 7 is Sunday (ISO 8601). */
export function weekdayName(language: LanguageTag, isoWeekday: number, style: 'long' | 'short' = 'long'): string {
  return formatter(language, { weekday: style, timeZone: 'UTC' }).format(Date.UTC(2024, 0, isoWeekday));
}

/** Formats a time of day without a leading zero, as opening hours are written: "9:00" for "09:00". */
export function clock(time: LocalTime): string {
  return time.replace(/^0(?=\d)/, '');
}

/** Names a language in the reader's: "Ukrainisch" for a German reader, "українська" for a Ukrainian one. */
export function languageName(reader: LanguageTag, tag: LanguageTag): string {
  return languageNames(`${reader} ${tag}`);
}

/** Names a language in itself, in the form used within a sentence: "українська", "Deutsch". */
export function ownName(tag: LanguageTag): string {
  return names(tag).of(tag) ?? tag;
}

/** What `Intl` names otherwise than its readers do. */
const OWN_NAMES: Readonly<Record<string, string>> = { 'de-simple': 'Deutsch (Leichte Sprache)' };

const languageNames = memo(1_000, (pair) => {
  const [reader = '', tag = ''] = pair.split(' ');
  const name = OWN_NAMES[tag] ?? names(reader).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(reader) + name.slice(1);
});

/** Names the person for whom somebody else books, with their organisation if it was told: "Kim Probe, Muster GmbH". */
export function withOrganisation({ name, organisation }: { name: string; organisation: string }): string {
  return [name, organisation].filter(Boolean).join(', ');
}

/** Joins parts of a sentence with "and": "a", "a and b", "a, b and c". */
export function allOf(reader: LanguageTag, parts: readonly string[]): string {
  return new Intl.ListFormat(FORMAT_LOCALES[reader] ?? reader, { type: 'conjunction' }).format(parts);
}

/** Returns what stands between the items of a list of so many, joined with "and": ", " and " and ". */
export function betweenAll(reader: LanguageTag, count: number): string[] {
  const list = new Intl.ListFormat(FORMAT_LOCALES[reader] ?? reader, { type: 'conjunction' });
  return list.formatToParts(Array(count).fill('·')).flatMap(({ type, value }) => (type === 'literal' ? [value] : []));
}

/** Joins names with "or": "German", "German or Ukrainian", "German, Turkish or Ukrainian". */
export function anyOf(reader: LanguageTag, names: readonly string[]): string {
  return new Intl.ListFormat(FORMAT_LOCALES[reader] ?? reader, { type: 'disjunction' }).format(names);
}

/**
 * The `Intl.DisplayNames` by reader. They are remembered, because making one takes longer than everything else on a
 * page.
 */
const names = memo(20, (reader: LanguageTag) => new Intl.DisplayNames([reader, 'en'], { type: 'language' }));
