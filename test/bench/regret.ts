import loadHighs, { type Highs } from 'highs';
import { markdownTable } from '../support/markdown';
import { calibration } from './calibration';
import { HEAD, type Measure, row } from './measure';
import { leastMeanWait } from './optimum';
import type { DemandLevel } from './simulatedDemand';
import { type Experience, live, simulatedQuarter } from './simulation';
import { type StrategyName, strategies } from './strategies';

/** The first quarter's seed; each further quarter has the next. */
const SEED = 4;
const PERCENT = 80;

/** One quarter, lived through by each way of assigning with the same clients. */
interface ComparedQuarter extends DemandLevel {
  readonly experiences: Readonly<Record<StrategyName, Experience>>;
  /** In days, see `leastMeanWait`. */
  readonly leastWait: number;
}

/**
 * Returns two tables of so many quarters of one desk with skewed languages and topics: what clients meet with each way of assigning, and how
 * far the program's own is from the best.
 */
export async function simulation(count: number): Promise<string> {
  const highs = await loadHighs();
  const quarters = Array.from({ length: count }, (_, i) =>
    comparedQuarter(highs, { percent: PERCENT, seed: SEED + i }),
  );
  const taken = quarters.map(({ experiences }) => experiences.matching.taken);
  const measures = [...regret(quarters), ...calibration(taken)];
  return `${markdownTable(...comparison(quarters))}\n\n${markdownTable(HEAD, measures.map(row))}\n`;
}

function comparedQuarter(highs: Highs, level: DemandLevel): ComparedQuarter {
  const quarter = simulatedQuarter(level);
  const experiences = Object.fromEntries(
    Object.entries(strategies(highs, quarter)).map(([name, start]) => [name, live(start(), quarter.clients)]),
  ) as Record<StrategyName, Experience>;
  return { ...level, experiences, leastWait: leastMeanWait(highs, quarter) };
}

/** The columns and rows of a table. */
function comparison(quarters: readonly ComparedQuarter[]): [string[], string[][]] {
  const groups = Object.keys(quarters[0]?.experiences.matching.asWantedOf ?? {});
  const head = [
    'seed',
    'clients',
    'assignment',
    'got the start that they wanted',
    ...groups,
    'mean wait',
    'left without',
    'P90 wait of the worst and the best language',
  ];
  const rows = quarters.flatMap(({ seed, experiences }) =>
    Object.entries(experiences).map(([strategy, experience]) => [
      String(seed),
      experience.clients.toLocaleString('en'),
      strategy,
      ...[experience.asWanted, ...Object.values(experience.asWantedOf)].map(percent),
      `${experience.meanWait.toFixed(3)} days`,
      percent(experience.left),
      `${told(worst(experience))}, ${told(best(experience))}`,
    ]),
  );
  return [head, rows];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** A language, and how many days of waiting nine in ten do not exceed. */
type Wait = readonly [language: string, days: number];

function worst({ p90Waits }: Experience): Wait {
  return Object.entries(p90Waits).reduce((one, other) => (other[1] > one[1] ? other : one));
}

function best({ p90Waits }: Experience): Wait {
  return Object.entries(p90Waits).reduce((one, other) => (other[1] < one[1] ? other : one));
}

function told([language, days]: Wait): string {
  return `${language} ${(days * 24).toFixed(1)} h`;
}

function regret(quarters: readonly ComparedQuarter[]): Measure[] {
  const each = (figure: (quarter: ComparedQuarter['experiences'], of: ComparedQuarter) => number) =>
    quarters.map((quarter) => figure(quarter.experiences, quarter));
  const first = { better: 'more', must: 0.95, aim: 0.97 } as const;
  const wait = { better: 'less', must: 1.1, aim: 1.05 } as const;
  return [
    {
      name: 'first wishes ÷ the most that are possible if all demand is known and starts are refused for it',
      values: each((ways) => ways.matching.asWanted / ways['all demand known'].asWanted),
      goal: first,
    },
    {
      name: 'first wishes ÷ those of exact matching: whoever asks first gets what is possible',
      values: each((ways) => ways.matching.asWanted / ways['exact matching'].asWanted),
      goal: first,
    },
    {
      name: 'mean wait ÷ a bound that no plan comes below, if all demand is known and starts are refused for it',
      values: each((ways, { leastWait }) => ways.matching.meanWait / leastWait),
      goal: wait,
    },
    {
      name: 'mean wait ÷ that of exact matching',
      values: each((ways) => ways.matching.meanWait / ways['exact matching'].meanWait),
      goal: wait,
    },
    {
      name: 'reassignments per booking',
      values: each(({ matching }) => matching.moves),
      goal: { better: 'less', must: 0.3, aim: 0.3 },
    },
    {
      name: 'P90 wait of the worst language ÷ of the best',
      values: each(({ matching }) => worst(matching)[1] / best(matching)[1]),
      goal: { better: 'less', must: 1.5, aim: 1.25 },
      remark: Object.entries(quarters[0]?.experiences.matching.p90Waits ?? {})
        .map(told)
        .join(', '),
    },
  ];
}
