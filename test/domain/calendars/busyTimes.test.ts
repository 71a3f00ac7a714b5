import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Interval } from '../../../src/domain/calendar/interval';
import { MAX_EVENTS, readBusyTimes } from '../../../src/domain/calendars/busyTimes';
import { Steps } from '../../../src/domain/calendars/steps';
import { foreign } from '../../support/foreign';

const RANGE = { start: Date.parse('2026-11-30T00:00:00+01:00'), end: Date.parse('2027-12-31T00:00:00+01:00') };
const reading = { range: RANGE, deskZone: 'Europe/Berlin' };

const calendar = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:u1', ...lines, 'END:VEVENT'];

function read(...lines: string[]) {
  const busy = readBusyTimes(calendar(...lines), reading);
  if ('fault' in busy) throw new Error(busy.fault);
  return busy;
}
const iso = ({ start, end }: Interval) => [start, end].map((at) => new Date(at).toISOString().slice(0, 16)).join(' ');
const times = (...lines: string[]) => read(...lines).times.map(iso);

const NINE = ['DTSTART;TZID=Europe/Berlin:20261201T090000', 'DTEND;TZID=Europe/Berlin:20261201T100000'];

describe('A calendar of somebody’s own', () => {
  it.each([
    ['an hour in a zone', NINE, ['2026-12-01T08:00 2026-12-01T09:00']],
    ['UTC', ['DTSTART:20261201T080000Z', 'DURATION:PT90M'], ['2026-12-01T08:00 2026-12-01T09:30']],
    [
      'the desk’s own clock',
      ['DTSTART:20261201T090000', 'DTEND:20261201T100000'],
      ['2026-12-01T08:00 2026-12-01T09:00'],
    ],
    ['a day', ['DTSTART;VALUE=DATE:20261201'], ['2026-11-30T23:00 2026-12-01T23:00']],
    ['some days', ['DTSTART;VALUE=DATE:20261201', 'DTEND;VALUE=DATE:20261204'], ['2026-11-30T23:00 2026-12-03T23:00']],
    [
      'a zone as Windows calls it',
      ['DTSTART;TZID=W. Europe Standard Time:20261201T090000', 'DURATION:PT1H'],
      ['2026-12-01T08:00 2026-12-01T09:00'],
    ],
    [
      'a zone at the end of a path',
      ['DTSTART;TZID=/x.org/2005_1/America/New_York:20261201T090000', 'DURATION:PT1H'],
      ['2026-12-01T14:00 2026-12-01T15:00'],
    ],
    ['no length', ['DTSTART:20261201T080000Z'], []],
  ])('blocks %s', (_, lines, expected) => {
    expect(times(...event(...lines))).toEqual(expected);
  });

  it.each([
    ['that is cancelled', 'STATUS:CANCELLED'],
    ['that leaves its time free', 'TRANSP:TRANSPARENT'],
    ['that Outlook calls free', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'],
  ])('does not block an entry %s', (_, line) => {
    expect(read(...event(...NINE, line))).toEqual({ times: [], events: 0, unread: 0 });
  });

  it('is read with its own zone, over the change of clocks', () => {
    const zone = [
      ...['BEGIN:VTIMEZONE', 'TZID:Büro', 'BEGIN:DAYLIGHT', 'DTSTART:19810329T020000', 'TZOFFSETFROM:+0100'],
      ...['TZOFFSETTO:+0200', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'END:DAYLIGHT', 'BEGIN:STANDARD'],
      ...['DTSTART:19961027T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100'],
      ...['RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'END:STANDARD', 'END:VTIMEZONE'],
    ];
    const weekly = event('DTSTART;TZID=Büro:20270322T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=2');
    expect(times(...zone, ...weekly)).toEqual([
      '2027-03-22T08:00 2027-03-22T09:00',
      '2027-03-29T07:00 2027-03-29T08:00',
    ]);
  });

  it('follows what was left out, moved and cancelled of a series', () => {
    const series = event(...NINE, 'RRULE:FREQ=DAILY;COUNT=5', 'EXDATE;TZID=Europe/Berlin:20261202T090000');
    const moved = event(
      ...['RECURRENCE-ID;TZID=Europe/Berlin:20261203T090000', 'DTSTART;TZID=Europe/Berlin:20261203T140000'],
      'DURATION:PT30M',
    );
    const cancelled = event(
      'RECURRENCE-ID:20261204T080000Z',
      'DTSTART:20261204T080000Z',
      'DURATION:PT1H',
      'STATUS:CANCELLED',
    );
    const found = read(...series, ...moved, ...cancelled);
    expect(found.times.map(iso)).toEqual([
      '2026-12-01T08:00 2026-12-01T09:00',
      '2026-12-03T13:00 2026-12-03T13:30',
      '2026-12-05T08:00 2026-12-05T09:00',
    ]);
    expect(found).toMatchObject({ events: 1, unread: 0 });
  });

  it('ends a series at UNTIL, and adds RDATE', () => {
    const lines = ['RRULE:FREQ=WEEKLY;UNTIL=20261208T080000Z', 'RDATE;TZID=Europe/Berlin:20261210T090000'];
    expect(times(...event(...NINE, ...lines)).map((each) => each.slice(0, 10))).toEqual([
      '2026-12-01',
      '2026-12-08',
      '2026-12-10',
    ]);
  });

  it('counts the first time of a rule that is not understood, and says so', () => {
    expect(read(...event(...NINE, 'RRULE:FREQ=SECONDLY'))).toMatchObject({ events: 1, unread: 1 });
    expect(read(...event('DTSTART:tomorrow'))).toMatchObject({ events: 0, unread: 1 });
  });

  it('may be the busy times alone', () => {
    const lines = [
      'FREEBUSY;FBTYPE=BUSY:20261201T080000Z/PT1H,20261201T100000Z/20261201T110000Z',
      'FREEBUSY;FBTYPE=FREE:20261202T080000Z/PT1H',
    ];
    expect(times('BEGIN:VFREEBUSY', ...lines, 'END:VFREEBUSY')).toEqual([
      '2026-12-01T08:00 2026-12-01T09:00',
      '2026-12-01T10:00 2026-12-01T11:00',
    ]);
  });

  it('is folded, quoted and cut off as it may be', () => {
    const folded = calendar(...event('DTSTART;X="a:b;c";TZID=Europe/Be', ' rlin:20261201T090000', 'DURATION:PT1H'));
    const cut = folded.slice(0, folded.indexOf('END:VEVENT')).replaceAll('\r\n', '\n');
    for (const text of [folded, `\uFEFF${cut}`]) expect(readBusyTimes(text, reading)).toMatchObject({ events: 1 });
  });

  it.each([
    ['is none', 'Hello', 'no_calendar'],
    [
      'has too many entries',
      calendar(...Array.from({ length: MAX_EVENTS + 1 }, () => 'BEGIN:VEVENT\r\nEND:VEVENT')),
      'full',
    ],
    [
      'would take too long',
      calendar(
        ...Array.from({ length: 1_000 }, (_, i) =>
          event(`UID:x${i}`, 'DTSTART:19000101T090000Z', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=9'),
        )
          .flat()
          .map((line) => (line === 'UID:u1' ? 'X:1' : line)),
      ),
      'endless',
    ],
  ])('is refused if it %s', (_, text, fault) => {
    expect(readBusyTimes(text, reading)).toEqual({ fault });
  });
});

const folder = foreign('calendars');

(folder ? describe : describe.skip)('A calendar that others wrote', () => {
  const files = folder ? readdirSync(folder).filter((name) => name.endsWith('.ics')) : [];

  it('is read or refused with little work, whatever is wrong with it', () => {
    const looked = files.map((name) => {
      const steps = new Steps(1_000_000);
      const began = performance.now();
      const text = readFileSync(join(folder ?? '', name), 'utf8');
      const busy = readBusyTimes(text, { ...reading, steps });
      return { name, busy, steps: steps.taken, ms: performance.now() - began };
    });
    expect(files.length).toBeGreaterThan(50);
    const [slowest] = [...looked].sort((a, b) => b.ms - a.ms);
    const refused = looked.filter(({ busy }) => 'fault' in busy).length;
    process.stderr.write(
      `${looked.length} calendars, ${refused} refused; the slowest: ${slowest?.name}, ${slowest?.ms.toFixed(1)} ms\n`,
    );
    expect(looked.filter(({ steps }) => steps > 60_000).map(({ name }) => name)).toEqual([]);
  });
});
