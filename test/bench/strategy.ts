import type { Instant } from '../../src/domain/calendar/interval';
import type { Desk } from '../../src/domain/desk';
import type { Engagement } from '../../src/domain/slots/engagement';
import { freeSlots, type SlotWithAdvisors } from '../../src/domain/slots/freeSlots';
import type { Plan } from './optimum';
import type { SimulatedClient, Wish } from './simulatedDemand';
import { GRID_MS, indexFrom, stepsOf, topicOf } from './simulatedDesk';

/** A way of giving clients to advisors. */
export interface Strategy {
  /** Gives a client the first start that is offered to them, from the wanted one on as long as they have patience; undefined: none is. */
  give(client: SimulatedClient): Given | undefined;
  /** What was given comes free again. */
  free(id: string): void;
  /** Lists who does what now. */
  given(): readonly Engagement[];
}

/** A start that was given to a client. */
export interface Given {
  readonly id: string;
  readonly start: Instant;
  /** So many others changed their advisor for it. */
  readonly moves: number;
}

/** How clients are given to advisors. */
export interface Way {
  /** Whoever is tied to no advisor may change theirs later. */
  readonly moves?: boolean;
  /** Chooses among the ids of those who are free, best first; never empty. Absent: the best. */
  readonly choose?: (able: readonly string[]) => string | undefined;
  /** The starts that are kept for these clients, from the beginning. */
  readonly plan?: Plan;
}

/** Begins with a desk on which nobody sits but those of the plan. Whatever the way, the program itself says what is offered. */
export function begin(
  desk: Desk,
  starts: readonly Instant[],
  { moves = true, choose, plan = new Map() }: Way = {},
): Strategy {
  const book = bookOfEngagements();
  let number = 0;
  function seat({ query }: SimulatedClient, slot: Pick<Engagement, 'advisorId' | 'time' | 'mode' | 'consultation'>) {
    const { topicId, language, advisorId: onlyAdvisorId } = query;
    const id = `c${number++}`;
    book.add({ id, topicId, language, movable: moves && onlyAdvisorId === undefined, heldUntil: null, ...slot });
    return id;
  }

  const kept = new Map<SimulatedClient, string>();
  for (const [client, advisor] of plan) kept.set(client, seat(client, wishOf(desk, client, advisor)));

  return {
    give(client) {
      const { askedAt: now, wanted } = client;
      const id = kept.get(client);
      if (id !== undefined) return { id, start: wanted, moves: 0 };
      const slot = firstFor(client, starts, (query, start) => {
        const asked = { ...query, topic: topicOf(desk, query.topicId), audience: 'client' } as const;
        return freeSlots({ desk, absences: [], diary: book.diary(), now }, asked, { start, end: start + 1 }, 'all')[0];
      });
      if (!slot) return undefined;
      const able = slot.advisors.map(({ id }) => id);
      const advisorId = choose ? choose(able) : able[0];
      if (advisorId === undefined) throw new Error('nobody was chosen');
      for (const { assignment, to } of slot.moves) book.add({ ...book.remove(assignment.id), advisorId: to });
      const { mode, time, blockedUntil } = slot;
      const whole = { start: time.start, end: blockedUntil };
      const given = seat(client, { advisorId, time: whole, mode, consultation: time });
      return { id: given, start: time.start, moves: slot.moves.length };
    },
    free: (id) => void book.remove(id),
    given: () => book.all(),
  };
}

/** Keeps engagements by id and by advisor. */
function bookOfEngagements() {
  const engagements = new Map<string, Engagement>();
  const diaries = new Map<string, readonly Engagement[]>();
  /** Another function after each change, since what is derived from it is remembered. */
  const read = () => (advisorId: string) => diaries.get(advisorId) ?? [];
  let diary = read();
  const change = (advisorId: string, entries: readonly Engagement[]) => {
    diaries.set(advisorId, entries);
    diary = read();
  };
  return {
    diary: () => diary,
    all: () => [...engagements.values()],
    add(engagement: Engagement): void {
      const { advisorId, id, time } = engagement;
      const own = diary(advisorId);
      const before = own.filter((each) => each.time.start < time.start);
      engagements.set(id, engagement);
      change(advisorId, [...before, engagement, ...own.slice(before.length)]);
    },
    remove(id: string): Engagement {
      const engagement = engagements.get(id) as Engagement;
      engagements.delete(id);
      change(
        engagement.advisorId,
        diary(engagement.advisorId).filter((each) => each.id !== id),
      );
      return engagement;
    },
  };
}

/** The engagement of a client who gets the start that they want. @param advisor index */
function wishOf(desk: Desk, { query, wanted: start }: SimulatedClient, advisor: number) {
  const time = { start, end: start + stepsOf(topicOf(desk, query.topicId)) * GRID_MS };
  return { advisorId: desk.advisors[advisor]?.id ?? '', time, mode: 'in_person', consultation: time } as const;
}

/** Asks start by start, since a client takes the first, and counting how many more fit costs most. */
function firstFor(
  { wanted, patience, query }: SimulatedClient,
  starts: readonly Instant[],
  ask: (query: Wish, start: Instant) => SlotWithAdvisors | undefined,
): SlotWithAdvisors | undefined {
  for (let i = indexFrom(starts, wanted); (starts[i] ?? Number.POSITIVE_INFINITY) <= wanted + patience; i++) {
    const slot = ask(query, starts[i] as Instant);
    if (slot) return slot;
  }
  return undefined;
}
