import { type Advisor, canTake, type Desk } from './desk';
import { memo } from './memo';

/** A desk's advisors, found by what is asked about them. */
export interface Team {
  readonly byId: ReadonlyMap<string, Advisor>;
  /** Who could ever take it, in the order of the desk: see `canTake`. */
  able(wish: Parameters<typeof canTake>[1]): readonly Advisor[];
}

const teams = new WeakMap<Desk['advisors'], Team>();
/** So many pairs of topic and language. */
const MOST_PAIRS = 500;

/** Looked through once for as long as the desk is the same: each booking asks, and there may be hundreds. */
export function teamOf({ advisors }: Pick<Desk, 'advisors'>): Team {
  const known = teams.get(advisors);
  if (known) return known;
  const able = memo(MOST_PAIRS, (pair) => {
    const [topicId, language] = JSON.parse(pair) as [string | null, string | null];
    return advisors.filter((advisor) => canTake(advisor, { topicId, language }));
  });
  const team: Team = {
    byId: new Map(advisors.map((advisor) => [advisor.id, advisor])),
    able({ topicId, language, advisorId }) {
      const anybody = able(JSON.stringify([topicId, language]));
      return advisorId === undefined ? anybody : anybody.filter(({ id }) => id === advisorId);
    },
  };
  teams.set(advisors, team);
  return team;
}
