import fc from 'fast-check';
import { contains, type Interval, overlaps, union } from '../../../src/domain/calendar/interval';
import { apartFrom, counted, firstFrom, hasStart, insideOf, type Starts } from '../../../src/domain/slots/startBits';
import { cases } from '../../support/cases';

const interval = fc
  .tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 1, max: 90 }))
  .map(([start, length]): Interval => ({ start, end: start + length }));
const starts = fc
  .record({
    from: fc.uniqueArray(fc.integer({ min: 0, max: 600 }), { maxLength: 80 }),
    length: fc.integer({ min: 1, max: 60 }),
    buffer: fc.integer({ min: 0, max: 20 }),
  })
  .map(
    ({ from, length, buffer }): Starts => ({
      times: from.sort((a, b) => a - b).map((start) => ({ start, end: start + length })),
      blockedMs: length + buffer,
    }),
  );
const wholeOf = ({ times, blockedMs }: Starts) =>
  times.map(({ start }): Interval => ({ start, end: start + blockedMs }));

describe('A set of starts', () => {
  it('holds those that lie with their buffer inside one of the intervals', () => {
    fc.assert(
      fc.property(starts, fc.array(interval), (all, some) => {
        const free = union(some);
        const bits = insideOf(free, all);
        const expected = wholeOf(all).map((whole) => free.some((each) => contains(each, whole)));
        expect(expected.map((_, i) => hasStart(bits, i))).toEqual(expected);
      }),
      { numRuns: cases(500) },
    );
  });

  it('loses those that overlap with their buffer what is taken, and is not changed itself', () => {
    fc.assert(
      fc.property(starts, fc.array(interval), (all, taken) => {
        const every = insideOf([{ start: 0, end: 1_000 }], all);
        const left = apartFrom(
          taken.map((time) => ({ time })),
          all,
          every,
        );
        const expected = wholeOf(all).map((whole) => !taken.some((each) => overlaps(each, whole)));
        expect(expected.map((_, i) => hasStart(left, i))).toEqual(expected);
        expect(expected.every((_, i) => hasStart(every, i))).toBe(true);
      }),
      { numRuns: cases(500) },
    );
  });

  it('is counted with others start by start, up to fifteen', () => {
    fc.assert(
      fc.property(starts, fc.array(fc.array(interval, { maxLength: 4 }), { maxLength: 40 }), (all, taken) => {
        const every = insideOf([{ start: 0, end: 1_000 }], all);
        const sets = taken.map((times) =>
          apartFrom(
            times.map((time) => ({ time })),
            all,
            every,
          ),
        );
        const expected = all.times.map((_, i) => Math.min(15, sets.filter((set) => hasStart(set, i)).length));
        expect([...counted(sets, all)]).toEqual(expected);
      }),
      { numRuns: cases(300) },
    );
  });

  it('is entered at the first start from an instant on', () => {
    const { times }: Starts = { times: [10, 20, 30].map((start) => ({ start, end: start + 5 })), blockedMs: 5 };
    expect([0, 10, 11, 30, 31].map((at) => firstFrom(times, at))).toEqual([0, 0, 1, 2, 3]);
  });
});
