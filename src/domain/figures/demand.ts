import type { LanguageTag } from '../text';
import { type Month, monthOfWeek } from './months';
import { isSmall } from './suppression';

/** How many searches of a month found nothing. */
interface DemandRow {
  readonly month: Month;
  readonly topicId: string;
  readonly language: LanguageTag;
  /** Null: fewer than five. */
  readonly count: number | null;
}

/** Adds searches that found nothing up to months, each week to the month of its Sunday. */
export function demandRows(
  unmet: readonly {
    readonly topicId: string;
    readonly language: LanguageTag;
    readonly week: string;
    readonly searches: number;
  }[],
  { from, to }: { readonly from: Month; readonly to: Month },
): DemandRow[] {
  const rows = new Map<string, DemandRow & { count: number }>();
  for (const { topicId, language, week, searches } of unmet) {
    const month = monthOfWeek(week);
    if (month < from || month > to) continue;
    const key = `${month}\n${topicId}\n${language}`;
    const row = rows.get(key) ?? { month, topicId, language, count: 0 };
    rows.set(key, { ...row, count: row.count + searches });
  }
  return [...rows.keys()].sort().map((key) => {
    const row = rows.get(key) as DemandRow & { count: number };
    return { ...row, count: isSmall(row.count) ? null : row.count };
  });
}
