import { ICalCalendar, ICalEvent, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { Instant, Interval } from '../domain/calendar/interval';
import { icsText } from './icsText';
import { clock, usableZone, vtimezone } from './vtimezone';

/** An entry of a staff calendar. */
export interface StaffEntry {
  readonly uid: string;
  readonly sequence: number;
  /** When it was last changed. */
  readonly stamp: Instant;
  readonly time: Interval;
  readonly summary: string;
  readonly status: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED';
  /** The page about it, for who may sign in; null: there is none. */
  readonly url: string | null;
}

interface StaffCalendar {
  readonly name: string;
  /** The desk's IANA zone. */
  readonly timeZone: string;
  readonly entries: readonly StaffEntry[];
}

const PRODID = '//Sprechstunde//Staff calendar//EN';
/** How often subscribers look again: as often as most of them do at best. */
const REFRESH_SECONDS = 60 * 60;

/**
 * Writes a calendar to subscribe to (RFC 5545), of consultations and absences. Nobody is invited by it: it has no
 * ORGANIZER and no ATTENDEE, so that no program answers a client. The same entries give the same bytes.
 */
export function staffCalendarIcs({ name, timeZone, entries }: StaffCalendar): string {
  const calendar = new ICalCalendar({
    prodId: PRODID,
    scale: 'GREGORIAN',
    name: icsText(name),
    ttl: REFRESH_SECONDS,
    // The zone is set on the events, because one of the calendar would also be used for DTSTAMP, which must be in UTC.
    timezone: { name: null, generator: vtimezone },
  });
  for (const { uid, sequence, stamp, time, summary, status, url } of entries) {
    const timezone = usableZone({ ...time, timeZone });
    const entry = {
      ...{ id: icsText(uid), sequence, stamp: clock(stamp, 'utc'), summary: icsText(summary), url, timezone },
      ...{ start: clock(time.start, timezone ?? 'utc'), end: clock(time.end, timezone ?? 'utc') },
      transparency: ICalEventTransparency[status === 'CANCELLED' ? 'TRANSPARENT' : 'OPAQUE'],
      status: ICalEventStatus[status],
    };
    calendar.createEvent(new ICalEvent(entry, calendar));
  }
  return `${calendar.toString()}\r\n`;
}
