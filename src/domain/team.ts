import { type Advisor, type Desk, MODES } from './desk';
import { memo, perObject } from './memo';
import { type AbilityQuery, canTake, doesMode, type WantedMode } from './offering';

/** A desk's advisors, indexed by what is asked about them. */
interface Team {
  readonly byId: ReadonlyMap<string, Advisor>;
  /**
   * Returns the advisors who could ever take it, see `canTake`: first those who cover the fewest kinds of consultation,
   * then by id.
   */
  able(wanted: AbilityQuery): readonly Advisor[];
  /** Returns the ids of the same advisors. */
  ableIds(wanted: AbilityQuery): readonly string[];
  /** Returns the places of the same advisors in the list of all, for callers who compare thousands of them. */
  ableNumbers(wanted: AbilityQuery): readonly number[];
  /**
   * Returns the mode, or null if the same advisors could take it in any. Whatever is remembered by what is asked is
   * remembered once then, and not for each mode.
   */
  modeThatMatters(wanted: AbilityQuery): WantedMode;
}

/** Those who could take one kind of consultation. */
interface Able {
  readonly advisors: readonly Advisor[];
  readonly ids: readonly string[];
  readonly numbers: readonly number[];
}

/** The number of kinds of topic, language and mode whose advisors are remembered. */
const MAX_KEPT_KINDS = 1_500;
/** Stands for any topic, language or mode in a key; no id is equal to it. */
const ANY = '\0';

/**
 * Returns the desk's team. It is computed once per state of the desk, since every booking asks for it and there may be
 * hundreds of advisors.
 */
export function teamOf({ advisors }: Pick<Desk, 'advisors'>): Team {
  return teams(advisors);
}

const teams = perObject((advisors: Desk['advisors']): Team => {
  const isSomebodyLimited = advisors.some(({ modes }) => modes && modes.length < MODES.length);

  const inAnyMode = memo(MAX_KEPT_KINDS, (kind) => {
    const at = kind.indexOf('\n');
    const [topicId = null, language = null] = [kind.slice(0, at), kind.slice(at + 1)].map((part) =>
      part === ANY ? null : part,
    );
    return ableOf(
      advisors
        .map((advisor, number) => ({ advisor, number }))
        .filter(({ advisor }) => canTake(advisor, { topicId, language, mode: null }))
        .sort(({ advisor: a }, { advisor: b }) => flexibility(a) - flexibility(b) || (a.id < b.id ? -1 : 1)),
    );
  });
  /** The kind begins with the modes, and a comma between. Where they make no difference, it is the same object. */
  const inMode = memo(MAX_KEPT_KINDS, (kind): Able => {
    const at = kind.indexOf('\n');
    const all = inAnyMode(kind.slice(at + 1));
    const wanted = MODES.filter((mode) => kind.slice(0, at).split(',').includes(mode));
    const numbered = all.advisors.map((advisor, i) => ({ advisor, number: all.numbers[i] as number }));
    const able = numbered.filter(({ advisor }) => doesMode(advisor, wanted));
    return able.length === numbered.length ? all : ableOf(able);
  });
  const ableTo = ({ topicId, language, mode }: AbilityQuery): Able => {
    const kind = `${topicId ?? ANY}\n${language ?? ANY}`;
    return isSomebodyLimited && mode !== null ? inMode(`${mode}\n${kind}`) : inAnyMode(kind);
  };

  return {
    byId: new Map(advisors.map((advisor) => [advisor.id, advisor])),
    able(wanted) {
      const able = ableTo(wanted).advisors;
      return wanted.advisorId === undefined ? able : able.filter(({ id }) => id === wanted.advisorId);
    },
    ableIds(wanted) {
      const { ids } = ableTo(wanted);
      return wanted.advisorId === undefined ? ids : ids.filter((id) => id === wanted.advisorId);
    },
    ableNumbers(wanted) {
      const { numbers } = ableTo(wanted);
      if (wanted.advisorId === undefined) return numbers;
      return numbers.filter((number) => advisors[number]?.id === wanted.advisorId);
    },
    modeThatMatters(wanted) {
      if (!isSomebodyLimited || wanted.mode === null) return null;
      return ableTo(wanted) === ableTo({ ...wanted, mode: null }) ? null : wanted.mode;
    },
  };
});

function ableOf(able: readonly { readonly advisor: Advisor; readonly number: number }[]): Able {
  return {
    advisors: able.map(({ advisor }) => advisor),
    ids: able.map(({ advisor: { id } }) => id),
    numbers: able.map(({ number }) => number),
  };
}

/** Returns the number of kinds of language, topic and mode that the advisor covers. */
export function flexibility({ languages, topics, modes = MODES }: Advisor): number {
  return languages.length * topics.length * modes.length;
}
