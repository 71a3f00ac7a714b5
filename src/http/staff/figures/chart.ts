/** How a bar is filled; each can be told from the others without colour. */
const FILLS = ['solid', 'hatched', 'dotted'] as const;
type Fill = (typeof FILLS)[number];

/** One bar: how long it is, and what stands at its end. */
interface Bar {
  /** Null: hidden, so that there is only the text. */
  readonly value: number | null;
  readonly text: string;
}

/** The bars of one thing; the first of each row is filled alike, the second, and the third. */
interface ChartRow {
  readonly label: string;
  readonly bars: readonly Bar[];
}

interface Chart {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly ChartRow[];
  /** What the bars of a row stand for, if there are several. */
  readonly series?: readonly string[] | undefined;
}

/** Pixels. Text is never scaled; only the length of bars depends on the width of the page. */
const [LABEL_HEIGHT, BAR_HEIGHT, BAR_GAP, ROW_GAP] = [20, 16, 4, 14];
const BASELINE_IN_BAR = 13;
/** The longest bar leaves room for its text. */
const WIDEST_BAR_PERCENT = 68;
const PATTERN_NAMES: Readonly<Record<Fill, string | undefined>> = {
  solid: undefined,
  hatched: 'hatch',
  dotted: 'dots',
};

/** Returns what `partials/staff/chart` draws: horizontal bars, all by one measure. */
export function chartView({ id, title, rows, series }: Chart) {
  const most = Math.max(1, ...rows.flatMap(({ bars }) => bars.map(({ value }) => value ?? 0)));
  let y = 0;
  const drawn = rows.map(({ label, bars }) => {
    const top = y;
    const drawnBars = bars.map(({ value, text }, i) => {
      const at = top + LABEL_HEIGHT + i * (BAR_HEIGHT + BAR_GAP);
      const percent = Math.round((10 * WIDEST_BAR_PERCENT * (value ?? 0)) / most) / 10;
      const fill = FILLS[i] ?? 'solid';
      return { y: at, height: BAR_HEIGHT, percent, textY: at + BASELINE_IN_BAR, text, ...fillView(id, fill) };
    });
    y = top + LABEL_HEIGHT + bars.length * (BAR_HEIGHT + BAR_GAP) + ROW_GAP;
    return { label, labelY: top + BASELINE_IN_BAR, bars: drawnBars };
  });
  return {
    ...{ id, title, height: Math.max(0, y - ROW_GAP), rows: drawn },
    patterns: { hatch: `${id}-hatch`, dots: `${id}-dots` },
    legend: series?.map((text, i) => ({ text, ...fillView(id, FILLS[i] ?? 'solid') })),
  };
}

function fillView(id: string, fill: Fill) {
  const pattern = PATTERN_NAMES[fill];
  return { kind: fill, fill: pattern && `url(#${id}-${pattern})` };
}
