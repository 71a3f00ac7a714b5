import loadHighs, { type Highs } from 'highs';
import { DAY } from '../../src/domain/calendar/dates';
import { type Instant, MINUTE } from '../../src/domain/calendar/interval';
import type { Desk } from '../../src/domain/desk';
import { groupBy } from '../../src/domain/groupBy';
import type { Engagement } from '../../src/domain/slots/engagement';
import { type Kind, kindsOf, type Problem } from './clientKinds';
import { leastWait } from './leastWait';
import { linearProgram } from './linearProgram';
import type { SimulatedClient, Wish } from './simulatedDemand';
import { simulatedDesk, stepsFrom } from './simulatedDesk';
import type { SimulatedQuarter, Taken } from './simulation';

/** What no way of assigning can exceed, or fall below; each bound by itself. */
export interface Optimum {
  /** Of those who come, in [0, 1]: no more can get the very start that they want. */
  readonly asWanted: number;
  /** Of those who come, in days: they cannot wait less in the mean. */
  readonly meanWait: number;
}

/**
 * Bounds what any way of assigning could reach in a quarter, if it knew all who will ask, and all who will give back, before the first one
 * asks.
 *
 * Whatever a way of assigning does, those who come sit with one advisor each at the end, who speaks their language, covers their topic, is
 * the one they are tied to, and has no other consultation until the buffer is over. Both bounds ask for the best of all such plans. So they
 * hold for every way, also for one that tells clients that nothing is free to keep a start for another. Those who give back occupy nothing
 * in the bounds, which only makes room. Both are loose: the plans need not give anything to those who are not as wanted, or who have little
 * patience, while every way here gives each client what is free when they ask.
 */
export async function optimumOf(quarter: SimulatedQuarter): Promise<Optimum> {
  const desk = simulatedDesk();
  const clients = quarter.clients.filter(({ givesBack }) => !givesBack);
  const problem = { starts: quarter.starts, clients, advisors: desk.advisors.length, kindOf: kindsOf(desk) };
  const highs = await loadHighs();
  return {
    asWanted: mostAsWanted(highs, problem) / clients.length,
    meanWait: leastWait(highs, problem) / clients.length / DAY,
  };
}

/**
 * Bounds what any way of assigning could reach if, of those who come, everybody whose wish was not met sat where they sat. Such a plan
 * knows all demand, and may choose whom it gives the start that they want, and who takes whom; but those who were sent elsewhere are there
 * and take room.
 *
 * @param taken all that was taken
 * @returns of those who come, in [0, 1]
 */
export async function mostBesideOthers(quarter: SimulatedQuarter, taken: readonly Taken[]): Promise<number> {
  const kindOf = kindsOf(simulatedDesk());
  const clients = quarter.clients.filter(({ givesBack }) => !givesBack);
  const elsewhere = taken
    .filter(({ client, start }) => !client.givesBack && start !== client.wanted)
    .map(({ client, start }) => ({ start, kind: kindOf(client.query), must: true }));
  const all = [...clients.map((client) => placed(client, kindOf)), ...elsewhere];
  const highs = await loadHighs();
  return sumOfDays(highs, all) / clients.length;
}

/**
 * Tells whether some assignment has room for one more at a start, by an integer program: everybody may change advisor but those who are
 * tied, and those who are fixed.
 *
 * @param given all engagements of that day, and others
 */
export async function exactRoom(): Promise<
  (desk: Desk, given: readonly Engagement[], asked: { wish: Wish; start: Instant; now: Instant }) => boolean
> {
  const highs = await loadHighs();
  return (desk, given, { wish, start, now }) => {
    const fixed = now + desk.fixedMinutes * MINUTE;
    const kindOf = kindsOf(desk);
    const those = given
      .filter(({ time }) => Math.floor(time.start / DAY) === Math.floor(start / DAY))
      .map(({ topicId, language, advisorId, movable, time }) => ({
        start: time.start,
        wish: {
          topicId: topicId as string,
          language: language as string,
          advisorId: movable && time.start >= fixed ? undefined : advisorId,
        },
      }));
    const all = [...those, { start, wish }].map((each) => ({
      start: each.start,
      kind: kindOf(each.wish),
      must: false,
    }));
    return mostOf(highs, all) === all.length;
  };
}

/** Returns the greatest number of clients who could have the start that they want. */
function mostAsWanted(highs: Highs, { clients, kindOf }: Problem): number {
  return sumOfDays(
    highs,
    clients.map((client) => placed(client, kindOf)),
  );
}

/** Returns how many can take place beside those that must. No consultation lasts past the day, so each day is a program of its own. */
function sumOfDays(highs: Highs, consultations: readonly Placed[]): number {
  const days = groupBy(consultations, ({ start }) => Math.floor(start / DAY));
  return [...days.values()].reduce((sum, day) => sum + mostOf(highs, day), 0);
}

function placed({ query, wanted }: SimulatedClient, kindOf: Problem['kindOf']): Placed {
  return { start: wanted, kind: kindOf(query), must: false };
}

/** A consultation at its start. */
interface Placed {
  readonly start: Instant;
  readonly kind: Kind;
  /** It takes place whatever that costs others. All that must can. */
  readonly must: boolean;
}

/** Returns how many of the consultations can take place, each at its start, beside those that must. */
function mostOf(highs: Highs, consultations: readonly Placed[]): number {
  const program = linearProgram(highs);
  const rows = new Map<string, number>();
  const busy = (advisor: number, step: Instant) => {
    const key = `${advisor} ${step}`;
    const row = rows.get(key) ?? program.row(1);
    rows.set(key, row);
    return row;
  };
  for (const alike of groupBy(
    consultations,
    ({ start, kind, must }) => `${start} ${kind.able} ${kind.steps} ${must}`,
  ).values()) {
    const [{ start, kind, must }] = alike as [Placed];
    const wanting = program.row(alike.length, must ? alike.length : 0);
    for (const advisor of kind.able)
      program.variable({
        cost: must ? 0 : -1,
        rows: [wanting, ...stepsFrom(start, kind.steps).map((step) => busy(advisor, step))],
      });
  }
  return -program.leastWhole();
}
