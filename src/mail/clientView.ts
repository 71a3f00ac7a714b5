import { clientRestoresUntil } from '../domain/booking/restore';
import type { Instant } from '../domain/calendar/interval';
import { localDate } from '../domain/calendar/zone';
import { isVisit } from '../domain/desk';
import { type ClientMailFacts, isChangedByDesk, wordsOf } from '../domain/notifications/mailFacts';
import { phoneHref, phoneText } from '../fields/phone';
import { absolute, paths, url } from '../paths';
import { direction } from '../presentation/direction';
import { deskTime, languageName } from '../presentation/format';
import type { ClientLocale, Translate } from '../presentation/texts';
import { oneLine } from './address';
import { agreedRows } from './agreedRows';
import { findBookingUrl } from './calendarFile';
import { greeting } from './greeting';
import { type MailRow, row, rows, videoLinkRow, when, whenLine } from './rows';

interface Input {
  readonly t: Translate;
  readonly mail: ClientMailFacts;
  readonly language: ClientLocale;
  readonly manageToken: (bookingId: string) => string;
}

/**
 * Builds the data of the client's mail, used for HTML and text alike. Of what the client wrote it contains only the
 * name.
 */
export function clientView(input: Input) {
  const { t, mail, language } = input;
  const { booking, desk, kind, method, baseUrl } = mail;
  const words = wordsOf(mail);
  const time = deskTime(language, desk.timeZone);
  const title = { date: time.date(booking.time.start), time: time.time(booking.time.start) };
  const over = kind === 'cancelled' || kind === 'missed';
  const byDesk = isByDesk(mail);
  const manner = mail.askedUntil !== undefined ? 'Asked' : byDesk ? 'ByDesk' : mannerOf(words, mail);
  const isClients = mail.person === undefined && kind !== 'readdressed';
  const until = mail.askedUntil === undefined ? '' : time.dateAndTime(mail.askedUntil);
  return {
    subject: oneLine(t(`mail.${words}.subject`, { when: t('mail.when.title', title), desk: desk.name })),
    view: {
      t,
      language,
      dir: direction(language),
      rightToLeft: direction(language) === 'rtl',
      deskName: desk.name,
      title: t(`mail.${words}.title`),
      preview: kind === 'link' ? '' : whenLine(t, booking.time, time),
      greeting: greeting(t, mail.to.name),
      intro: t(`mail.${words}.intro${manner}`, { desk: desk.name, until }).split('\n'),
      rows: kind === 'link' ? linkRows(input) : rowsOf(input),
      times: timesOf(input),
      calendar: method === 'REQUEST' ? t('mail.calendarAttached') : null,
      action:
        !isClients || isQuestion(mail)
          ? null
          : over
            ? { label: t('mail.action.again'), href: againUrl(input) }
            : { label: t(`mail.action.${actionOf(mail)}`), href: manageUrl(input, booking) },
      find: !isClients
        ? null
        : over || mail.agreed
          ? undoOf(input)
          : { label: t('mail.find'), href: findBookingUrl(baseUrl, language, desk) },
      secret: kind === 'readdressed' ? null : !isClients ? t('mail.person') : over ? null : t('mail.secret'),
      contact: { text: t('mail.footer.contact'), phone: desk.phone, href: phoneHref(desk.phone) },
      address: desk.address,
      automatic: t('mail.footer.automatic'),
    },
  };
}

/** Returns what the button of a mail opens that leads to the booking. */
function actionOf({ askedUntil, agreed }: ClientMailFacts): string {
  if (agreed) return 'steps';
  return askedUntil === undefined ? 'manage' : 'answer';
}

/** Chooses between several wordings of the intro; the result is the ending of the text's key. */
function mannerOf(words: string, { booking, person, by, daysBefore }: ClientMailFacts): string {
  if (words === 'booked' && person !== undefined) return 'Person';
  if (words === 'booked') return isVisit(booking.mode) ? 'Visit' : '';
  if (words === 'cancelled' && by === 'system') return 'Lapsed';
  if (words === 'reminder') return daysBefore === 0 ? 'Today' : '';
  return words === 'video_link' && booking.videoLink === null ? 'Gone' : '';
}

/**
 * Returns `true` if the desk, and not the client, cancelled the appointment or changed its time. The mail then says so,
 * apologises and offers other free times.
 */
function isByDesk(mail: ClientMailFacts): boolean {
  return isChangedByDesk(mail) && !mail.sameTime;
}

/** Returns the list of links that the mail has for its reader; null: none. */
function timesOf(input: Input) {
  const { kind, person } = input.mail;
  if (kind === 'missed' || isByDesk(input.mail)) return freeTimes(input);
  if (kind === 'reminder') return person === undefined ? waysOut(input) : null;
  if (isQuestion(input.mail)) return answers(input);
  return allAhead(input);
}

/** Lists the links of all future bookings, if the client asked for them; null if there is only one. */
function allAhead(input: Input) {
  const { t, mail, language } = input;
  if (mail.ahead.length === 0) return null;
  const at = deskTime(language, mail.desk.timeZone);
  return {
    title: t('mail.link.all'),
    links: mail.ahead.map((booking) => ({
      label: `${t('mail.when.title', { date: at.date(booking.time.start), time: at.time(booking.time.start) })} · ${booking.reference}`,
      href: manageUrl(input, booking),
    })),
  };
}

/** Lists what whoever cannot come, or not in time, can do; on the day itself, being late is one of them. */
function waysOut(input: Input) {
  const { t, mail } = input;
  const way = (name: string, page: string) => ({
    label: t(`mail.action.${name}`),
    href: manageUrl(input, mail.booking, page),
  });
  return {
    title: t('mail.reminder.giveBack'),
    links: [
      way('cannotCome', paths.cannotCome),
      way('move', paths.moveBooking),
      ...(mail.daysBefore === 0 ? [way('late', paths.sayLate)] : []),
    ],
  };
}

/** Whether the mail asks what a calendar's answer means. */
function isQuestion({ kind }: ClientMailFacts): boolean {
  return kind === 'declined' || kind === 'countered';
}

/**
 * Lists what the client can answer to the question of a declined invitation. Each opens a page on which it is done with
 * one more press, so that scanners that follow links do no harm.
 */
function answers(input: Input) {
  const { t, mail } = input;
  const { kind, booking } = mail;
  const cancel = { label: t('mail.answer.cancel'), href: manageUrl(input, booking, paths.cancelBooking) };
  const keep = { label: t('mail.answer.keep'), href: manageUrl(input, booking, paths.keepBooking) };
  const move = { label: t('mail.answer.move'), href: manageUrl(input, booking, paths.moveBooking) };
  return {
    title: t(`mail.${kind}.choices`),
    links: kind === 'declined' ? [cancel, keep, move] : [move, keep, cancel],
  };
}

/** Lists the next free times, each with a link by which it can be taken; null if there are none. */
function freeTimes(input: Input) {
  const { t, mail, language } = input;
  if (mail.freeTimes.length === 0) return null;
  const at = deskTime(language, mail.desk.timeZone);
  return {
    title: t(`mail.${mail.kind}.otherTimes`),
    links: mail.freeTimes.map((start) => ({
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
  const { kind, booking, desk } = input.mail;
  if (kind === 'moved') return manageUrl(input, booking, paths.moveBooking, { date: localDate(start, desk.timeZone) });
  return bookingUrl(input, paths.chooseTime, { start: new Date(start).toISOString() });
}

/**
 * Returns the URL for booking again. If the desk cancelled, or the client missed it, only the time has to be chosen; if the client did, the
 * journey starts from the beginning, because they may want something else.
 */
function againUrl(input: Input): string {
  const { mail, language } = input;
  return isByDesk(mail) || mail.kind === 'missed'
    ? bookingUrl(input, paths.chooseTime)
    : absolute(mail.baseUrl, url(paths.start, { locale: language, desk: mail.desk.id }));
}

function bookingUrl({ mail, language }: Input, page: string, more: Record<string, string> = {}): string {
  const { desk, booking } = mail;
  const { interpreted } = booking;
  const spoken =
    interpreted === undefined ? { language: booking.language } : { language: interpreted, interpreter: '1' };
  const asked = { ...spoken, topic: booking.topicId, mode: booking.mode, ...more };
  return absolute(mail.baseUrl, url(page, { locale: language, desk: desk.id }, asked));
}

/** The secret link, or another page behind the same secret. */
function manageUrl(
  { mail, manageToken }: Input,
  { id }: { readonly id: string },
  page: string = paths.manage,
  query: Record<string, string> = {},
): string {
  return absolute(mail.baseUrl, url(page, { token: manageToken(id) }, query));
}

/**
 * Offers to undo the cancellation for a while, if the client cancelled. A cancellation by the desk cannot be undone by
 * the client.
 */
function undoOf(input: Input) {
  const { t, mail, language } = input;
  const { kind, by, booking, desk, stamp } = mail;
  if (kind !== 'cancelled' || by !== 'client') return null;
  const time = deskTime(language, desk.timeZone).time(clientRestoresUntil({ at: stamp, time: booking.time }));
  return { label: t('mail.undo', { time }), href: manageUrl(input, booking) };
}

/** Names the booking that the button opens, which is the first of several. */
function linkRows({ t, mail: { booking } }: Input): MailRow[] {
  return rows(row(t, 'reference', [booking.reference], { main: true }));
}

function rowsOf(input: Input): MailRow[] {
  const { t, mail, language } = input;
  const { booking, before, desk, kind } = mail;
  const { topic, advisor } = booking;
  const time = deskTime(language, desk.timeZone);
  const moved = kind === 'moved' && !mail.sameTime && before !== null;
  const what = row(t, 'what', topic ? [topic.name] : []);
  const reference = row(t, 'reference', [booking.reference], { main: true });
  const hours = when(t, moved ? 'whenNew' : 'when', booking.time, time, desk.timeZone);
  const reason = row(t, 'reason', reasonOf(mail.reason));
  if (kind === 'cancelled') return rows(what, hours, reason, reference);
  if (isQuestion(mail)) return rows(what, hours, reference);
  if (kind === 'readdressed' || kind === 'missed') return rows(what, hours);
  if (mail.agreed) return [...rows(what, hours), ...agreedRows(mail.agreed, { t, mail, language }), ...rows(reference)];
  return rows(
    what,
    hours,
    moved ? row(t, 'whenOld', [whenLine(t, before, time)], { over: true }) : null,
    reason,
    row(t, 'where', where(t, mail)),
    videoLinkRow(t, booking),
    row(t, 'language', [spokenText(input)]),
    row(t, 'advisor', advisor === null ? [] : [advisor]),
    row(t, 'attendees', booking.attendees > 1 ? [String(booking.attendees)] : []),
    row(t, isVisit(booking.mode) ? 'bring' : 'ready', topic ? topic.bring : [], { list: true }),
    reference,
    row(t, 'price', [t('mail.price')]),
  );
}

/** Returns in which language both talk, or into which it is interpreted. */
function spokenText({ t, mail: { booking }, language }: Input): string {
  const spoken = languageName(language, booking.interpreted ?? booking.language);
  return booking.interpreted === undefined ? spoken : t('mail.interpreted', { language: spoken });
}

/** Splits the reason that a member of staff wrote into lines. */
function reasonOf(reason: string | null): string[] {
  return (reason ?? '').split('\n').map(oneLine).filter(Boolean);
}

function where(t: Translate, { booking, desk, phone }: ClientMailFacts): readonly string[] {
  if (booking.mode === 'in_person') return [desk.address, ...(desk.directions ?? [])];
  if (booking.mode === 'video') return [t(booking.videoLink === null ? 'mail.where.video' : 'mail.where.videoLink')];
  const number = oneLine(phone ? phoneText(phone) : '');
  return [number ? t('mail.where.phone', { number }) : t('mail.where.phoneUnknown')];
}
