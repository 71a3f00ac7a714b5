import fc from 'fast-check';
import { wholeBlocks } from '../../../src/domain/figures/blocks';
import { addMonths } from '../../../src/domain/figures/months';
import { type WaitingSample, waitingRows } from '../../../src/domain/figures/waiting';
import { cases } from '../../support/cases';
import { aFactCount } from '../../support/figures';

const YEAR = { from: '2026-01', to: '2026-12' };
const aSample = (part: Partial<WaitingSample> = {}): WaitingSample => ({
  ...{ deskId: 'expat-desk', date: '2026-10-01', topicId: 'residence', language: 'en', firstDays: 2, thirdDays: 4 },
  ...part,
});

describe('How long one waits', () => {
  it('is told as the middle, and what nine of ten do not exceed', () => {
    const facts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 40].map((waitingDays) => aFactCount(1, { waitingDays }));
    expect(waitingRows(facts, [], YEAR)).toEqual([
      {
        ...{ topicId: 'residence', language: 'en', firstFreeDays: null, thirdFreeDays: null },
        bookingDays: { median: 5, p90: 9 },
      },
    ]);
  });

  it('is told from five values on, of bookings and of samples', () => {
    const samples = [1, 2, 3, 4].map((day) => aSample({ date: `2026-10-0${day}` }));
    expect(waitingRows([aFactCount(4)], samples, YEAR)).toEqual([]);
    const [row] = waitingRows([aFactCount(5)], [...samples, aSample({ date: '2026-10-05', firstDays: 9 })], YEAR);
    expect(row).toMatchObject({
      bookingDays: { median: 7, p90: 7 },
      firstFreeDays: { median: 2, p90: 9 },
      thirdFreeDays: { median: 4, p90: 4 },
    });
  });

  it('leaves out who came without an appointment, who cancelled, and what was imported', () => {
    const others = [
      aFactCount(5, { source: 'walk_in' }),
      aFactCount(5, { source: 'import' }),
      aFactCount(5, { status: 'cancelled' }),
    ];
    expect(waitingRows(others, [], YEAR)).toEqual([]);
  });

  it('counts a month with few values only together with those before it', () => {
    const facts = [
      aFactCount(3, { month: '2026-02', waitingDays: 1 }),
      aFactCount(3, { month: '2026-03', waitingDays: 9 }),
    ];
    const days = (from: string, to: string) => waitingRows(facts, [], { from, to })[0]?.bookingDays ?? null;
    expect([days('2026-02', '2026-03'), days('2026-03', '2026-03'), days('2026-02', '2026-02')]).toEqual([
      { median: 1, p90: 9 },
      null,
      null,
    ]);
  });

  it('never differs between two periods by fewer than five values', () => {
    const months = Array.from({ length: 24 }, (_, i) => addMonths('2026-01', i));
    const month = fc.integer({ min: 0, max: 23 });
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 24, maxLength: 24 }),
        fc.tuple(month, month),
        fc.tuple(month, month),
        (counts, ...periods) => {
          // The days say of which month a value is.
          const facts = months.map((each, i) => aFactCount(counts[i] ?? 0, { month: each, waitingDays: i }));
          const [one, other] = periods.map(([a, b]) => {
            const [from = '', to = ''] = [months[a] ?? '', months[b] ?? ''].sort();
            return new Map(wholeBlocks(facts, { from, to }).map(({ days, count }) => [days, count]));
          });
          const added = [...(one ?? [])].filter(([days]) => !other?.has(days));
          const size = added.reduce((sum, [, count]) => sum + count, 0);
          if (size > 0) expect(size).toBeGreaterThanOrEqual(5);
        },
      ),
      { numRuns: cases(500) },
    );
  });
});
