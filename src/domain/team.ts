import { type Advisor, canTake, type Desk } from './desk';
import { memo, perObject } from './memo';

/** A desk's advisors, indexed by what is asked about them. */
interface Team {
  readonly byId: ReadonlyMap<string, Advisor>;
  /**
   * Returns the advisors who could ever take it, see `canTake`: first those who cover the fewest pairs of language and
   * topic, then by id.
   */
  able(query: Parameters<typeof canTake>[1]): readonly Advisor[];
  /** Returns the ids of the same advisors. */
  ableIds(query: Parameters<typeof canTake>[1]): readonly string[];
  /** Returns the places of the same advisors in the list of all, for callers who compare thousands of them. */
  ableNumbers(query: Parameters<typeof canTake>[1]): readonly number[];
}

/** The number of pairs of topic and language whose advisors are remembered. */
const MAX_KEPT_PAIRS = 500;
/** Stands for any topic or language in a key; no id is equal to it. */
const ANY = '\0';

/**
 * Returns the desk's team. It is computed once per state of the desk, since every booking asks for it and there may be
 * hundreds of advisors.
 */
export function teamOf({ advisors }: Pick<Desk, 'advisors'>): Team {
  return teams(advisors);
}

const teams = perObject((advisors: Desk['advisors']): Team => {
  const pairs = memo(MAX_KEPT_PAIRS, (pair) => {
    const at = pair.indexOf('\n');
    const [topicId, language] = [pair.slice(0, at), pair.slice(at + 1)].map((part) => (part === ANY ? null : part));
    if (topicId === undefined || language === undefined) throw new Error(`not a pair: ${pair}`);
    const able = advisors
      .map((advisor, number) => ({ advisor, number }))
      .filter(({ advisor }) => canTake(advisor, { topicId, language }))
      .sort(({ advisor: a }, { advisor: b }) => flexibility(a) - flexibility(b) || (a.id < b.id ? -1 : 1));
    return {
      able: able.map(({ advisor }) => advisor),
      ids: able.map(({ advisor: { id } }) => id),
      numbers: able.map(({ number }) => number),
    };
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
    ableNumbers(query) {
      const { numbers } = pairOf(query);
      if (query.advisorId === undefined) return numbers;
      return numbers.filter((number) => advisors[number]?.id === query.advisorId);
    },
  };
});

/** Returns the number of pairs of language and topic that the advisor covers. */
export function flexibility({ languages, topics }: Advisor): number {
  return languages.length * topics.length;
}
