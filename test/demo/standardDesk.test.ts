import { DAY } from '../../src/domain/calendar/dates';
import { localDate } from '../../src/domain/calendar/zone';
import { fitChecker } from '../../src/domain/slots/fit';
import { occupancy } from '../../src/domain/slots/occupancy';
import { SIZES, type Size, type StandardDesk, standardDesk } from '../bench/standardDesk';
import { NOW } from '../support/builders';

const made = new Map<Size, StandardDesk>();
const of = (size: Size) => {
  const desk = made.get(size) ?? standardDesk(size, NOW);
  made.set(size, desk);
  return desk;
};

describe.each(['S', 'M', 'L'] as const)('the standard desk %s', (size) => {
  it('has the stated number of advisors, with 1 to 3 languages and 1 to 4 topics, and of bookings', () => {
    const { desk, bookings } = of(size);
    expect([desk.advisors.length, bookings.length]).toEqual([SIZES[size].advisors, SIZES[size].bookings]);
    const counts = (list: 'languages' | 'topics') => desk.advisors.map((advisor) => new Set(advisor[list]).size);
    expect([Math.min(...counts('languages')), Math.max(...counts('languages'))]).toEqual([1, 3]);
    expect([Math.min(...counts('topics')), Math.max(...counts('topics'))]).toEqual([1, 4]);
  });

  it('gives every booking to an advisor who can take it, in their hours, and no advisor two at a time', () => {
    const { desk, bookings } = of(size);
    const place = fitChecker(desk, []);
    const taken = occupancy<string>();
    const wrong: unknown[] = [];
    for (const { id, advisorId, topicId, language, mode, time } of bookings) {
      const placed = place({ advisorId, topicId, language, mode, start: time.start });
      if (!('time' in placed) || placed.time.end !== time.end) wrong.push([id, placed]);
      if (taken.find(advisorId, time)) wrong.push([id, 'overlaps']);
      taken.take(advisorId, time, id);
    }
    expect(wrong).toEqual([]);
  });

  it('spreads them evenly over 8 weeks from tomorrow', () => {
    const { desk, bookings, starts } = of(size);
    const perStart = new Map(starts.map((start) => [start, 0]));
    for (const { time } of bookings) perStart.set(time.start, (perStart.get(time.start) ?? 0) + 1);
    const counts = [...perStart.values()];
    expect(perStart.size).toBe(starts.length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    const { timeZone } = desk.hours;
    expect(localDate(starts[0] ?? 0, timeZone)).toBe('2026-11-25');
    expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBeGreaterThan(54 * DAY);
    expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBeLessThan(56 * DAY);
  });

  it('queries 28 days for the pair of topic and language with the median number of advisors', () => {
    const { desk, query, pairs } = of(size);
    const matching = ({ topicId, language }: { topicId: string; language: string }) =>
      desk.advisors.filter((a) => a.topics.includes(topicId) && a.languages.includes(language)).length;
    expect(pairs.map(matching)).toEqual(pairs.map(({ advisors }) => advisors));
    const fewer = pairs.filter(({ advisors }) => advisors < query.advisors).length;
    const more = pairs.filter(({ advisors }) => advisors > query.advisors).length;
    expect(Math.max(fewer, more)).toBeLessThanOrEqual(pairs.length / 2);
    expect(matching(query)).toBeGreaterThan(0);
    expect(query.range.end - query.range.start).toBe(28 * DAY);
  });

  it('is the same for the same seed, and differs for another', () => {
    // Jest compares fifty thousand bookings for seconds.
    const written = (desk: StandardDesk) => JSON.stringify(desk);
    expect(written(standardDesk(size, NOW)) === written(of(size))).toBe(true);
    expect(written(standardDesk(size, NOW, 1)) === written(of(size))).toBe(false);
  });
});

it('the standard desks of all sizes can be in one database', () => {
  const ids = (['S', 'M', 'L'] as const).flatMap((size) => of(size).bookings.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});
