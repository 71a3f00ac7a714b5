import fc from 'fast-check';
import { type Interval, overlaps } from '../../../src/domain/calendar/interval';
import type { Assignment, Demand, Room, Roster } from '../../../src/domain/slots/assignment';

/** A small desk: who can do which kind of consultation, from hour to hour. */
export interface Small {
  /** Kinds (language and topic together) that each advisor can do. */
  readonly can: readonly (readonly number[])[];
  readonly engagements: readonly Assignment[];
  readonly demand: Demand;
}

const kindOf = (kind: number) => ({ topicId: 'residence', language: `x-${kind}`, mode: null });
export const demandOf = (kind: number, time: Interval): Demand => ({ ...kindOf(kind), time });

export function rosterOf({ can, engagements }: Pick<Small, 'can' | 'engagements'>): Roster {
  return {
    suitable: ({ language, onlyAdvisorId: only }) =>
      can.flatMap((kinds, i) =>
        kinds.some((kind) => `x-${kind}` === language) && (only === undefined || only === `a${i}`) ? [`a${i}`] : [],
      ),
    engaged: (advisorId, time) => engagements.filter((e) => e.advisorId === advisorId && overlaps(e.time, time)),
    mayMove: ({ movable }) => movable,
  };
}

/** Tries every assignment. @returns the fewest moves with which there is room; null: there is none */
export function bruteForce({ can, engagements, demand }: Small): number | null {
  const roster = rosterOf({ can, engagements: [] });
  let best: number | null = null;
  const settle = (left: readonly (Assignment | Demand)[], placed: readonly Assignment[], moves: number): void => {
    if (best !== null && moves >= best) return;
    const [next, ...others] = left;
    if (!next) {
      best = moves;
      return;
    }
    const isFixed = 'movable' in next && !next.movable;
    const own = 'movable' in next ? next.advisorId : undefined;
    for (const advisorId of isFixed ? [next.advisorId] : roster.suitable(next)) {
      if (placed.some((e) => e.advisorId === advisorId && overlaps(e.time, next.time))) continue;
      const here = { id: 'x', movable: true, ...next, advisorId };
      settle(others, [...placed, here], moves + (own === undefined || own === advisorId ? 0 : 1));
    }
  };
  settle([...engagements].sort((a, b) => Number(a.movable) - Number(b.movable)).concat(demand as never), [], 0);
  return best;
}

/** Does what the room says, step by step. */
export function done({ can, engagements, demand }: Small, { advisorId, moves }: Room): Assignment[] {
  let now = [...engagements];
  for (const { assignment, to } of moves) {
    expect(assignment.movable).toBe(true);
    expect(rosterOf({ can, engagements: [] }).suitable(assignment)).toContain(to);
    now = now.map((each) => (each.id === assignment.id ? { ...each, advisorId: to } : each));
    expect(rosterOf({ can, engagements: now }).engaged(to, assignment.time)).toHaveLength(1);
  }
  expect(rosterOf({ can, engagements: [] }).suitable(demand)).toContain(advisorId);
  now.push({ ...demand, id: 'newcomer', advisorId, movable: demand.onlyAdvisorId === undefined });
  expect(rosterOf({ can, engagements: now }).engaged(advisorId, demand.time)).toHaveLength(1);
  return now;
}

/** Whatever is there already lies with somebody who can do it, and overlaps nothing of theirs. */
export function small(times: fc.Arbitrary<Interval>): fc.Arbitrary<Small> {
  const kind = fc.integer({ min: 0, max: 3 });
  return fc
    .record({
      can: fc.array(fc.uniqueArray(kind, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
      queries: fc.array(fc.record({ kind, time: times, at: fc.nat(), movable: fc.boolean() }), { maxLength: 8 }),
      asked: fc.record({ kind, time: times, tied: fc.option(fc.nat({ max: 4 })) }),
    })
    .map(({ can, queries, asked }) => {
      const engagements: Assignment[] = [];
      queries.forEach(({ kind: wanted, time, at, movable }, i) => {
        const demand = demandOf(wanted, time);
        const free = rosterOf({ can, engagements }).suitable(demand);
        const idle = free.filter((id) => rosterOf({ can, engagements }).engaged(id, time).length === 0);
        const advisorId = idle[at % Math.max(idle.length, 1)];
        if (advisorId) engagements.push({ ...demand, id: `e${i}`, advisorId, movable: movable || i % 3 > 0 });
      });
      const onlyAdvisorId = asked.tied === null || asked.tied >= can.length ? undefined : `a${asked.tied}`;
      return { can, engagements, demand: { ...demandOf(asked.kind, asked.time), onlyAdvisorId } };
    });
}

export const HOUR: Interval = { start: 0, end: 60 };
export const mixedTimes = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 4 }))
  .map(([start, length]) => ({ start: start * 15, end: (start + length) * 15 }));
