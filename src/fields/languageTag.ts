const NAMES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** Whether the text is a language tag, of whatever language (BCP 47): `de`, `zh-Hant`, `pt-BR`. */
export function isLanguageTag(text: string): boolean {
  return canonical(text) !== undefined;
}

/** A tag for a language that exists, written as BCP 47 recommends (RFC 5646 §2.1.1), so that `de` and `DE` never are two. */
export function isLanguage(tag: string): boolean {
  return canonical(tag) === tag && NAMES.of(tag) !== undefined;
}

/** A tag in the case that RFC 5646 §2.1.1 recommends, however it came: `zh-Hant`, `pt-BR`. */
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
