import fc from 'fast-check';
import ICAL from 'ical.js';
import { occurrences } from '../../../src/domain/calendar/recurrence';
import { addDays } from '../../../src/domain/calendar/zone';
import { cases } from '../../support/cases';
import * as any from './anyRule';
import { byDefinition } from './byDefinition';

const { anyRule, interval, end, weekStart, maybe } = any;
const day = fc.integer({ min: 0, max: 800 }).map((n) => addDays('2025-01-01', n));
const offset = fc.integer({ min: 0, max: 500 });
const ours = (rrule: string, anchor: string, from: string, to: string) =>
  occurrences({ rrule, from: anchor }, from, to);

describe('ical.js agrees', () => {
  /** The days of ical.js, which knows nothing of rrule. Hours have no time of day here, so its DATE form is the same question. */
  function theirs(rrule: string, anchor: string, from: string, to: string): string[] {
    const days: string[] = [];
    const iterator = ICAL.Recur.fromString(rrule).iterator(ICAL.Time.fromDateString(anchor));
    for (let next = iterator.next(); next; next = iterator.next()) {
      const date = next.toString().slice(0, 10);
      if (date >= to) break;
      if (date >= from) days.push(date);
    }
    return days;
  }

  function agree(rrule: string, anchor: string, from: string, to: string): void {
    const days = ours(rrule, anchor, from, to);
    expect({ rrule, anchor, days }).toEqual({ rrule, anchor, days: theirs(rrule, anchor, from, to) });
  }

  /** A DTSTART that fits the rule: ical.js counts every DTSTART as an occurrence, for us a rule's first day need not be one. */
  function firstDay(rrule: string, from: string): string | undefined {
    return ours(rrule.replace(/;(INTERVAL|COUNT|UNTIL)=\d+/g, ''), from, from, addDays(from, 1500))[0];
  }

  it.each([
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', '2026-01-05'],
    ['FREQ=WEEKLY;BYDAY=FR', '2026-01-02'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH', '2026-01-06'],
    ['FREQ=MONTHLY;BYDAY=1MO', '2026-01-05'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2026-01-30'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2024-02-29'],
    ['FREQ=MONTHLY;BYDAY=5SU', '2026-05-31'],
    ['FREQ=DAILY;UNTIL=20260131', '2026-01-01'],
  ])('about the days of %s from %s on', (rrule, anchor) => {
    agree(rrule, anchor, '2026-01-01', '2034-01-01');
  });

  // Left to the definition below, because ical.js 2.2.1 is wrong there: days that two parts of a list name (it counts both),
  // YEARLY by a day that not every month has or that counts from its end (29 February comes as 1 March, 31 January as the
  // 30th), a fifth weekday beside others (BYDAY=5SU,-5MO from 2026-05-31, a fifth Sunday, leaves out that day), and BYSETPOS
  // in the month of DTSTART.
  const monthDay = fc.oneof(any.byMonthDayFromStart, any.byMonthDayFromEnd);
  it.each([
    ['daily', anyRule('DAILY', interval, maybe(any.byDay), maybe(any.byMonth), end)],
    ['weekly', anyRule('WEEKLY', interval, any.byDay, weekStart, end)],
    ['monthly by weekday', anyRule('MONTHLY', interval, fc.oneof(any.byNthDayOfEvery, any.byDay), end)],
    ['monthly by date', anyRule('MONTHLY', interval, monthDay, end)],
    ['yearly by month and date', anyRule('YEARLY', any.byMonth, any.byMonthDayOfEvery, end)],
    ['yearly by month and weekday', anyRule('YEARLY', any.byMonth, any.byNthDayOfEvery, end)],
  ])('about any accepted rule that is %s', (_, generated) => {
    fc.assert(
      fc.property(generated, day, offset, (rrule, first, later) => {
        const anchor = firstDay(rrule, first);
        if (anchor) agree(rrule, anchor, addDays(anchor, later), addDays(anchor, later + 500));
      }),
      { numRuns: cases(100) },
    );
  });
});

describe('The definition of RFC 5545 §3.3.10, day by day, agrees', () => {
  const { byDay, byNthDay, byMonth, byMonthDay, byWeekNo, bySetPos } = any;
  it.each([
    ['daily', anyRule('DAILY', interval, maybe(byDay), maybe(byMonth), maybe(byMonthDay), end)],
    ['weekly', anyRule('WEEKLY', interval, byDay, maybe(byMonth), weekStart, end)],
    ['weekly by position', anyRule('WEEKLY', interval, byDay, bySetPos, weekStart, end)],
    ['monthly by weekday', anyRule('MONTHLY', interval, byNthDay, maybe(byMonth), maybe(bySetPos), end)],
    ['monthly by date', anyRule('MONTHLY', interval, byMonthDay, maybe(byDay), maybe(byMonth), maybe(bySetPos), end)],
    ['yearly by weekday', anyRule('YEARLY', interval, fc.oneof(byDay, byNthDay), maybe(byMonth), maybe(bySetPos), end)],
    ['yearly by week', anyRule('YEARLY', byWeekNo, byDay, weekStart, end)],
    ['yearly by date', anyRule('YEARLY', interval, byMonthDay, maybe(byDay), maybe(byMonth), maybe(bySetPos), end)],
  ])('about any accepted rule that is %s, from any first day', (_, generated) => {
    fc.assert(
      fc.property(generated, day, offset, (rrule, anchor, later) => {
        const [from, to] = [addDays(anchor, later), addDays(anchor, later + 500)];
        const days = ours(rrule, anchor, from, to);
        expect({ rrule, anchor, days }).toEqual({ rrule, anchor, days: byDefinition(rrule, anchor, from, to) });
      }),
      { numRuns: cases(100) },
    );
  });
});
