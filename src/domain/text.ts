/** BCP 47 tag: `de`, `en`, `ja`, `uk`. */
export type LanguageTag = string;

/** One text in several languages, by tag. */
export type Text = Readonly<Record<LanguageTag, string>>;

/** A desk's own texts by key, each in the languages in which the desk has it. */
export type OwnTexts = Readonly<Record<string, Text>>;

/**
 * Returns the text for a reader of `language`; if it is missing, that of the language without its variant (`de` for
 * `de-simple`), then the English one, then the German one, then any other.
 */
export function inLanguage(text: Text, language: LanguageTag): string {
  return text[language] ?? text[withoutVariant(language)] ?? text.en ?? text.de ?? Object.values(text)[0] ?? '';
}

/** Returns the language without its variant: `de` for `de-simple`. */
export function withoutVariant(language: LanguageTag): LanguageTag {
  return language.split('-')[0] ?? language;
}

/** Returns the lines of a text that have anything on them. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
