import fc from 'fast-check';
import { DAY } from '../../../src/domain/calendar/dates';
import { type Instant, intersect, MINUTE } from '../../../src/domain/calendar/interval';
import { openingWindows } from '../../../src/domain/calendar/openingHours';
import { afterOpenTime } from '../../../src/domain/calendar/openTime';
import { cases } from '../../support/cases';
import { hoursWith } from './northRhine';

const NORTH_RHINE = hoursWith();
const at = Date.parse;
const LIMIT = at('2028-01-01T00:00:00Z');
const iso = (instant: Instant) => new Date(instant).toISOString();

describe('afterOpenTime', () => {
  it.each([
    ['2027-01-04T07:00:00Z', 0, '2027-01-04T07:00:00.000Z'],
    ['2027-01-03T21:00:00Z', 60, '2027-01-04T09:00:00.000Z'],
    ['2027-01-04T08:40:00Z', 60, '2027-01-04T09:40:00.000Z'],
    // The end of a window is reached, not the next one's start.
    ['2027-01-04T15:00:00Z', 60, '2027-01-04T16:00:00.000Z'],
    ['2027-01-04T15:00:01Z', 60, '2027-01-05T08:00:01.000Z'],
    // Over the holidays of the turn of the year: Wednesday night to Thursday the 24th, closed from the 25th.
    ['2026-12-24T15:30:00Z', 60, '2026-12-28T08:30:00.000Z'],
    // Over more than a week.
    ['2027-01-03T21:00:00Z', 60 * 60, '2027-01-14T09:00:00.000Z'],
  ])('adds to %s so many open minutes: %i, and returns %s', (from, minutes, expected) => {
    expect(iso(afterOpenTime(NORTH_RHINE, at(from), minutes, LIMIT))).toBe(expected);
  });

  it('returns the limit for a desk that is not open for so long before it', () => {
    const closed = { ...NORTH_RHINE, rules: [] };
    expect(afterOpenTime(closed, at('2027-01-03T21:00:00Z'), 1, LIMIT)).toBe(LIMIT);
    expect(afterOpenTime(NORTH_RHINE, LIMIT + 1, 1, LIMIT)).toBe(LIMIT);
  });

  it('returns the instant before which the desk is open for exactly so long', () => {
    const from = fc.integer({ min: 0, max: 365 * 1440 }).map((minute) => at('2027-01-01T00:00:00Z') + minute * MINUTE);
    fc.assert(
      fc.property(from, fc.integer({ min: 1, max: 5000 }), (start, minutes) => {
        const end = afterOpenTime(NORTH_RHINE, start, minutes, start + 60 * DAY);
        const open = intersect(openingWindows(NORTH_RHINE, { start, end }), [{ start, end }]);
        expect(open.reduce((sum, window) => sum + window.end - window.start, 0)).toBe(minutes * MINUTE);
        expect(open.at(-1)?.end).toBe(end);
      }),
      { numRuns: cases(100) },
    );
  });
});
