import { groupBy } from '../groupBy';
import type { Month } from './months';
import type { FactCount } from './monthTables';
import { SUPPRESSED_BELOW } from './suppression';

/** So many days somebody waits. */
export interface CountedDays {
  readonly days: number;
  readonly count: number;
}

/**
 * Returns the days that facts of one kind waited in a period. From each January on, months are put together until they
 * have five values; only blocks that lie in the period as a whole count. So the blocks are the same for every period, and
 * two periods never differ by fewer than five values.
 *
 * @param facts all from the January before `from` on
 */
export function wholeBlocks(
  facts: readonly Pick<FactCount, 'month' | 'waitingDays' | 'count'>[],
  { from, to }: { readonly from: Month; readonly to: Month },
): CountedDays[] {
  const found: CountedDays[] = [];
  let block: (typeof facts)[number][] = [];
  const byMonth = groupBy(facts, ({ month }) => month);
  for (const month of [...byMonth.keys()].sort()) {
    if (block[0] && block[0].month.slice(0, 4) !== month.slice(0, 4)) block = [];
    block.push(...(byMonth.get(month) ?? []));
    if (block.reduce((sum, { count }) => sum + count, 0) < SUPPRESSED_BELOW) continue;
    const first = block[0]?.month ?? month;
    if (from <= first && month <= to) found.push(...block.map(({ waitingDays: days, count }) => ({ days, count })));
    block = [];
  }
  return found;
}
