import type { Instant, Interval } from '../../src/domain/calendar/interval';
import type { Desk } from '../../src/domain/desk';
import type { Engagement } from '../../src/domain/slots/engagement';
import { freeSlots, type SlotWithAdvisors } from '../../src/domain/slots/freeSlots';
import type { Wish } from './simulatedDemand';
import { indexFrom, topicOf } from './simulatedDesk';

/** A way of giving clients to advisors. It decides by nothing but what was taken before. */
export interface Strategy {
  /** Gives a client the first start of the range that is offered to them; undefined: none is. */
  give(now: Instant, query: Wish, range: Interval): Given | undefined;
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

export type StrategyName = 'round-robin' | 'least flexible first' | 'matching';

/** How an advisor is chosen. */
export interface Way {
  /** Whoever is tied to no advisor may change theirs later. */
  readonly moves: boolean;
  /** @param able ids of those who are free, best first; never empty */
  choose(able: readonly string[], there: Situation): string | undefined;
}

/** What is known when an advisor is chosen. */
export interface Situation {
  /** Consultation and buffer. */
  readonly time: Interval;
  readonly diary: (advisorId: string) => readonly Engagement[];
}

/** The ways that are compared; each begins with an empty desk. `matching` is what the program does. */
export function strategies(desk: Desk, starts: readonly Instant[]): Readonly<Record<StrategyName, () => Strategy>> {
  const best = (able: readonly string[]) => able[0];
  return {
    'round-robin': () => begin(desk, starts, { moves: false, choose: inTurn(desk) }),
    'least flexible first': () => begin(desk, starts, { moves: false, choose: best }),
    matching: () => begin(desk, starts, { moves: true, choose: best }),
  };
}

/** Begins with an empty desk. Whatever the way, the program itself says what is offered. */
export function begin(desk: Desk, starts: readonly Instant[], { moves, choose }: Way): Strategy {
  const engagements = new Map<string, Engagement>();
  const diaries = new Map<string, readonly Engagement[]>();
  const read = () => (advisorId: string) => diaries.get(advisorId) ?? [];
  let [diary, number] = [read(), 0];

  function remove(id: string): void {
    const { advisorId } = engagements.get(id) as Engagement;
    engagements.delete(id);
    diaries.set(
      advisorId,
      diary(advisorId).filter((each) => each.id !== id),
    );
  }
  function add(engagement: Engagement): void {
    const { advisorId, id } = engagement;
    engagements.set(id, engagement);
    diaries.set(
      advisorId,
      [...diary(advisorId), engagement].sort((a, b) => a.time.start - b.time.start),
    );
  }

  return {
    give(now, query, range) {
      const { advisorId: onlyAdvisorId, language, topicId } = query;
      const asked = { topic: topicOf(desk, topicId), language, advisorId: onlyAdvisorId, audience: 'client' } as const;
      const slot = first(starts, range, (part) => freeSlots({ desk, absences: [], diary, now }, asked, part, 'all')[0]);
      if (!slot) return undefined;
      const whole = { start: slot.time.start, end: slot.blockedUntil };
      const able = slot.advisors.map(({ id }) => id);
      const advisorId = choose(able, { time: whole, diary });
      if (advisorId === undefined) throw new Error('nobody was chosen');
      for (const { assignment, to } of slot.moves) {
        const moved = engagements.get(assignment.id) as Engagement;
        remove(moved.id);
        add({ ...moved, advisorId: to });
      }
      const id = `c${number++}`;
      const { mode, time } = slot;
      const movable = moves && onlyAdvisorId === undefined;
      add({ id, advisorId, topicId, language, movable, time: whole, mode, consultation: time, heldUntil: null });
      diary = read();
      return { id, start: time.start, moves: slot.moves.length };
    },
    free(id) {
      remove(id);
      diary = read();
    },
    given: () => [...engagements.values()],
  };
}

/** Asks start by start, since a client takes the first, and counting how many more fit costs most. */
function first(
  starts: readonly Instant[],
  { start, end }: Interval,
  ask: (part: Interval) => SlotWithAdvisors | undefined,
): SlotWithAdvisors | undefined {
  for (let i = indexFrom(starts, start); (starts[i] ?? end) < end; i++) {
    const at = starts[i] as Instant;
    const slot = ask({ start: at, end: at + 1 });
    if (slot) return slot;
  }
  return undefined;
}

/** The next after the one who was chosen last, in the order of the desk. */
function inTurn({ advisors }: Desk): Way['choose'] {
  let last = -1;
  return (able) => {
    const order = advisors.map((_, i) => (last + 1 + i) % advisors.length);
    const next = order.find((i) => able.includes(advisors[i]?.id ?? ''));
    last = next ?? last;
    return next === undefined ? undefined : advisors[next]?.id;
  };
}
