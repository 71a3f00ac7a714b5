import type { Booking } from '../domain/booking/booking';
import type { Instant } from '../domain/calendar/interval';
import type { Desk } from '../domain/desk';
import { type InvitationFacts, publication } from '../domain/notifications/invitation';
import type { Mailbox } from '../domain/notifications/message';
import { inLanguage } from '../domain/text';
import { absolute, paths, url } from '../paths';
import { languageName } from '../presentation/format';
import { type Locale, localeFor, type Texts } from '../presentation/texts';
import { checkedMailbox, isUnread, parseMailbox } from './address';
import { icsOf } from './ics';

interface Deps {
  readonly texts: Texts;
  readonly baseUrl: string;
  readonly mailFrom: string | null;
}

/**
 * The booking as a file for a calendar, `calendar.ics`: METHOD:PUBLISH, with the UID and SEQUENCE of the invitation.
 * DTSTAMP is the last change, so that the same booking gives the same bytes.
 */
export function calendarFiles(deps: Deps): (desk: Desk, booking: Booking) => string {
  return (desk, booking) => {
    const language = localeFor(booking.client.language);
    return icsOf(publication(invitationFacts(deps, { desk, booking, language, stamp: booking.changedAt })));
  };
}

/** What invitation and download have in common. */
export function invitationFacts(
  deps: Deps,
  { desk, booking, language, stamp }: { desk: Desk; booking: Booking; language: Locale; stamp: Instant },
): InvitationFacts {
  return {
    desk,
    booking,
    stamp,
    language,
    t: deps.texts.in(language),
    organizer: mailboxOf(deps, desk, language, booking.organizer),
    spoken: languageName(language, booking.language),
    findBookingUrl: findBookingUrl(deps.baseUrl, language, desk),
  };
}

/** Who sends now: `mailFrom` or the desk's own mailbox. A booking keeps the address that was right when it was made. */
export function senderAddress({ mailFrom }: Pick<Deps, 'mailFrom'>, desk: Desk): string {
  return mailFrom ? parseMailbox(mailFrom).address : desk.email;
}

/**
 * Who invites to what is booked now: the sender, as only who is known to a calendar may change its entry; but the desk's own mailbox where
 * nobody reads the sender's, since "decline" goes to the ORGANIZER.
 */
export function organizerAddress({ mailFrom }: Pick<Deps, 'mailFrom'>, desk: Desk): string {
  const sender = senderAddress({ mailFrom }, desk);
  return isUnread({ address: sender }) ? desk.email : sender;
}

/** A sender or organizer with the name of `mailFrom`, or the desk's. Names may change: calendars compare the address. */
export function mailboxOf(
  { mailFrom }: Pick<Deps, 'mailFrom'>,
  desk: Desk,
  language: Locale,
  address: string,
): Mailbox {
  const name = mailFrom ? parseMailbox(mailFrom).name : '';
  return checkedMailbox({ name: name || inLanguage(desk.name, language), address });
}

/** The page that mails a new manage link to whoever knows the reference. */
export function findBookingUrl(baseUrl: string, language: Locale, desk: Desk): string {
  return absolute(baseUrl, url(paths.findBooking, { locale: language, desk: desk.id }));
}
