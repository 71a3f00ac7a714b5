import { type Advisor, canTake, type Desk } from './desk';
import { memo, perObject } from './memo';

/** A desk's advisors, found by what is asked about them. */
interface Team {
  readonly byId: ReadonlyMap<string, Advisor>;
  /** Who could ever take it, see `canTake`: first who can take the fewest pairs of language and topic, then by id. */
  able(query: Parameters<typeof canTake>[1]): readonly Advisor[];
  /** Their ids. */
  ableIds(query: Parameters<typeof canTake>[1]): readonly string[];
}

/** So many pairs of topic and language. */
const MAX_KEPT_PAIRS = 500;
/** No topic and no language is called so. */
const ANY = '\0';

/** Returns the desk's team. It is looked through once for as long as the desk is the same: each booking asks, and there may be hundreds. */
export function teamOf({ advisors }: Pick<Desk, 'advisors'>): Team {
  return teams(advisors);
}

const teams = perObject((advisors: Desk['advisors']): Team => {
  const pairs = memo(MAX_KEPT_PAIRS, (pair) => {
    const at = pair.indexOf('\n');
    const [topicId, language] = [pair.slice(0, at), pair.slice(at + 1)].map((part) => (part === ANY ? null : part));
    if (topicId === undefined || language === undefined) throw new Error(`not a pair: ${pair}`);
    const able = advisors
      .filter((advisor) => canTake(advisor, { topicId, language }))
      .sort((a, b) => flexibility(a) - flexibility(b) || (a.id < b.id ? -1 : 1));
    return { able, ids: able.map(({ id }) => id) };
  });
  const pairOf = ({ topicId, language }: Parameters<typeof canTake>[1]) =>
    pairs(`${topicId ?? ANY}\n${language ?? ANY}`);
  return {
    byId: new Map(advisors.map((advisor) => [advisor.id, advisor])),
    able(query) {
      const { able } = pairOf(query);
      return query.advisorId === undefined ? able : able.filter(({ id }) => id === query.advisorId);
    },
    ableIds(query) {
      const { ids } = pairOf(query);
      return query.advisorId === undefined ? ids : ids.filter((id) => id === query.advisorId);
    },
  };
});

/** How many pairs of language and topic they can take. */
export function flexibility({ languages, topics }: Advisor): number {
  return languages.length * topics.length;
}
