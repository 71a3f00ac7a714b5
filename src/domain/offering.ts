import type { Advisor, Desk, Mode, Topic } from './desk';
import { inReadingOrder, lookupLanguage } from './language';
import type { LanguageTag } from './text';

/** The mode that is asked for, or several of which one will do; null: any will do. */
export type WantedMode = Mode | readonly Mode[] | null;

/** What decides, regardless of the time, who could take a consultation. */
export interface AbilityQuery {
  /** Null: any. */
  readonly topicId: string | null;
  /** Null: any; otherwise by lookup. */
  readonly language: LanguageTag | null;
  readonly mode: WantedMode;
  /** The client's wish for a person. */
  readonly advisorId?: string | undefined;
}

/** Tells whether the advisor could ever take the consultation, regardless of the time. */
export function canTake(
  advisor: Pick<Advisor, 'id' | 'languages' | 'topics' | 'modes'>,
  { topicId, language, mode, advisorId }: AbilityQuery,
): boolean {
  return (
    (topicId === null ? advisor.topics.length > 0 : advisor.topics.includes(topicId)) &&
    (language === null || lookupLanguage(advisor.languages, language) !== undefined) &&
    doesMode(advisor, mode) &&
    (advisorId === undefined || advisor.id === advisorId)
  );
}

/** Tells whether the advisor gives consultations in the mode, or in one of them. */
export function doesMode({ modes }: Pick<Advisor, 'modes'>, wanted: WantedMode): boolean {
  if (modes === undefined || wanted === null) return true;
  return typeof wanted === 'string' ? modes.includes(wanted) : wanted.some((mode) => modes.includes(mode));
}

/**
 * Returns the languages in which at least one advisor offers the topic, in the order of `languagesOf`.
 *
 * @param mode in which it has to be offered; absent: in any mode of the topic
 */
export function languagesForTopic(desk: Desk, topicId: string, mode?: WantedMode): LanguageTag[] {
  return inReadingOrder(coveringTopic(desk, topicId, mode).flatMap(({ languages }) => languages));
}

/** Returns the advisors who offer the topic, in any of its modes unless one is named. */
export function coveringTopic(
  { topics, advisors }: Pick<Desk, 'topics' | 'advisors'>,
  topicId: string,
  mode: WantedMode = topics.find(({ id }) => id === topicId)?.modes ?? null,
): Advisor[] {
  return advisors.filter((advisor) => canTake(advisor, { topicId, language: null, mode }));
}

/**
 * Returns the modes in which at least one advisor offers the topic, in the topic's order. As long as nobody offers it at
 * all, they are those of the topic.
 *
 * @param language in which it has to be offered; absent, or nobody speaks it: in any
 */
export function modesForTopic(desk: Pick<Desk, 'topics' | 'advisors'>, topic: Topic, language?: LanguageTag): Mode[] {
  const covering = coveringTopic(desk, topic.id);
  const speaking = covering.filter((each) => language && lookupLanguage(each.languages, language) !== undefined);
  const who = speaking.length > 0 ? speaking : covering;
  return topic.modes.filter((mode) => who.length === 0 || who.some((each) => doesMode(each, mode)));
}

/** Returns the topic with the modes of `modesForTopic` alone. */
export function topicOnOffer(desk: Pick<Desk, 'topics' | 'advisors'>, topic: Topic, language?: LanguageTag): Topic {
  const modes = modesForTopic(desk, topic, language);
  return modes.length === topic.modes.length ? topic : { ...topic, modes };
}
