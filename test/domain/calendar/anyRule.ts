import fc from 'fast-check';
import { parseRule } from '../../../src/domain/calendar/recurrence';
import { addDays } from '../../../src/domain/calendar/zone';
import { isRefusal } from '../../../src/domain/errors';

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Any rule of this FREQ with these parts, except those that are refused because they never occur. */
export function anyRule(freq: string, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc
    .tuple(...parts)
    .map((all) => `FREQ=${freq}${all.join('')}`)
    .filter(isAccepted);
}

/** The part, or not. */
export const maybe = (one: fc.Arbitrary<string>) => fc.option(one, { nil: '' });

export const interval = maybe(fc.integer({ min: 1, max: 5 }).map((n) => `;INTERVAL=${n}`));
export const weekStart = maybe(fc.constantFrom(...WEEKDAYS).map((day) => `;WKST=${day}`));
/** COUNT, UNTIL or neither. */
export const end = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 1, max: 40 }).map((n) => `;COUNT=${n}`),
  fc.integer({ min: 0, max: 700 }).map((n) => `;UNTIL=${addDays('2026-01-05', n).replaceAll('-', '')}`),
);

export const byDay = some('BYDAY', fc.constantFrom(...WEEKDAYS), 7);
export const byNthDay = some('BYDAY', nthDay(), 4);
/** No weekday twice, so that no day is named twice as by 4TU,-1TU. */
const byNthDayOnce = some('BYDAY', nthDay(), 4, (name) => String(name).slice(-2));
/** The same with ordinals that every month has: no fifth from its start or its end. */
export const byNthDayOfEvery = byNthDayOnce.filter((part) => !/5[A-Z]/.test(part));
export const byMonthDay = some('BYMONTHDAY', monthDay(-31, 31), 4);
/** Days that every month has. */
export const byMonthDayOfEvery = some('BYMONTHDAY', monthDay(1, 28), 4);
export const byMonthDayFromStart = some('BYMONTHDAY', monthDay(1, 31), 4);
export const byMonthDayFromEnd = some('BYMONTHDAY', monthDay(-31, -1), 4);
export const byMonth = some('BYMONTH', fc.integer({ min: 1, max: 12 }), 4);
export const byWeekNo = some('BYWEEKNO', fc.constantFrom(1, 2, 26, 51, 52, 53, -1, -2, -52, -53), 4);
export const bySetPos = some('BYSETPOS', fc.constantFrom(1, 2, 3, 4, 5, -1, -2, -3), 3);

function some(name: string, one: fc.Arbitrary<string | number>, most: number, selector = (v: string | number) => v) {
  return fc.uniqueArray(one, { minLength: 1, maxLength: most, selector }).map((list) => `;${name}=${list.join(',')}`);
}

function nthDay() {
  return fc
    .tuple(fc.constantFrom(1, 2, 3, 4, 5, -1, -2, -5), fc.constantFrom(...WEEKDAYS))
    .map((pair) => pair.join(''));
}

function monthDay(min: number, max: number) {
  return fc.integer({ min, max }).filter((n) => n !== 0);
}

function isAccepted(text: string): boolean {
  try {
    return Boolean(parseRule(text));
  } catch (error) {
    if (isRefusal(error, 'invalid-rule')) return false;
    throw error;
  }
}
