import fc from 'fast-check';
import { occurrences } from '../../../src/domain/calendar/recurrence';
import { POSITIONS, patternOf, type RulePattern, rruleOf } from '../../../src/domain/calendar/rulePattern';
import { cases } from '../../support/cases';
import * as any from './anyRule';

const weekdays = fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 });
const pattern: fc.Arbitrary<RulePattern> = fc.oneof(
  fc.record({ kind: fc.constant('weekly' as const), interval: fc.integer({ min: 1, max: 8 }), weekdays }),
  fc.record({ kind: fc.constant('calendar_weeks' as const), weeks: fc.constantFrom('odd', 'even'), weekdays }),
  fc.record({
    kind: fc.constant('monthly' as const),
    positions: fc.subarray([...POSITIONS], { minLength: 1 }),
    weekdays,
  }),
  fc.record({ kind: fc.constant('month_days' as const), days: fc.subarray([1, 2, 15, 28, 31, -1], { minLength: 1 }) }),
  fc.record({
    kind: fc.constant('date' as const),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
  }),
);

describe('A pattern', () => {
  it('is read from the rule that it is written as', () => {
    fc.assert(
      fc.property(pattern, (one) => {
        expect(patternOf(rruleOf(one))).toEqual(one);
      }),
      { numRuns: cases(500) },
    );
  });

  it('means the same days as the rule in which it is recognised', () => {
    const rules = fc.oneof(
      any.anyRule('DAILY', any.interval, any.maybe(any.byDay)),
      any.anyRule('WEEKLY', any.interval, any.maybe(any.byDay), any.weekStart, any.end),
      any.anyRule('MONTHLY', any.interval, fc.oneof(any.byNthDay, any.byMonthDay, any.byDay), any.maybe(any.bySetPos)),
      any.anyRule('YEARLY', any.maybe(any.byMonth), any.byMonthDayFromStart),
      any.anyRule('YEARLY', any.byWeekNo, any.byDay, any.weekStart),
    );
    fc.assert(
      fc.property(rules, (rrule) => {
        const [from, to] = ['2026-01-07', '2028-06-01'];
        const found = patternOf(rrule);
        expect(occurrences({ rrule: rruleOf(found), from }, from, to)).toEqual(occurrences({ rrule, from }, from, to));
      }),
      { numRuns: cases(500) },
    );
  });

  it.each([
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', { kind: 'weekly', interval: 1, weekdays: [1, 2, 3, 4] }],
    ['FREQ=DAILY', { kind: 'weekly', interval: 1, weekdays: [1, 2, 3, 4, 5, 6, 7] }],
    ['FREQ=MONTHLY;BYDAY=1WE,3WE', { kind: 'monthly', positions: [1, 3], weekdays: [3] }],
    ['FREQ=MONTHLY;BYDAY=-1FR', { kind: 'monthly', positions: [-1], weekdays: [5] }],
    ['FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24', { kind: 'date', month: 12, day: 24, weekdays: [] }],
    ['FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31;BYDAY=MO,TU', { kind: 'date', month: 12, day: 31, weekdays: [1, 2] }],
  ])('is recognised in %s', (rrule, expected) => {
    expect(patternOf(rrule)).toEqual(expected);
  });

  it.each([
    'FREQ=WEEKLY',
    'FREQ=WEEKLY;BYDAY=MO;COUNT=3',
    'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270101',
    'FREQ=MONTHLY;BYDAY=1MO,3WE',
    'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1',
    'FREQ=YEARLY;BYWEEKNO=1,3;BYDAY=MO',
  ])('of its own has no %s', (rrule) => {
    expect(patternOf(rrule)).toEqual({ kind: 'other', rrule });
  });

  it('names the odd weeks so that two follow each other where a year has 53', () => {
    const rrule = rruleOf({ kind: 'calendar_weeks', weeks: 'odd', weekdays: [3] });
    expect(occurrences({ rrule }, '2026-12-14', '2027-01-25')).toEqual([
      '2026-12-16',
      '2026-12-30',
      '2027-01-06',
      '2027-01-20',
    ]);
  });
});
