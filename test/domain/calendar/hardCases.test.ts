import type { Interval } from '../../../src/domain/calendar/interval';
import { isOpenAt, nextOpening, openingDays, openingWindows } from '../../../src/domain/calendar/openingHours';
import {
  addDays,
  dayInterval,
  isoWeek,
  isoWeekday,
  localDate,
  parseInstant,
  toInstant,
  toIso,
} from '../../../src/domain/calendar/zone';
import { candidates } from '../../../src/domain/slots/candidates';
import { deskTime } from '../../../src/presentation/format';
import { BERLIN, clock, closure, hoursWith, inUtc, nextDay, onDay, opening } from './northRhine';

const ordinary = hoursWith();
const halfHours = { duration: 30, buffer: 0, grid: 30 };
const windowsOn = (hours: typeof ordinary, date: string): Interval[] =>
  openingDays(hours, date, nextDay(date)).flatMap((day) => day.windows);

describe('Hard cases of the calendar', () => {
  it('1: Christmas Eve is no holiday: open 09–17', () => {
    expect(isoWeekday('2026-12-24')).toBe(4);
    expect(onDay(ordinary, '2026-12-24')).toBe('08:00Z-16:00Z');
  });

  it('2: an exception on Christmas Eve replaces the rule: open 09–12', () => {
    expect(onDay(hoursWith([opening('2026-12-24', '2026-12-25', '09:00-12:00')]), '2026-12-24')).toBe('08:00Z-11:00Z');
  });

  it('3: Christmas Day is closed', () => {
    expect(onDay(ordinary, '2026-12-25')).toBe('public_holiday');
  });

  it('4: after a short New Year’s Eve the next opening is Monday 4 January', () => {
    const hours = hoursWith([opening('2026-12-31', '2027-01-01', '09:00-12:00')]);
    const noon = toInstant('2026-12-31', '12:00', BERLIN);
    expect(onDay(hours, '2026-12-31')).toBe('08:00Z-11:00Z');
    expect(isOpenAt(hours, noon - 1)).not.toBeNull();
    expect(isOpenAt(hours, noon)).toBeNull();
    expect(nextOpening(hours, noon, 60)?.start).toBe(Date.parse('2027-01-04T08:00:00Z'));
  });

  it('5: New Year’s Day 2027 is closed and lies in 2026-W53; the Monday after begins 2027-W01', () => {
    expect(onDay(ordinary, '2027-01-01')).toBe('public_holiday');
    expect([isoWeek('2027-01-01'), isoWeekday('2027-01-01')]).toEqual([{ year: 2026, week: 53 }, 5]);
    expect([isoWeek('2027-01-04'), isoWeekday('2027-01-04')]).toEqual([{ year: 2027, week: 1 }, 1]);
  });

  it('6: a special opening inside a range closure opens its date and no other', () => {
    const hours = hoursWith([closure('2026-12-24', '2027-01-04'), opening('2026-12-29', '2026-12-30', '10:00-14:00')]);
    expect(onDay(hours, '2026-12-29')).toBe('09:00Z-13:00Z');
    expect(onDay(hours, '2026-12-30')).toBe('exception');
    expect(onDay(hours, '2027-01-03')).toBe('exception');
    expect(onDay(hours, '2027-01-04')).toBe('08:00Z-16:00Z');
  });

  it('8: carnival closes Düsseldorf by exceptions of its own, and not Wuppertal', () => {
    const düsseldorf = hoursWith([
      opening('2027-02-04', '2027-02-05', '09:00-11:00'),
      closure('2027-02-08', '2027-02-09', 'Rosenmontag'),
    ]);
    expect([onDay(düsseldorf, '2027-02-04'), onDay(düsseldorf, '2027-02-08')]).toEqual(['08:00Z-10:00Z', 'exception']);
    expect([onDay(ordinary, '2027-02-04'), onDay(ordinary, '2027-02-08')]).toEqual(['08:00Z-16:00Z', '08:00Z-16:00Z']);
  });

  it('9: the Thursday before Easter 2027 is in winter time', () => {
    expect(onDay(ordinary, '2027-03-25')).toBe('08:00Z-16:00Z');
  });

  it('10: Easter 2027 is closed from Friday to Monday, and its Sunday has 23 hours', () => {
    const days = ['2027-03-26', '2027-03-28', '2027-03-29'].map((date) => onDay(ordinary, date));
    expect(days).toEqual(['public_holiday', 'no_rule', 'public_holiday']);
    const { start, end } = dayInterval('2027-03-28', BERLIN);
    expect((end - start) / 3_600_000).toBe(23);
  });

  it('11: the Tuesday after Easter 2027 is in summer time', () => {
    expect(onDay(ordinary, '2027-03-30')).toBe('07:00Z-15:00Z');
  });

  it('12: 02:30 in the gap is rejected as input, and a special opening 01–04 has two hours', () => {
    expect(() => toInstant('2027-03-28', '02:30', BERLIN)).toThrow(
      expect.objectContaining({ code: 'invalid-time', details: expect.objectContaining({ why: 'gap' }) }),
    );
    const windows = windowsOn(hoursWith([opening('2027-03-28', '2027-03-29', '01:00-04:00')]), '2027-03-28');
    expect(inUtc(windows)).toEqual(['00:00Z-02:00Z']);
    const starts = candidates(windows, halfHours).map(({ start }) => clock(start));
    expect(starts).toEqual(['00:00Z', '00:30Z', '01:00Z', '01:30Z']);
    const shown = candidates(windows, halfHours).map(({ start }) => deskTime('de', BERLIN).time(start));
    expect(shown).toEqual(['01:00', '01:30', '03:00', '03:30']);
  });

  it('13: 02:30 in the overlap needs an offset, and a special opening 01–04 has eight half hours with their zone names', () => {
    expect(() => toInstant('2027-10-31', '02:30', BERLIN)).toThrow(
      expect.objectContaining({ code: 'invalid-time', details: expect.objectContaining({ why: 'overlap' }) }),
    );
    expect(clock(parseInstant('2027-10-31T02:30:00+02:00'))).toBe('00:30Z');
    expect(clock(parseInstant('2027-10-31T02:30:00+01:00'))).toBe('01:30Z');

    const windows = windowsOn(hoursWith([opening('2027-10-31', '2027-11-01', '01:00-04:00')]), '2027-10-31');
    const slots = candidates(windows, halfHours);
    expect(slots.map(({ start }) => clock(start))).toEqual([
      '23:00Z',
      '23:30Z',
      '00:00Z',
      '00:30Z',
      '01:00Z',
      '01:30Z',
      '02:00Z',
      '02:30Z',
    ]);
    expect(slots.map(({ start }) => toIso(start, BERLIN).slice(11))).toEqual([
      '01:00:00+02:00',
      '01:30:00+02:00',
      '02:00:00+02:00',
      '02:30:00+02:00',
      '02:00:00+01:00',
      '02:30:00+01:00',
      '03:00:00+01:00',
      '03:30:00+01:00',
    ]);
    const names = slots.map(({ start }) => deskTime('de', BERLIN).zoneShort(start));
    expect(names).toEqual(['MESZ', 'MESZ', 'MESZ', 'MESZ', 'MEZ', 'MEZ', 'MEZ', 'MEZ']);
  });

  it('14: a weekly Tuesday 09:00 keeps its local time over the change to summer time', () => {
    const rule = { rrule: 'FREQ=WEEKLY;BYDAY=TU;COUNT=3', start: '09:00', end: '10:00', from: '2027-03-23' };
    const days = openingDays(hoursWith([], { rules: [rule] }), '2027-03-01', '2027-05-01');
    const starts = days.flatMap((day) => day.windows.map(({ start }) => new Date(start).toISOString().slice(0, 16)));
    expect(starts).toEqual(['2027-03-23T08:00', '2027-03-30T07:00', '2027-04-06T07:00']);
  });

  it('15: 1 May on a Saturday has no substitute: the Monday is open', () => {
    expect(onDay(ordinary, '2027-05-01')).toBe('public_holiday');
    expect(onDay(ordinary, '2027-05-03')).toBe('07:00Z-15:00Z');
  });

  it('16: Ascension Day 2027 is closed, the Friday after it is open', () => {
    expect([onDay(ordinary, '2027-05-06'), onDay(ordinary, '2027-05-07')]).toEqual(['public_holiday', '07:00Z-10:00Z']);
  });

  it('17: Whit Monday and Corpus Christi 2027 are closed', () => {
    const [day] = openingDays(ordinary, '2027-05-17', '2027-05-18');
    expect(day?.closed).toMatchObject({ kind: 'public_holiday', name: { de: 'Pfingstmontag', en: 'Whit Monday' } });
    expect(onDay(ordinary, '2027-05-27')).toBe('public_holiday');
  });

  it('19: around the end of summer time 2027 the desk keeps its local hours', () => {
    const days = ['2027-10-29', '2027-11-01', '2027-11-02'].map((date) => onDay(ordinary, date));
    expect(days).toEqual(['07:00Z-10:00Z', 'public_holiday', '08:00Z-16:00Z']);
  });

  it.each([
    [60, '11:00'],
    [90, '10:30'],
  ])('20: the last start of a %i-minute topic on a Friday is %s', (duration, last) => {
    const slots = candidates(windowsOn(ordinary, '2027-01-29'), { duration, buffer: 0, grid: 30 });
    expect(toIso(slots.at(-1)?.start ?? 0, BERLIN).slice(11, 16)).toBe(last);
  });

  it('22: 60 days from 29 January 2027 reach to the last slot of 30 March, in summer time', () => {
    const now = toInstant('2027-01-29', '10:00', BERLIN);
    const last = addDays(localDate(now, BERLIN), 60);
    const windows = openingWindows(ordinary, { start: now, end: dayInterval(last, BERLIN).end });
    const slots = candidates(windows, { duration: 60, buffer: 0, grid: 30 });
    expect(new Date(slots.at(-1)?.start ?? 0).toISOString()).toBe('2027-03-30T14:00:00.000Z');
  });

  it('24: 29 February 2028 is open, and Corpus Christi after the latest Easter is closed', () => {
    expect(onDay(ordinary, '2028-02-29')).toBe('08:00Z-16:00Z');
    expect(onDay(ordinary, '2038-06-24')).toBe('public_holiday');
  });
});
