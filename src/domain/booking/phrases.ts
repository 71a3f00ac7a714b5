import { groupBy } from '../groupBy';
import { type LanguageTag, linesOf, type Text } from '../text';

/** A next step that a topic often has, ready in the languages of its clients: "Send us your certificates." */
export interface Phrase {
  /** Unique in its topic. */
  readonly id: string;
  readonly text: Text;
}

/** The greatest number of phrases of a topic; among more nobody finds one while a client waits. */
export const MAX_PHRASES = 30;
/** The greatest length of a next step in code points, be it a phrase or own words. */
export const MAX_STEP_LENGTH = 200;

/** Stands for a phrase in a language in which the topic does not have it. */
const NOT_IN_LANGUAGE = '-';

/** Returns the phrases as one text, a phrase a line; null: there are none. */
export function phraseLines(phrases: readonly Phrase[]): Text | null {
  const languages = [...new Set(phrases.flatMap(({ text }) => Object.keys(text)))];
  if (phrases.length === 0) return null;
  const lines = (tag: LanguageTag) => phrases.map(({ text }) => text[tag] ?? NOT_IN_LANGUAGE).join('\n');
  return Object.fromEntries(languages.map((tag) => [tag, lines(tag)]));
}

/** The phrases that lines say, or the languages whose lines do not go with the German ones. */
type ReadPhrases = { readonly phrases: readonly Phrase[] } | { readonly uneven: readonly LanguageTag[] };

/**
 * Reads what `phraseLines` returns: the same line of each language is the same phrase. One that reads in German as
 * before keeps its id.
 *
 * @param newId returns an id for a new phrase, which none of `taken` has
 */
export function phrasesOf(
  lines: Text,
  before: readonly Phrase[],
  newId: (german: string, taken: readonly { readonly id: string }[]) => string,
): ReadPhrases {
  const split = Object.entries(lines).map(([tag, text]) => [tag, linesOf(text)] as const);
  const german = split.find(([tag]) => tag === 'de')?.[1] ?? [];
  const uneven = split.filter(([, said]) => said.length !== german.length).map(([tag]) => tag);
  if (uneven.length > 0) return { uneven };
  const known = groupBy(before, ({ text }) => text.de ?? '');
  const phrases: Phrase[] = [];
  for (const [i, words] of german.entries()) {
    const said = split.map(([tag, all]) => [tag, all[i] ?? ''] as const).filter(([, text]) => text !== NOT_IN_LANGUAGE);
    const kept = known.get(words)?.find(({ id }) => phrases.every((each) => each.id !== id));
    phrases.push({ id: kept?.id ?? newId(words, [...before, ...phrases]), text: Object.fromEntries(said) });
  }
  return { phrases };
}
