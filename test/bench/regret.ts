import { markdownTable } from '../support/markdown';
import { calibration } from './calibration';
import { HEAD, type Measure, row } from './measure';
import { exactRoom, mostBesideOthers, type Optimum, optimumOf } from './optimum';
import type { DemandLevel } from './simulatedDemand';
import { simulatedDesk } from './simulatedDesk';
import { type Experience, live, simulatedQuarter } from './simulation';
import { type Strategy, type StrategyName, strategies } from './strategies';

/** The first quarter's seed; each further quarter has the next. */
const SEED = 4;
const PERCENT = 80;
/** One in so many refusals is checked by the exact solver. */
const SAMPLED = 20;

/** One quarter, lived through by each way of assigning with the same clients. */
interface ComparedQuarter extends DemandLevel {
  readonly experiences: Readonly<Record<StrategyName, Experience>>;
  readonly optimum: Optimum;
  /** See `mostBesideOthers`. */
  readonly besideOthers: number;
  /** Of the refused first wishes that were checked, in [0, 1]: some assignment had room. */
  readonly missed: number;
}

/**
 * Returns two tables of so many quarters of one desk with skewed languages and topics: what clients meet with each way of assigning, and how
 * far the program's own is from the best.
 */
export async function simulation(count: number): Promise<string> {
  const quarters: ComparedQuarter[] = [];
  for (let i = 0; i < count; i++) quarters.push(await comparedQuarter({ percent: PERCENT, seed: SEED + i }));
  const taken = quarters.map(({ experiences }) => experiences.matching.taken);
  const measures = [...regret(quarters), ...calibration(taken)];
  return `${markdownTable(...comparison(quarters))}\n\n${markdownTable(HEAD, measures.map(row))}\n`;
}

async function comparedQuarter(level: DemandLevel): Promise<ComparedQuarter> {
  const quarter = simulatedQuarter(level);
  const desk = simulatedDesk();
  const ways = strategies(desk, quarter.starts);
  const hasRoom = await exactRoom();
  const checked: boolean[] = [];
  let refused = 0;
  const watched = watching(ways.matching(), (strategy, asked) => {
    if (refused++ % SAMPLED === 0) checked.push(hasRoom(desk, strategy.given(), asked));
  });
  const matching = live(watched, quarter.clients);
  return {
    ...level,
    experiences: {
      'round-robin': live(ways['round-robin'](), quarter.clients),
      'least flexible first': live(ways['least flexible first'](), quarter.clients),
      matching,
    },
    optimum: await optimumOf(quarter),
    besideOthers: await mostBesideOthers(quarter, matching.taken),
    missed: checked.filter((had) => had).length / checked.length,
  };
}

/** The same strategy, which tells of each client who was not given the first start of their range, before they are given another. */
function watching(strategy: Strategy, refused: (strategy: Strategy, asked: Refused) => void): Strategy {
  return {
    ...strategy,
    give(now, wish, { start, end }) {
      const given = strategy.give(now, wish, { start, end: start + 1 });
      if (given) return given;
      refused(strategy, { now, wish, start });
      return strategy.give(now, wish, { start: start + 1, end });
    },
  };
}

/** Somebody who could not have the start that they wanted. */
type Refused = Parameters<Awaited<ReturnType<typeof exactRoom>>>[2];

/** The columns and rows of a table. */
function comparison(quarters: readonly ComparedQuarter[]): [string[], string[][]] {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const head = [
    'seed',
    'clients',
    'assignment',
    'got the start that they wanted',
    'in a language of few',
    'mean wait',
    'left without',
  ];
  const rows = quarters.flatMap(({ seed, experiences }) =>
    Object.entries(experiences).map(([strategy, { clients, asWanted, asWantedOfFew, meanWait, left }]) => [
      String(seed),
      clients.toLocaleString('en'),
      strategy,
      percent(asWanted),
      percent(asWantedOfFew),
      `${meanWait.toFixed(3)} days`,
      percent(left),
    ]),
  );
  return [head, rows];
}

function regret(quarters: readonly ComparedQuarter[]): Measure[] {
  const each = (figure: (experience: Experience, quarter: ComparedQuarter) => number) =>
    quarters.map((quarter) => figure(quarter.experiences.matching, quarter));
  const first = { better: 'more', must: 0.95, aim: 0.97 } as const;
  return [
    {
      name: 'first wishes ÷ those of the optimum that knows all demand',
      values: each(({ asWanted }, { optimum }) => asWanted / optimum.asWanted),
      goal: first,
    },
    {
      name: 'first wishes ÷ those of the optimum beside the clients who were sent elsewhere',
      values: each(({ asWanted }, { besideOthers }) => asWanted / besideOthers),
      goal: first,
    },
    { name: 'refused first wishes for which some assignment had room', values: each((_, { missed }) => missed) },
    {
      name: 'mean wait ÷ that of the optimum',
      values: each(({ meanWait }, { optimum }) => meanWait / optimum.meanWait),
      goal: { better: 'less', must: 1.1, aim: 1.05 },
    },
    {
      name: 'reassignments per booking',
      values: each(({ moves }) => moves),
      goal: { better: 'less', must: 0.3, aim: 0.3 },
    },
    {
      name: 'P90 wait of the worst language ÷ of the best',
      values: each(({ p90Waits }) => Math.max(...Object.values(p90Waits)) / Math.min(...Object.values(p90Waits))),
      goal: { better: 'less', must: 1.5, aim: 1.25 },
      remark: remarkOn(quarters),
    },
  ];
}

function remarkOn(quarters: readonly ComparedQuarter[]): string {
  const hours = (days: number) => `${(days * 24).toFixed(1)} h`;
  return Object.entries(quarters[0]?.experiences.matching.p90Waits ?? {})
    .map(([language, days]) => `${language} ${hours(days)}`)
    .join(', ');
}
