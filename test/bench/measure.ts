/** A figure of the table: one value a round. */
export interface Measure {
  readonly name: string;
  readonly values: readonly number[];
  readonly unit?: 'ms' | 'MB';
  /** Absent: reported only. */
  readonly goal?: Goal;
  /** What stands behind the figure, in words. */
  readonly remark?: string;
}

/** Bounds, themselves included. */
export interface Goal {
  readonly better: 'more' | 'less';
  readonly must: number;
  readonly aim: number;
}

/** Of an even number of values the lower of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1] ?? Number.NaN;
}

/** The measures as the rows of a table, below `HEAD`. */
export function row({ name, values, unit, goal, remark }: Measure): string[] {
  const told = (value: number) => (unit ? `${figure(value)} ${unit}` : figure(value));
  const bound = (value: number) => `${goal?.better === 'less' ? '≤' : '≥'} ${told(value)}`;
  const spread = values.length > 1 ? ` (${figure(Math.min(...values))}–${figure(Math.max(...values))})` : '';
  const measured = values.length > 0 ? `${told(median(values))}${spread}` : 'not measured';
  return [
    name,
    goal ? bound(goal.must) : '',
    goal ? bound(goal.aim) : '',
    remark ? `${measured}; ${remark}` : measured,
    goal ? reached(median(values), goal) : 'reported',
  ];
}

export const HEAD = ['measure', 'must', 'aim', 'measured: median (min–max)', 'reached?'];

function reached(value: number, { better, must, aim }: Goal): string {
  const within = (bound: number) => (better === 'more' ? value >= bound : value <= bound);
  return within(aim) ? 'aim' : within(must) ? 'must' : 'no';
}

/** Three digits that count, and no more of them than a reader compares. */
export function figure(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
