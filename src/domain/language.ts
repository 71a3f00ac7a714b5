import { isNamed } from '../fields/languageTag';
import { memo } from './memo';
import type { LanguageTag } from './text';

/** Tags come from outside, so the number of remembered ones is limited. */
const MAX_KNOWN_TAGS = 1_000;

/**
 * Returns the tag in the form in which tags are compared: the language by its current code (`iw` is `he`), the stated
 * or likely script (`zh` is `zh-Hans`, `zh-TW` is `zh-Hant-TW`), and the region if it is stated. Variants and
 * extensions are removed, since they do not decide who understands whom (BCP 47; UTS 35, likely subtags). Text that is
 * no tag is returned in lower case, so that it equals only itself.
 */
export const canonicalLanguage: (tag: LanguageTag) => LanguageTag = memo(MAX_KNOWN_TAGS, (tag) => {
  try {
    const { language, script, region } = new Intl.Locale(tag);
    const likely = script ?? new Intl.Locale(tag).maximize().script;
    return [language, likely, region].filter((part) => part !== undefined).join('-');
  } catch {
    return tag.toLowerCase();
  }
});

/**
 * Tells whether the tags are equal or one is a less exact form of the other: `de-AT` and `de`, but not `de-AT` and
 * `de-CH`.
 */
export function languagesMatch(a: LanguageTag, b: LanguageTag): boolean {
  if (a === b) return true;
  const [one, other] = [canonicalLanguage(a), canonicalLanguage(b)];
  return one === other || one.startsWith(`${other}-`) || other.startsWith(`${one}-`);
}

/**
 * Finds the tag among `spoken` that serves a person who asks for `asked`, by lookup (RFC 4647 §3.4) in both directions:
 * first the same tag; then the most exact one that includes `asked` (`de` for `de-DE`); then the first that `asked`
 * includes (`pt-BR` for `pt`).
 *
 * @returns the tag as it is written in `spoken`; undefined: nobody speaks it
 */
export function lookupLanguage(spoken: readonly LanguageTag[], asked: LanguageTag): LanguageTag | undefined {
  if (spoken.includes(asked)) return asked;
  const wanted = canonicalLanguage(asked);
  const matching = spoken.filter((tag) => languagesMatch(tag, asked));
  const lengthOf = (tag: LanguageTag) => canonicalLanguage(tag).length;
  const general = matching.filter((tag) => lengthOf(tag) <= wanted.length).sort((a, b) => lengthOf(b) - lengthOf(a));
  return general[0] ?? matching[0];
}

/**
 * Codes that have a name but stand for no language (ISO 639-2: undetermined, several, no linguistic content, not
 * coded).
 */
const NO_LANGUAGES: readonly string[] = ['und', 'mul', 'zxx', 'mis'];

/**
 * Returns only the language of a tag, by its current code: `uk` for `uk-UA`, `he` for `iw`.
 *
 * @returns undefined for a code that names no known language; tags come from outside, and can be invented
 */
export const knownLanguage: (tag: LanguageTag) => LanguageTag | undefined = (tag) => {
  const [primary = ''] = canonicalLanguage(tag).split('-', 1);
  if (!/^[a-z]{2,3}$/.test(primary) || NO_LANGUAGES.includes(primary)) return undefined;
  return isNamed(primary) ? primary : undefined;
};

/** How well an advisor speaks a language, as the Common European Framework has it; `native` is a mother tongue. */
export const LANGUAGE_LEVELS = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'native'] as const;
export type LanguageLevel = (typeof LANGUAGE_LEVELS)[number];

/** Returns each tag once: German and English first, then by tag. */
export function inReadingOrder(tags: readonly LanguageTag[]): LanguageTag[] {
  const first = (tag: LanguageTag) => (tag === 'de' ? 0 : tag === 'en' ? 1 : 2);
  return [...new Set(tags)].sort((a, b) => first(a) - first(b) || (a < b ? -1 : 1));
}
