import { tzlib_get_ical_block, tzlib_get_offset, tzlib_get_timezones } from 'timezones-ical-library';
import type { Instant } from '../domain/calendar/interval';
import { isRepeated, localDate, toInstant, toIso } from '../domain/calendar/zone';
import { memo } from '../domain/memo';
import type { Invitation } from '../domain/notifications/invitation';
import type { Mailbox } from '../domain/notifications/message';
import { checkedMailbox } from './address';

const PRODID = '-//Sprechstunde//Invitation//EN';
const ZONES: ReadonlySet<string> = new Set(tzlib_get_timezones());

/**
 * The exact bytes of the iTIP object (RFC 5545, RFC 5546): the same whatever the server's own zone, and the same each time.
 *
 * Times carry the desk's zone; where its VTIMEZONE could be read in two ways they are written in UTC, which every calendar
 * understands.
 *
 * @throws DomainError `invalid` if organizer or attendee are not exactly one plain mail address
 */
export function icsOf(invitation: Invitation): string {
  const zone = usableZone(invitation);
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${PRODID}`,
    'CALSCALE:GREGORIAN',
    `METHOD:${invitation.method}`,
    ...(zone ? [vtimezone(zone)?.trim()] : []),
    ...eventOf(invitation, zone).map(folded),
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

function eventOf(invitation: Invitation, zone: string | null): string[] {
  const { uid, sequence, stamp, start, end, summary, location, description, organizer, attendee, status } = invitation;
  return [
    'BEGIN:VEVENT',
    `UID:${text(uid)}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${dateTime(stamp, 'UTC')}Z`,
    `DTSTART${when(start, zone)}`,
    `DTEND${when(end, zone)}`,
    `SUMMARY:${text(summary)}`,
    `TRANSP:${status === 'CANCELLED' ? 'TRANSPARENT' : 'OPAQUE'}`,
    // An entry need not have one, and an empty one is shown as a place without a name.
    ...(location ? [`LOCATION:${text(location)}`] : []),
    `DESCRIPTION:${text(description)}`,
    `ORGANIZER;${party(organizer)}`,
    ...(attendee ? [`ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;${party(attendee)}`] : []),
    `STATUS:${status}`,
    'END:VEVENT',
  ];
}

/** DATE-TIME with its TZID, or in UTC (RFC 5545 §3.3.5). */
function when(at: Instant, zone: string | null): string {
  return zone ? `;TZID=${zone}:${dateTime(at, zone)}` : `:${dateTime(at, 'UTC')}Z`;
}

/** `20261201T090000` */
function dateTime(at: Instant, zone: string): string {
  return toIso(at, zone).slice(0, '2026-12-01T09:00:00'.length).replace(/[-:]/g, '');
}

/** TEXT: line breaks as `\n`, no other control characters (RFC 5545 §3.3.11), no lone surrogates. */
function text(value: string): string {
  return (
    Buffer.from(value)
      .toString()
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
      .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '')
      .replace(/[\\;,]/g, '\\$&')
      .replace(/\n/g, '\\n')
  );
}

/**
 * A CAL-ADDRESS with its name, for strict readers with `mailto:` in small letters. CN is a quoted parameter: it can hold neither `"`
 * nor a backslash escape, and `^` starts one in RFC 6868.
 */
function party(mailbox: Mailbox): string {
  const { name, address } = checkedMailbox(mailbox);
  return `CN="${name.replace(/["\\^]/g, '').trim() || address}":mailto:${address}`;
}

/** In bytes, without the line break (RFC 5545 §3.1). */
const LONGEST_LINE = 75;

/** A content line in lines of at most `LONGEST_LINE` bytes, broken between characters. */
function folded(line: string): string {
  if (Buffer.byteLength(line) <= LONGEST_LINE) return line;
  const lines: string[] = [];
  let [begun, length] = ['', 0];
  for (const character of line) {
    const bytes = Buffer.byteLength(character);
    if (length + bytes > LONGEST_LINE) {
      lines.push(begun);
      [begun, length] = [' ', 1];
    }
    begun += character;
    length += bytes;
  }
  return [...lines, begun].join('\r\n');
}

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
 * The zone, if its VTIMEZONE says the same as this machine's zone data around the consultation; else null: use UTC.
 * Also null for an hour that the clocks repeat, as a local time then means the first one (RFC 5545 §3.3.5).
 */
function usableZone({ start, end, timeZone }: Invitation): string | null {
  if (!vtimezone(timeZone)) return null;
  const isClear = (at: Instant) => !isRepeated(at, timeZone) && agrees(`${timeZone} ${localDate(at, timeZone)}`);
  return isClear(start) && isClear(end) ? timeZone : null;
}

/** Asked for every mail, and the same for all of a day. */
const agrees = memo(1_000, (zoneAndDate) => {
  const [zone = '', date = ''] = zoneAndDate.split(' ');
  const year = date.slice(0, 4);
  // At noon, as the library reads its dates on the server's clock, which may skip an hour of the night.
  return [date, `${year}-01-15`, `${year}-07-15`].every((day) => {
    const offset = toIso(toInstant(day, '12:00', zone, 'rfc5545'), zone).slice(-'+01:00'.length);
    return tzlib_get_offset(zone, day, '12:00') === offset.replace(':', '');
  });
});
