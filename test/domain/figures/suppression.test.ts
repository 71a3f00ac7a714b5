import fc from 'fast-check';
import { isSmall, SUPPRESSED_BELOW, tellable } from '../../../src/domain/figures/suppression';
import { cases } from '../../support/cases';
import { follows } from '../../support/linear';

/** A table of two dimensions with its totals, as sums of its cells: first the total, then rows, columns, cells. */
function crossTable(rows: number, columns: number): number[][] {
  const at = (row: number, column: number) => row * columns + column;
  const all = Array.from({ length: rows * columns }, (_, i) => i);
  return [
    all,
    ...Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => at(row, column))),
    ...Array.from({ length: columns }, (_, column) => Array.from({ length: rows }, (_, row) => at(row, column))),
    ...all.map((cell) => [cell]),
  ];
}

/** Tries all whole numbers, and returns what each of the sums could be for somebody who knows those that were told. */
function possible(counts: readonly number[], sums: readonly (readonly number[])[], told: readonly boolean[]) {
  const sizeOf = (of: readonly number[], sum: readonly number[]) => sum.reduce((size, i) => size + (of[i] ?? 0), 0);
  const most = counts.reduce((sum, count) => sum + count, 0) + 3;
  const found = sums.map(() => new Set<number>());
  const guess: number[] = [];
  const tryAll = (i: number) => {
    if (i === counts.length) {
      if (sums.every((sum, s) => !told[s] || sizeOf(guess, sum) === sizeOf(counts, sum)))
        sums.forEach((sum, s) => {
          found[s]?.add(sizeOf(guess, sum));
        });
      return;
    }
    // Whoever reads the table knows which cells are 0, because they are not listed.
    const [low, high] = counts[i] === 0 ? [0, 0] : [1, most];
    for (let value = low; value <= high; value++) {
      guess[i] = value;
      tryAll(i + 1);
    }
  };
  tryAll(0);
  return found;
}

describe('What is told of small numbers', () => {
  it('is none of 1 to 4; nobody, and five or more, are told', () => {
    expect(tellable([0], [[0]])).toEqual([true]);
    for (const count of [1, 2, 3, 4]) expect(tellable([count], [[0]])).toEqual([false]);
    expect(tellable([SUPPRESSED_BELOW], [[0]])).toEqual([true]);
  });

  it('hides the smallest other one, where only one of a total would be hidden', () => {
    // In this order: total, 20, 9, 3.
    expect(tellable([20, 9, 3], [[0, 1, 2], [0], [1], [2]])).toEqual([true, true, false, false]);
  });

  it('hides a third one, where two that are hidden can only be 1 each', () => {
    expect(tellable([9, 1, 1], [[0, 1, 2], [0], [1], [2]])).toEqual([true, false, false, false]);
  });

  it('hides four cells of a table, so that rows and columns give none of them away', () => {
    const told = tellable([20, 9, 8, 2], crossTable(2, 2));
    expect(told).toEqual([true, ...[true, true], ...[true, true], ...[false, false, false, false]]);
  });

  it('leaves every small number in a table more than one value, for whoever tries all numbers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(6)), { minLength: 4, maxLength: 4 }),
        (counts) => {
          const sums = crossTable(2, 2);
          const told = tellable(counts, sums);
          const found = possible(counts, sums, told);
          sums.forEach((sum, i) => {
            const size = sum.reduce((total, cell) => total + (counts[cell] ?? 0), 0);
            if (isSmall(size)) expect(found[i]?.size).toBeGreaterThan(1);
          });
        },
      ),
      { numRuns: cases(100) },
    );
  });

  it('leaves nothing hidden that follows from rows, columns, totals and other tables, exactly solved', () => {
    const table = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 12, maxLength: 12 });
    const other = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 1 }), { maxLength: 6 });
    fc.assert(
      fc.property(table, other, (counts, others) => {
        const sums = [...crossTable(3, 4), ...others];
        const told = tellable(counts, sums);
        // Empty cells are known to be empty.
        const known = [...sums.filter((_, i) => told[i]), ...counts.flatMap((count, i) => (count === 0 ? [[i]] : []))];
        for (const [i, sum] of sums.entries()) if (!told[i]) expect(follows(sum, known, 12)).toBe(false);
      }),
      { numRuns: cases(200) },
    );
  });

  it('tells only the total where the table is too large to be checked', () => {
    const counts = Array.from({ length: 1_001 }, () => 9);
    expect(tellable(counts, [counts.map((_, i) => i), [0], [1, 2]])).toEqual([true, false, false]);
  });
});
