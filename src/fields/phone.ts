import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Where a number without country code is at home: it is dialled as if from Germany. */
const HOME = 'DE';

/** Marks that turn text around or join it, which a copied number brings along unseen. */
const UNSEEN = /\p{Cf}/gu;

/**
 * The number as it can be dialled from anywhere (E.164), out of what somebody typed: in any script's digits, with or without country
 * code, with any usual marks between. Without country code it is a German one.
 *
 * @returns undefined for what can be no number, and for an extension behind one, which E.164 has no room for
 */
export function parsePhone(typed: string): string | undefined {
  const found = parsePhoneNumberFromString(inLatinDigits(typed), { defaultCountry: HOME, extract: false });
  if (!found || found.ext) return undefined;
  // Abroad only the length counts: a number range that is newer than what we know of it must not keep anybody from booking.
  return (found.country === HOME ? found.isValid() : found.isPossible()) ? found.number : undefined;
}

/** A stored number as people read it: `+49 211 1234567`. What was stored before numbers were checked stays as it was typed. */
export function phoneText(stored: string): string {
  const number = parsePhone(stored);
  return (number && parsePhoneNumberFromString(number)?.formatInternational()) ?? stored;
}

/** With fewer digits half of all numbers would end. */
const MIN_DIGITS = 3;

/**
 * The last digits of a number, out of what somebody typed of it: all of it, with or without country code, or only its end.
 *
 * @returns undefined for what has fewer than three digits, or anything in it that is written in no number
 */
export function phoneEnding(typed: string): string | undefined {
  const text = inLatinDigits(typed).replace('(0)', '');
  if (!/^[+\d\s()/.\u2010-\u2015-]+$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, '');
  // What is dialled before the area code is not part of an E.164 number.
  const ending = /^0*(\d{3,})$/.exec(digits)?.[1] ?? digits;
  return ending.length < MIN_DIGITS ? undefined : ending;
}

/** All digits of a stored number, as `phoneEnding` is compared with. */
export function phoneDigits(stored: string): string {
  const number = /^\+\d+$/.test(stored) ? stored : (parsePhone(stored) ?? inLatinDigits(stored));
  return number.replace(/\D/g, '');
}

/** A desk's own number: of any kind that can be dialled, so also a short one as 115. */
export function isDeskPhone(text: string): boolean {
  return parsePhone(text) !== undefined || /^\d{3,6}$/.test(text);
}

/** What a phone dials when the number is pressed (RFC 3966). */
export function phoneHref(phone: string): string {
  return `tel:${parsePhone(phone) ?? inLatinDigits(phone).replace(/[^+\d]/g, '')}`;
}

/** Every digit as its Latin one: `٠٢١١`, `०२११` and `０２１１` are 0211. */
function inLatinDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(/\p{Nd}/gu, (digit) => String(digitOf(digit)));
}

/** Unicode keeps the digits of each script together and in order, from 0 to 9 (UAX #44, Numeric_Type). */
function digitOf(digit: string): number {
  const at = digit.codePointAt(0) ?? 0;
  let first = at;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
  return (at - first) % 10;
}
