import ical, {
  foldLines,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { DateTime } from 'luxon';
import { tzlib_get_ical_block, tzlib_get_offset, tzlib_get_timezones } from 'timezones-ical-library';
import type { Instant } from '../domain/calendar/interval';
import { memo } from '../domain/memo';
import type { Invitation } from '../domain/notifications/invitation';
import type { Mailbox } from '../domain/notifications/message';
import { checkedMailbox } from './address';

const PRODID = '//Sprechstunde//Invitation//EN';
const ZONES: ReadonlySet<string> = new Set(tzlib_get_timezones());

/**
 * The exact bytes of the iTIP object (RFC 5545, RFC 5546): the same whatever the server's own zone, and the same each time.
 *
 * ical-generator writes it and `corrected` puts right what it gets wrong. Times carry the desk's zone; where its VTIMEZONE
 * could be read in two ways they are written in UTC, which every calendar understands.
 *
 * @throws DomainError `invalid` if organizer or attendee are not exactly one plain mail address
 */
export function icsOf(invitation: Invitation): string {
  const zone = usableZone(invitation);
  const calendar = ical({ prodId: PRODID, method: ICalCalendarMethod[invitation.method], scale: 'gregorian' });
  // Only events are given the zone: on the calendar it would make DTSTAMP a local time.
  calendar.timezone({ name: null, generator: (name) => vtimezone(name) && STAND_IN });
  calendar.createEvent(eventOf(invitation, zone));
  return corrected(calendar.toString()).replace(STAND_IN, () => (zone && vtimezone(zone)?.trim()) ?? '');
}

/** For the zone while the rest is written, folded and corrected letter by letter: it is long, and always the same. */
const STAND_IN = 'BEGIN:VTIMEZONE\r\nEND:VTIMEZONE';

/**
 * Puts right what ical-generator 10.2 gets wrong; for any calendar that it has written:
 * properties of the calendar come before its components, METHOD among them (RFC 5545 §3.6); no TIMEZONE-ID, which is not
 * a property; `mailto:` in the spelling that strict readers compare; every line ends with CRLF, the last one too (§3.1).
 */
export function corrected(calendar: string): string {
  const lines = calendar
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .filter(Boolean)
    .slice(1, -1);
  const properties: string[] = [];
  const components: string[] = [];
  let depth = 0;
  for (const line of lines) {
    if (line.startsWith('BEGIN:')) depth++;
    if (depth > 0) components.push(line.replace(/^((?:ORGANIZER|ATTENDEE)\b.*:)mailto:(?=[^":]*$)/i, '$1mailto:'));
    else if (!line.startsWith('TIMEZONE-ID')) properties.push(line);
    if (line.startsWith('END:')) depth--;
  }
  return ['BEGIN:VCALENDAR', ...properties, ...components, 'END:VCALENDAR', ''].map(folded).join('\r\n');
}

/** Most lines are short, and measuring them letter by letter is slow. */
function folded(line: string): string {
  return Buffer.byteLength(line) <= LONGEST_LINE ? line : foldLines(line);
}

/** In bytes, without the line break (RFC 5545 §3.1). */
const LONGEST_LINE = 75;

/**
 * The VTIMEZONE of an IANA zone with its rules as RRULE from 1970 on, since Outlook ignores RDATE; null if there is none.
 * LAST-MODIFIED is left out: it only tells when the library was built, and would change the bytes of the same invitation.
 */
export function vtimezone(zone: string): string | null {
  return vtimezones(zone);
}

/** Of the whole world there are some hundred; a desk has one. */
const vtimezones = memo(50, (zone) => {
  // Asked first, as the library complains on stderr about zones that it does not know.
  if (!ZONES.has(zone)) return null;
  const [block = ''] = [tzlib_get_ical_block(zone)].flat();
  if (!block.includes(`\r\nTZID:${zone}\r\n`)) return null; // An alias: TZID would not match.
  return block.replace(/^(?:LAST-MODIFIED|X-LIC-LOCATION):.*\r\n/gm, '');
});

/**
 * Text for a calendar: line breaks as `\n`, no other control characters (RFC 5545 §3.3.11), no lone surrogates.
 */
function calendarText(text: string): string {
  return (
    Buffer.from(text)
      .toString()
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
      .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '')
  );
}

function eventOf(invitation: Invitation, zone: string | null): ICalEventData {
  const location = calendarText(invitation.location);
  return {
    id: invitation.uid,
    sequence: invitation.sequence,
    stamp: at(invitation.stamp, 'utc'),
    start: at(invitation.start, zone ?? 'utc'),
    end: at(invitation.end, zone ?? 'utc'),
    timezone: zone,
    summary: calendarText(invitation.summary),
    // Refused by ical-generator if it is empty, and an entry need not have one.
    location: location ? { title: location } : null,
    description: { plain: calendarText(invitation.description) },
    status: ICalEventStatus[invitation.status],
    transparency: invitation.status === 'CANCELLED' ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    organizer: party(invitation.organizer),
    attendees: invitation.attendee
      ? [
          {
            ...party(invitation.attendee),
            role: ICalAttendeeRole.REQ,
            status: ICalAttendeeStatus.NEEDSACTION,
            rsvp: true,
          },
        ]
      : [],
  };
}

/** CN is a quoted parameter: it can hold neither `"` nor a backslash escape, and `^` starts one in RFC 6868. */
function party(mailbox: Mailbox): { name: string; email: string } {
  const { name, address } = checkedMailbox(mailbox);
  return { name: name.replace(/["\\^]/g, '').trim() || address, email: address };
}

function at(instant: Instant, zone: string): DateTime {
  return DateTime.fromMillis(instant, { zone });
}

/**
 * The zone, if its VTIMEZONE says the same as this machine's zone data around the consultation; else null: use UTC.
 * Also null for an hour that the clocks repeat, as a local time then means the first one (RFC 5545 §3.3.5).
 */
function usableZone({ start, end, timeZone }: Invitation): string | null {
  if (!vtimezone(timeZone)) return null;
  const times = [start, end].map((instant) => at(instant, timeZone));
  if (times.some((time) => time.getPossibleOffsets().length > 1)) return null;
  return times.every((time) => agrees(`${timeZone} ${time.toISODate()}`)) ? timeZone : null;
}

/** Asked for every mail, and the same for all of a day. */
const agrees = memo(1_000, (zoneAndDate) => {
  const [timeZone = '', date = ''] = zoneAndDate.split(' ');
  const time = DateTime.fromISO(date, { zone: timeZone });
  // At noon, as the library reads its dates on the server's clock, which may skip an hour of the night.
  return [time, time.set({ month: 1, day: 15 }), time.set({ month: 7, day: 15 })]
    .map((day) => day.set({ hour: 12, minute: 0, second: 0, millisecond: 0 }))
    .every((noon) => tzlib_get_offset(timeZone, noon.toFormat('yyyy-MM-dd'), '12:00') === noon.toFormat('ZZZ'));
});
