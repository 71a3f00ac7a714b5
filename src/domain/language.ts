import { memo } from './memo';
import type { LanguageTag } from './text';

/** Tags come from outside, and so are bounded. */
const MAX_KNOWN_TAGS = 1_000;

/**
 * A tag as it is compared: its language by the name that is used today (`iw` is `he`), the script, said or likely (`zh` is
 * `zh-Hans`, `zh-TW` is `zh-Hant-TW`), and the region if it is said; variants and extensions tell nothing about who understands
 * whom (BCP 47; UTS 35, likely subtags). What is no tag comes back in lower case: it is like nothing but itself.
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

/** Whether one tag is the other, or says the same less exactly: `de-AT` and `de`, but not `de-AT` and `de-CH`. */
export function languagesMatch(a: LanguageTag, b: LanguageTag): boolean {
  if (a === b) return true;
  const [one, other] = [canonicalLanguage(a), canonicalLanguage(b)];
  return one === other || one.startsWith(`${other}-`) || other.startsWith(`${one}-`);
}

/**
 * The tag among `spoken` that serves whoever asks for `asked`, by lookup (RFC 4647 §3.4), both ways: the very same; else the
 * most exact that `asked` is a kind of (`de` for `de-DE`); else the first that is a kind of `asked` (`pt-BR` for `pt`).
 *
 * @returns as it stands in `spoken`; undefined: nobody speaks it
 */
export function lookupLanguage(spoken: readonly LanguageTag[], asked: LanguageTag): LanguageTag | undefined {
  if (spoken.includes(asked)) return asked;
  const wanted = canonicalLanguage(asked);
  const matching = spoken.filter((tag) => languagesMatch(tag, asked));
  const lengthOf = (tag: LanguageTag) => canonicalLanguage(tag).length;
  const general = matching.filter((tag) => lengthOf(tag) <= wanted.length).sort((a, b) => lengthOf(b) - lengthOf(a));
  return general[0] ?? matching[0];
}

const NAMES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
/** They have names and are no language (ISO 639-2: undetermined, several, not any, not coded). */
const NO_LANGUAGES: readonly string[] = ['und', 'mul', 'zxx', 'mis'];

/**
 * The language alone of a tag, by the name that is used today: `uk` of `uk-UA`, `he` of `iw`.
 *
 * @returns undefined for what is no language that anybody has a name for: tags come from outside, and can be invented
 */
export const knownLanguage: (tag: LanguageTag) => LanguageTag | undefined = (tag) => {
  const [primary = ''] = canonicalLanguage(tag).split('-', 1);
  if (!/^[a-z]{2,3}$/.test(primary) || NO_LANGUAGES.includes(primary)) return undefined;
  return NAMES.of(primary) === undefined ? undefined : primary;
};
