import { ICalCalendar, ICalEvent, ICalEventTransparency } from 'ical-generator';
import { addDays, minuteOfDay } from '../domain/calendar/dates';
import type { Hours, LocalDate, LocalTime, WindowKind } from '../domain/calendar/hours';
import { type Instant, type Interval, MINUTE } from '../domain/calendar/interval';
import { type DayWindow, hoursSeries } from '../domain/calendar/series';
import { onClock } from '../domain/calendar/stretches';
import { hasKinds, hoursOfKind, kindsOf } from '../domain/calendar/windowKinds';
import { localDate, localTime, startOfDay, toInstant } from '../domain/calendar/zone';
import { clock, usableZone, vtimezone } from './vtimezone';

/** What an entry about open hours says of its desk. */
export interface HoursFeed {
  readonly hours: Hours;
  /** Days of [from, to). */
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** What the calendar is called, and each entry: "Open: Expat Service Desk". */
  readonly summary: string;
  /** What the entries are called where the desk has windows of several kinds. */
  readonly summaryOf: (kind: WindowKind) => string;
  readonly location: string;
  /** The desk's page. */
  readonly url: string;
  /** Part of each UID, so that the entries of two desks differ: `expat-desk@termine.example`. */
  readonly id: string;
}

const PRODID = '//Sprechstunde//Opening hours//EN';
/** Parts of a rule that readers leave out, ical.js and with it Thunderbird among them. */
const READ_DIFFERENTLY = /\bBYWEEKNO=/;
/** How often subscribers look again. */
const REFRESH_SECONDS = 24 * 60 * 60;

/**
 * Writes a desk's windows as a calendar to subscribe to (RFC 5545): a recurring entry for each rule, with an EXDATE for
 * each day on which it does not hold, and an entry for each other window. Expanded, they are exactly `openingWindows`.
 *
 * Times are written in the desk's zone. Where the clocks change, or the zone's VTIMEZONE could be read in two ways, a
 * window is an entry of its own in UTC.
 */
export function openingHoursIcs(feed: HoursFeed): string {
  const calendar = new ICalCalendar({
    prodId: PRODID,
    scale: 'GREGORIAN',
    name: feed.summary,
    url: feed.url,
    ttl: REFRESH_SECONDS,
    timezone: { name: null, generator: vtimezone },
  });
  for (const entry of entriesOf(feed)) calendar.createEvent(new ICalEvent(entry, calendar));
  return `${calendar.toString()}\r\n`;
}

/**
 * Writes the same as availability (RFC 7953): outside its AVAILABLE parts the desk is closed.
 */
export function availabilityIcs(feed: HoursFeed): string {
  const calendar = new ICalCalendar({
    prodId: PRODID,
    scale: 'GREGORIAN',
    timezone: { name: null, generator: vtimezone },
  });
  const entries = entriesOf(feed);
  for (const entry of entries) calendar.createEvent(new ICalEvent(entry, calendar));
  const parts = calendar
    .toString()
    // What the generator adds to an event, and an AVAILABLE may not have (RFC 7953 §3.1).
    .replace(/^(SEQUENCE|TRANSP|X-MICROSOFT-[A-Z-]+|STATUS|URL[^:\r\n]*):.*\r\n/gm, '')
    .replaceAll('BEGIN:VEVENT', 'BEGIN:AVAILABLE')
    .replaceAll('END:VEVENT', 'END:AVAILABLE');
  const first = parts.indexOf('BEGIN:AVAILABLE');
  const at = first < 0 ? parts.indexOf('END:VCALENDAR') : first;
  const { timeZone } = feed.hours;
  const utc = (date: LocalDate) => clock(startOfDay(date, timeZone), 'utc').toFormat("yyyyMMdd'T'HHmmss'Z'");
  const head = [
    'BEGIN:VAVAILABILITY',
    `UID:availability-${feed.id}`,
    `DTSTAMP:${utc(feed.from)}`,
    `DTSTART:${utc(feed.from)}`,
    `DTEND:${utc(feed.to)}`,
    'BUSYTYPE:BUSY-UNAVAILABLE',
    '',
  ].join('\r\n');
  return `${parts.slice(0, at)}${head}${parts.slice(at).replace(/END:VCALENDAR$/, 'END:VAVAILABILITY\r\nEND:VCALENDAR')}\r\n`;
}

type Entry = ConstructorParameters<typeof ICalEvent>[0];

/** Returns the entries of each kind; their UIDs differ, since windows of two kinds can begin at the same time. */
function entriesOf(feed: HoursFeed): Entry[] {
  if (!hasKinds(feed.hours)) return entriesOfKind(feed);
  return kindsOf(feed.hours).flatMap((kind) => {
    const own = { hours: hoursOfKind(feed.hours, kind), summary: feed.summaryOf(kind) };
    return entriesOfKind({ ...feed, ...own, ...(kind !== 'appointment' && { id: `${kind}-${feed.id}` }) });
  });
}

function entriesOfKind(feed: HoursFeed): Entry[] {
  const { hours, from, to } = feed;
  const { timeZone } = hours;
  const { series, single } = hoursSeries(hours, from, to);
  const alone: DayWindow[] = [...single];
  const common = {
    stamp: clock(startOfDay(from, timeZone), 'utc'),
    summary: feed.summary,
    location: feed.location || null,
    url: feed.url,
    transparency: ICalEventTransparency.TRANSPARENT,
  };
  const recurring = series.flatMap(({ rrule, first, last, since, window, except, days }) => {
    // A reader may take an hour that the clocks skip or repeat otherwise than we do: those days stand alone.
    const unclear = days.filter((date) => READ_DIFFERENTLY.test(rrule) || !isClear({ date, window }, timeZone));
    alone.push(...unclear.map((date) => ({ date, window })));
    if (unclear.length === days.length) return [];
    const time = instants({ date: first, window }, timeZone);
    const start = onClock([window])[0]?.start ?? window.start;
    const local = (date: LocalDate) => `${date.replaceAll('-', '')}T${start.replace(':', '')}00`;
    const until = clock(instants({ date: last, window }, timeZone).start, 'utc').toFormat("yyyyMMdd'T'HHmmss'Z'");
    const gone = [...except, ...unclear].sort().map(local);
    return [
      {
        ...common,
        id: `${[rrule, window.start, window.end, since].join('-').replace(/[^\w-]+/g, '-')}-${feed.id}`,
        timezone: timeZone,
        start: clock(time.start, timeZone),
        end: clock(time.end, timeZone),
        repeating: [
          `RRULE:${rrule};UNTIL=${until}`,
          ...(gone.length > 0 ? [`EXDATE;TZID=${timeZone}:${gone.join(',')}`] : []),
        ].join('\r\n'),
      },
    ];
  });
  const others = alone.sort(byTime).map((each) => {
    const time = instants(each, timeZone);
    const zone = usableZone({ ...time, timeZone });
    return {
      ...common,
      id: `${each.date}-${each.window.start.replace(':', '')}-${feed.id}`,
      timezone: zone,
      start: clock(time.start, zone ?? 'utc'),
      end: clock(time.end, zone ?? 'utc'),
    };
  });
  return [...recurring, ...others];
}

function byTime(a: DayWindow, b: DayWindow): number {
  return a.date < b.date || (a.date === b.date && a.window.start < b.window.start) ? -1 : 1;
}

/** Tells whether every reader finds the same instants for the window. */
function isClear(each: DayWindow, timeZone: string): boolean {
  const time = instants(each, timeZone);
  const edges = [
    [time.start, onDay(each.date, each.window.start)],
    [time.end, onDay(each.date, each.window.end)],
  ] as const;
  const isOnClock = edges.every(
    ([at, [date, clockTime]]) => localDate(at, timeZone) === date && localTime(at, timeZone) === clockTime,
  );
  // In a night in which the clocks change, libical keeps the length of the other nights, and not the end.
  const isAsLong = time.end - time.start === (minuteOfDay(each.window.end) - minuteOfDay(each.window.start)) * MINUTE;
  return isOnClock && isAsLong && usableZone({ ...time, timeZone }) !== null;
}

function instants({ date, window }: DayWindow, timeZone: string): Interval {
  const at = (time: LocalTime): Instant => toInstant(...onDay(date, time), timeZone, 'rfc5545');
  return { start: at(window.start), end: at(window.end) };
}

/** Returns day and time of day of a time that may count on after midnight. */
function onDay(date: LocalDate, time: LocalTime): [LocalDate, LocalTime] {
  if (time < '24:00') return [date, time];
  const [hour = '', minute = ''] = time.split(':');
  const days = Math.floor(Number(hour) / 24);
  return [addDays(date, days), `${String(Number(hour) % 24).padStart(2, '0')}:${minute}`];
}
