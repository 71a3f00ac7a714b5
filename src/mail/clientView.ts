import type { Occasion } from '../app/ports/mailWriter';
import type { Booking } from '../domain/booking/booking';
import { clientRestoresUntil } from '../domain/booking/restore';
import { videoLinkOf } from '../domain/booking/videoLink';
import type { Instant } from '../domain/calendar/interval';
import { localDate } from '../domain/calendar/zone';
import { isVisit, toBring } from '../domain/desk';
import type { ClientNotice } from '../domain/notifications/policy';
import { inLanguage } from '../domain/text';
import { phoneHref } from '../fields/phone';
import { absolute, paths, url } from '../paths';
import { deskTime, languageName } from '../presentation/format';
import { reachOf } from '../presentation/reach';
import type { ClientLocale, Translate } from '../presentation/texts';
import { oneLine } from './address';
import { findBookingUrl } from './calendarFile';
import { type Fact, fact, facts, videoLinkFact, when, whenLine } from './facts';

interface Input {
  readonly t: Translate;
  readonly baseUrl: string;
  readonly manageToken: (booking: Booking) => string;
  readonly occasion: Occasion;
  readonly notice: ClientNotice;
  readonly language: ClientLocale;
}

/**
 * Builds the data of the client's mail, used for HTML and text alike. Of what the client wrote it contains only the
 * name.
 */
export function clientView(input: Input) {
  const { t, occasion, notice, language, baseUrl } = input;
  const { booking, desk } = occasion;
  const words = notice.kind === 'moved' && notice.sameTime ? 'advisorChanged' : notice.kind;
  const deskName = inLanguage(desk.name, language);
  const time = deskTime(language, desk.hours.timeZone);
  const title = { date: time.date(booking.time.start), time: time.time(booking.time.start) };
  const over = notice.kind === 'cancelled';
  const byDesk = isByDesk(occasion, notice);
  const manner = byDesk ? 'ByDesk' : mannerOf(words, occasion);
  return {
    subject: oneLine(t(`mail.${words}.subject`, { when: t('mail.when.title', title), desk: deskName })),
    view: {
      t,
      language,
      deskName,
      title: t(`mail.${words}.title`),
      preview: notice.kind === 'link' ? '' : whenLine(t, booking.time, time),
      greeting: greeting(t, booking.client.name),
      lead: t(`mail.${words}.lead${manner}`, { desk: deskName }),
      facts: notice.kind === 'link' ? linkFacts(input) : factsOf(input),
      times: byDesk ? freeTimes(input) : allAhead(input),
      calendar: notice.method === 'REQUEST' ? t('mail.calendarAttached') : null,
      action: over
        ? { label: t('mail.action.again'), href: againUrl(input) }
        : { label: t('mail.action.manage'), href: manageUrl(input, booking) },
      find: over ? undoOf(input) : { label: t('mail.find'), href: findBookingUrl(baseUrl, language, desk) },
      secret: over ? null : t('mail.secret'),
      contact: { text: t('mail.footer.contact'), phone: desk.phone, href: phoneHref(desk.phone) },
      address: desk.address,
      automatic: t('mail.footer.automatic'),
    },
  };
}

/** Chooses between several wordings of the lead; the result is the ending of the text's key. */
function mannerOf(words: string, { booking, desk }: Occasion): string {
  if (words === 'booked') return isVisit(booking.mode) ? 'Visit' : '';
  return words === 'video_link' && videoLinkOf(booking, desk) === null ? 'Gone' : '';
}

/**
 * Returns `true` if the desk, and not the client, cancelled the appointment or changed its time. The mail then says so,
 * apologises and offers other free times.
 */
function isByDesk(occasion: Occasion, notice: ClientNotice): boolean {
  return isChangedByDesk(occasion, notice) && !notice.sameTime;
}

function isChangedByDesk({ event }: Occasion, { kind }: ClientNotice): boolean {
  return 'by' in event && event.by.kind === 'staff' && (kind === 'cancelled' || kind === 'moved');
}

/**
 * Lists the links of all future bookings, if the client asked for them and there are several; null if there is only
 * one.
 */
function allAhead(input: Input) {
  const { t, occasion, language } = input;
  const { desk, ahead = [] } = occasion;
  if (ahead.length < 2) return null;
  const at = deskTime(language, desk.hours.timeZone);
  return {
    title: t('mail.link.all'),
    links: ahead.map((booking) => ({
      label: `${t('mail.when.title', { date: at.date(booking.time.start), time: at.time(booking.time.start) })} · ${booking.reference}`,
      href: manageUrl(input, booking),
    })),
  };
}

/** Lists the next free times, each with a link by which it can be taken; null if there are none. */
function freeTimes(input: Input) {
  const { t, occasion, notice, language } = input;
  const { desk, freeTimes: starts = [] } = occasion;
  if (starts.length === 0) return null;
  const at = deskTime(language, desk.hours.timeZone);
  return {
    title: t(`mail.${notice.kind}.otherTimes`),
    links: starts.map((start) => ({
      label: t('mail.when.title', { date: at.date(start), time: at.time(start) }),
      href: timeUrl(input, start),
    })),
  };
}

/**
 * Returns the URL where a start can be taken: as a new booking if the old one was cancelled, by moving the booking if
 * it was moved.
 */
function timeUrl(input: Input, start: Instant): string {
  const { occasion, notice } = input;
  const date = localDate(start, occasion.desk.hours.timeZone);
  if (notice.kind === 'moved') return manageUrl(input, occasion.booking, paths.moveBooking, { date });
  return bookingUrl(input, paths.chooseTime, { date });
}

/**
 * Returns the URL for booking again. If the desk cancelled, only the day has to be chosen; if the client did, the
 * journey starts from the beginning, because they may want something else.
 */
function againUrl(input: Input): string {
  const { occasion, notice, language, baseUrl } = input;
  return isByDesk(occasion, notice)
    ? bookingUrl(input, paths.chooseDay)
    : absolute(baseUrl, url(paths.start, { locale: language, desk: occasion.desk.id }));
}

function bookingUrl({ baseUrl, language, occasion }: Input, page: string, more: Record<string, string> = {}): string {
  const { desk, booking } = occasion;
  const asked = { language: booking.language, topic: booking.topicId, mode: booking.mode, ...more };
  return absolute(baseUrl, url(page, { locale: language, desk: desk.id }, asked));
}

/** The secret link, or another page behind the same secret. */
function manageUrl(
  { baseUrl, manageToken }: Input,
  booking: Booking,
  page: string = paths.manage,
  query: Record<string, string> = {},
): string {
  return absolute(baseUrl, url(page, { token: manageToken(booking) }, query));
}

/**
 * Offers to undo the cancellation for a while, if the client cancelled. A cancellation by the desk cannot be undone by
 * the client.
 */
function undoOf(input: Input) {
  const { t, occasion, language } = input;
  const { event, booking, desk, now } = occasion;
  if (event.type !== 'cancelled' || event.by.kind !== 'client') return null;
  const time = deskTime(language, desk.hours.timeZone).time(clientRestoresUntil({ at: now, time: booking.time }));
  return { label: t('mail.undo', { time }), href: manageUrl(input, booking) };
}

/** Names the booking that the button opens, which is the first of several. */
function linkFacts({ t, occasion: { booking } }: Input): Fact[] {
  return facts(fact(t, 'reference', [booking.reference], { main: true }));
}

function factsOf({ t, occasion, notice, language }: Input): Fact[] {
  const { booking, before, desk } = occasion;
  const time = deskTime(language, desk.hours.timeZone);
  const topic = desk.topics.find((each) => each.id === booking.topicId);
  const advisor = desk.advisors.find((each) => each.id === booking.advisorId);
  const moved = notice.kind === 'moved' && !notice.sameTime && before !== null;
  const what = fact(t, 'what', topic ? [inLanguage(topic.name, language)] : []);
  const reference = fact(t, 'reference', [booking.reference], { main: true });
  const hours = when(t, moved ? 'whenNew' : 'when', booking.time, time, desk.hours.timeZone);
  const { event } = occasion;
  const why = isChangedByDesk(occasion, notice) && 'by' in event ? reasonOf(event.reason) : [];
  const reason = fact(t, 'reason', why);
  if (notice.kind === 'cancelled') return facts(what, hours, reason, reference);
  return facts(
    what,
    hours,
    moved ? fact(t, 'whenOld', [whenLine(t, before.time, time)], { over: true }) : null,
    reason,
    fact(t, 'where', [where(t, occasion)]),
    videoLinkFact(t, occasion),
    fact(t, 'language', [languageName(language, booking.language)]),
    fact(t, 'advisor', booking.tied && advisor ? [advisor.name] : []),
    fact(t, 'attendees', booking.attendees > 1 ? [String(booking.attendees)] : []),
    fact(t, 'bring', topic ? toBring(topic, booking.mode, language) : [], { list: true }),
    reference,
    fact(t, 'price', [t('mail.price')]),
  );
}

/** Splits the reason that a member of staff wrote into lines. */
function reasonOf(reason: string | null): string[] {
  return (reason ?? '').split('\n').map(oneLine).filter(Boolean);
}

function where(t: Translate, { booking, desk }: Occasion): string {
  if (booking.mode === 'in_person') return desk.address;
  if (booking.mode === 'video')
    return videoLinkOf(booking, desk) === null ? t('mail.where.video') : t('mail.where.videoLink');
  const number = oneLine(reachOf(booking.client).phone ?? '');
  return number ? t('mail.where.phone', { number }) : t('mail.where.phoneUnknown');
}

/**
 * Greets the client by name only if the text can be nothing but a name. Anybody can book with another person's address,
 * and the field must not be usable to send advertisements in the desk's name.
 */
function greeting(t: Translate, name: string): string {
  const short = oneLine(name);
  const plain = short.length <= 60 && /^(?:[\p{L}\p{M}'’ -]|\.(?= |$))+$/u.test(short);
  return plain ? t('mail.greetingWithName', { name: short }) : t('mail.greeting');
}
