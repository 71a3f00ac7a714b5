import type { Booking } from '../domain/booking/booking';
import type { Instant } from '../domain/calendar/interval';
import type { Desk } from '../domain/desk';
import { type InvitationFacts, publication } from '../domain/notifications/invitation';
import type { Mailbox } from '../domain/notifications/message';
import { inLanguage } from '../domain/text';
import { absolute, paths, url } from '../paths';
import { languageName } from '../presentation/format';
import { type ClientLocale, clientLocaleFor, type Locale, type Texts } from '../presentation/texts';
import { checkedMailbox, isUnread, parseMailbox } from './address';
import { icsOf } from './ics';

interface Deps {
  readonly texts: Texts;
  readonly baseUrl: string;
  readonly mailFrom: string | null;
}

/**
 * Makes the download `calendar.ics` of a booking: METHOD:PUBLISH, with the UID and SEQUENCE of the invitation. DTSTAMP
 * is the time of the last change, so that the same booking gives the same bytes.
 */
export function calendarFiles(deps: Deps): (desk: Desk, booking: Booking) => string {
  return (desk, booking) => {
    const language = clientLocaleFor(booking.client.language);
    return icsOf(publication(invitationFacts(deps, { desk, booking, language, stamp: booking.changedAt })));
  };
}

/** Collects the facts that invitation and download share. */
export function invitationFacts(
  deps: Deps,
  { desk, booking, language, stamp }: { desk: Desk; booking: Booking; language: ClientLocale; stamp: Instant },
): InvitationFacts {
  return {
    desk,
    booking,
    stamp,
    language,
    t: deps.texts.in('client', language),
    organizer: mailboxOf(deps, desk, language, booking.organizer),
    spoken: languageName(language, booking.language),
    findBookingUrl: findBookingUrl(deps.baseUrl, language, desk),
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
export function findBookingUrl(baseUrl: string, language: ClientLocale, desk: Desk): string {
  return absolute(baseUrl, url(paths.findBooking, { locale: language, desk: desk.id }));
}
