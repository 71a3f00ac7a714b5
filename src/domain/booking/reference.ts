/** Letters and digits of which no two look alike: none of 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. */
export const REFERENCE_ALPHABET = '34679ACDEFGHJKMNPQRTWXY';
const GROUP = 4;

/**
 * A booking reference such as `K7MQ-4XWT`: two groups of four, 23^8 ≈ 7.8·10^10 of them. It names a booking on the phone;
 * it proves nothing, so no page opens by the reference alone.
 *
 * @param random whole number in [0, below), evenly spread
 */
export function newReference(random: (below: number) => number): string {
  const letter = () => REFERENCE_ALPHABET[random(REFERENCE_ALPHABET.length)] ?? '';
  const group = () => Array.from({ length: GROUP }, letter).join('');
  return `${group()}-${group()}`;
}

/** What somebody typed, as it is stored: upper case, one hyphen, whatever blanks or dashes they used. Null if it cannot be a reference. */
export function parseReference(typed: string): string | null {
  const letters = typed.toUpperCase().replace(/[\s‐-―_.-]/g, '');
  const known = [...letters].every((letter) => REFERENCE_ALPHABET.includes(letter));
  return letters.length === 2 * GROUP && known ? `${letters.slice(0, GROUP)}-${letters.slice(GROUP)}` : null;
}
