import { isVisit, type Mode, type Topic, toBring } from '../domain/desk';
import { type LanguageTag, linesOf, type Text, withoutVariant } from '../domain/text';
import type { Translate } from './texts';

/** One wording of a text, with its language if that is not the page's. */
export interface Wording {
  readonly text: string;
  readonly lang?: LanguageTag;
}

/** A sentence in the reader's language around wordings in others. */
export interface Sentence {
  readonly parts: readonly (string | readonly Wording[])[];
}

/** A desk's text in the reader's language, or wordings in others, or a sentence around these. */
export type Printable = string | readonly Wording[] | Sentence;

/**
 * Returns a desk's own text as the page in `locale` prints it: in that language; where the desk lacks it, in German and in
 * English, each with its language, so that it is read out and broken into lines as such.
 */
export function wordingsOf(text: Text, locale: LanguageTag): Wording[] {
  const own = text[locale] ?? text[withoutVariant(locale)];
  if (own !== undefined) return [{ text: own }];
  const others = ['de', 'en'].filter((lang) => text[lang] !== undefined);
  const shown = others.length > 0 ? others : Object.keys(text).slice(0, 1);
  const wordings = shown.map((lang) => ({ text: text[lang] ?? '', lang }));
  // A name that is the same in both is said once.
  return wordings.filter((each, i) => wordings.findIndex((other) => other.text === each.text) === i);
}

/** Returns the text as a plain string in the reader's language, or else as `wordingsOf` says it. */
export function printed(text: Text, locale: LanguageTag): string | readonly Wording[] {
  return plainOr(wordingsOf(text, locale));
}

/**
 * Returns the lines of a desk's text as `wordingsOf` says them. Where two languages stand for the reader's and both have
 * equally many lines, each line is said in both; else all lines of the one come before those of the other.
 */
export function linesIn(text: Text, locale: LanguageTag): Printable[] {
  const [first = [], ...others] = wordingsOf(text, locale).map((wording) =>
    linesOf(wording.text).map((line) => ({ ...wording, text: line })),
  );
  return others.every((lines) => lines.length === first.length)
    ? first.map((line, i) => plainOr([line, ...others.flatMap((lines) => lines[i] ?? [])]))
    : [first, ...others].flat().map((line) => plainOr([line]));
}

/** Returns what is printed as mere text, for those who cannot be told its language. */
export function plainText(printable: Printable): string {
  if (typeof printable === 'string') return printable;
  if ('parts' in printable) return printable.parts.map(plainText).join('');
  return printable.map(({ text }) => text).join(' · ');
}

/** Stands in a sentence for a text in other languages; no text contains it. */
const PLACE = '\uE000';

/** Returns a sentence that has a desk's text in it. @param say makes the sentence around what it is given */
export function sentenceWith(text: Text, locale: LanguageTag, say: (text: string) => string): string | Sentence {
  const said = printed(text, locale);
  if (typeof said === 'string') return say(said);
  const [before = '', after = ''] = say(PLACE).split(PLACE);
  return { parts: [before, said, after] };
}

function plainOr(wordings: readonly Wording[]): string | readonly Wording[] {
  const [first] = wordings;
  return first !== undefined && first.lang === undefined ? first.text : wordings;
}

/** Returns what stands above what the client should bring to the desk, or have at hand for another mode. */
export function bringTitle(mode: Mode, t: Translate): string {
  return t(isVisit(mode) ? 'booking.bring' : 'booking.ready');
}

/** Returns what the client should bring to a consultation on the topic, or have at hand, one entry per item. */
export function itemsToBring(topic: Pick<Topic, 'bring' | 'haveReady'>, mode: Mode, locale: LanguageTag): Printable[] {
  const text = toBring(topic, mode);
  return text === null ? [] : linesIn(text, locale);
}
