import type { Status } from '../booking/booking';
import type { Instant, Minutes } from '../calendar/interval';
import type { BookingFacts, DeskFacts } from './mailFacts';
import type { Mailbox } from './message';

/** Looks up a text of `mail.json` in the reader's language. */
type Phrase = (key: string, values?: Record<string, unknown>) => string;

/** The content of a calendar object for one consultation (RFC 5546 §3.2); `mail/ics` writes it as iCalendar text. */
export interface Invitation {
  readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH';
  readonly uid: string;
  readonly sequence: number;
  /** DTSTAMP. Of two objects with the same UID and SEQUENCE, the later one wins (RFC 5546 §2.1.5). */
  readonly stamp: Instant;
  readonly start: Instant;
  readonly end: Instant;
  /** IANA name of the desk's zone. */
  readonly timeZone: string;
  readonly summary: string;
  readonly location: string;
  /** The link of the video consultation; null: there is none. */
  readonly videoLink: string | null;
  readonly description: string;
  /** Name and phone number of the desk, for questions. */
  readonly contact: string;
  readonly organizer: Mailbox;
  /** Null exactly for PUBLISH, which has no ATTENDEE (RFC 5546 §3.2.1). */
  readonly attendee: Mailbox | null;
  readonly status: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED';
  /** So long before the start the calendar reminds (VALARM, RFC 5545 §3.6.6); null: not at all, as in each CANCEL. */
  readonly alarmMinutes: Minutes | null;
}

/** What an invitation is made from: the desk and the booking, the organizer, and the texts in the reader's language. */
export interface InvitationFacts {
  readonly desk: DeskFacts;
  readonly booking: BookingFacts;
  readonly organizer: Mailbox;
  readonly stamp: Instant;
  readonly t: Phrase;
  /** The name of the consultation's language, in the reader's language. */
  readonly spoken: string;
  /**
   * The page where the client asks for the manage link with the reference. The manage link itself is never included,
   * because calendars are shared.
   */
  readonly findBookingUrl: string;
}

/**
 * Returns the invitation to a booking, its update, or its CANCEL, addressed to the client.
 *
 * Delegates and lock screens show calendar entries, so they name the topic only in its neutral form, and contain
 * nothing that the client wrote. The advisor is named only if the booking is tied to a person.
 *
 * @param attendee the client with a mail address
 */
export function invitation(facts: InvitationFacts & { method: 'REQUEST' | 'CANCEL'; attendee: Mailbox }): Invitation {
  const status = facts.method === 'CANCEL' ? 'CANCELLED' : statusOf(facts.booking.status);
  const alarmMinutes = facts.method === 'CANCEL' ? null : alarmOf(facts);
  return { ...event(facts), method: facts.method, attendee: facts.attendee, status, alarmMinutes };
}

/** Returns the same consultation as a file to download (RFC 5546 §3.2.1); it is informative and invites nobody. */
export function publication(facts: InvitationFacts): Invitation {
  return {
    ...event(facts),
    method: 'PUBLISH',
    attendee: null,
    status: statusOf(facts.booking.status),
    alarmMinutes: alarmOf(facts),
  };
}

function event({ desk, booking, organizer, stamp, t, spoken, findBookingUrl }: InvitationFacts) {
  const topic = booking.topic?.neutralName ?? null;
  const { advisor, videoLink } = booking;
  return {
    uid: booking.uid,
    sequence: booking.sequence,
    stamp,
    start: booking.time.start,
    end: booking.time.end,
    timeZone: desk.timeZone,
    summary: topic
      ? t('mail.calendar.summaryWithTopic', { topic, desk: desk.name })
      : t('mail.calendar.summary', { desk: desk.name }),
    // The location is only the link, because then Thunderbird, Outlook and Google Calendar make it clickable.
    location: booking.mode === 'in_person' ? desk.address : (videoLink ?? t(`mail.calendar.location.${booking.mode}`)),
    videoLink,
    description: [
      t('mail.calendar.reference', { reference: booking.reference }),
      t('mail.calendar.language', { language: spoken }),
      t('mail.calendar.mode', { mode: t(`mail.mode.${booking.mode}`) }),
      ...(videoLink === null ? [] : [t('mail.calendar.videoLink', { link: videoLink })]),
      ...(advisor === null ? [] : [t('mail.calendar.advisor', { advisor })]),
      // A cancelled booking cannot be looked at, moved or cancelled, so the page is not named.
      ...(booking.status === 'cancelled' ? [] : ['', t('mail.calendar.find', { url: findBookingUrl })]),
    ].join('\n'),
    contact: t('mail.calendar.contact', { desk: desk.name, phone: desk.phone }),
    organizer,
  };
}

function alarmOf({ booking }: InvitationFacts): Minutes | null {
  return booking.status === 'cancelled' ? null : (booking.alarmMinutes ?? null);
}

function statusOf(status: Status): Invitation['status'] {
  if (status === 'cancelled') return 'CANCELLED';
  return status === 'requested' ? 'TENTATIVE' : 'CONFIRMED';
}
