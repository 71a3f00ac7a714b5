import type * as Transliteration from 'transliteration';

/** Has a table of all scripts: it is loaded with the first name, not at the start of the program. */
export const transliteration = (): typeof Transliteration => require('transliteration');

/** Writes a text of any script in Latin letters without accents, as they are or by their usual sound. */
export function inLatinLetters(text: string): string {
  return transliteration().transliterate(text);
}
