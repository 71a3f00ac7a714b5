/** BCP 47 tag: `de`, `en`, `ja`, `uk`. */
export type LanguageTag = string;

/** One text in several languages, by tag. */
export type Text = Readonly<Record<LanguageTag, string>>;

/** The text for a reader of `language`; where it is missing, English, then German, then whatever there is. */
export function inLanguage(text: Text, language: LanguageTag): string {
  return text[language] ?? text.en ?? text.de ?? Object.values(text)[0] ?? '';
}
