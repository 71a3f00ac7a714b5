import { CASE_RESULTS, type CaseResultKind } from '../cases/case';
import type { CaseFact } from '../cases/caseFact';
import { type CountedDays, wholeBlocks } from './blocks';
import type { Month } from './months';

/** How many closed cases came to a result, and how long that took; null: fewer than five. */
export interface CaseResultRow {
  readonly result: CaseResultKind;
  readonly count: number | null;
  /** Of those that are told, in percent. */
  readonly sharePercent: number | null;
  /** From the beginning of the case to its result; the middle value. */
  readonly medianMonths: number | null;
}

/**
 * Returns what closed cases came to in some months. As for waits, months are put together from each January on until a
 * result has five cases, and only whole blocks count: so two periods never differ by fewer than five, and the total is
 * of what is told only.
 *
 * @param facts all from the January before `from` on
 */
export function caseResultRows(
  facts: readonly CaseFact[],
  period: { readonly from: Month; readonly to: Month },
): CaseResultRow[] {
  const since = `${period.from.slice(0, 4)}-01`;
  const counted = facts.filter(({ month }) => since <= month && month <= period.to);
  const results = CASE_RESULTS.map((result) => {
    const own = counted.filter((fact) => fact.result === result);
    const months = own.map(({ month, months: waitingDays }) => ({ month, waitingDays, count: 1 }));
    return { result, isThere: own.length > 0, told: wholeBlocks(months, period) };
  });
  const total = results.reduce((sum, { told }) => sum + told.length, 0);
  return results
    .filter(({ isThere }) => isThere)
    .map(({ result, told }) => {
      if (told.length === 0) return { result, count: null, sharePercent: null, medianMonths: null };
      const sharePercent = Math.round((100 * told.length) / total);
      return { result, count: told.length, sharePercent, medianMonths: middleOf(told) };
    });
}

/** The middle value (nearest rank). */
function middleOf(values: readonly CountedDays[]): number {
  const sorted = values.map(({ days }) => days).sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
}
