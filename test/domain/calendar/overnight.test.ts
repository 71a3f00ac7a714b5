import type { Hours } from '../../../src/domain/calendar/hours';
import { MINUTE } from '../../../src/domain/calendar/interval';
import {
  assertException,
  assertHoursRule,
  isOpenAt,
  nextChanges,
  nextOpening,
  openingDays,
  openingWindows,
  weekPattern,
  workingWindows,
} from '../../../src/domain/calendar/openingHours';
import { joined, onClock, without } from '../../../src/domain/calendar/stretches';
import { addDays, dayInterval } from '../../../src/domain/calendar/zone';
import { candidates } from '../../../src/domain/slots/candidates';
import { BERLIN, clock, closure, hoursWith, inUtc, local, onDay, opening } from './northRhine';

const NIGHT = { rrule: 'FREQ=WEEKLY;BYDAY=FR,SA', start: '22:00', end: '06:00' };
const nights = (exceptions: Hours['exceptions'] = [], part: Partial<Hours> = {}) =>
  hoursWith(exceptions, { rules: [NIGHT], ...part });
const at = (iso: string) => Date.parse(iso);

describe('A window that goes on beyond midnight', () => {
  it('is one window of the day on which it begins', () => {
    expect(onDay(nights(), '2026-12-04')).toBe('21:00Z-05:00Z');
    expect(onDay(nights(), '2026-12-05')).toBe('21:00Z-05:00Z');
    // Until six in the morning the desk is open on Sunday, but nothing begins then.
    expect(onDay(nights(), '2026-12-06')).toBe('no_rule');
  });

  it('has slots across midnight', () => {
    const sunday = dayInterval('2026-12-06', BERLIN);
    const [window, ...more] = openingWindows(nights(), sunday);
    expect(more).toEqual([]);
    const slots = candidates([window as never], { duration: 60, buffer: 0, grid: 45 });
    expect(inUtc(slots.slice(1, 4))).toEqual(['21:45Z-22:45Z', '22:30Z-23:30Z', '23:15Z-00:15Z']);
    expect(clock(slots.at(-1)?.end ?? 0)).toBe('04:45Z');
  });

  it('is open on both sides of midnight, to its end', () => {
    const window = isOpenAt(nights(), at('2026-12-04T23:59:59+01:00'));
    expect(isOpenAt(nights(), at('2026-12-05T05:59:59+01:00'))).toEqual(window);
    expect(isOpenAt(nights(), at('2026-12-05T06:00:00+01:00'))).toBeNull();
    expect(nextOpening(nights(), at('2026-12-05T01:00:00+01:00'), 7)?.start).toBe(at('2026-12-05T22:00:00+01:00'));
  });

  it.each([
    ['goes forward', '2027-03-27', '21:00Z-04:00Z', 7],
    ['goes back', '2027-10-30', '20:00Z-05:00Z', 9],
  ])('lasts its elapsed time in the night in which the clock %s', (_, date, expected, hours) => {
    expect(onDay(nights(), date)).toBe(expected);
    const [window] = openingDays(nights(), date, addDays(date, 1)).flatMap(({ windows }) => windows);
    expect(((window?.end ?? 0) - (window?.start ?? 0)) / (60 * MINUTE)).toBe(hours);
  });

  it('resolves an end in the gap and in the overlap as RFC 5545 §3.3.5 says', () => {
    const until = (end: string) => nights([], { rules: [{ ...NIGHT, end }] });
    expect(onDay(until('02:30'), '2027-03-27')).toBe('21:00Z-01:30Z');
    expect(onDay(until('02:30'), '2027-10-30')).toBe('20:00Z-00:30Z');
  });

  it('is closed whole by an exception about the day on which it begins, and not by one about the next', () => {
    expect(openingWindows(nights([closure('2026-12-05', '2026-12-06')]), dayInterval('2026-12-06', BERLIN))).toEqual(
      [],
    );
    expect(onDay(nights([closure('2026-12-06', '2026-12-07')]), '2026-12-05')).toBe('21:00Z-05:00Z');
    const other = nights([opening('2026-12-05', '2026-12-06', '20:00-02:00')]);
    expect(onDay(other, '2026-12-05')).toBe('19:00Z-01:00Z');
  });

  it('is closed whole on a holiday, also on one that begins in the afternoon', () => {
    // Good Friday 2027; the night of Saturday goes on into Easter Sunday, which is a holiday in Brandenburg.
    expect(onDay(nights(), '2027-03-26')).toBe('public_holiday');
    expect(onDay(nights([], { holidays: 'DE-BB' }), '2027-03-27')).toBe('21:00Z-04:00Z');
    const solothurn = nights([], { holidays: 'CH-SO', timeZone: 'Europe/Zurich' });
    expect(onDay(solothurn, '2027-05-01')).toBe('public_holiday');
  });

  it('is interrupted by pauses at their times of day, also after midnight', () => {
    const paused = (pause: string) =>
      nights([{ ...opening('2026-12-05', '2026-12-06'), windows: [], pauses: [local(pause)] }]);
    expect(onDay(paused('02:00-02:30'), '2026-12-05')).toBe('21:00Z-01:00Z 01:30Z-05:00Z');
    expect(onDay(paused('23:30-00:30'), '2026-12-05')).toBe('21:00Z-22:30Z 23:30Z-05:00Z');
  });

  it('stays separate from the next window that begins when it ends, and is joined with one that it overlaps', () => {
    const rules = (start: string) => [NIGHT, { rrule: 'FREQ=WEEKLY;BYDAY=SU', start, end: '12:00' }];
    const sunday = dayInterval('2026-12-06', BERLIN);
    expect(inUtc(openingWindows(nights([], { rules: rules('06:00') }), sunday))).toEqual([
      '21:00Z-05:00Z',
      '05:00Z-11:00Z',
    ]);
    expect(inUtc(openingWindows(nights([], { rules: rules('05:00') }), sunday))).toEqual(['21:00Z-11:00Z']);
  });

  it('is joined with the next for an advisor whose shifts touch', () => {
    const shifts = [
      { rrule: 'FREQ=WEEKLY;BYDAY=SA', start: '18:00', end: '24:00' },
      { rrule: 'FREQ=WEEKLY;BYDAY=SU', start: '00:00', end: '03:00' },
      { rrule: 'FREQ=WEEKLY;BYDAY=SU', start: '20:00', end: '04:00' },
    ];
    expect(inUtc(workingWindows(shifts, BERLIN, dayInterval('2026-12-06', BERLIN)))).toEqual([
      '17:00Z-02:00Z',
      '19:00Z-03:00Z',
    ]);
  });

  it('is named in the week and among the changes with the day on which it begins', () => {
    const written = weekPattern([NIGHT], '2026-12-01').map(({ weekdays, windows }) => [weekdays, onClock(windows)]);
    expect(written).toEqual([[[5, 6], [local('22:00-06:00')]]]);
    const later = nights([opening('2026-12-05', '2026-12-06', '23:00-05:00')]);
    expect(nextChanges(later, '2026-12-01', 14)).toMatchObject([
      { from: '2026-12-05', to: '2026-12-06', windows: [local('23:00-29:00')] },
    ]);
  });

  it('is accepted as a rule, but a window without length is not', () => {
    expect(() => assertHoursRule(NIGHT)).not.toThrow();
    expect(() => assertHoursRule({ ...NIGHT, end: '22:00' })).toThrow(/end: expected another time than the start/);
    expect(() => assertException(opening('2026-12-05', '2026-12-06', '22:00-00:00'))).not.toThrow();
    expect(onDay(nights([opening('2026-12-05', '2026-12-06', '22:00-00:00')]), '2026-12-05')).toBe('21:00Z-23:00Z');
  });
});

describe('The windows of a day', () => {
  it('can be longer than a day', () => {
    const long = joined([local('05:00-23:00'), local('22:00-06:00')]);
    expect(long).toEqual([local('05:00-30:00')]);
    expect(onClock(long)).toEqual([local('05:00-06:00')]);
    expect(without(long, [local('12:00-13:00')])).toEqual([local('05:00-12:00'), local('13:00-30:00')]);
  });
});

describe('A holiday of half a day', () => {
  it.each([
    ['CH-SO', 'Europe/Zurich', '2026-05-01', '07:00Z-10:00Z'],
    ['CH-SO', 'Europe/Zurich', '2027-05-01', '07:00Z-10:00Z'],
    ['AU-QLD', 'Australia/Brisbane', '2026-12-24', '23:00Z-08:00Z'],
    ['TR', 'Europe/Istanbul', '2027-03-08', '06:00Z-15:00Z'],
    ['TR', 'Europe/Istanbul', '2027-03-09', 'public_holiday'],
    ['TR', 'Europe/Istanbul', '2027-03-12', '09:00Z-17:00Z'],
  ])('in %s leaves the rest of the day as it is (%s, %s)', (holidays, timeZone, date, expected) => {
    const hours = hoursWith([], { holidays, timeZone, rules: [{ rrule: 'FREQ=DAILY', start: '09:00', end: '20:00' }] });
    expect(onDay(hours, date)).toBe(expected);
    const [day] = openingDays(hours, date, addDays(date, 1));
    if (expected !== 'public_holiday') expect(day?.reason).toMatchObject({ kind: 'public_holiday' });
  });

  it('is no reason if the desk is closed by then', () => {
    const hours = hoursWith([], { holidays: 'AU-QLD', timeZone: 'Australia/Brisbane' });
    expect(openingDays(hours, '2026-12-24', '2026-12-25')[0]).toMatchObject({ closed: null, reason: null });
  });

  it('is announced with the hours that remain', () => {
    const hours = hoursWith([], {
      holidays: 'CH-SO',
      timeZone: 'Europe/Zurich',
      rules: [{ rrule: 'FREQ=DAILY', start: '09:00', end: '20:00' }],
    });
    expect(nextChanges(hours, '2027-04-30', 5)).toMatchObject([
      { from: '2027-05-01', to: '2027-05-02', closed: { kind: 'public_holiday' }, windows: [local('09:00-12:00')] },
    ]);
  });
});
