import fc from 'fast-check';
import { changedRules, groupsOf } from '../../../src/domain/calendar/changeRules';
import { addDays } from '../../../src/domain/calendar/dates';
import type { HoursRule } from '../../../src/domain/calendar/hours';
import { occurrences } from '../../../src/domain/calendar/recurrence';
import { cases } from '../../support/cases';
import * as any from './anyRule';

const WINDOW = { start: '09:00', end: '17:00' };
const [START, END] = ['2026-01-01', '2030-01-01'];
const day = fc.integer({ min: 0, max: 1_200 }).map((n) => addDays(START, n));
const rrule = fc.oneof(
  any.anyRule('DAILY', any.interval),
  any.anyRule('WEEKLY', any.interval, any.maybe(any.byDay), any.weekStart, any.end),
  any.anyRule('MONTHLY', any.interval, fc.oneof(any.byNthDay, any.byMonthDay)),
  any.anyRule('MONTHLY', any.interval),
  any.anyRule('YEARLY', any.byWeekNo, any.byDay),
);
const rule = fc.record({ rrule, from: fc.option(day, { nil: undefined }), until: fc.option(day, { nil: undefined }) });
const isNew = ({ start }: HoursRule) => start === '07:00';
const openDays = (rules: readonly HoursRule[], from: string, to: string) =>
  [...new Set(rules.flatMap((each) => occurrences(each, from, to)))].sort();

describe('Rules that are changed during a span', () => {
  it('open the same days as before outside of it, and only the new ones within', () => {
    fc.assert(
      fc.property(rule, rule, fc.option(day, { nil: undefined }), fc.option(day, { nil: undefined }), (...given) => {
        const [old, instead, from, until] = given;
        fc.pre(from === undefined || until === undefined || from < until);
        const whole = (one: typeof old): HoursRule => ({
          ...{ rrule: one.rrule, ...WINDOW },
          ...(one.from !== undefined && { from: one.from }),
          ...(one.until !== undefined && { until: one.until }),
        });
        const by: HoursRule = { rrule: instead.rrule, start: '07:00', end: '08:00' };
        const then = changedRules([whole(old)], [0], [by], { from, until });
        const [first, last] = [from ?? START, until ?? END];
        const isOutside = (date: string) => date < first || last <= date;
        const [own, others] = [then.filter(isNew), then.filter((each) => !isNew(each))];
        expect(openDays(others, START, END)).toEqual(openDays([whole(old)], START, END).filter(isOutside));
        if (from !== undefined && until !== undefined) expect(openDays(own, START, END).filter(isOutside)).toEqual([]);
      }),
      { numRuns: cases(1_000) },
    );
  });

  it('are the summer hours of one desk, and its usual ones after them', () => {
    const usual = { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', ...WINDOW };
    const summer = { rrule: usual.rrule, start: '08:00', end: '15:00' };
    expect(changedRules([usual], [0], [summer], { from: '2027-06-01', until: '2027-09-01' })).toEqual([
      { ...usual, until: '2027-06-01' },
      { ...summer, from: '2027-06-01', until: '2027-09-01' },
      { ...usual, from: '2027-09-01' },
    ]);
  });

  it('go on in the same weeks after it, where they hold every second one', () => {
    const usual = { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', ...WINDOW, from: '2026-01-05' };
    const [before, after] = changedRules([usual], [0], [], { from: '2026-02-10', until: '2026-02-24' });
    expect(before).toEqual({ ...usual, until: '2026-02-10' });
    expect(after).toEqual({ ...usual, from: '2026-03-02' });
  });

  it('are one sentence where they have the same days', () => {
    const mornings = { rrule: 'FREQ=DAILY', start: '14:00', end: '16:00' };
    expect(groupsOf([mornings, { ...mornings, kind: 'phone' }, { ...mornings, start: '09:00', end: '12:00' }])).toEqual(
      [
        expect.objectContaining({
          places: [0, 2],
          windows: [
            { start: '09:00', end: '12:00' },
            { start: '14:00', end: '16:00' },
          ],
        }),
        expect.objectContaining({ places: [1], kind: 'phone' }),
      ],
    );
  });
});
