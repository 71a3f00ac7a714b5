import type { Hours, HoursException, HoursRule } from '../../../src/domain/calendar/hours';
import {
  assertException,
  assertHoursRule,
  assertWindow,
  effectOf,
  isOpenAt,
  nextChanges,
  nextOpening,
  openingDays,
  openingWindows,
  weekPattern,
  workingWindows,
} from '../../../src/domain/calendar/openingHours';
import { toInstant } from '../../../src/domain/calendar/zone';
import { BERLIN, closure, hoursWith, inUtc, local, onDay, opening, pause } from './northRhine';

const at = (date: string, time: string) => toInstant(date, time, BERLIN);
const refusal = (code: string, part: string) =>
  expect.objectContaining({ code, details: expect.objectContaining({ part, reason: expect.any(String) }) });

describe('The precedence of exceptions, holidays and rules', () => {
  const day = ['2026-12-01', '2026-12-02'] as const;
  const week = ['2026-11-30', '2026-12-07'] as const;
  const month = ['2026-12-01', '2027-01-01'] as const;

  const special = '09:00Z-10:00Z';
  const open = (days: readonly [string, string]) => opening(...days, '10:00-11:00');

  it.each([
    ['a closure of a date', [open(day), closure(...day)], 'exception'],
    ['a closure of a month', [open(day), closure(...month)], 'exception'],
    ['a special opening of a date', [closure(...month), open(day)], special],
    ['a special opening of a month', [closure(...day), open(month)], special],
    ['a closed week', [open(month), closure(...week)], 'exception'],
    ['the second of two openings', [opening(...day, '09:00-09:30'), open(day)], special],
    ['the newest of three', [closure(...week), open(day), closure(...month)], 'exception'],
  ])('lets the newest exception of a day decide: %s', (_, exceptions, expected) => {
    expect(onDay(hoursWith(exceptions), '2026-12-01')).toBe(expected);
  });

  it('lets the rule decide a day without an exception', () => {
    expect(onDay(hoursWith([closure('2026-12-02', '2026-12-03')]), '2026-12-01')).toBe('08:00Z-16:00Z');
  });

  it.each([
    ['on the date', opening('2026-12-25', '2026-12-26', '10:00-11:00')],
    ['over a range', opening('2026-12-21', '2026-12-28', '10:00-11:00')],
  ])('lets a special opening %s override the public holiday', (_, exception) => {
    expect(onDay(hoursWith([exception]), '2026-12-25')).toBe('09:00Z-10:00Z');
  });

  it('gives the reason of a closure on a public holiday instead of the holiday’s name', () => {
    const [day] = openingDays(hoursWith([closure('2026-12-25', '2026-12-26', 'Moving')]), '2026-12-25', '2026-12-26');
    expect(day?.closed).toEqual({ kind: 'exception', name: { en: 'Moving' } });
  });
});

describe('A pause', () => {
  const lunch = pause('2026-12-01', '2026-12-02', '12:30-13:30');

  it.each([
    ['the rules', [lunch], '08:00Z-11:30Z 12:30Z-16:00Z'],
    ['a special opening', [opening('2026-12-01', '2026-12-02', '10:00-13:00'), lunch], '09:00Z-11:30Z'],
    ['a special opening that is newer', [lunch, opening('2026-12-01', '2026-12-02', '10:00-13:00')], '09:00Z-11:30Z'],
    ['a closure', [closure('2026-12-01', '2026-12-02'), lunch], 'exception'],
    [
      'what another pause leaves',
      [lunch, pause('2026-12-01', '2026-12-02', '13:00-14:00 16:30-18:00')],
      '08:00Z-11:30Z 13:00Z-15:30Z',
    ],
    ['all there is', [pause('2026-12-01', '2026-12-02', '00:00-24:00')], 'exception'],
    ['nothing outside the hours', [pause('2026-12-01', '2026-12-02', '17:00-20:00')], '08:00Z-16:00Z'],
  ])('is taken from %s', (_, exceptions, expected) => {
    expect(onDay(hoursWith(exceptions), '2026-12-01')).toBe(expected);
  });

  it('opens nothing if its edges lie in the hour that the clocks skip', () => {
    const rules = [{ rrule: 'FREQ=DAILY', start: '00:00', end: '03:00' }];
    const inTheGap = pause('2027-03-28', '2027-03-29', '02:15-02:30');
    expect(onDay(hoursWith([], { rules }), '2027-03-28')).toBe('23:00Z-01:00Z');
    expect(onDay(hoursWith([inTheGap], { rules }), '2027-03-28')).toBe('23:00Z-01:00Z');
    const beforeIt = pause('2027-03-28', '2027-03-29', '01:30-02:30');
    expect(onDay(hoursWith([beforeIt], { rules }), '2027-03-28')).toBe('23:00Z-00:30Z');
  });

  const reasonOf = (...exceptions: HoursException[]) =>
    openingDays(hoursWith(exceptions), '2026-12-01', '2026-12-02').map(({ closed, reason }) => ({ closed, reason }));

  it('is the reason why the day differs, unless the day has another reason already', () => {
    const name = { en: 'Pause' };
    expect(reasonOf(lunch)).toEqual([{ closed: null, reason: { kind: 'exception', name } }]);
    const shorter = opening('2026-12-01', '2026-12-02', '10:00-13:00');
    expect(reasonOf(shorter, lunch)).toEqual([
      { closed: null, reason: { kind: 'exception', name: { en: 'Special' } } },
    ]);
    const asUsual = opening('2026-12-01', '2026-12-02', '09:00-17:00');
    expect(reasonOf(asUsual, lunch)).toEqual([{ closed: null, reason: { kind: 'exception', name } }]);
    const allDay = pause('2026-12-01', '2026-12-02', '09:00-17:00');
    expect(reasonOf(shorter, allDay)).toEqual([{ closed: { kind: 'exception', name }, reason: null }]);
  });

  it('is no reason if it takes nothing; neither is a special opening at the usual times', () => {
    expect(reasonOf(pause('2026-12-01', '2026-12-02', '17:00-20:00'))).toEqual([{ closed: null, reason: null }]);
    expect(reasonOf(opening('2026-12-01', '2026-12-02', '09:00-17:00'))).toEqual([{ closed: null, reason: null }]);
  });
});

describe('A recurring exception', () => {
  const christmas = { ...closure('2026-12-24', '2026-12-25'), rrule: 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24' };

  it('holds in every year from its first', () => {
    const days = ['2025-12-24', '2026-12-24', '2027-12-24', '2031-12-24', '2099-12-24', '2099-12-23'];
    expect(days.map((date) => onDay(hoursWith([christmas]), date))).toEqual([
      '08:00Z-16:00Z',
      'exception',
      'exception',
      'exception',
      'exception',
      '08:00Z-16:00Z',
    ]);
  });

  it('lasts as long each time as the first time, also over new year', () => {
    const betweenTheYears = { ...closure('2026-12-24', '2027-01-05'), rrule: 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24' };
    const days = ['2028-01-03', '2028-01-04', '2028-01-05', '2028-12-27', '2029-01-02'];
    expect(days.map((date) => onDay(hoursWith([betweenTheYears]), date))).toEqual([
      'exception',
      'exception',
      '08:00Z-16:00Z',
      'exception',
      'exception',
    ]);
  });

  it('is overridden by a newer one on one of its days, and holds on the others', () => {
    const hours = hoursWith([christmas, opening('2027-12-24', '2027-12-25', '09:00-10:00')]);
    expect([onDay(hours, '2027-12-24'), onDay(hours, '2029-12-24')]).toEqual(['08:00Z-09:00Z', 'exception']);
  });

  it('can be a pause, and can end', () => {
    const weekly = pause('2026-12-02', '2026-12-03', '12:00-13:00', 'FREQ=WEEKLY;BYDAY=WE;COUNT=2');
    const days = ['2026-12-02', '2026-12-03', '2026-12-09', '2026-12-16'];
    expect(days.map((date) => onDay(hoursWith([weekly]), date))).toEqual([
      '08:00Z-11:00Z 12:00Z-16:00Z',
      '08:00Z-16:00Z',
      '08:00Z-11:00Z 12:00Z-16:00Z',
      '08:00Z-16:00Z',
    ]);
  });
});

describe('effectOf', () => {
  const special = opening('2026-12-31', '2027-01-01', '09:00-12:00');
  const effect = (exceptions: HoursException[], entered: HoursException) => {
    const { changes, beatenBy } = effectOf(hoursWith(exceptions), { ...entered, id: 'new' });
    return changes ? 'changes' : beatenBy;
  };

  it.each([
    ['a closure of a special opening', [special], closure('2026-12-31', '2027-01-01'), 'changes'],
    ['a range that is closed but for one day', [], closure('2026-12-25', '2026-12-29'), 'changes'],
    ['a special opening in a closure', [closure('2026-12-24', '2027-01-04')], special, 'changes'],
    ['a holiday that opens', [], opening('2026-12-25', '2026-12-26', '09:00-10:00'), 'changes'],
    ['a closed holiday', [], closure('2026-12-25', '2026-12-26'), null],
    ['a closed Sunday', [], closure('2026-12-06', '2026-12-07'), null],
    ['opening hours as they are', [], opening('2026-12-01', '2026-12-02', '09:00-17:00'), null],
    ['the same once more', [special], special, special],
    [
      'what an older pause takes',
      [pause('2026-12-31', '2027-01-01', '10:00-12:00')],
      opening('2026-12-31', '2027-01-01', '09:00-10:00', '11:00-12:00'),
      'changes',
    ],
    ['every Christmas Day', [], { ...closure('2026-12-25', '2026-12-26'), rrule: 'FREQ=YEARLY' }, null],
    ['every 4 July', [], { ...closure('2027-07-04', '2027-07-05'), rrule: 'FREQ=YEARLY' }, 'changes'],
    ['29 February', [], { ...closure('2032-02-29', '2032-03-01'), rrule: 'FREQ=YEARLY' }, 'changes'],
  ])('%s', (_, exceptions, entered, expected) => {
    expect(effect(exceptions, entered)).toEqual(expected);
  });

  it('names the pause that takes the time which an opening would add, and the closure that leaves a pause nothing to take', () => {
    const evening = pause('2026-12-01', '2026-12-02', '17:00-20:00');
    expect(effect([evening], opening('2026-12-01', '2026-12-02', '09:00-19:00'))).toEqual(evening);
    const closed = closure('2026-12-01', '2026-12-02');
    expect(effect([closed], pause('2026-12-01', '2026-12-02', '12:00-13:00'))).toEqual(closed);
  });

  it('names the newest of several exceptions that decide the same', () => {
    const older = closure('2026-11-30', '2026-12-07');
    const newer = closure('2026-12-01', '2026-12-02');
    expect(effect([older, newer], closure('2026-12-01', '2026-12-02'))).toEqual(newer);
  });
});

describe('openingDays', () => {
  it('returns every day once, ascending, and says why a day has no windows', () => {
    const days = openingDays(hoursWith(), '2026-12-24', '2026-12-28');
    expect(days.map(({ date, closed }) => [date, closed?.kind ?? 'open'])).toEqual([
      ['2026-12-24', 'open'],
      ['2026-12-25', 'public_holiday'],
      ['2026-12-26', 'public_holiday'],
      ['2026-12-27', 'no_rule'],
    ]);
  });

  it('ignores holidays if the desk has no region', () => {
    expect(onDay(hoursWith([], { holidays: null }), '2026-12-25')).toBe('08:00Z-11:00Z');
  });

  it('joins windows that overlap or touch, and keeps the break between others', () => {
    const exception = opening('2026-12-01', '2026-12-02', '14:00-16:00', '09:00-10:00', '10:00-11:30', '11:00-12:00');
    expect(onDay(hoursWith([exception]), '2026-12-01')).toBe('08:00Z-11:00Z 13:00Z-15:00Z');
  });

  it('returns windows to the end of the day, on days of 23, 24 and 25 hours', () => {
    const rules = [{ rrule: 'FREQ=DAILY', start: '00:00', end: '24:00' }];
    const always: Hours = { timeZone: BERLIN, holidays: null, rules, exceptions: [] };
    const length = (date: string, to: string) =>
      openingDays(always, date, to).flatMap((day) => day.windows.map(({ start, end }) => (end - start) / 3_600_000));
    expect(length('2027-03-27', '2027-03-30')).toEqual([24, 23, 24]);
    expect(length('2027-10-30', '2027-11-02')).toEqual([24, 25, 24]);
  });

  it('resolves edges in the gap and the overlap alike, so that windows that touch on the clock touch in time', () => {
    const parts = (date: string, to: string, ...times: string[]) =>
      times.map((time) => onDay(hoursWith([opening(date, to, time)]), date));
    expect(parts('2027-03-28', '2027-03-29', '01:00-02:30', '02:30-04:00')).toEqual(['00:00Z-01:30Z', '01:30Z-02:00Z']);
    expect(parts('2027-10-31', '2027-11-01', '01:00-02:30', '02:30-04:00')).toEqual(['23:00Z-00:30Z', '00:30Z-03:00Z']);
  });

  it('returns a closed day with its reason if the gap leaves nothing of the only window', () => {
    const exception = opening('2027-03-28', '2027-03-29', '02:00-03:00');
    expect(onDay(hoursWith([exception]), '2027-03-28')).toBe('exception');
  });

  it('applies from and until of a rule', () => {
    const rule = { rrule: 'FREQ=DAILY', start: '09:00', end: '10:00', from: '2026-12-02', until: '2026-12-04' };
    const days = openingDays(hoursWith([], { rules: [rule] }), '2026-12-01', '2026-12-06');
    expect(days.map((day) => day.windows.length)).toEqual([0, 1, 1, 0, 0]);
  });
});

describe('openingWindows', () => {
  it('returns the uncut windows of all days that share time with the range', () => {
    const range = { start: at('2026-12-01', '12:00'), end: at('2026-12-02', '09:01') };
    expect(inUtc(openingWindows(hoursWith(), range))).toEqual(['08:00Z-16:00Z', '08:00Z-16:00Z']);
  });

  it('leaves out a window that only touches the range', () => {
    const range = { start: at('2026-12-01', '17:00'), end: at('2026-12-02', '09:00') };
    expect(openingWindows(hoursWith(), range)).toEqual([]);
  });

  it('keeps windows of two days that meet at midnight apart, whatever the range', () => {
    const rules = [{ rrule: 'FREQ=DAILY', start: '00:00', end: '24:00' }];
    const hours = hoursWith([], { rules, holidays: null });
    const midnight = at('2026-12-02', '00:00');
    expect(openingWindows(hours, { start: midnight - 1, end: midnight + 1 })).toEqual([
      { start: at('2026-12-01', '00:00'), end: midnight },
      { start: midnight, end: at('2026-12-03', '00:00') },
    ]);
  });
});

describe('workingWindows', () => {
  const rules: HoursRule[] = [
    { rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '13:00', end: '17:00' },
    { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU', start: '08:00', end: '12:00' },
    { rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '12:00', end: '13:00' },
  ];
  const range = { start: at('2026-12-21', '00:00'), end: at('2027-01-01', '00:00') };

  it('joins an advisor’s rules, ascending, and ignores holidays', () => {
    expect(inUtc(workingWindows(rules, BERLIN, range))).toEqual([
      '07:00Z-11:00Z',
      '07:00Z-16:00Z',
      '07:00Z-11:00Z',
      '07:00Z-16:00Z',
    ]);
  });

  it('is empty without rules', () => {
    expect(workingWindows([], BERLIN, range)).toEqual([]);
  });
});

describe('isOpenAt and nextOpening', () => {
  const hours = hoursWith();

  it('are half-open: the first instant is inside, the end is not', () => {
    expect(isOpenAt(hours, at('2026-12-01', '09:00'))).toEqual({
      start: at('2026-12-01', '09:00'),
      end: at('2026-12-01', '17:00'),
    });
    expect(isOpenAt(hours, at('2026-12-01', '09:00') - 1)).toBeNull();
    expect(isOpenAt(hours, at('2026-12-01', '17:00'))).toBeNull();
  });

  it('find the next window that starts, not the one that runs', () => {
    expect(nextOpening(hours, at('2026-12-01', '09:00'), 7)?.start).toBe(at('2026-12-01', '09:00'));
    expect(nextOpening(hours, at('2026-12-01', '09:01'), 7)?.start).toBe(at('2026-12-02', '09:00'));
  });

  it('search as many days ahead as they are told, and no further', () => {
    const closed = hoursWith([closure('2026-12-01', '2026-12-29')]);
    expect(nextOpening(closed, at('2026-12-01', '08:00'), 27)).toBeNull();
    expect(nextOpening(closed, at('2026-12-01', '08:00'), 28)?.start).toBe(at('2026-12-29', '09:00'));
    expect(nextOpening(hours, at('2026-12-01', '08:00'), 0)?.start).toBe(at('2026-12-01', '09:00'));
  });
});

describe('nextChanges', () => {
  it('joins the days of one reason over a weekend, and does not begin or end with one', () => {
    // 2026-12-20 and 2027-01-03 are Sundays: closed anyway.
    const hours = hoursWith([closure('2026-12-20', '2027-01-04', 'Between the years')]);
    const closed = { kind: 'exception', name: { en: 'Between the years' } };
    expect(nextChanges(hours, '2026-12-01', 60)).toEqual([
      { from: '2026-12-21', to: '2027-01-02', closed, windows: [] },
    ]);
  });

  it('does not join closures for one reason over a weekend that is not closed for it', () => {
    const hours = hoursWith([
      closure('2026-12-04', '2026-12-05', 'Training'),
      closure('2026-12-07', '2026-12-08', 'Training'),
    ]);
    expect(nextChanges(hours, '2026-12-01', 14).map(({ from, to }) => [from, to])).toEqual([
      ['2026-12-04', '2026-12-05'],
      ['2026-12-07', '2026-12-08'],
    ]);
  });

  it('returns only holidays on which the desk would be open, and ends a span where the reason changes', () => {
    expect(nextChanges(hoursWith(), '2026-12-20', 20).map(({ from, closed }) => [from, closed.name.en])).toEqual([
      ['2026-12-25', 'Christmas Day'],
      ['2027-01-01', "New Year's Day"],
    ]);
  });

  it('returns shortened and additional days, too, but not days that an exception leaves as usual', () => {
    const hours = hoursWith([
      opening('2026-12-24', '2026-12-25', '09:00-12:00'),
      opening('2026-12-26', '2026-12-27', '10:00-12:00'),
      opening('2026-12-28', '2026-12-29', '09:00-17:00'),
    ]);
    expect(nextChanges(hours, '2026-12-21', 10).map(({ from, to, windows }) => [from, to, windows])).toEqual([
      ['2026-12-24', '2026-12-25', [local('09:00-12:00')]],
      ['2026-12-25', '2026-12-26', []],
      ['2026-12-26', '2026-12-27', [local('10:00-12:00')]],
    ]);
  });
});

describe('weekPattern', () => {
  it('groups weekdays by equal windows', () => {
    expect(weekPattern(hoursWith().rules, '2026-12-01')).toEqual([
      { weekdays: [1, 2, 3, 4], windows: [local('09:00-17:00')] },
      { weekdays: [5], windows: [local('09:00-12:00')] },
    ]);
  });

  it('joins the rules of a weekday, including daily ones and one that takes its weekday from its first day', () => {
    const rules: HoursRule[] = [
      { rrule: 'FREQ=DAILY;BYDAY=MO,TU,WE', ...local('09:00-12:00') },
      { rrule: 'FREQ=WEEKLY', from: '2026-12-01', ...local('14:00-18:00') },
      { rrule: 'FREQ=WEEKLY;BYDAY=WE', ...local('12:00-13:00') },
    ];
    expect(weekPattern(rules, '2026-12-10')).toEqual([
      { weekdays: [1], windows: [local('09:00-12:00')] },
      { weekdays: [2], windows: [local('09:00-12:00'), local('14:00-18:00')] },
      { weekdays: [3], windows: [local('09:00-13:00')] },
    ]);
  });

  it.each([
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO',
    'FREQ=WEEKLY;BYDAY=MO;BYMONTH=12',
    'FREQ=WEEKLY;BYDAY=MO;COUNT=9',
    'FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1',
    'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261130',
    'FREQ=DAILY;BYMONTHDAY=1',
    'FREQ=MONTHLY;BYDAY=1MO',
  ])('leaves out %s', (rrule) => {
    expect(weekPattern([{ rrule, ...local('09:00-12:00') }], '2026-12-01')).toEqual([]);
  });

  it('leaves out rules that are not valid on the day', () => {
    const rrule = 'FREQ=WEEKLY;BYDAY=MO';
    const rules = [
      { rrule, ...local('09:00-10:00'), until: '2026-12-01' },
      { rrule, ...local('11:00-12:00'), from: '2026-12-02' },
    ];
    expect(weekPattern(rules, '2026-12-01')).toEqual([]);
    expect(weekPattern(rules, '2026-12-02')).toEqual([{ weekdays: [1], windows: [local('11:00-12:00')] }]);
  });
});

describe('assertHoursRule, assertWindow and assertException', () => {
  const rule = { rrule: 'FREQ=WEEKLY;BYDAY=MO', ...local('09:00-17:00') };

  it.each([
    {},
    { from: '2026-12-01' },
    { until: '2026-12-01' },
    { end: '24:00' },
    { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29' },
  ])('accept a rule with %j', (part) => expect(() => assertHoursRule({ ...rule, ...part })).not.toThrow());

  it.each([
    ['invalid-rule', 'BYHOUR', { rrule: 'FREQ=DAILY;BYHOUR=9' }],
    ['invalid-time', 'start', { start: '9:00' }],
    ['invalid-time', 'start', { start: '24:00', end: '24:00' }],
    ['invalid-time', 'end', { end: '25:00' }],
    ['invalid-time', 'end', { end: '09:00' }],
    ['invalid-time', 'end', { start: '22:00', end: '22:00' }],
    ['invalid-time', 'from', { from: '2026-02-30' }],
    ['invalid-time', 'until', { until: 'tomorrow' }],
    ['invalid-rule', 'until', { from: '2026-12-01', until: '2026-12-01' }],
    ['invalid-rule', 'until', { from: '2026-12-01', until: '2026-12-05' }],
    ['invalid-rule', 'RRULE', { rrule: 'FREQ=MONTHLY;BYMONTH=2', from: '2026-01-31' }],
    ['invalid-rule', 'RRULE', { rrule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261130', from: '2026-12-01' }],
  ])('refuse with %s, naming %s, the rule with %j', (code, part, wrong) => {
    expect(() => assertHoursRule({ ...rule, ...wrong })).toThrow(refusal(code, part));
  });

  it('accept a window to the end of the day', () => {
    expect(() => assertWindow(local('00:00-24:00'))).not.toThrow();
  });

  it('accept a closure and a special opening', () => {
    expect(() => assertException(closure('2026-12-24', '2027-01-04'))).not.toThrow();
    expect(() => assertException(opening('2026-12-24', '2026-12-25', '09:00-12:00'))).not.toThrow();
  });

  it.each([
    ['invalid-time', 'from', { ...closure('2026-12-32', '2027-01-04') }],
    ['invalid-time', 'to', { ...closure('2026-12-24', '2026-12-24') }],
    ['invalid', 'windows', { ...closure('2026-12-24', '2026-12-25'), windows: [local('09:00-12:00')] }],
    ['invalid', 'windows', opening('2026-12-24', '2026-12-25')],
    ['invalid-time', 'end', opening('2026-12-24', '2026-12-25', '12:00-12:00')],
  ])('refuse an exception as %s, naming %s', (code, part, exception) => {
    expect(() => assertException(exception)).toThrow(refusal(code, part));
  });
});
