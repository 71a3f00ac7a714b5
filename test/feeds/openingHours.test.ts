import { loadDeskFile } from '../../src/desks/deskFile';
import { shippedDeskFiles } from '../../src/desks/shippedDesks';
import type { Hours, HoursRule } from '../../src/domain/calendar/hours';
import { type Interval, union } from '../../src/domain/calendar/interval';
import { openingDays } from '../../src/domain/calendar/openingHours';
import { localDate, toInstant } from '../../src/domain/calendar/zone';
import { availabilityIcs, type HoursFeed, openingHoursIcs } from '../../src/feeds/openingHoursIcs';
import { openingHoursJsonLd } from '../../src/feeds/openingHoursJsonLd';
import { openingHoursOsm } from '../../src/feeds/openingHoursOsm';
import { randomIds } from '../../src/identity/ids';
import { closure, hoursWith, opening, pause } from '../domain/calendar/northRhine';
import { aDesk } from '../support/builders';
import { contentLines } from '../support/calendars';
import { windowsOfCalendar, windowsOfOsm } from '../support/hoursReaders';

const FROM = '2026-01-01';
const TO = '2029-01-01';

const rules = (...all: HoursRule[]) => hoursWith([], { rules: all });
const rule = (rrule: string, start = '09:00', end = '12:00', part: Partial<HoursRule> = {}): HoursRule => ({
  ...{ rrule, start, end },
  ...part,
});

/** Three years of hours of every kind that a desk can have. */
const HOURS: Record<string, Hours> = {
  ...Object.fromEntries(shippedDeskFiles().map((file) => [file, loadDeskFile(file, randomIds).hours])),
  'Mon–Thu 9–17, Fri 9–12': hoursWith(),
  'closures, special openings and pauses': hoursWith([
    closure('2026-12-24', '2027-01-04'),
    opening('2026-12-29', '2026-12-30', '10:00-14:00'),
    opening('2027-02-04', '2027-02-05', '09:00-11:00'),
    pause('2026-03-04', '2026-03-05', '12:00-13:00', 'FREQ=WEEKLY;BYDAY=WE'),
  ]),
  'every second week': rules(rule('FREQ=WEEKLY;INTERVAL=2;BYDAY=WE', '14:00', '18:00', { from: '2026-01-07' })),
  'odd weeks, over week 53': rules(
    rule(`FREQ=YEARLY;BYWEEKNO=${Array.from({ length: 27 }, (_, i) => 2 * i + 1).join(',')};BYDAY=WE`),
  ),
  'the first Wednesday, and the last Friday': rules(rule('FREQ=MONTHLY;BYDAY=1WE'), rule('FREQ=MONTHLY;BYDAY=-1FR')),
  'other hours in summer, dated ahead': rules(
    rule('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', '09:00', '17:00', { until: '2027-06-01' }),
    rule('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', '07:30', '14:00', { from: '2027-06-01', until: '2027-09-01' }),
    rule('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', '09:00', '17:00', { from: '2027-09-01' }),
  ),
  'rules that overlap': rules(
    rule('FREQ=WEEKLY;BYDAY=MO,TU', '09:00', '13:00'),
    rule('FREQ=WEEKLY;BYDAY=TU,WE', '12:00', '17:00'),
  ),
  'two windows a day': rules(rule('FREQ=DAILY', '08:00', '12:00'), rule('FREQ=DAILY', '14:00', '24:00')),
  'ten times only': rules(rule('FREQ=WEEKLY;BYDAY=SA;COUNT=10', '10:00', '12:00', { from: '2026-05-02' })),
  'none at all': rules(),
};
const NIGHTS: Record<string, Hours> = {
  'nights, also those in which the clocks change': hoursWith([], {
    holidays: null,
    rules: [rule('FREQ=WEEKLY;BYDAY=FR,SA', '22:00', '06:00'), rule('FREQ=WEEKLY;BYDAY=SU', '02:15', '02:45')],
  }),
};
const ALL = Object.entries({ ...HOURS, ...NIGHTS });

const openIn = (hours: Hours): Interval[] => union(openingDays(hours, FROM, TO).flatMap(({ windows }) => [...windows]));
const feed = (hours: Hours): HoursFeed => ({
  ...{ hours, from: FROM, to: TO },
  summary: 'Open: Desk; “Café”, 中文',
  location: 'Musterplatz 1, 40213 Düsseldorf',
  url: 'https://termine.example/en/desk',
  id: 'desk@termine.example',
});

describe('The hours as a calendar', () => {
  it.each(ALL)('are the same windows for ical.js, from 2026 to 2028: %s', (_name, hours) => {
    expect(windowsOfCalendar(openingHoursIcs(feed(hours)), 'vevent')).toEqual(openIn(hours));
  });

  it.each(ALL)('are the same windows as availability: %s', (_name, hours) => {
    expect(windowsOfCalendar(availabilityIcs(feed(hours)), 'available')).toEqual(openIn(hours));
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

  it('are a week and the dates that differ', () => {
    const hours = hoursWith([closure('2026-12-28', '2026-12-31'), opening('2026-12-31', '2027-01-01', '09:00-12:00')]);
    expect(openingHoursOsm(hours, '2026-12-21', '2027-01-04')).toBe(
      'Mo-Th 09:00-17:00; Fr 09:00-12:00; 2026 Dec 25 off; 2026 Dec 28-2026 Dec 30 off; 2026 Dec 31 09:00-12:00; 2027 Jan 01 off',
    );
  });
});

describe('The hours for search engines', () => {
  /** The windows as schema.org defines them: a special day replaces the week, equal times close, an earlier end is tomorrow. */
  function theirs(hours: Hours): Interval[] {
    const data = openingHoursJsonLd({ desk: aDesk({ hours }), from: FROM, to: TO, url: 'https://x.example' }, 'en');
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
      for (const { opens, closes } of special.length > 0 ? special : usual) {
        if (opens === closes) continue;
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
});
