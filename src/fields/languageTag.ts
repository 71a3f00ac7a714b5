/** Tells whether the text is a well-formed language tag (BCP 47), such as `de`, `zh-Hant` or `pt-BR`. */
export function isLanguageTag(text: string): boolean {
  return canonical(text) !== undefined;
}

/**
 * Tells whether the tag names a language that exists and is written as RFC 5646 §2.1.1 recommends, so that `de` and
 * `DE` are never two languages.
 */
export function isLanguage(tag: string): boolean {
  return canonical(tag) === tag && isNamed(tag);
}

/**
 * Tells whether a well-formed tag names a language that exists.
 *
 * @throws RangeError for text that is not well-formed
 */
export function isNamed(tag: string): boolean {
  return names().of(tag) !== undefined;
}

let known: Intl.DisplayNames | undefined;
/** The names are made when the first is asked for: making them takes thirty times as long as loading this file. */
const names = () => {
  known ??= new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  return known;
};

/** Returns the tag in the case that RFC 5646 §2.1.1 recommends: `zh-Hant`, `pt-BR`. */
export function conventionalCase(tag: string): string {
  return tag
    .split('-')
    .map((part, i) => {
      if (i > 0 && /^[A-Za-z]{4}$/.test(part)) return part.charAt(0).toUpperCase() + part.slice(1).toLowerCase();
      return i > 0 && part.length === 2 ? part.toUpperCase() : part.toLowerCase();
    })
    .join('-');
}

function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
