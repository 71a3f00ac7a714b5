import { type Instant, type Interval, MINUTE, type Minutes } from '../../src/domain/calendar/interval';
import { type Advisor, canTake } from '../../src/domain/desk';
import type { Assignment, Demand, Roster } from '../../src/domain/slots/assignment';
import { makeRoom } from '../../src/domain/slots/matching';

/** What a client asks for, whatever the start. */
export interface Wish {
  readonly topicId: string;
  readonly language: string;
  /** Only this advisor. */
  readonly advisorId?: string | undefined;
}

/** A way of giving clients to advisors. All consultations lie on one grid and last equally long. */
export interface Strategy {
  /** Whether a client can have this start. */
  offer(start: Instant, query: Wish): boolean;
  /** Gives it to them. @throws if it is not offered */
  take(start: Instant, query: Wish): void;
  /** Who does what now. */
  given(): readonly Assignment[];
}

export type StrategyName = 'round-robin' | 'least flexible first' | 'matching';

/** The ways that are compared; each begins with an empty desk, and decides by nothing but what was taken before. */
export function strategies(
  advisors: readonly Advisor[],
  minutes: Minutes,
): Readonly<Record<StrategyName, () => Strategy>> {
  return {
    'round-robin': () => greedy(plan(advisors, minutes), inTurn(advisors)),
    'least flexible first': () => greedy(plan(advisors, minutes), (able) => able[0]),
    matching: () => matching(plan(advisors, minutes)),
  };
}

/** Who can do what at a start, and who does what there. */
interface Plan extends Roster {
  demand(start: Instant, query: Wish): Demand;
  /** Adds an engagement, or puts it with another advisor. */
  give(assignment: Assignment): void;
  given(): readonly Assignment[];
}

/** Everybody works whenever the desk is open; the least flexible are the best, as at a real desk, then whoever comes first by id. */
function plan(advisors: readonly Advisor[], minutes: Minutes): Plan {
  const ranked = [...advisors].sort((a, b) => flexibility(a) - flexibility(b) || (a.id < b.id ? -1 : 1));
  const at = new Map<Instant, Map<string, Assignment>>();
  const timeOf = (start: Instant): Interval => ({ start, end: start + minutes * MINUTE });
  return {
    demand: (start, { advisorId, ...asked }) => ({ ...asked, onlyAdvisorId: advisorId, time: timeOf(start) }),
    suitable: ({ topicId, language, onlyAdvisorId }) =>
      ranked.filter((advisor) => canTake(advisor, { topicId, language, advisorId: onlyAdvisorId })).map(({ id }) => id),
    engaged(advisorId, { start }) {
      return [...(at.get(start)?.values() ?? [])].filter((each) => each.advisorId === advisorId);
    },
    give(assignment) {
      const { start } = assignment.time;
      const there = at.get(start) ?? new Map<string, Assignment>();
      at.set(start, there.set(assignment.id, assignment));
    },
    mayMove: ({ movable }) => movable,
    given: () => [...at.values()].flatMap((there) => [...there.values()]),
  };
}

function flexibility({ languages, topics }: Advisor): number {
  return languages.length * topics.length;
}

/** Whoever is free gets it, and keeps it. @param choose of those who are suitable and free, best first */
function greedy(on: Plan, choose: (able: readonly string[]) => string | undefined): Strategy {
  const able = (start: Instant, query: Wish) => {
    const demand = on.demand(start, query);
    return on.suitable(demand).filter((advisorId) => on.engaged(advisorId, demand.time).length === 0);
  };
  let number = 0;
  return {
    offer: (start, query) => able(start, query).length > 0,
    take(start, query) {
      const advisorId = choose(able(start, query));
      if (advisorId === undefined) throw new Error('was not offered');
      on.give({ ...assignment(on, start, query), id: `c${number++}`, advisorId });
    },
    given: on.given,
  };
}

/** The next after the one who was chosen last, in the order of the desk. */
function inTurn(advisors: readonly Advisor[]): (able: readonly string[]) => string | undefined {
  let last = -1;
  return (able) => {
    const order = advisors.map((_, i) => (last + 1 + i) % advisors.length);
    const next = order.find((i) => able.includes(advisors[i]?.id ?? ''));
    last = next ?? last;
    return next === undefined ? undefined : advisors[next]?.id;
  };
}

/** As the program does it: those who did not wish for a person may change advisor to make room. */
function matching(on: Plan): Strategy {
  let number = 0;
  return {
    offer: (start, query) => makeRoom(on, on.demand(start, query)) !== undefined,
    take(start, query) {
      const room = makeRoom(on, on.demand(start, query));
      if (!room) throw new Error('was not offered');
      for (const { assignment: moved, to } of room.moves) on.give({ ...moved, advisorId: to });
      on.give({ ...assignment(on, start, query), id: `c${number++}`, advisorId: room.advisorId });
    },
    given: on.given,
  };
}

function assignment(on: Plan, start: Instant, query: Wish): Omit<Assignment, 'id' | 'advisorId'> {
  const { topicId, language, advisorId } = query;
  return { topicId, language, time: on.demand(start, query).time, movable: advisorId === undefined };
}
