import type { Highs } from 'highs';
import { DAY } from '../../src/domain/calendar/dates';
import type { Instant } from '../../src/domain/calendar/interval';
import type { Desk } from '../../src/domain/desk';
import type { Engagement } from '../../src/domain/slots/engagement';
import { kindsOf } from './clientKinds';
import { allSeated, type Placed } from './seating';
import type { SimulatedClient, Wish } from './simulatedDemand';
import { fitsAt, GRID_MS, indexFrom, stepsFrom } from './simulatedDesk';
import type { Strategy } from './strategy';

/** A consultation that was given to a client. */
interface Seated extends Placed {
  readonly id: string;
  readonly query: Wish;
  /** The index of the advisor. */
  readonly advisor: number;
}

/**
 * Gives each client the first start for which some assignment of all clients to advisors has room, and finds it whenever there is one. Any
 * number of clients may change their advisor at the same moment, however near their start is, but not those who are tied to one.
 *
 * This is what each way of assigning gives that refuses nobody what is possible when they ask, and finds all that is. Who takes whom makes no
 * difference to it: the assignment can always become any other, so what is offered depends only on which clients sit at which start. A way
 * that looks ahead can be better only by refusing a client something that is possible.
 */
export function exactMatching(highs: Highs, desk: Desk, starts: readonly Instant[]): Strategy {
  const kindOf = kindsOf(desk);
  const days = new Map<number, readonly Seated[]>();
  const on = (day: number) => days.get(day) ?? [];
  let number = 0;

  function take(client: SimulatedClient, start: Instant): { readonly id: string; readonly moves: number } | undefined {
    const day = dayOf(start);
    const before = on(day);
    const newcomer = { id: `${day} ${number}`, query: client.query, start, kind: kindOf(client.query) };
    const all = roomBeside(highs, before, newcomer);
    if (!all) return undefined;
    days.set(day, all);
    number++;
    return {
      id: newcomer.id,
      moves: all.filter(({ advisor }, i) => before[i] && before[i].advisor !== advisor).length,
    };
  }

  return {
    give(client) {
      const { wanted, patience, query } = client;
      const { steps } = kindOf(query);
      for (let i = indexFrom(starts, wanted); (starts[i] ?? Number.POSITIVE_INFINITY) <= wanted + patience; i++) {
        const start = starts[i] as Instant;
        const taken = fitsAt(starts, i, steps) ? take(client, start) : undefined;
        if (taken) return { ...taken, start };
      }
      return undefined;
    },
    free(id) {
      const day = Number(id.split(' ')[0]);
      days.set(
        day,
        on(day).filter((each) => each.id !== id),
      );
    },
    given: () => [...days.values()].flat().map((each) => engagementOf(desk, each)),
  };
}

/** No consultation lasts past the day, so each day is assigned by itself. */
function dayOf(start: Instant): number {
  return Math.floor(start / DAY);
}

/** Returns the same consultations and after them the newcomer, each with an advisor; undefined: no assignment has room. */
function roomBeside(highs: Highs, given: readonly Seated[], newcomer: Omit<Seated, 'advisor'>): Seated[] | undefined {
  const steps = stepsFrom(newcomer.start, newcomer.kind.steps);
  const engaged = steps.map((step) => given.filter(({ start, kind }) => stepsFrom(start, kind.steps).includes(step)));
  const idle = newcomer.kind.able.find((each) => !engaged.flat().some(({ advisor }) => advisor === each));
  if (idle !== undefined) return [...given, { ...newcomer, advisor: idle }];
  if (!engaged.every((there) => isRoomForAll([...there, newcomer]))) return undefined;
  const seats = allSeated<Omit<Seated, 'advisor'>>(highs, [...given, newcomer]);
  return seats && [...given, newcomer].map((each) => ({ ...each, advisor: seats.get(each) as number }));
}

/** Tells whether so many can sit at one step of the grid, each with an advisor of their own. This needs no program (Berge 1957). */
function isRoomForAll(there: readonly Pick<Placed, 'kind'>[]): boolean {
  const taker = new Map<number, Pick<Placed, 'kind'>>();
  const finds = (each: Pick<Placed, 'kind'>, seen: Set<number>): boolean =>
    each.kind.able.some((advisor) => {
      if (seen.has(advisor)) return false;
      seen.add(advisor);
      const other = taker.get(advisor);
      if (other && !finds(other, seen)) return false;
      taker.set(advisor, each);
      return true;
    });
  return there.every((each) => finds(each, new Set()));
}

function engagementOf(desk: Desk, { id, query, start, kind, advisor }: Seated): Engagement {
  const time = { start, end: start + kind.steps * GRID_MS };
  const { topicId, language, advisorId: onlyAdvisorId } = query;
  return {
    id,
    topicId,
    language,
    advisorId: desk.advisors[advisor]?.id ?? '',
    movable: onlyAdvisorId === undefined,
    time,
    mode: 'in_person',
    consultation: time,
    heldUntil: null,
  };
}
