import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addDays,
  dayInterval,
  daysBetween,
  eachDay,
  isoWeek,
  isTimeZone,
  localDate,
  localTime,
  parseInstant,
  parseInstantIn,
  parseLocalDate,
  parseLocalTime,
  startOfDay,
  toInstant,
  toIso,
  weekInterval,
} from '../../../src/domain/calendar/zone';
import { cases } from '../../support/cases';

const iso = (at: number) => new Date(at).toISOString();
const refused = (why: string) =>
  expect.objectContaining({ code: 'invalid-time', details: expect.objectContaining({ why }) });

/** Zones that differ in what can go wrong: sign, size and half hours of the offset, and where in the day clocks change. */
const ZONES = [
  'Europe/Berlin',
  'UTC',
  'America/New_York',
  'America/St_Johns',
  'America/Havana',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
];
const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: Date.parse('1990-01-01T00:00Z'), max: Date.parse('2040-01-01T00:00Z') });
const minute = instant.map((at) => at - (at % 60_000));

describe('toInstant', () => {
  it.each([
    ['2026-12-01', '09:00', 'Europe/Berlin', '2026-12-01T08:00:00.000Z'],
    ['2026-07-01', '09:00', 'Europe/Berlin', '2026-07-01T07:00:00.000Z'],
    ['2026-12-31', '24:00', 'Europe/Berlin', '2026-12-31T23:00:00.000Z'],
    ['2027-03-28', '24:00', 'Europe/Berlin', '2027-03-28T22:00:00.000Z'],
    ['2026-12-01', '09:00', 'Pacific/Apia', '2026-11-30T20:00:00.000Z'],
  ])('reads %s %s in %s', (date, time, where, expected) => {
    expect(iso(toInstant(date, time, where))).toBe(expected);
  });

  it('takes the offset before the gap and the first of two, as RFC 5545 §3.3.5 says', () => {
    expect(iso(toInstant('2027-03-28', '02:30', 'Europe/Berlin', 'rfc5545'))).toBe('2027-03-28T01:30:00.000Z');
    expect(iso(toInstant('2027-10-31', '02:30', 'Europe/Berlin', 'rfc5545'))).toBe('2027-10-31T00:30:00.000Z');
  });

  it('is right at the edges of gap and overlap', () => {
    expect(() => toInstant('2027-03-28', '02:00', 'Europe/Berlin')).toThrow(refused('gap'));
    expect(iso(toInstant('2027-03-28', '03:00', 'Europe/Berlin'))).toBe('2027-03-28T01:00:00.000Z');
    expect(() => toInstant('2027-10-31', '02:00', 'Europe/Berlin')).toThrow(refused('overlap'));
    expect(iso(toInstant('2027-10-31', '03:00', 'Europe/Berlin'))).toBe('2027-10-31T02:00:00.000Z');
  });

  it('is right in the minute at which clocks have just gone forward', () => {
    expect(iso(toInstant('2011-09-24', '04:00', 'Pacific/Apia'))).toBe('2011-09-24T14:00:00.000Z');
  });

  it('handles a zone in which a whole day is missing', () => {
    expect(() => toInstant('2011-12-30', '12:00', 'Pacific/Apia')).toThrow(refused('gap'));
  });

  it.each([
    ['2026-02-30', '09:00', 'Europe/Berlin'],
    ['2026-2-3', '09:00', 'Europe/Berlin'],
    ['2026-02-03', '9:00', 'Europe/Berlin'],
    ['2026-02-03', '24:01', 'Europe/Berlin'],
    ['2026-02-03', '09:00', 'Europe/Atlantis'],
    ['2026-02-03', '09:00', '+01:00'],
  ])('refuses %s %s in %s as unreadable', (date, time, where) => {
    expect(() => toInstant(date, time, where)).toThrow(refused('unreadable'));
  });

  it('finds the same instants as luxon’s possible offsets, in every zone', () => {
    fc.assert(
      fc.property(minute, zone, (at, where) => {
        const [date, time] = [localDate(at, where), localTime(at, where)];
        const possible = DateTime.fromISO(`${date}T${time}`, { zone: where }).getPossibleOffsets();
        // Of the minute at which clocks have just gone forward luxon sometimes makes an hour later (Samoa, 2011).
        fc.pre(possible.every((when) => when.toFormat("yyyy-MM-dd'T'HH:mm") === `${date}T${time}`));
        const instants = possible.map((when) => when.toMillis()).sort((a, b) => a - b);
        expect(toInstant(date, time, where, 'rfc5545')).toBe(instants[0]);
        if (instants.length > 1) expect(() => toInstant(date, time, where)).toThrow(refused('overlap'));
        else expect(toInstant(date, time, where)).toBe(at);
      }),
      { numRuns: cases(1000) },
    );
  });
});

describe('toIso', () => {
  it('writes the offset of the day, and +00:00 for UTC', () => {
    expect(toIso(Date.parse('2026-12-01T08:00Z'), 'Europe/Berlin')).toBe('2026-12-01T09:00:00+01:00');
    expect(toIso(Date.parse('2026-12-01T08:00Z'), 'UTC')).toBe('2026-12-01T08:00:00+00:00');
    expect(toIso(Date.parse('2026-12-01T08:00Z'), 'America/St_Johns')).toBe('2026-12-01T04:30:00-03:30');
  });

  it('is read back by parseInstant, and agrees with luxon', () => {
    fc.assert(
      fc.property(minute, zone, (at, where) => {
        expect(parseInstant(toIso(at, where))).toBe(at);
        const written = DateTime.fromMillis(at, { zone: where }).toISO({ suppressMilliseconds: true });
        expect(toIso(at, where)).toBe(written?.replace('Z', '+00:00'));
      }),
      { numRuns: cases(1000) },
    );
  });
});

describe('parseInstantIn', () => {
  const at = (text: string) => iso(parseInstantIn('Europe/Berlin', text));

  it.each([
    ['2026-12-01T09:00', '2026-12-01T08:00:00.000Z'],
    ['2026-07-01 09:00:00', '2026-07-01T07:00:00.000Z'],
    ['2026-07-01T09:00:00.000', '2026-07-01T07:00:00.000Z'],
    ['2026-07-01 09:00+09:00', '2026-07-01T00:00:00.000Z'],
    ['2026-07-01T09:00:30Z', '2026-07-01T09:00:30.000Z'],
    ['2026-10-25T02:30+02:00', '2026-10-25T00:30:00.000Z'],
    ['01.12.2026 09:00', '2026-12-01T08:00:00.000Z'],
    ['1.7.2026, 9:00', '2026-07-01T07:00:00.000Z'],
    ['1.12.2026 9:00:00 Uhr', '2026-12-01T08:00:00.000Z'],
    ['2026-12-01 09:00:00+01', '2026-12-01T08:00:00.000Z'],
    ['2026-12-01 09:00:00.000-0530', '2026-12-01T14:30:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(at(text)).toBe(expected);
  });

  it.each([
    ['2026-10-25T02:30', 'overlap'],
    ['2026-03-29 02:30', 'gap'],
    ['2026-12-01T24:00', 'unreadable'],
    ['2026-12-01T09:00:30', 'unreadable'],
    ['2026-02-30T09:00', 'unreadable'],
    ['2026-12-01', 'unreadable'],
    ['01.12.26 09:00', 'unreadable'],
    ['1.12.2026', 'unreadable'],
    ['31.02.2027 09:00', 'unreadable'],
    ['12/01/2026 09:00', 'unreadable'],
    ['28.03.2027 02:30', 'gap'],
    ['2026-12-01+01', 'unreadable'],
  ] as const)('refuses %s for the reason %s', (text, why) => {
    expect(() => at(text)).toThrow(refused(why));
  });
});

describe('parseInstant', () => {
  it.each([
    ['2026-12-01T08:00:00Z', '2026-12-01T08:00:00.000Z'],
    ['2026-12-01T08:00Z', '2026-12-01T08:00:00.000Z'],
    ['2026-12-01T08:00:00.5+05:45', '2026-12-01T02:15:00.500Z'],
    ['2026-12-01T08:00:00.123456789-03:30', '2026-12-01T11:30:00.123Z'],
    ['2028-02-29T23:59:59+14:00', '2028-02-29T09:59:59.000Z'],
  ])('reads %s', (text, expected) => {
    expect(iso(parseInstant(text))).toBe(expected);
  });

  it.each([
    '',
    '2026-12-01',
    '2026-12-01T08:00:00',
    '2026-12-01 08:00:00Z',
    '2026-12-01t08:00:00z',
    '2026-02-30T08:00:00Z',
    '2027-02-29T08:00:00Z',
    '2026-13-01T08:00:00Z',
    '2026-12-01T25:00:00Z',
    '2026-12-01T24:00:00Z',
    '2026-12-01T08:60:00Z',
    '2026-12-01T08:00:60Z',
    '2026-12-01T08:00:00+25:00',
    '2026-12-01T08:00:00+01',
    '2026-12-01T08:00:00Z\n',
    '+002026-12-01T08:00:00Z',
    '2026-W49-2T08:00:00Z',
    '1764576000000',
    'tomorrow',
  ])('refuses %j', (text) => {
    expect(() => parseInstant(text)).toThrow(refused('unreadable'));
  });
});

describe('parseLocalDate and parseLocalTime', () => {
  it.each(['2026-02-28', '2028-02-29', '0001-01-01', '9999-12-31'])('reads the day %s', (text) => {
    expect(parseLocalDate(text)).toBe(text);
  });

  it.each(['2026-02-29', '2026-00-10', '2026-04-31', '26-04-01', '2026-04-01T00:00', ' 2026-04-01', '2026-04-01\n'])(
    'refuses the day %j',
    (text) => expect(() => parseLocalDate(text)).toThrow(refused('unreadable')),
  );

  it.each(['00:00', '09:05', '23:59'])('reads the time %s', (text) => expect(parseLocalTime(text)).toBe(text));

  it.each(['24:00', '9:05', '09:60', '09:05:00', '0905', '09:05\n', ''])('refuses the time %j', (text) => {
    expect(() => parseLocalTime(text)).toThrow(refused('unreadable'));
  });
});

describe('A day in a zone', () => {
  it.each([
    ['2026-12-01', 24],
    ['2027-03-28', 23],
    ['2027-10-31', 25],
  ])('%s has %i hours in Berlin', (date, hours) => {
    const { start, end } = dayInterval(date, 'Europe/Berlin');
    expect((end - start) / 3_600_000).toBe(hours);
  });

  it('starts at 01:00 where clocks jump over midnight', () => {
    expect(toIso(startOfDay('2026-04-24', 'Africa/Cairo'), 'Africa/Cairo')).toBe('2026-04-24T01:00:00+03:00');
  });

  it('starts at the first of two midnights', () => {
    expect(toIso(startOfDay('2026-11-01', 'America/Havana'), 'America/Havana')).toBe('2026-11-01T00:00:00-04:00');
  });

  it('is empty if the zone skips it', () => {
    const { start, end } = dayInterval('2011-12-30', 'Pacific/Apia');
    expect(end - start).toBe(0);
  });

  it('begins with its first instant, in every zone', () => {
    fc.assert(
      fc.property(instant, zone, (at, where) => {
        const date = localDate(at, where);
        const { start, end } = dayInterval(date, where);
        expect(localDate(start, where)).toBe(date);
        expect(localDate(start - 1, where) < date).toBe(true);
        expect(start <= at && at < end).toBe(true);
      }),
      { numRuns: cases(1000) },
    );
  });
});

describe('Days of the calendar', () => {
  it('are counted over a clock change, a leap day and a year', () => {
    expect(addDays('2027-03-27', 2)).toBe('2027-03-29');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
    expect(daysBetween('2026-12-24', '2027-01-04')).toBe(11);
  });

  it('are half-open as a list', () => {
    expect(eachDay('2026-12-30', '2027-01-02')).toEqual(['2026-12-30', '2026-12-31', '2027-01-01']);
    expect(eachDay('2027-01-02', '2027-01-02')).toEqual([]);
    expect(eachDay('2027-01-02', '2026-01-01')).toEqual([]);
  });

  it('lie in the same ISO week as in luxon', () => {
    for (const date of eachDay('2019-12-20', '2033-01-10')) {
      const { weekYear, weekNumber } = DateTime.fromISO(date, { zone: 'utc' });
      expect([date, isoWeek(date)]).toEqual([date, { year: weekYear, week: weekNumber }]);
    }
  });
});

describe('weekInterval', () => {
  it('runs from Monday 00:00 to Monday 00:00 at the desk, also over a clock change', () => {
    const { start, end } = weekInterval(Date.parse('2027-03-28T22:30:00Z') - 3_600_000, 'Europe/Berlin');
    expect([toIso(start, 'Europe/Berlin'), toIso(end, 'Europe/Berlin')]).toEqual([
      '2027-03-22T00:00:00+01:00',
      '2027-03-29T00:00:00+02:00',
    ]);
  });

  it('is the desk’s week, not UTC’s', () => {
    const mondayInBerlin = Date.parse('2027-03-28T22:30:00Z');
    expect(weekInterval(mondayInBerlin, 'Europe/Berlin').start).toBe(Date.parse('2027-03-28T22:00:00Z'));
  });
});

describe('isTimeZone', () => {
  it.each(['Europe/Berlin', 'UTC', 'America/Argentina/Ushuaia', 'Etc/GMT+5'])('knows %s', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['', 'Europe/Atlantis', '+01:00', 'local', 'system', 'Europe/Berlin\r\nX:', '../etc', 'a'.repeat(1e5)])(
    'does not know an offset or a malformed name',
    (name) => expect(isTimeZone(name)).toBe(false),
  );
});
