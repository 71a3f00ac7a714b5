import type { Desk } from '../../src/domain/desk';
import { memo } from '../../src/domain/memo';
import { canTake } from '../../src/domain/offering';
import type { Wish } from './simulatedDemand';
import { stepsOf, topicOf } from './simulatedDesk';
import type { SimulatedQuarter } from './simulation';

/** Clients for whom the same advisors are able, for as long. */
export interface Kind {
  /** Indices of the advisors. */
  readonly able: readonly number[];
  /** How many steps of the grid an advisor is occupied. */
  readonly steps: number;
}

/** Clients who come, and what they need. */
export interface Problem extends SimulatedQuarter {
  kindOf(wish: Wish): Kind;
}

/** Makes a function that returns the same object for all wishes of one kind. */
export function kindsOf(desk: Desk): (wish: Wish) => Kind {
  const kinds = memo(MANY_KINDS, (key): Kind => JSON.parse(key) as Kind);
  const kindOf = memo(MANY_KINDS, (asked) => {
    const wish = JSON.parse(asked) as Wish;
    const able = desk.advisors.flatMap((advisor, i) => (canTake(advisor, { ...wish, mode: 'in_person' }) ? [i] : []));
    return kinds(JSON.stringify({ able, steps: stepsOf(topicOf(desk, wish.topicId)) }));
  });
  return ({ topicId, language, advisorId }) => kindOf(JSON.stringify({ topicId, language, advisorId }));
}

/** More than there are at the simulated desk, so that none is forgotten. */
const MANY_KINDS = 1_000;
