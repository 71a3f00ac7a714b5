import { DAY } from '../../src/domain/calendar/dates';
import type { Instant, Interval } from '../../src/domain/calendar/interval';
import { type DemandLevel, givenBackAt, type SimulatedClient, someClients } from './simulatedDemand';
import { BUSINESS, QUARTER, simulatedDesk } from './simulatedDesk';
import { startsIn } from './standardDesk';
import type { Strategy } from './strategy';

/** What most advisors speak. */
const MANY: readonly string[] = ['de', 'en'];

/** Some of the clients, whose wishes are counted by themselves. */
const GROUPS = {
  'a language of few': ({ query }: SimulatedClient) => !MANY.includes(query.language),
  'about business': ({ query }: SimulatedClient) => query.topicId === BUSINESS,
  'at most five days ahead': ({ askedAt, wanted }: SimulatedClient) => wanted - askedAt <= 5 * DAY,
};
export type Group = keyof typeof GROUPS;

/** What clients met in the simulated time. Shares are in [0, 1], times in days. */
export interface Experience {
  readonly clients: number;
  /** Those who did not give back what they took; the figures of wishes and waits are theirs. */
  readonly came: number;
  /** Got the very start that they wanted. */
  readonly asWanted: number;
  /** The same, of some of them. */
  readonly asWantedOf: Readonly<Record<Group, number>>;
  /** Between the start that they wanted and the one that they got; whoever left has waited as long as they had patience. */
  readonly meanWait: number;
  /** Of those who speak it: nine in ten waited no longer. */
  readonly p90Waits: Readonly<Record<string, number>>;
  /** Nothing was free as long as they had patience. */
  readonly left: number;
  /** Changes of advisor, for each client who took something. */
  readonly moves: number;
  readonly taken: readonly Taken[];
}

/** A start that was taken, whatever became of it. */
export interface Taken {
  readonly client: SimulatedClient;
  readonly start: Instant;
  /** When it came free again; absent: it did not. */
  readonly givenBack?: Instant | undefined;
}

export interface SimulatedQuarter {
  readonly clients: readonly SimulatedClient[];
  /** All starts on the desk's grid, ascending, far beyond the quarter. */
  readonly starts: readonly Instant[];
}

/** The quarter's clients, the same for each strategy. @param range in which clients ask */
export function simulatedQuarter(level: DemandLevel, range: Interval = QUARTER): SimulatedQuarter {
  const desk = simulatedDesk();
  const starts = startsIn(desk, { start: range.start, end: range.end + 100 * DAY });
  return { starts, clients: someClients(desk, starts, range, level) };
}

/** All of them ask, one after the other. */
export function live(strategy: Strategy, clients: readonly SimulatedClient[]): Experience {
  const returns = queueOfReturns();
  const taken: Taken[] = [];
  const waits: Wait[] = [];
  let moves = 0;
  for (const client of clients) {
    for (const id of returns.until(client.askedAt)) strategy.free(id);
    const got = strategy.give(client);
    if (!client.givesBack) waits.push({ client, got: got?.start });
    if (!got) continue;
    const givenBack = givenBackAt(client, got.start);
    if (givenBack !== undefined) returns.add({ at: givenBack, id: got.id });
    taken.push({ client, start: got.start, givenBack });
    moves += got.moves;
  }
  return { clients: clients.length, ...experienced(waits), moves: moves / taken.length, taken };
}

/** What became of somebody who comes. */
interface Wait {
  readonly client: SimulatedClient;
  /** Undefined: they left. */
  readonly got: Instant | undefined;
}

function experienced(waits: readonly Wait[]): Omit<Experience, 'clients' | 'moves' | 'taken'> {
  const share = (among: readonly Wait[], is: (wait: Wait) => boolean) => among.filter(is).length / among.length;
  const isAsWanted = ({ client, got }: Wait) => got === client.wanted;
  const days = ({ client, got }: Wait) => (got === undefined ? client.patience : got - client.wanted) / DAY;
  const languages = [...new Set(waits.map(({ client }) => client.query.language))].sort();
  const speaking = (language: string) => waits.filter(({ client }) => client.query.language === language);
  return {
    came: waits.length,
    asWanted: share(waits, isAsWanted),
    asWantedOf: Object.fromEntries(
      Object.entries(GROUPS).map(([group, isIn]) => [
        group,
        share(
          waits.filter(({ client }) => isIn(client)),
          isAsWanted,
        ),
      ]),
    ) as Record<Group, number>,
    meanWait: waits.reduce((sum, wait) => sum + days(wait), 0) / waits.length,
    p90Waits: Object.fromEntries(languages.map((each) => [each, quantileOf(speaking(each).map(days), 0.9)])),
    left: share(waits, ({ got }) => got === undefined),
  };
}

/** The least value that so many of the values do not exceed. @param share in (0, 1] */
export function quantileOf(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;
}

interface Return {
  readonly at: Instant;
  readonly id: string;
}

/** What will come free again. Few wait at a time, so the list is kept in order. */
function queueOfReturns() {
  const waiting: Return[] = [];
  return {
    add(each: Return): void {
      const index = waiting.findLastIndex(({ at }) => at <= each.at) + 1;
      waiting.splice(index, 0, each);
    },
    /** Removes and lists what has come free. */
    until(now: Instant): string[] {
      const count = waiting.findIndex(({ at }) => at > now);
      return waiting.splice(0, count < 0 ? waiting.length : count).map(({ id }) => id);
    },
  };
}
