import { fold } from './booking/searchText';
import { type Desk, type Topic, topicsOnOffer } from './desk';
import { groupBy } from './groupBy';
import { memo } from './memo';
import type { Text } from './text';

/** A topic that fits what was typed, at a desk that advises on it. */
export interface FoundTopic {
  readonly desk: Desk;
  readonly topic: Topic;
}

/**
 * Returns the topics on offer that fit what a client typed, in whichever language: each word stands in the name, the
 * description or the search words. Those that are called so come before those that only mention it; otherwise they are
 * in the order of the desks. It is empty if nothing was typed.
 */
export function topicsFor(desks: readonly Desk[], typed: string): FoundTopic[] {
  const words = wordsOf(typed);
  if (words.length === 0) return [];
  const found = desks
    .flatMap((desk) => topicsOnOffer(desk).map((topic) => ({ desk, topic, texts: textsOfTopic(topic) })))
    .filter(({ texts }) => isIn(`${texts.called} ${texts.mentioned}`, words));
  const isCalled = ({ texts }: (typeof found)[number]) => isIn(texts.called, words);
  return [...found.filter(isCalled), ...found.filter((each) => !isCalled(each))].map(({ desk, topic }) => ({
    desk,
    topic,
  }));
}

/** One everyday sentence, and the topics that clients ask for with it, each at its desk. */
export interface Concern {
  readonly sentence: Text;
  /** The heading below which its first topic stands. */
  readonly group: Text | null;
  readonly topics: readonly FoundTopic[];
}

/** Returns what clients come with over all desks, each sentence once, in the order of the desks. */
export function concernsOf(desks: readonly Desk[]): Concern[] {
  const all = desks.flatMap((desk) => topicsOnOffer(desk).map((topic) => ({ desk, topic })));
  const concerns = groupBy(all, ({ topic }) => JSON.stringify(sentenceOf(topic)));
  return [...concerns.values()].flatMap((topics) => {
    const [first] = topics;
    return first ? [{ sentence: sentenceOf(first.topic), group: first.topic.group, topics }] : [];
  });
}

/** Returns what clients say who need the topic: its sentence, or else its name. */
function sentenceOf({ sentence, name }: Topic): Text {
  return sentence ?? name;
}

/** Tells whether each word that was typed stands in the desk's name, headline or address, in whichever language. */
export function isAtDesk(desk: Desk, typed: string): boolean {
  const words = wordsOf(typed);
  return words.length > 0 && isIn(textOfDesk(desk), words);
}

function textsOfTopic({ name, description, sentence, searchWords }: Topic) {
  return {
    called: folded([...Object.values(name), ...searchWords].join(' ')),
    mentioned: folded([description, sentence ?? {}].flatMap(Object.values).join(' ')),
  };
}

function textOfDesk({ name, headline, address }: Desk): string {
  return folded([...Object.values(name), ...Object.values(headline), address].join(' '));
}

/** The texts of a big city's topics. Folding them all takes longer than everything else in a search. */
const folded = memo(2_000, fold);

function wordsOf(typed: string): string[] {
  return fold(typed).split(' ').filter(Boolean);
}

function isIn(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}
