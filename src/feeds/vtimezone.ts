import { DateTime } from 'luxon';
import { tzlib_get_ical_block, tzlib_get_offset, tzlib_get_timezones } from 'timezones-ical-library';
import type { Instant, Interval } from '../domain/calendar/interval';
import { isRepeated, localDate, toInstant, toIso } from '../domain/calendar/zone';
import { memo } from '../domain/memo';

const ZONES: ReadonlySet<string> = new Set(tzlib_get_timezones());

/**
 * Returns the VTIMEZONE of an IANA zone, with its rules as RRULE from 1970 on because Outlook ignores RDATE; null if
 * the library has none. LAST-MODIFIED is left out, because it only tells when the library was built and would change
 * the bytes of an invitation.
 */
export function vtimezone(zone: string): string | null {
  return vtimezones(zone);
}

/** The VTIMEZONEs by zone; each desk needs one. */
const vtimezones = memo(50, (zone) => {
  // Unknown zones are sorted out first, because the library complains about them on stderr.
  if (!ZONES.has(zone)) return null;
  const [block = ''] = [tzlib_get_ical_block(zone)].flat();
  if (!block.includes(`\r\nTZID:${zone}\r\n`)) return null; // An alias: TZID would not match.
  return block.replace(/^(?:LAST-MODIFIED|X-LIC-LOCATION):.*\r\n/gm, '');
});

/**
 * Returns `true` if calendars read the times of an invitation at this instant as this machine does. It is `true` for a
 * zone without a VTIMEZONE, because UTC is written then.
 */
export function calendarAgrees(at: Instant, zone: string): boolean {
  return vtimezone(zone) === null || agrees(`${zone} ${localDate(at, zone)}`);
}

/**
 * Returns the zone if its VTIMEZONE agrees with this machine's zone data around these times; otherwise null, and
 * UTC is used. It is also null for an hour that the clocks repeat, because a local time then means the first one (RFC
 * 5545 §3.3.5).
 */
export function usableZone({ start, end, timeZone }: Interval & { readonly timeZone: string }): string | null {
  if (!vtimezone(timeZone)) return null;
  const isClear = (at: Instant) => !isRepeated(at, timeZone) && agrees(`${timeZone} ${localDate(at, timeZone)}`);
  return isClear(start) && isClear(end) ? timeZone : null;
}

/** Whether VTIMEZONE and machine agree, by zone and day. It is remembered, because every mail needs it. */
const agrees = memo(1_000, (zoneAndDate) => {
  const [zone = '', date = ''] = zoneAndDate.split(' ');
  const year = date.slice(0, 4);
  // Noon is compared, because the library reads dates on the server's clock, which may skip an hour of the night.
  return [date, `${year}-01-15`, `${year}-07-15`].every((day) => {
    const offset = toIso(toInstant(day, '12:00', zone, 'rfc5545'), zone).slice(-'+01:00'.length);
    return tzlib_get_offset(zone, day, '12:00') === offset.replace(':', '');
  });
});

/**
 * Returns a luxon DateTime, which the generator prints in its own zone; a Date would be printed in the zone of the
 * server.
 */
export function clock(at: Instant, zone: string): DateTime {
  return DateTime.fromMillis(at, { zone });
}
