import { mulberry32, type Random } from '../../src/demo/random';
import { DAY } from '../../src/domain/calendar/dates';
import { type Instant, type Interval, MINUTE } from '../../src/domain/calendar/interval';
import { localDate, localTime } from '../../src/domain/calendar/zone';
import type { Desk } from '../../src/domain/desk';
import { groupBy } from '../../src/domain/groupBy';
import { aDesk, anAdvisor, aTopic } from '../support/builders';
import { startsIn } from './standardDesk';
import { type Strategy, type StrategyName, strategies, type Wish } from './strategies';

/** What clients met in the simulated time. */
export interface Experience {
  readonly strategy: StrategyName;
  /** Clients over seats, in percent. */
  readonly demand: number;
  readonly clients: number;
  /** Of all clients, in [0, 1]: got the very start that they wanted. */
  readonly asWanted: number;
  /** The same, of those who speak neither German nor English. */
  readonly asWantedOfFew: number;
  /** Days between the start that they wanted and the one that they got; whoever left has waited as long as they had patience. */
  readonly meanWait: number;
  /** Of all clients, in [0, 1]: nothing was free as long as they had patience. */
  readonly left: number;
}

/** Somebody who wants a consultation. */
export interface SimulatedClient {
  readonly askedAt: Instant;
  readonly query: Wish;
  readonly wanted: Instant;
  /** Milliseconds: so much later than wanted is the latest that they take. */
  readonly patience: number;
}

/** In percent of what the desk could do if everybody spoke every language. */
const DEMANDS = [70, 80, 90] as const;
const SEED = 4;
const YEAR: Interval = { start: Date.parse('2027-01-01T00:00:00+01:00'), end: Date.parse('2028-01-01T00:00:00+01:00') };
const MINUTES = 30;
const TOPIC = 'residence';

/** What the clients speak, in percent; German and English are spoken by most advisors, Japanese by one. */
const SPOKEN = { en: 40, de: 22, ar: 14, uk: 12, tr: 7, ja: 5 } as const;
/** What most advisors speak. */
const MANY: readonly string[] = ['de', 'en'];
/** What each of the advisors speaks. */
const STAFF = ['de en', 'de en', 'de en', 'de en ar', 'de en uk', 'de ar tr', 'de en uk tr', 'en ja'];
/** How much clients like an hour of the day, in parts. */
const LIKED: Readonly<Record<number, number>> = { 9: 4, 10: 4, 11: 3, 12: 1, 13: 1, 14: 2, 15: 3, 16: 3 };
const TIED_PERCENT = 8;
const MEAN_AHEAD_DAYS = 5;
const LONGEST_PATIENCE_DAYS = 20;

/**
 * A year of one desk with skewed languages, lived through once by each way of assigning, with the same clients.
 *
 * The desk: 2027 in Düsseldorf, with the holidays of NRW, Mon–Thu 9–17, Fri 9–12, eight advisors, one topic, 30 minutes. The languages of
 * advisors and clients are skewed and do not match: `STAFF`, `SPOKEN`.
 *
 * The clients: arrivals are a Poisson process, day and night. Each speaks one language; 8 in 100 want a certain advisor who speaks it, and
 * stay with that one. They want a day that lies an exponential time of 5 days in the mean after two hours from now, at an hour that
 * people like (`LIKED`: mornings and late afternoons). If that start is not offered they take the first later one, unless it is further
 * away than their patience, which is even between 0 and 20 days; then they leave. Nobody cancels, nobody takes an earlier start.
 *
 * @param range in which clients arrive
 */
export function simulate(range: Interval = YEAR, demands: readonly number[] = DEMANDS): Experience[] {
  const desk = simulatedDesk();
  const starts = startsIn(desk, { start: range.start, end: range.end + 100 * DAY });
  const ways = strategies(desk.advisors, MINUTES);
  return demands.flatMap((demand) => {
    const clients = someClients(desk, starts, range, demand);
    return Object.entries(ways).map(([name, begin]) => ({
      strategy: name as StrategyName,
      demand,
      ...live(begin(), clients, starts),
    }));
  });
}

/** The desk of the simulation. */
export function simulatedDesk(): Desk {
  return aDesk({
    gridMinutes: MINUTES,
    topics: [aTopic({ id: TOPIC, durationMinutes: MINUTES })],
    advisors: STAFF.map((languages, i) =>
      anAdvisor({ id: `a${i + 1}`, languages: languages.split(' '), topics: [TOPIC] }),
    ),
  });
}

/** In the order in which they ask. @param starts ascending, far beyond the range */
export function someClients(
  desk: Desk,
  starts: readonly Instant[],
  range: Interval,
  demand: number,
): SimulatedClient[] {
  const random = mulberry32(SEED);
  const seats = starts.filter((start) => start < range.end).length * desk.advisors.length;
  const meanGap = ((range.end - range.start) * 100) / (seats * demand);
  const wanted = wantedStarts(desk, starts, random);
  const clients: SimulatedClient[] = [];
  for (let at = range.start + exponential(meanGap, random); at < range.end; at += exponential(meanGap, random))
    clients.push({
      askedAt: at,
      query: someWish(desk, random),
      wanted: wanted(at),
      patience: random.below(LONGEST_PATIENCE_DAYS * DAY),
    });
  return clients;
}

/** All of them ask, one after the other. */
export function live(
  strategy: Strategy,
  clients: readonly SimulatedClient[],
  starts: readonly Instant[],
): Omit<Experience, 'strategy' | 'demand'> {
  let [asWanted, left, waited] = [0, 0, 0];
  const few = { clients: 0, asWanted: 0 };
  for (const { query, wanted, patience } of clients) {
    const first = firstFrom(starts, wanted);
    let got: Instant | undefined;
    for (let i = first; got === undefined && (starts[i] ?? Number.POSITIVE_INFINITY) <= wanted + patience; i++)
      if (strategy.offer(starts[i] as Instant, query)) got = starts[i];
    if (got === undefined) left++;
    else strategy.take(got, query);
    if (got === wanted) asWanted++;
    if (!MANY.includes(query.language)) {
      few.clients++;
      if (got === wanted) few.asWanted++;
    }
    waited += got === undefined ? patience : got - wanted;
  }
  const { length } = clients;
  return {
    clients: length,
    asWanted: asWanted / length,
    asWantedOfFew: few.asWanted / few.clients,
    meanWait: waited / length / DAY,
    left: left / length,
  };
}

/** The columns and rows of a table. */
export function simulationTable(experiences: readonly Experience[]): [string[], string[][]] {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  return [
    [
      'demand',
      'clients',
      'assignment',
      'got the start that they wanted',
      'in a language of few',
      'mean wait',
      'left without',
    ],
    experiences.map(({ demand, clients, strategy, asWanted, asWantedOfFew, meanWait, left }) => [
      `${demand} %`,
      clients.toLocaleString('en'),
      strategy,
      percent(asWanted),
      percent(asWantedOfFew),
      `${meanWait.toFixed(2)} days`,
      percent(left),
    ]),
  ];
}

function someWish({ advisors }: Desk, random: Random): Wish {
  const language = weighted(Object.entries(SPOKEN), random);
  const able = advisors.filter(({ languages }) => languages.includes(language));
  return { topicId: TOPIC, language, advisorId: random.chance(TIED_PERCENT) ? random.pick(able).id : undefined };
}

/** What somebody who asks at an instant would like best. */
function wantedStarts(
  { hours, leadTimeMinutes }: Desk,
  starts: readonly Instant[],
  random: Random,
): (askedAt: Instant) => Instant {
  const day = (start: Instant) => localDate(start, hours.timeZone);
  const hour = (start: Instant) => Number(localTime(start, hours.timeZone).slice(0, 2));
  const days = groupBy(starts, day);
  return (askedAt) => {
    const earliest = askedAt + leadTimeMinutes * MINUTE;
    const first = starts[firstFrom(starts, earliest + exponential(MEAN_AHEAD_DAYS * DAY, random))];
    if (first === undefined) throw new Error('the starts end too early');
    const possible = (days.get(day(first)) ?? []).filter((start) => start >= earliest);
    return weighted(
      possible.map((start) => [start, LIKED[hour(start)] ?? 1]),
      random,
    );
  };
}

/** Index of the first start that is not before `at`. */
function firstFrom(starts: readonly Instant[], at: Instant): number {
  const found = starts.findIndex((start) => start >= at);
  return found < 0 ? starts.length : found;
}

/** One of the values, as often as its whole number of parts says. */
function weighted<T>(parts: readonly (readonly [T, number])[], random: Random): T {
  let left = random.below(parts.reduce((sum, [, weight]) => sum + weight, 0));
  for (const [value, weight] of parts) {
    if (left < weight) return value;
    left -= weight;
  }
  throw new RangeError('nothing to choose from');
}

/** An exponential time, as between two arrivals of a Poisson process. */
function exponential(mean: number, random: Random): number {
  const FINE = 2 ** 30;
  return -Math.log((random.below(FINE) + 1) / FINE) * mean;
}
