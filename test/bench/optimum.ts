import type { Highs } from 'highs';
import { DAY } from '../../src/domain/calendar/dates';
import { groupBy } from '../../src/domain/groupBy';
import { kindsOf } from './clientKinds';
import { leastWait } from './leastWait';
import { mostSeated } from './seating';
import type { SimulatedClient } from './simulatedDemand';
import { simulatedDesk } from './simulatedDesk';
import type { SimulatedQuarter } from './simulation';

/** The clients who get the very start that they want, each with the index of the advisor. */
export type Plan = ReadonlyMap<SimulatedClient, number>;

/**
 * Returns a plan that gives as many as possible of those who come the start that they want, if all who will ask, and all who will give
 * back, are known before the first one asks.
 *
 * The number is exact. No way of assigning exceeds it: whatever it does, those who come sit with one advisor each at the end, who speaks
 * their language, covers their topic, is the one they are tied to, and has no other consultation until the buffer is over. And it can be
 * reached: keep these starts for these clients, and give everybody else the first start that is free beside them (`strategies`, `all demand
 * known`). But to keep a start is to tell others, who ask before, that nothing is free there.
 */
export function bestPlan(highs: Highs, { clients }: SimulatedQuarter): Plan {
  const kindOf = kindsOf(simulatedDesk());
  const wishes = coming(clients).map((client) => ({ client, start: client.wanted, kind: kindOf(client.query) }));
  // No consultation lasts past the day, so each day is a program of its own.
  const days = groupBy(wishes, ({ start }) => Math.floor(start / DAY));
  return new Map(
    [...days.values()].flatMap((day) =>
      [...mostSeated(highs, day)].map(([{ client }, advisor]) => [client, advisor] as const),
    ),
  );
}

/**
 * Returns a lower bound of the mean wait of those who come, in days, for every way of assigning, also for one that knows all demand. It is
 * not exact: see `leastWait`. Those who give back occupy nothing in it.
 */
export function leastMeanWait(highs: Highs, quarter: SimulatedQuarter): number {
  const clients = coming(quarter.clients);
  const problem = { starts: quarter.starts, clients, kindOf: kindsOf(simulatedDesk()) };
  return leastWait(highs, problem) / clients.length / DAY;
}

function coming(clients: readonly SimulatedClient[]): SimulatedClient[] {
  return clients.filter(({ givesBack }) => !givesBack);
}
