import type { FigureRow } from '../../../app/figures/readFigures';
import type { Month } from '../../../domain/figures/months';
import { monthAndYear } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';

/** A cell of a table; `isHidden` explains its asterisk. */
interface Cell {
  readonly text: string;
  readonly isHidden: boolean;
  readonly isSum?: boolean;
}

/** What is told of one thing in each month, and together. */
export interface MonthsRow {
  readonly values: readonly string[];
  /** In the order of the months; null: hidden. */
  readonly counts: readonly (number | null)[];
  /** The sum of what is told. */
  readonly sum: number;
  /** Whether the sum lacks a month that is hidden. */
  readonly isAtLeast: boolean;
}

/** Stands where a number is hidden. */
const HIDDEN_MARK = '*';

/** Puts the rows of a table side by side by month. What has no row in a month is 0. */
export function byMonths(rows: readonly FigureRow[], months: readonly Month[]): MonthsRow[] {
  const found = new Map<string, { values: readonly string[]; counts: Map<Month, number | null> }>();
  for (const { month, values, count } of rows) {
    const row = found.get(values.join('\n')) ?? { values, counts: new Map() };
    row.counts.set(month, count);
    found.set(values.join('\n'), row);
  }
  return [...found.values()].map(({ values, counts }) => {
    const all = months.map((month) => (counts.has(month) ? (counts.get(month) ?? null) : 0));
    return {
      ...{ values, counts: all },
      sum: all.reduce((sum: number, count) => sum + (count ?? 0), 0),
      isAtLeast: all.includes(null),
    };
  });
}

/** Returns the cell of a number; null: hidden. */
export function cellOf(count: number | null, { locale }: Pick<Reader, 'locale'>): Cell {
  return count === null
    ? { text: HIDDEN_MARK, isHidden: true }
    : { text: count.toLocaleString(locale), isHidden: false };
}

/** Says a sum, and that it is more if a month is hidden. */
export function sumText({ sum, isAtLeast }: Pick<MonthsRow, 'sum' | 'isAtLeast'>, { t, locale }: Reader): string {
  const number = sum.toLocaleString(locale);
  if (!isAtLeast) return number;
  return sum === 0 ? t('figures.hidden') : t('figures.atLeast', { number });
}

/** Returns a table with a column for each month, and one for all. */
export function monthsTable(
  {
    rows,
    months,
  }: {
    rows: readonly (MonthsRow & { names: readonly string[] })[];
    months: readonly Month[];
  },
  reader: Reader,
) {
  return {
    heads: [...months.map((month) => monthAndYear(reader.locale, month, 'short')), reader.t('figures.together')],
    rows: rows.map((row) => ({
      names: row.names,
      cells: [
        ...row.counts.map((count) => cellOf(count, reader)),
        { text: sumText(row, reader), isHidden: false, isSum: true },
      ],
    })),
  };
}
