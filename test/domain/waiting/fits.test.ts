import fc from 'fast-check';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import type { WaitingEntry } from '../../../src/domain/waiting/entry';
import { fits, rangeOf } from '../../../src/domain/waiting/fits';
import { aWaitingEntry, NOW, span } from '../../support/builders';

const zone = 'Europe/Berlin';
const anyWish = { zone, earlierThan: null };
/** A Tuesday. */
const at = (clock: string) => span(`2026-12-01T${clock}:00+01:00`, 30);
const suits = (wish: Partial<WaitingEntry>, time = at('09:00'), where: Parameters<typeof fits>[2] = anyWish) =>
  fits(aWaitingEntry(wish), time, where);

describe('fits', () => {
  it('takes anything where nothing is wished for', () => expect(suits({})).toBe(true));

  it('counts `from` in and `until` out', () => {
    expect(suits({ from: '2026-12-01' })).toBe(true);
    expect(suits({ from: '2026-12-02' })).toBe(false);
    expect(suits({ until: '2026-12-02' })).toBe(true);
    expect(suits({ until: '2026-12-01' })).toBe(false);
  });

  it('takes the last day that still helps', () => {
    expect(suits({ deadline: '2026-12-01' })).toBe(true);
    expect(suits({ deadline: '2026-11-30' })).toBe(false);
  });

  it('looks at the weekday', () => {
    expect(suits({ weekdays: ['TU'] })).toBe(true);
    expect(suits({ weekdays: ['MO', 'WE'] })).toBe(false);
  });

  it('wants the whole consultation between the times of day', () => {
    expect(suits({ after: '09:00', before: '09:30' })).toBe(true);
    expect(suits({ after: '09:01' })).toBe(false);
    expect(suits({ before: '09:29' })).toBe(false);
  });

  it('takes one that ends after midnight as late, not early', () => {
    expect(suits({ before: '12:00' }, span('2026-12-01T23:45:00+01:00', 30))).toBe(false);
  });

  it('wants it earlier than the booking that there is', () => {
    expect(suits({}, at('09:00'), { zone, earlierThan: at('09:30').start })).toBe(true);
    expect(suits({}, at('09:30'), { zone, earlierThan: at('09:30').start })).toBe(false);
  });

  it('does not come back to a start that passed', () => {
    expect(suits({ passed: [at('09:00').start] })).toBe(false);
    expect(suits({ passed: [at('09:00').start] }, at('09:30'))).toBe(true);
  });

  it('finds nothing outside the range that is searched', () => {
    const date = fc.integer({ min: 1, max: 28 }).map((day) => `2026-12-${String(day).padStart(2, '0')}`);
    const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
    const wish = fc.record({ from: maybe(date), until: maybe(date), deadline: maybe(date) });
    const start = fc.integer({ min: 0, max: 40 * 48 }).map((n) => NOW + n * 30 * MINUTE);
    fc.assert(
      fc.property(wish, start, maybe(start), (part, begin, earlierThan) => {
        const time = { start: begin, end: begin + 30 * MINUTE };
        const range = rangeOf(aWaitingEntry(part), { start: 0, end: NOW + 60 * 24 * HOUR }, { zone, earlierThan });
        if (suits(part, time, { zone, earlierThan })) expect(range.start <= begin && begin < range.end).toBe(true);
      }),
    );
  });
});
