import type * as Phones from 'libphonenumber-js/max';

/** Has the number ranges of the world: it is loaded with the first number, not at the start of the program. */
export const phones = (): typeof Phones => require('libphonenumber-js/max');

/** The country of numbers that are typed without a country code. */
const HOME = 'DE';

/** Invisible format characters, such as direction marks, that come along when a number is copied. */
const UNSEEN = /\p{Cf}/gu;

/**
 * Converts a typed phone number to E.164, which can be dialled from anywhere. It accepts the digits of any script, any
 * usual separators, and numbers without country code, which it takes for German ones.
 *
 * @returns undefined for text that cannot be a number, and for a number with an extension, which E.164 cannot express
 */
export function parsePhone(typed: string): string | undefined {
  const found = phones().parsePhoneNumberFromString(inLatinDigits(typed), { defaultCountry: HOME, extract: false });
  if (!found || found.ext) return undefined;
  // Foreign numbers are checked by length only: a number range that is newer than our data must not prevent a booking.
  return (found.country === HOME ? found.isValid() : found.isPossible()) ? found.number : undefined;
}

/**
 * Formats a stored number for reading: `+49 211 1234567`. Numbers that were stored before they were checked are
 * returned as they were typed.
 */
export function phoneText(stored: string): string {
  const number = parsePhone(stored);
  return (number && phones().parsePhoneNumberFromString(number)?.formatInternational()) ?? stored;
}

/** A search with fewer digits would match a large part of all numbers. */
const MIN_DIGITS = 3;

/**
 * Returns the last digits of a number from what somebody typed into a search: the whole number, with or without country
 * code, or only its end.
 *
 * @returns undefined for text with fewer than three digits, or with characters that no number contains
 */
export function phoneEnding(typed: string): string | undefined {
  const text = inLatinDigits(typed).replace('(0)', '');
  if (!/^[+\d\s()/.\u2010-\u2015-]+$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, '');
  // Zeros that are dialled before the area code are not part of an E.164 number.
  const ending = /^0*(\d{3,})$/.exec(digits)?.[1] ?? digits;
  return ending.length < MIN_DIGITS ? undefined : ending;
}

/** Returns all digits of a stored number, for comparison with `phoneEnding`. */
export function phoneDigits(stored: string): string {
  const number = /^\+\d+$/.test(stored) ? stored : (parsePhone(stored) ?? inLatinDigits(stored));
  return number.replace(/\D/g, '');
}

/**
 * Tells whether a desk can state this as its phone number: any number that can be dialled, including short ones such as
 * 115.
 */
export function isDeskPhone(text: string): boolean {
  return parsePhone(text) !== undefined || /^\d{3,6}$/.test(text);
}

/** Returns the `tel:` link for a number (RFC 3966). */
export function phoneHref(phone: string): string {
  return `tel:${parsePhone(phone) ?? inLatinDigits(phone).replace(/[^+\d]/g, '')}`;
}

/** Replaces every digit by the Latin one: `٠٢١١`, `०२११` and `０２１１` become 0211. */
function inLatinDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(/\p{Nd}/gu, (digit) => String(digitOf(digit)));
}

/** Unicode encodes the decimal digits of each script as one run in order, from 0 to 9 (UAX #44, Numeric_Type). */
function digitOf(digit: string): number {
  const at = digit.codePointAt(0) ?? 0;
  let first = at;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
  return (at - first) % 10;
}
