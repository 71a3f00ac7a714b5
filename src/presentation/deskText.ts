import { type LanguageTag, type Text, withoutVariant } from '../domain/text';

/** One wording of a text, with its language if that is not the page's. */
interface Wording {
  readonly text: string;
  readonly lang?: LanguageTag;
}

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
