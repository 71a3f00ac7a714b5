import type { Request, RequestHandler, Response } from 'express';
import { addDays } from '../../../domain/calendar/dates';
import type { WindowKind } from '../../../domain/calendar/hours';
import { localDate } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import { inLanguage } from '../../../domain/text';
import type * as Ics from '../../../feeds/openingHoursIcs';
import { openingHoursJsonLd } from '../../../feeds/openingHoursJsonLd';
import { openingHoursOsm } from '../../../feeds/openingHoursOsm';
import { absolute, paths, url } from '../../../paths';
import { type ClientLocale, HOUSE_LOCALE, isClientLocale } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { stillHolds, strongTag } from '../../keptJson';
import { forOtherHosts } from '../../otherHosts';

type Deps = Pick<HttpDeps, 'storage' | 'now' | 'texts' | 'baseUrl'>;

/** How far ahead other programs are told. */
const YEARS_AHEAD = 3;
const DAYS_A_YEAR = 366;

/** Brings ical-generator: it is loaded with the first feed, not at the start of the program. */
const ics = (): typeof Ics => require('../../../feeds/openingHoursIcs');

interface Feed {
  readonly type: string;
  write(deps: Deps, desk: Desk, locale: ClientLocale): string;
}

/** The hours as a calendar to subscribe to. */
export const calendarFeed: Feed = {
  type: 'text/calendar; charset=utf-8',
  write: (deps, desk, locale) => ics().openingHoursIcs(feedOf(deps, desk, locale)),
};

/** The hours as availability (RFC 7953). */
export const availabilityFeed: Feed = {
  type: 'text/calendar; charset=utf-8',
  write: (deps, desk, locale) => ics().availabilityIcs(feedOf(deps, desk, locale)),
};

/** The hours for OpenStreetMap, on one line. */
export const osmFeed: Feed = {
  type: 'text/plain; charset=utf-8',
  write: ({ now }, desk) => {
    const { from, to } = aheadOf(desk, now());
    return `${openingHoursOsm(desk.hours, from, to)}\n`;
  },
};

/** The desk for search engines. */
export const jsonLdFeed: Feed = {
  type: 'application/ld+json; charset=utf-8',
  write: (deps, desk, locale) => JSON.stringify(structuredDesk(deps, desk, locale)),
};

/** Returns the desk with its hours as schema.org has it, also for its start page. */
export function structuredDesk(
  { now, baseUrl, texts }: Pick<Deps, 'now' | 'baseUrl' | 'texts'>,
  desk: Desk,
  locale: ClientLocale,
) {
  const { reached } = kindTexts(texts, locale);
  const url = startOf(baseUrl, desk, locale);
  return openingHoursJsonLd({ desk, ...aheadOf(desk, now()), url, describe: reached }, locale);
}

/**
 * Answers with a feed. It is the same for everybody, may be read by pages of other hosts, and is looked at again after
 * an hour. `?lang=` chooses its language.
 */
export function feedPage(deps: Deps, feed: Feed): RequestHandler {
  return async (req: Request, res: Response) => {
    const desk = await deps.storage.desks.find(String(req.params.desk));
    if (!desk) throw new DomainError('not-found');
    const { lang } = req.query;
    const body = feed.write(deps, desk, isClientLocale(lang) ? lang : HOUSE_LOCALE);
    res.set({
      ...{ 'Cache-Control': 'public, max-age=3600', 'Content-Type': feed.type },
      ETag: strongTag(body),
    });
    forOtherHosts(res);
    if (stillHolds(req.get('if-none-match'), res.get('ETag'))) res.status(304).end();
    else res.send(body);
  };
}

function feedOf({ now, texts, baseUrl }: Deps, desk: Desk, locale: ClientLocale): Ics.HoursFeed {
  const { t, reached } = kindTexts(texts, locale);
  const summary = t('booking.hours.feed', { desk: inLanguage(desk.name, locale) });
  return {
    hours: desk.hours,
    ...aheadOf(desk, now()),
    summary,
    summaryOf: (kind) => `${summary} (${reached(kind)})`,
    location: desk.address,
    url: startOf(baseUrl, desk, locale),
    id: `${desk.id}@${new URL(baseUrl).hostname}`,
  };
}

/** Returns how the desk is reached in a window, as other programs are told: "by appointment". */
function kindTexts(texts: Deps['texts'], locale: ClientLocale) {
  const t = texts.in('client', locale);
  return { t, reached: (kind: WindowKind) => t(`booking.hours.reached.${kind}`) };
}

function aheadOf({ hours }: Pick<Desk, 'hours'>, now: number) {
  const from = localDate(now, hours.timeZone);
  return { from, to: addDays(from, YEARS_AHEAD * DAYS_A_YEAR) };
}

function startOf(baseUrl: string, desk: Desk, locale: ClientLocale): string {
  return absolute(baseUrl, url(paths.start, { locale, desk: desk.id }));
}
