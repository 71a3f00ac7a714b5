import {
  escape as escaped,
  ICalAlarmType,
  ICalAttendee,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendar,
  ICalCalendarMethod,
  ICalEvent,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import type { Invitation } from '../domain/notifications/invitation';
import type { Mailbox } from '../domain/notifications/message';
import { icsText as text } from '../feeds/icsText';
import { clock, usableZone, vtimezone } from '../feeds/vtimezone';
import { checkedMailbox } from './address';

const SECONDS_PER_MINUTE = 60;
const PRODID = '//Sprechstunde//Invitation//EN';

/**
 * Writes the iTIP object of an invitation (RFC 5545, RFC 5546). The same invitation gives the same bytes each time and
 * in every zone of the server.
 *
 * Times are written in the desk's zone. Where its VTIMEZONE could be read in two ways they are written in UTC, which
 * every calendar understands.
 *
 * @throws DomainError `invalid` if organizer or attendee are not exactly one plain mail address
 */
export function icsOf(invitation: Invitation): string {
  const calendar = new ICalCalendar({
    prodId: PRODID,
    scale: 'GREGORIAN',
    method: ICalCalendarMethod[invitation.method],
    // The zone is set on the event, because one of the calendar would also be used for DTSTAMP, which must be in UTC.
    timezone: { name: null, generator: vtimezone },
  });
  calendar.createEvent(eventOf(invitation, calendar));
  return `${calendar.toString()}\r\n`;
}

function eventOf(invitation: Invitation, calendar: ICalCalendar): ICalEvent {
  const { organizer, attendee, status } = invitation;
  const timezone = usableZone(invitation);
  const event = new Entry(
    invitation,
    {
      id: text(invitation.uid),
      sequence: invitation.sequence,
      stamp: clock(invitation.stamp, 'utc'),
      timezone,
      start: clock(invitation.start, timezone ?? 'utc'),
      end: clock(invitation.end, timezone ?? 'utc'),
      summary: text(invitation.summary),
      transparency: ICalEventTransparency[status === 'CANCELLED' ? 'TRANSPARENT' : 'OPAQUE'],
      // An empty location is left out, because calendars would show it as a place without a name.
      location: text(invitation.location) || null,
      description: text(invitation.description),
      organizer: party(organizer),
      status: ICalEventStatus[status],
    },
    calendar,
  );
  if (invitation.alarmMinutes !== null)
    event.createAlarm({
      type: ICalAlarmType.display,
      triggerBefore: invitation.alarmMinutes * SECONDS_PER_MINUTE,
      description: text(invitation.summary),
    });
  if (attendee) event.createAttendee(new Attendee(attendeeOf(attendee, invitation.method), event));
  return event;
}

function attendeeOf(mailbox: Mailbox, method: Invitation['method']) {
  return {
    ...party(mailbox),
    role: ICalAttendeeRole.REQ,
    status: ICalAttendeeStatus.NEEDSACTION,
    // A cancellation does not ask for an answer.
    rsvp: method === 'REQUEST' ? true : null,
  };
}

/** A VEVENT with properties that the generator does not know; the generator folds them with the others. */
class Entry extends ICalEvent {
  readonly #more: string;

  constructor(
    { contact, videoLink }: Pick<Invitation, 'contact' | 'videoLink'>,
    ...given: ConstructorParameters<typeof ICalEvent>
  ) {
    super(...given);
    // RFC 7986 §5.11. A URI is not escaped.
    const conference = videoLink === null ? '' : `CONFERENCE;VALUE=URI;FEATURE=VIDEO:${videoLink}\r\n`;
    this.#more = `CONTACT:${escaped(text(contact), false)}\r\n${conference}`;
  }

  override toString(): string {
    return super.toString().replace(/END:VEVENT\r\n$/, (end) => `${this.#more}${end}`);
  }
}

/** An ATTENDEE with `mailto:` in lower case as in ORGANIZER, because strict programs compare the two. */
class Attendee extends ICalAttendee {
  override toString(): string {
    return super.toString().replace(/:MAILTO:(?=[^:]*$)/, ':mailto:');
  }
}

/**
 * Makes a party whose name fits into CN. That is a quoted parameter without escapes, so it cannot contain `"`; few
 * programs read the `^` of RFC 6868.
 */
function party(mailbox: Mailbox) {
  const { name, address } = checkedMailbox(mailbox);
  return { name: name.replace(/["\\^]/g, '').trim() || address, email: address };
}
