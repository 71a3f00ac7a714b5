import { ORIGINS_KEPT_MS } from '../../app/retention/outdated';
import { DAY } from '../../domain/calendar/dates';
import type { LocalDate } from '../../domain/calendar/hours';
import { HOUR, MINUTE } from '../../domain/calendar/interval';
import { startOfDay } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { inLanguage, type LanguageTag, linesOf } from '../../domain/text';
import { phoneHref } from '../../fields/phone';
import { type AboutPage, paths, url } from '../../paths';
import { deskTime } from '../../presentation/format';
import type { Reader } from '../../presentation/texts';
import { hostCookieName, pathCookieName } from '../cookies';
import { FORM_COOKIE, FORM_COOKIE_MS } from '../keptForm';
import { LOCALE_COOKIE } from '../middleware/locale';
import { DRAFT_COOKIE, DRAFT_COOKIE_MS } from '../public/journey/holder';
import { DATA_PROTECTION_AUTHORITY as AUTHORITY, OMBUDS_OFFICE as OMBUDS } from './authorities';
import { GERMAN_PAGES } from './frame';

/** A part of a sentence; with `href` it is a link, with `lang` it is in another language than the page. */
interface Piece {
  readonly text: string;
  readonly href?: string;
  readonly lang?: string;
}

/** A paragraph, or a list of short items. */
interface Block {
  readonly pieces?: readonly Piece[];
  readonly items?: readonly (readonly Piece[])[];
}

interface Section {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

interface Given {
  readonly page: AboutPage;
  readonly desk: Desk;
  readonly baseUrl: string;
}

/** Returns a page, filled in from the desk's settings. A sentence whose setting is missing is left out. */
export function aboutView(given: Given, reader: Reader) {
  const { page } = given;
  return {
    title: reader.t(`about.${page}.title`),
    contentLang: GERMAN_PAGES.includes(page) && !reader.locale.startsWith('de') ? 'de' : undefined,
    sections: sectionsOf(given, reader),
  };
}

function sectionsOf({ page, desk, baseUrl }: Given, { locale, t }: Reader): Section[] {
  const values = valuesOf(desk, { locale, t }, baseUrl);
  const links = linksOf(page, desk, { locale, t }, baseUrl);
  return SECTIONS[page](desk).map(({ name, lines }) => ({
    heading: t(`about.${page}.${name}.heading`),
    blocks: blocksOf(
      lines
        .flatMap((line) =>
          typeof line === 'string' ? t(`about.${page}.${name}.${line}`, values).split('\n') : line.own(locale),
        )
        .map((line) => ({
          isItem: line.startsWith(ITEM),
          pieces: linked(line.startsWith(ITEM) ? line.slice(ITEM.length) : line, links),
        })),
    ),
  }));
}

/** A line of a text that begins with this is a list item. */
const ITEM = '- ';

/** The content of a section: texts by their keys, and texts from the desk. */
interface Told {
  readonly name: string;
  readonly lines: readonly (string | { own(locale: LanguageTag): string[] })[];
}

const told = (name: string, ...lines: (Told['lines'][number] | false)[]): Told => ({
  name,
  lines: lines.filter((line) => line !== false),
});

const SECTIONS: Record<AboutPage, (desk: Desk) => Told[]> = {
  accessibility: ({ legal: { accessibility, signLanguageVideo } }) => {
    const { status, tested, gaps } = accessibility;
    const ofProgram = status === 'full' ? [] : [!signLanguageVideo && 'video', 'easy'];
    return [
      told('status', 'scope', status, 'law'),
      ...(status === 'full' && !gaps ? [] : [told('gaps', ...ofProgram, gaps !== null && items(gaps))]),
      told('tested', tested === null ? 'text' : paragraphs(tested), 'dates'),
      told('contact', 'text'),
      told('ombuds', 'text'),
    ];
  },
  privacy: ({ legal: { carrier, dataProtectionOfficer }, ...desk }) => [
    told(
      'who',
      carrier === null ? 'desk' : 'carrier',
      carrier !== null && paragraphs(carrier),
      'reach',
      dataProtectionOfficer === null ? 'noOfficer' : 'officer',
      !!dataProtectionOfficer?.phone && 'officerPhone',
      !!dataProtectionOfficer?.address && 'officerAddress',
    ),
    told('what', 'text'),
    told('why', 'text'),
    told('recipients', 'text'),
    told('howLong', longestAnswerDays(desk) !== null && 'answers', 'text'),
    told('cookies', 'text'),
    told('rights', 'text'),
    told('complaint', 'text'),
  ],
  imprint: ({ legal: { carrier } }) => [
    told('who', carrier !== null && paragraphs(carrier), 'text'),
    told('reach', 'text'),
    told('more', 'text'),
  ],
  'easy-language': () => [told('what', 'text'), told('how', 'text'), told('help', 'text')],
  'sign-language': ({ legal }) => [told('what', legal.signLanguageVideo ? 'video' : 'text'), told('how', 'text')],
};

/**
 * Returns the longest time that an answer to a question of the desk's topics is kept; null: there are no questions.
 * Answers are deleted with the booking at the latest.
 */
function longestAnswerDays({ topics, retention }: Pick<Desk, 'topics' | 'retention'>): number | null {
  const periods = topics.flatMap(({ questions }) => questions.map(({ keepDays }) => keepDays));
  return periods.length === 0 ? null : Math.min(retention.bookingDays, Math.max(...periods));
}

type Own = Parameters<typeof inLanguage>[0];

function paragraphs(text: Own) {
  return { own: (locale: LanguageTag) => linesOf(inLanguage(text, locale)) };
}

function items(text: Own) {
  return { own: (locale: LanguageTag) => linesOf(inLanguage(text, locale)).map((line) => ITEM + line) };
}

function valuesOf(desk: Desk, { locale, t }: Reader, baseUrl: string): Record<string, string> {
  const { retention, legal } = desk;
  const day = (date: LocalDate) => deskTime(locale, desk.hours.timeZone).date(startOfDay(date, desk.hours.timeZone));
  const days = (count: number) => t('about.span.days', { count });
  const hours = (count: number) => t('about.span.hours', { count });
  const officer = legal.dataProtectionOfficer;
  return {
    desk: inLanguage(desk.name, locale),
    phone: desk.phone,
    video: legal.signLanguageVideo ?? '',
    email: desk.email,
    address: desk.address,
    site: new URL(baseUrl).host,
    made: day(legal.accessibility.made),
    reviewed: day(legal.accessibility.reviewed),
    ombuds: OMBUDS.name,
    ombudsEmail: OMBUDS.email,
    officerEmail: officer?.email ?? '',
    officerPhone: officer?.phone ?? '',
    officerAddress: officer?.address ?? '',
    bookings: days(retention.bookingDays),
    notes: days(retention.noteDays),
    answers: days(longestAnswerDays(desk) ?? 0),
    mails: days(retention.outboxDays),
    drafts: hours(retention.draftHours),
    keys: hours(retention.keyHours),
    demand: days(retention.demandDays),
    origins: days(ORIGINS_KEPT_MS / DAY),
    draftCookie: hostCookieName(DRAFT_COOKIE, baseUrl),
    draftCookieHours: hours(DRAFT_COOKIE_MS / HOUR),
    localeCookie: LOCALE_COOKIE,
    formCookie: pathCookieName(FORM_COOKIE, baseUrl),
    formCookieMinutes: String(FORM_COOKIE_MS / MINUTE),
    find: t('booking.start.find'),
    forget: t('booking.done.forget'),
    privacy: t('about.privacy.title'),
    accessibility: t('about.accessibility.title'),
    authority: AUTHORITY.name,
    authorityAddress: AUTHORITY.address,
    authorityEmail: AUTHORITY.email,
    authorityPhone: AUTHORITY.phone,
  };
}

/**
 * Returns the texts that become links wherever a sentence contains them; the longest first, because one may contain
 * another.
 */
function linksOf(page: AboutPage, desk: Desk, { locale, t }: Reader, baseUrl: string): Piece[] {
  const place = { locale, desk: desk.id };
  const officer = desk.legal.dataProtectionOfficer;
  const abroad = locale.startsWith('de') ? {} : { lang: 'de' };
  const mail = (address: string) => ({ text: address, href: `mailto:${address}` });
  const call = (phone: string) => ({ text: phone, href: phoneHref(phone) });
  const links = [
    mail(desk.email),
    call(desk.phone),
    { text: 'Termin machen in Leichter Sprache', href: url(paths.start, { ...place, locale: 'de-simple' }) },
    ...(desk.legal.signLanguageVideo
      ? [{ text: desk.legal.signLanguageVideo, href: desk.legal.signLanguageVideo }]
      : []),
    ...(officer ? [mail(officer.email), ...(officer.phone ? [call(officer.phone)] : [])] : []),
    { text: OMBUDS.name, href: OMBUDS.url, ...abroad },
    mail(OMBUDS.email),
    { text: AUTHORITY.name, href: AUTHORITY.url, ...abroad },
    mail(AUTHORITY.email),
    call(AUTHORITY.phone),
    { text: new URL(baseUrl).host, href: url(paths.start, place) },
    { text: t('booking.start.find'), href: url(paths.findBooking, place) },
    ...(page === 'imprint' ? ['privacy', 'accessibility'] : []).map((other) => ({
      text: t(`about.${other}.title`),
      href: url(paths.about, { ...place, page: other }),
    })),
  ];
  return links.sort((a, b) => b.text.length - a.text.length);
}

/** Splits the sentence into parts and makes its addresses links. */
function linked(text: string, [link, ...others]: readonly Piece[]): Piece[] {
  if (!link) return text === '' ? [] : [{ text }];
  return text.split(link.text).flatMap((piece, i) => [...(i > 0 ? [link] : []), ...linked(piece, others)]);
}

/** Puts consecutive items into one list. */
function blocksOf(lines: readonly { readonly isItem: boolean; readonly pieces: readonly Piece[] }[]): Block[] {
  const blocks: { pieces?: readonly Piece[]; items?: (readonly Piece[])[] }[] = [];
  for (const { isItem, pieces } of lines) {
    const list = blocks.at(-1)?.items;
    if (!isItem) blocks.push({ pieces });
    else if (list) list.push(pieces);
    else blocks.push({ items: [pieces] });
  }
  return blocks;
}
