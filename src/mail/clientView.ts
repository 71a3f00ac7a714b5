import type { Occasion } from '../app/ports/composer';
import { clientRestoresUntil } from '../domain/booking/restore';
import { isVisit, toBring } from '../domain/desk';
import type { ClientNotice } from '../domain/notifications/policy';
import { phoneHref } from '../domain/phone';
import { inLanguage } from '../domain/text';
import { deskTime, languageName } from '../presentation/format';
import { reachOf } from '../presentation/reach';
import type { Locale, Translate } from '../presentation/texts';
import { oneLine } from './address';
import { findBookingUrl } from './calendarFile';
import { type Fact, fact, facts, when, whenLine } from './facts';

interface Input {
  readonly t: Translate;
  readonly baseUrl: string;
  readonly manageUrl: (booking: Occasion['booking']) => string;
  readonly occasion: Occasion;
  readonly notice: ClientNotice;
  readonly language: Locale;
}

/** What the client's mail prints; the same for HTML and text. Nothing the client wrote but the name. */
export function clientView(input: Input) {
  const { t, occasion, notice, language, baseUrl } = input;
  const { booking, desk } = occasion;
  const words = notice.sameTime ? 'advisorChanged' : notice.kind;
  const deskName = inLanguage(desk.name, language);
  const time = deskTime(language, desk.hours.timeZone);
  const title = { date: time.date(booking.time.start), time: time.time(booking.time.start) };
  const over = notice.kind === 'cancelled';
  return {
    subject: oneLine(t(`mail.${words}.subject`, { when: t('mail.when.title', title), desk: deskName })),
    view: {
      t,
      language,
      deskName,
      title: t(`mail.${words}.title`),
      preview: notice.kind === 'link' ? '' : whenLine(t, booking.time, time),
      greeting: greeting(t, booking.client.name),
      lead: t(`mail.${words}.lead${words === 'booked' && isVisit(booking.mode) ? 'Visit' : ''}`),
      facts: notice.kind === 'link' ? facts(fact(t, 'reference', [booking.reference], { main: true })) : factsOf(input),
      calendar: notice.method === 'REQUEST' ? t('mail.calendarAttached') : null,
      action: over
        ? { label: t('mail.action.again'), href: `${baseUrl}/${language}/${desk.id}` }
        : { label: t('mail.action.manage'), href: input.manageUrl(booking) },
      find: over ? undoOf(input) : { label: t('mail.find'), href: findBookingUrl(baseUrl, language, desk) },
      secret: over ? null : t('mail.secret'),
      contact: { text: t('mail.footer.contact'), phone: desk.phone, href: phoneHref(desk.phone) },
      address: desk.address,
      automatic: t('mail.footer.automatic'),
    },
  };
}

/** A client who cancelled can take it back for a while; what the desk cancelled is not theirs to take back. */
function undoOf({ t, occasion, language, manageUrl }: Input) {
  const { event, booking, desk, now } = occasion;
  if (event.type !== 'cancelled' || event.by.kind !== 'client') return null;
  const time = deskTime(language, desk.hours.timeZone).time(clientRestoresUntil({ at: now, time: booking.time }));
  return { label: t('mail.undo', { time }), href: manageUrl(booking) };
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
  if (notice.kind === 'cancelled') return facts(what, hours, reference);
  return facts(
    what,
    hours,
    moved ? fact(t, 'whenOld', [whenLine(t, before.time, time)], { over: true }) : null,
    fact(t, 'where', [where(t, occasion)]),
    fact(t, 'language', [languageName(language, booking.language)]),
    fact(t, 'advisor', booking.tied && advisor ? [advisor.name] : []),
    fact(t, 'attendees', booking.attendees > 1 ? [String(booking.attendees)] : []),
    fact(t, 'bring', topic ? toBring(topic, booking.mode, language) : [], { list: true }),
    reference,
    fact(t, 'price', [t('mail.price')]),
  );
}

function where(t: Translate, { booking, desk }: Occasion): string {
  if (booking.mode === 'in_person') return desk.address;
  if (booking.mode === 'video') return t('mail.where.video');
  const number = oneLine(reachOf(booking.client).phone ?? '');
  return number ? t('mail.where.phone', { number }) : t('mail.where.phoneUnknown');
}

/**
 * By name, if it can only be a name: anybody can book with anybody's address, so what they write there must not become
 * an advertisement in our name.
 */
function greeting(t: Translate, name: string): string {
  const short = oneLine(name);
  const plain = short.length <= 60 && /^(?:[\p{L}\p{M}'’ -]|\.(?= |$))+$/u.test(short);
  return plain ? t('mail.greetingWithName', { name: short }) : t('mail.greeting');
}
