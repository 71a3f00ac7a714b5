import type { Highs } from 'highs';
import { DAY } from '../../src/domain/calendar/dates';
import type { Instant, Interval } from '../../src/domain/calendar/interval';
import type { Kind, Problem } from './clientKinds';
import { linearProgram } from './linearProgram';
import { fitsAt, indexFrom, stepsFrom } from './simulatedDesk';

/** What an advisor's step of the grid costs, in milliseconds of waiting, by `priceKey`; absent: nothing. */
type Prices = ReadonlyMap<string, number>;

/**
 * Returns a time that all clients together must at least wait, in milliseconds; whoever leaves has waited as long as they had patience.
 *
 * It is Lagrange's bound. If each step of each advisor has a price, at least 0, then no plan has less waiting than this: each client chooses
 * for themselves what is cheapest, waiting and prices together, as if they were alone, and the prices of all steps are taken off the sum.
 * For a plan occupies each step once at most, so its clients pay no more than that in prices. This holds for whatever prices; good ones are
 * found week by week, as the duals of a linear program over that week and half a week on both sides.
 */
export function leastWait(highs: Highs, problem: Problem): number {
  const prices = new Map<string, number>();
  const [first = 0, last = 0] = [problem.starts[0], problem.starts.at(-1)];
  for (let from = first; from <= last; from += WEEK)
    for (const [step, row] of pricesAround(highs, problem, from))
      if (from <= step && step < from + WEEK) for (const [key, price] of row) prices.set(key, price);
  return boundBy(prices, problem);
}

const WEEK = 7 * DAY;
/** Of a client's later starts the program knows so many, and after them each `STRIDE`th, since the bound holds anyway. */
const NEAR = 40;
const STRIDE = 7;

function priceKey(advisor: number, step: Instant): string {
  return `${advisor} ${step}`;
}

/** Returns the duals of a linear program over the week from `from` and half a week before and after, by step. */
function pricesAround(highs: Highs, problem: Problem, from: Instant): Map<Instant, [string, number][]> {
  const block = { start: from - WEEK / 2, end: from + 1.5 * WEEK };
  const program = linearProgram(highs);
  const steps = new Map<string, { step: Instant; row: number }>();
  const busy = (advisor: number, step: Instant) => {
    const key = priceKey(advisor, step);
    const known = steps.get(key) ?? { step, row: program.row(1) };
    steps.set(key, known);
    return known.row;
  };
  const offers = new Map<string, number>();
  /** The row of clients of a kind at a start: they are no more than the advisors who take them there. */
  const offered = (kind: Kind, start: Instant) => {
    const key = `${kind.able} ${kind.steps} ${start}`;
    const known = offers.get(key);
    if (known !== undefined) return known;
    const row = program.row(0);
    offers.set(key, row);
    for (const advisor of kind.able)
      program.variable({
        cost: 0,
        rows: stepsFrom(start, kind.steps).map((step) => busy(advisor, step)),
        relieves: [row],
      });
    return row;
  };
  addClients(program, problem, block, offered);
  const duals = program.prices();
  const found = new Map<Instant, [string, number][]>();
  for (const [key, { step, row }] of steps)
    found.set(step, [...(found.get(step) ?? []), [key, (duals[row] as number) * DAY]]);
  return found;
}

/** Adds each client who wants a start of the block: they wait for one of it, or leave. To come after the block costs as if it were empty. */
function addClients(
  program: ReturnType<typeof linearProgram>,
  { clients, starts, kindOf }: Problem,
  block: Interval,
  offered: (kind: Kind, start: Instant) => number,
): void {
  for (const { wanted, patience, query } of clients) {
    if (wanted < block.start || block.end <= wanted) continue;
    const kind = kindOf(query);
    const latest = Math.min(wanted + patience, block.end);
    const client = program.row(1);
    const first = indexFrom(starts, wanted);
    for (let i = first; (starts[i] ?? block.end) < latest || i === first; i += i < first + NEAR ? 1 : STRIDE) {
      const start = starts[i] as Instant;
      if (!fitsAt(starts, i, kind.steps)) continue;
      program.variable({ cost: (start - latest) / DAY, rows: [client, offered(kind, start)] });
    }
  }
}

function boundBy(prices: Prices, { clients, starts, kindOf }: Problem): number {
  const perKind = new Map<Kind, Float64Array>();
  const costsOf = (kind: Kind) => {
    const known = perKind.get(kind) ?? cheapest(prices, kind, starts);
    perKind.set(kind, known);
    return known;
  };
  let sum = 0;
  for (const { wanted, patience, query } of clients) {
    const costs = costsOf(kindOf(query));
    let least = patience;
    for (let i = indexFrom(starts, wanted); i < starts.length; i++) {
      const wait = (starts[i] as Instant) - wanted;
      if (wait >= least) break;
      least = Math.min(least, wait + (costs[i] as number));
    }
    sum += least;
  }
  return [...prices.values()].reduce((left, price) => left - price, sum);
}

/** What a client of a kind pays at each start, if the cheapest advisor takes them. */
function cheapest(prices: Prices, { able, steps }: Kind, starts: readonly Instant[]): Float64Array {
  return Float64Array.from(starts, (start, i) => {
    if (!fitsAt(starts, i, steps)) return Number.POSITIVE_INFINITY;
    const priceOf = (advisor: number) =>
      stepsFrom(start, steps).reduce((sum, step) => sum + (prices.get(priceKey(advisor, step)) ?? 0), 0);
    return Math.min(...able.map(priceOf));
  });
}
