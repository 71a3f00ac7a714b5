import type { CollectMailFacts, Occasion } from '../app/ports/mailWriter';
import type { Booking } from '../domain/booking/booking';
import { isReaddressed } from '../domain/booking/details';
import type { Desk } from '../domain/desk';
import { MESSAGE_KINDS } from '../domain/notifications/kinds';
import {
  type AdvisorMailFacts,
  agreedFacts,
  bookingFacts,
  type ClientMailFacts,
  deskFacts,
  isChangedByDesk,
  MAIL_FACTS_SHAPE,
  phoneFact,
  wordsOf,
} from '../domain/notifications/mailFacts';
import { ownWordsOf } from '../domain/notifications/mailTexts';
import type { Mailbox } from '../domain/notifications/message';
import {
  type AdvisorNotice,
  advisorNotices,
  type ClientNotice,
  clientNotice,
  type Telling,
} from '../domain/notifications/policy';
import type { LanguageTag } from '../domain/text';
import { addressKey, domainOf } from '../fields/mailAddress';
import { clientLocaleFor, HOUSE_LOCALE, type Locale } from '../presentation/texts';
import { checkedMailbox } from './address';
import { mailboxOf, senderAddress } from './calendarFile';

/** What the facts of mails are collected with. */
export interface FactsDeps {
  /** See `textsVersion`. */
  readonly textsVersion: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** The sender now, `desk@city.example` or `Service Desk <desk@city.example>`; null: each desk's own mailbox. */
  readonly mailFrom: string | null;
}

/**
 * Collects the facts of the mails for a change. DTSTAMP is the occasion's time, and Message-IDs follow from the change,
 * so a mail that is written twice is the same mail.
 *
 * What carries a calendar part comes from the booking's own organizer, whatever the sender is by now: calendars apply an
 * update or a CANCEL only from the ORGANIZER whom they know. Any other mail comes from the present sender.
 *
 * @throws DomainError `invalid` for an address that is not exactly one plain mail address
 */
export function collectMailFacts(deps: FactsDeps): CollectMailFacts {
  return (occasion) => {
    const telling: Telling = { ...occasion, type: occasion.event.type };
    const notice = clientNotice(telling);
    return [
      ...(notice ? [clientFacts(deps, occasion, notice), ...peopleFacts(deps, occasion, notice)] : []),
      ...formerFacts(deps, occasion),
      ...advisorNotices(telling).flatMap((advisor) => advisorFacts(deps, occasion, advisor)),
    ];
  };
}

/** The person whom a client's mail is for: the client, or one of those who are advised (`person`, counted from 1). */
interface Reader {
  readonly name: string;
  readonly email: string | null;
  readonly language: LanguageTag;
  readonly person?: number;
}

/** Collects the facts of the mail to the address by which the client is no longer reached. */
function formerFacts(deps: FactsDeps, occasion: Occasion): ClientMailFacts[] {
  const { booking, before, event, calendar } = occasion;
  const isFormer = event.type === 'corrected' && before?.client.email && isReaddressed(before, booking);
  if (!isFormer) return [];
  const method = calendar ? MESSAGE_KINDS.readdressed.calendar : null;
  return [clientFacts(deps, occasion, { kind: 'readdressed', method, sameTime: true }, before.client)];
}

/** Collects the facts of the mails to those who are advised; the client has their own already. */
function peopleFacts(deps: FactsDeps, occasion: Occasion, notice: ClientNotice): ClientMailFacts[] {
  if (!MESSAGE_KINDS[notice.kind].toPeople) return [];
  const { client, people } = occasion.booking;
  const told = new Set([client.email && addressKey(client.email)]);
  return people.flatMap((person, i) => {
    const key = person.email && addressKey(person.email);
    if (!key || told.has(key)) return [];
    told.add(key);
    const { freeTimes: _free, askedUntil: _asked, ...plain } = occasion;
    return [clientFacts(deps, plain, notice, { ...person, person: i + 1 })];
  });
}

function clientFacts(
  deps: FactsDeps,
  occasion: Occasion,
  notice: ClientNotice,
  reader: Reader = occasion.booking.client,
): ClientMailFacts {
  const { booking, desk, event, ahead = [], freeTimes = [], askedUntil = null } = occasion;
  const { kind, method, sameTime } = notice;
  const agreed = kind === 'next_steps' ? agreedFacts(booking, desk, clientLocaleFor(reader.language)) : undefined;
  const { person } = reader;
  const language = clientLocaleFor(reader.language);
  const to = { name: reader.name, address: reader.email ?? '' };
  const own = person === undefined ? '' : `.p${person}`;
  const by = 'by' in event ? event.by.kind : null;
  const ownWords = ownWordsOf(desk.ownTexts, { words: wordsOf(notice), language });
  const from = mailboxOf(deps, desk, language, method ? booking.organizer : senderAddress(deps, desk));
  return {
    ...common(deps, occasion, language),
    ...envelope(from, desk, to),
    ...threaded(`${booking.uid}.${booking.sequence}.${kind}${again(notice, occasion)}${own}`, from, {
      first: `${booking.uid}.0.booked${own}`,
      host: domainOf(booking.organizer),
    }),
    ...{ recipient: 'client', kind, method, sameTime, by },
    // The alarm is the wish of who booked, and in nobody else's calendar.
    ...(person !== undefined && { person, booking: bookingFacts({ ...booking, alarmMinutes: null }, desk, language) }),
    reason: 'reason' in event && isChangedByDesk({ kind, by }) ? event.reason : null,
    phone: phoneFact(booking),
    ahead: ahead.length < 2 ? [] : ahead.map(({ id, reference, time }) => ({ id, reference, time })),
    freeTimes,
    ...(kind === 'moved' && !sameTime && askedUntil !== null && { askedUntil }),
    ...('daysBefore' in event && { daysBefore: event.daysBefore }),
    ...(agreed && { agreed }),
    ...(ownWords && { own: ownWords }),
  };
}

function advisorFacts(
  deps: FactsDeps,
  occasion: Occasion,
  { advisorId, kind, words }: AdvisorNotice,
): AdvisorMailFacts[] {
  const { booking, desk } = occasion;
  const advisor = desk.advisors.find((each) => each.id === advisorId);
  if (!advisor?.email) return [];
  const from = mailboxOf(deps, desk, HOUSE_LOCALE, senderAddress(deps, desk));
  return [
    {
      ...common(deps, occasion, HOUSE_LOCALE),
      ...envelope(from, desk, { name: advisor.name, address: advisor.email }),
      ...threaded(`${booking.uid}.${booking.sequence}.${kind}.${booking.version}-${advisorId}`, from, {
        first: `${booking.uid}.0.booked.1-${advisorId}`,
        host: domainOf(booking.organizer),
      }),
      ...{ recipient: 'staff', kind, words },
      client: booking.client.name,
      reassigned: occasion.event.type === 'reassigned',
    },
  ];
}

function common({ textsVersion, baseUrl }: FactsDeps, { desk, booking, before, now }: Occasion, language: Locale) {
  return {
    shape: MAIL_FACTS_SHAPE,
    texts: textsVersion,
    language,
    stamp: now,
    baseUrl,
    desk: deskFacts(desk, language),
    booking: bookingFacts(booking, desk, language),
    before: before?.time ?? null,
  } as const;
}

function envelope(from: Mailbox, desk: Desk, to: Mailbox) {
  return { from, to: checkedMailbox(to), replyTo: checkedMailbox({ name: from.name, address: desk.email }) };
}

/**
 * Returns what tells a Message-ID from that of a mail with the same SEQUENCE; otherwise a mail server would drop the
 * second as a duplicate.
 */
function again(notice: ClientNotice, { booking, event, now }: Occasion): string {
  if ('daysBefore' in event) return `.${booking.time.start}.${event.daysBefore}`;
  if (MESSAGE_KINDS[notice.kind].sent === 'each-time') return `.${now}`;
  return isRetold(notice, booking) ? `.${booking.version}` : '';
}

/** A confirmation that tells of later changes too, one of the same time, or one whose reason was taken back once. */
function isRetold({ kind, sameTime }: ClientNotice, { version }: Booking): boolean {
  return sameTime || kind === 'missed' || (kind === 'booked' && version > 1);
}

/**
 * A Message-ID, and the thread of all that one reader is told of one booking. It follows from the booking alone, so
 * that nobody has to look up what was sent; a thread whose first mail never went out is one nevertheless (RFC 5256,
 * "dummy").
 */
function threaded(local: string, sender: Mailbox, { first, host }: { first: string; host: string }) {
  const id = messageId(local, domainOf(sender.address));
  const thread = messageId(first, host);
  return { messageId: id, thread: id === thread ? null : thread };
}

function messageId(local: string, host: string): string {
  return `<${local.replace(/[^\w.-]/g, '-')}@${host}>`;
}
