import { type Hours, WINDOW_KINDS } from '../../src/domain/calendar/hours';
import { type Interval, union } from '../../src/domain/calendar/interval';
import { openingDays } from '../../src/domain/calendar/openingHours';
import { hoursOfKind } from '../../src/domain/calendar/windowKinds';
import { localDate, toInstant } from '../../src/domain/calendar/zone';
import { availabilityIcs, type HoursFeed, openingHoursIcs } from '../../src/feeds/openingHoursIcs';
import { openingHoursJsonLd } from '../../src/feeds/openingHoursJsonLd';
import { openingHoursOsm } from '../../src/feeds/openingHoursOsm';
import { closure, hoursWith, opening } from '../domain/calendar/northRhine';
import { aDesk } from '../support/builders';
import { contentLines } from '../support/calendars';
import { HOURS, NIGHTS } from '../support/hoursOfEveryKind';
import { hasLibical, windowsOfCalendar, windowsOfLibical, windowsOfOsm } from '../support/hoursReaders';

const FROM = '2026-01-01';
const TO = '2029-01-01';

const ALL = Object.entries({ ...HOURS, ...NIGHTS });

/** A desk that is also reached by phone, and without an appointment. */
const SEVERAL = HOURS['without an appointment, by phone and by appointment'] as Hours;

const jsonLd = (hours: Hours) =>
  openingHoursJsonLd(
    { desk: aDesk({ hours }), from: FROM, to: TO, url: 'https://x.example', describe: (kind) => kind },
    'en',
  );
const openIn = (hours: Hours): Interval[] => union(openingDays(hours, FROM, TO).flatMap(({ windows }) => [...windows]));
const feed = (hours: Hours): HoursFeed => ({
  ...{ hours, from: FROM, to: TO },
  summary: 'Open: Desk; “Café”, 中文',
  summaryOf: (kind) => `Open: Desk (${kind})`,
  location: 'Musterplatz 1, 40213 Düsseldorf',
  url: 'https://termine.example/en/desk',
  id: 'desk@termine.example',
});

describe('The hours as a calendar', () => {
  it.each(ALL)('are the same windows for ical.js, from 2026 to 2028: %s', (_name, hours) => {
    expect(windowsOfCalendar(openingHoursIcs(feed(hours)), 'vevent')).toEqual(openIn(hours));
  });

  (hasLibical ? it : it.skip).each(ALL)('are the same windows for libical: %s', (_name, hours) => {
    expect(windowsOfLibical(openingHoursIcs(feed(hours)))).toEqual(openIn(hours));
  });

  it.each(ALL)('are the same windows as availability: %s', (_name, hours) => {
    expect(windowsOfCalendar(availabilityIcs(feed(hours)), 'available')).toEqual(openIn(hours));
  });

  it.each(WINDOW_KINDS)('name the kind of each window where there are several: %s', (kind) => {
    const own = openIn(hoursOfKind(SEVERAL, kind));
    const summary = `Open: Desk (${kind})`;
    expect(windowsOfCalendar(openingHoursIcs(feed(SEVERAL)), 'vevent', summary)).toEqual(own);
    expect(windowsOfCalendar(availabilityIcs(feed(SEVERAL)), 'available', summary)).toEqual(own);
  });

  it('have a recurring entry for each rule, and few others', () => {
    const lines = contentLines(Buffer.from(openingHoursIcs(feed(hoursWith()))));
    expect(lines.filter((line) => /^RRULE:.*UNTIL/.test(line))).toEqual([
      'RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH;UNTIL=20281228T080000Z',
      'RRULE:FREQ=WEEKLY;BYDAY=FR;UNTIL=20281229T080000Z',
    ]);
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith('EXDATE;TZID=Europe/Berlin:'))).toHaveLength(2);
    expect(lines).toContain('REFRESH-INTERVAL;VALUE=DURATION:P1D');
  });

  it('have no two entries of one UID, and the same bytes each time', () => {
    for (const [, hours] of ALL) {
      const lines = contentLines(Buffer.from(openingHoursIcs(feed(hours))));
      const uids = lines.filter((line) => line.startsWith('UID:'));
      expect(new Set(uids).size).toBe(uids.length);
      expect(openingHoursIcs(feed(hours))).toBe(openingHoursIcs(feed(hours)));
    }
  });
});

describe('The hours in OpenStreetMap’s notation', () => {
  it.each(Object.entries(HOURS))('are the same windows for its package, day by day: %s', (_name, hours) => {
    expect(union(windowsOfOsm(openingHoursOsm(hours, FROM, TO)))).toEqual(openIn(hours));
  });

  it.each([
    ['appointment', 'by appointment'],
    ['walk_in', 'without an appointment'],
    ['phone', 'by phone only'],
  ] as const)('say by a comment of which kind each window is: %s', (kind, comment) => {
    const text = openingHoursOsm(SEVERAL, FROM, TO);
    expect(union(windowsOfOsm(text, comment))).toEqual(openIn(hoursOfKind(SEVERAL, kind)));
  });

  it('are a week and the dates that differ', () => {
    const hours = hoursWith([closure('2026-12-28', '2026-12-31'), opening('2026-12-31', '2027-01-01', '09:00-12:00')]);
    expect(openingHoursOsm(hours, '2026-12-21', '2027-01-04')).toBe(
      'Mo-Th 09:00-17:00; Fr 09:00-12:00; 2026 Dec 25 off; 2026 Dec 28-2026 Dec 30 off; 2026 Dec 31 09:00-12:00; 2027 Jan 01 off',
    );
  });
});

describe('The hours for search engines', () => {
  /** The windows as schema.org defines them: a special day replaces the week, equal times close, an earlier end is tomorrow. */
  function theirs(hours: Hours, description?: string): Interval[] {
    const data = jsonLd(hours);
    const zone = hours.timeZone;
    const day = (at: number) => localDate(at, zone);
    const windows: Interval[] = [];
    for (let at = toInstant(FROM, '12:00', zone); day(at) < TO; at += 86_400_000) {
      const date = day(at);
      const weekday = new Date(`${date}T00:00Z`).toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' });
      const holds = (each: { validFrom?: string; validThrough?: string }) =>
        (each.validFrom ?? date) <= date && date <= (each.validThrough ?? date);
      const special = data.specialOpeningHoursSpecification.filter(holds);
      const usual = data.openingHoursSpecification.filter(
        (each) => holds(each) && each.dayOfWeek.includes(`https://schema.org/${weekday}`),
      );
      for (const { opens, closes, description: described } of special.length > 0 ? special : usual) {
        if (opens === closes || (description !== undefined && described !== description)) continue;
        const tomorrow = day(toInstant(date, '12:00', zone) + 86_400_000);
        const end =
          closes === '23:59'
            ? toInstant(date, '24:00', zone)
            : toInstant(closes < opens ? tomorrow : date, closes, zone, 'rfc5545');
        windows.push({ start: toInstant(date, opens, zone, 'rfc5545'), end });
      }
    }
    return union(windows);
  }

  it.each(Object.entries(HOURS))('are the same windows: %s', (_name, hours) => {
    expect(theirs(hours)).toEqual(openIn(hours));
  });

  it.each(WINDOW_KINDS)('are described by kind, each day: %s', (kind) => {
    expect(theirs(SEVERAL, kind)).toEqual(openIn(hoursOfKind(SEVERAL, kind)));
  });

  it('have no description where all windows are by appointment', () => {
    expect(JSON.stringify(jsonLd(hoursWith()))).not.toContain('description');
  });
});
