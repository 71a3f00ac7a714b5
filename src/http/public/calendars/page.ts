import type { Request, RequestHandler, Response } from 'express';
import type { App } from '../../../app/useCases';
import type { Booking } from '../../../domain/booking/booking';
import type { Absence, Desk } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import { inLanguage } from '../../../domain/text';
import type * as Ics from '../../../feeds/staffCalendarIcs';
import { absolute, paths, url } from '../../../paths';
import { HOUSE_LOCALE, isLocaleOf, type StaffLocale, type Translate } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { stillHolds, strongTag } from '../../keptJson';
import { bySecret, type LimitDeps } from '../../middleware/rateLimit';

type Deps = LimitDeps & Pick<HttpDeps, 'app' | 'texts' | 'baseUrl'>;
type Content = NonNullable<Awaited<ReturnType<App['readFeed']>>>;

/** Brings ical-generator: it is loaded with the first feed, not at the start of the program. */
const ics = (): typeof Ics => require('../../../feeds/staffCalendarIcs');

/**
 * A calendar of staff, for the programs that subscribe to it. Knowing the address is the permission; all wrong ones get
 * the same answer. `?lang=` chooses its language.
 */
export function calendarFeedPage(deps: Deps): RequestHandler {
  return async (req: Request, res: Response) => {
    const content = await bySecret(deps, res, () => deps.app.readFeed(String(req.params.feedToken)));
    if (!content) throw new DomainError('not-found');
    const { lang } = req.query;
    const body = calendarOf(deps, content, isLocaleOf('staff', lang) ? lang : HOUSE_LOCALE);
    res.set({
      // Its reader may keep it, nobody in between; and it is always asked whether it still holds.
      ...{ 'Cache-Control': 'private, no-cache', 'Content-Type': 'text/calendar; charset=utf-8' },
      ETag: strongTag(body),
    });
    if (stillHolds(req.get('if-none-match'), res.get('ETag'))) res.status(304).end();
    else res.send(body);
  };
}

function calendarOf({ texts, baseUrl }: Deps, content: Content, locale: StaffLocale): string {
  const t = texts.in('staff', locale);
  const { feed, desk, bookings, absences } = content;
  const named = { desk: inLanguage(desk.name, locale) };
  return ics().staffCalendarIcs({
    name: feed.advisorId === null ? t('calendars.feed.ofDesk', named) : t('calendars.feed.own', named),
    timeZone: desk.hours.timeZone,
    entries: [
      ...bookings.map((booking) => ({
        ...{ uid: booking.uid, sequence: booking.sequence, stamp: booking.changedAt, time: booking.time },
        summary: summaryOf(content, booking, { t, locale }),
        status: statusOf(booking),
        url: absolute(baseUrl, url(paths.staffBooking, { id: booking.id })),
      })),
      ...absences.map((absence) => ({
        ...{ uid: absence.id, sequence: 0, stamp: absence.time.start, time: absence.time, url: null },
        summary: withAdvisor(t('calendars.feed.away'), content, absence, t),
        status: 'CONFIRMED' as const,
      })),
    ],
  });
}

/** Delegates and lock screens show calendars, so they name the topic only in its neutral form, as invitations do. */
function summaryOf(content: Content, booking: Booking, { t, locale }: { t: Translate; locale: StaffLocale }): string {
  const neutral = content.desk.topics.find(({ id }) => id === booking.topicId)?.neutralName;
  const topic = neutral ? inLanguage(neutral, locale) : t('calendars.feed.consultation');
  const { name } = booking.client;
  const summary =
    content.tellsNames && name ? t('calendars.feed.named', { name, topic }) : t('calendars.feed.busy', { topic });
  return withAdvisor(summary, content, booking, t);
}

/** In the calendar of a whole desk each entry says whose it is. */
function withAdvisor(
  text: string,
  { feed, desk }: { feed: Content['feed']; desk: Desk },
  { advisorId }: Pick<Booking | Absence, 'advisorId'>,
  t: Translate,
): string {
  if (feed.advisorId !== null) return text;
  const advisor = desk.advisors.find(({ id }) => id === advisorId)?.name ?? advisorId;
  return t('calendars.feed.with', { text, advisor });
}

function statusOf({ status }: Booking): Ics.StaffEntry['status'] {
  if (status === 'cancelled') return 'CANCELLED';
  return status === 'requested' ? 'TENTATIVE' : 'CONFIRMED';
}
