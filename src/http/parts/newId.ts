import { newSlug } from '../../fields/schemas';

/**
 * Returns an id for something new, from its German name.
 *
 * @param taken what has an id already
 * @param otherwise the id of what has no Latin letter in its name
 */
export function idFor(name: string, taken: readonly { readonly id: string }[], otherwise: string): string {
  const slug = latin(name).slice(0, MAX_SLUG_LENGTH).replace(/-+$/, '') || otherwise;
  const isTaken = (id: string) => taken.some((each) => each.id === id);
  let [id, n] = [slug, 1];
  while (isTaken(id)) id = `${slug}-${++n}`;
  return id;
}

/** Tells whether the text is an id that was proposed before. */
export function isNewId(text: string): boolean {
  return newSlug.safeParse(text).success;
}

/** Room for a number behind it. */
const MAX_SLUG_LENGTH = 50;
const GERMAN_LETTERS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

function latin(text: string): string {
  return text
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => GERMAN_LETTERS[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '');
}
