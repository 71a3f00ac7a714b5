/** Letters and digits that are not mistaken for one another; it has none of 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. */
export const REFERENCE_ALPHABET = '34679ACDEFGHJKMNPQRTWXY';
const GROUP_LENGTH = 4;

/**
 * Returns a new booking reference such as `K7MQ-4XWT`: two groups of four, of which there are 23^8 ≈ 7.8·10^10. It
 * identifies a booking on the phone, but proves nothing, so no page opens by the reference alone.
 *
 * @param random returns a whole number in [0, below), evenly distributed
 */
export function newReference(random: (below: number) => number): string {
  const letter = () => REFERENCE_ALPHABET[random(REFERENCE_ALPHABET.length)] ?? '';
  const group = () => Array.from({ length: GROUP_LENGTH }, letter).join('');
  return `${group()}-${group()}`;
}

/**
 * Converts a typed reference to the stored form: upper case with one hyphen, whatever blanks or dashes were typed. Null
 * if it cannot be a reference.
 */
export function parseReference(typed: string): string | null {
  const letters = typed.toUpperCase().replace(/[\s‐-―_.-]/g, '');
  const known = [...letters].every((letter) => REFERENCE_ALPHABET.includes(letter));
  return letters.length === 2 * GROUP_LENGTH && known
    ? `${letters.slice(0, GROUP_LENGTH)}-${letters.slice(GROUP_LENGTH)}`
    : null;
}
