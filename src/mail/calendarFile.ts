import type { Booking } from '../domain/booking/booking';
import type { Instant } from '../domain/calendar/interval';
import type { Desk } from '../domain/desk';
import { type Invitation, type InvitationFacts, publication } from '../domain/notifications/invitation';
import { type BookingFacts, bookingFacts, type DeskFacts, deskFacts } from '../domain/notifications/mailFacts';
import type { Mailbox } from '../domain/notifications/message';
import { inLanguage } from '../domain/text';
import { absolute, paths, url } from '../paths';
import { languageName } from '../presentation/format';
import { type ClientLocale, clientLocaleFor, type Locale, type Texts, type Translate } from '../presentation/texts';
import { checkedMailbox, isUnread, parseMailbox } from './address';

/** Brings ical-generator and the VTIMEZONE of the world: it is loaded with the first entry, not at the start of the program. */
export const ics = (): typeof import('./ics') => require('./ics');

interface Deps {
  readonly texts: Texts;
  readonly baseUrl: string;
  readonly mailFrom: string | null;
}

/**
 * Returns a booking as an entry that somebody adds to their calendar themselves (METHOD:PUBLISH), with the UID and
 * SEQUENCE of the invitation. DTSTAMP is the time of the last change, so that the same booking gives the same entry.
 */
export function calendarEntries(deps: Deps): (desk: Desk, booking: Booking) => Invitation {
  return (desk, booking) => {
    const language = clientLocaleFor(booking.client.language);
    return publication(invitationFacts(deps, { desk, booking, language, stamp: booking.changedAt }));
  };
}

/** Makes the download `calendar.ics` of a booking, see `calendarEntries`. */
export function calendarFiles(deps: Deps): (desk: Desk, booking: Booking) => string {
  const entryOf = calendarEntries(deps);
  return (desk, booking) => ics().icsOf(entryOf(desk, booking));
}

/** Returns what the invitation to a booking is made from, as desk and booking are now. */
export function invitationFacts(
  deps: Deps,
  { desk, booking, language, stamp }: { desk: Desk; booking: Booking; language: ClientLocale; stamp: Instant },
): InvitationFacts {
  return calendarFacts({
    t: deps.texts.in('client', language),
    desk: deskFacts(desk, language),
    booking: bookingFacts(booking, desk, language),
    language,
    stamp,
    baseUrl: deps.baseUrl,
    organizer: mailboxOf(deps, desk, language, booking.organizer),
  });
}

/** What mail and download know when they make the calendar entry. */
interface Entry {
  readonly t: Translate;
  readonly desk: DeskFacts;
  readonly booking: BookingFacts;
  readonly language: ClientLocale;
  readonly stamp: Instant;
  readonly baseUrl: string;
  readonly organizer: Mailbox;
}

/** Adds what an invitation says besides: the language by its name, and the page that finds the booking. */
export function calendarFacts({ t, desk, booking, language, stamp, baseUrl, organizer }: Entry): InvitationFacts {
  return {
    ...{ t, desk, booking, stamp, organizer },
    spoken: languageName(language, booking.interpreted ?? booking.language),
    findBookingUrl: findBookingUrl(baseUrl, language, desk),
  };
}

/**
 * Returns the address that sends mails now: `mailFrom`, or else the desk's own mailbox. A booking keeps the address
 * that was valid when it was made.
 */
export function senderAddress({ mailFrom }: Pick<Deps, 'mailFrom'>, desk: Desk): string {
  return mailFrom ? parseMailbox(mailFrom).address : desk.email;
}

/**
 * Returns the ORGANIZER of invitations to new bookings. It is the sender, because calendars accept changes of an entry
 * only from its organizer. If nobody reads the sender's mailbox it is the desk's own, because a client's "decline" is
 * mailed to the ORGANIZER.
 */
export function organizerAddress({ mailFrom }: Pick<Deps, 'mailFrom'>, desk: Desk): string {
  const sender = senderAddress({ mailFrom }, desk);
  return isUnread({ address: sender }) ? desk.email : sender;
}

/**
 * Returns a mailbox with the name of `mailFrom`, or else of the desk. Names may change, because calendars compare only
 * addresses.
 */
export function mailboxOf(
  { mailFrom }: Pick<Deps, 'mailFrom'>,
  desk: Desk,
  language: Locale,
  address: string,
): Mailbox {
  const name = mailFrom ? parseMailbox(mailFrom).name : '';
  return checkedMailbox({ name: name || inLanguage(desk.name, language), address });
}

/** Returns the URL of the page where a client who knows the reference asks for a new manage link. */
export function findBookingUrl(baseUrl: string, language: ClientLocale, desk: Pick<Desk, 'id'>): string {
  return absolute(baseUrl, url(paths.findBooking, { locale: language, desk: desk.id }));
}
