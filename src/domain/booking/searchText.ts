import { addressText } from '../../fields/mailAddress';
import { phoneDigits, phoneEnding } from '../../fields/phone';
import { inLatinLetters } from './latinLetters';
import { parseReference } from './reference';
import { skeletons, sounds } from './spellings';

/** The parts of a booking that it is found by. */
interface Searchable {
  readonly client: { readonly name: string; readonly email: string | null; readonly phone: string | null };
  readonly reference: string;
  readonly onBehalfOf: { readonly organisation: string; readonly name: string } | null;
  readonly people: readonly { readonly name: string }[];
}

/**
 * The parts of a booking in which a search can match; `spelling` is a name that is spelled differently from what was
 * typed.
 */
const FOUND_BY = ['reference', 'name', 'spelling', 'behalf', 'phone', 'email'] as const;
type FoundBy = (typeof FOUND_BY)[number];

/**
 * One way to read a typed search. There can be several, as digits can be a phone number or part of an address. A
 * reading consists of words, all of which must match; for each word there are several texts, one of which must occur in
 * the search text.
 */
export type Reading = readonly (readonly string[])[];

/** Stands where a text ends, so that only its end or the whole of it matches. Folded text never contains it. */
const MARK = '·';
/** Shorter sounds are part of too many names. */
const MIN_SOUND_LENGTH = 3;

/**
 * Returns the text in which bookings are searched: reference (with and without its hyphen), name and its other
 * spellings, on whose behalf it is and who else is advised, the phone number's digits, and mail.
 */
export function searchText(booking: Searchable): string {
  return Object.values(textsOf(booking)).filter(Boolean).join(' ');
}

function textsOf({ client, reference, onBehalfOf, people }: Searchable): Record<FoundBy, string> {
  const { name, email, phone } = client;
  const named = new Set(
    [onBehalfOf?.name, onBehalfOf?.organisation, ...people.map((each) => each.name)].filter(Boolean),
  );
  const behalf = [...named].join(' ');
  return {
    reference: fold(`${reference} ${reference.replace('-', '')}`),
    name: fold(name),
    spelling: spellingsOf(name).join(' '),
    behalf: behalf ? [fold(behalf), ...spellingsOf(behalf)].join(' ') : '',
    phone: phone ? marked(phoneDigits(phone)) : '',
    email: email ? fold(`${email} ${addressText(email)}`) : '',
  };
}

/** Returns the ways to read what was typed; none if it contains nothing that could be found. */
export function readingsOf(typed: string): Reading[] {
  const words = wordsIn(typed).flatMap((word) => {
    const folded = fold(word).split(' ').filter(Boolean);
    return folded.length === 1 ? [waysToWrite(word)] : folded.map(waysToWrite);
  });
  const ending = phoneEnding(typed);
  const reference = parseReference(typed);
  return [
    ...(words.length > 0 ? [words] : []),
    ...(ending ? [[[marked(ending)]]] : []),
    ...(reference ? [[[fold(reference)]]] : []),
  ];
}

/** Tells whether what was typed is part of a name, however it is spelled or accented. Two letters are the least. */
export function namesMatch(name: string, typed: string): boolean {
  const folded = fold(typed);
  return folded.length > 1 && fold(name).includes(folded);
}

/** Returns the parts of the booking in which the typed text matches. */
export function foundBy(booking: Searchable, typed: string): FoundBy[] {
  const texts = textsOf(booking);
  const all = searchText(booking);
  const isIn = (text: string, ways: readonly string[]) => ways.some((way) => text.includes(way));
  const words = readingsOf(typed)
    .filter((reading) => reading.every((ways) => isIn(all, ways)))
    .flat();
  const found = words.flatMap((ways) => {
    const by = FOUND_BY.filter((each) => isIn(texts[each], ways));
    return by.includes('name') ? by.filter((each) => each !== 'spelling') : by;
  });
  return FOUND_BY.filter((by) => found.includes(by));
}

function waysToWrite(word: string): string[] {
  const folded = fold(word);
  // Addresses and codes have only one spelling.
  if (/[\p{Nd}@]/u.test(word)) {
    const ending = phoneEnding(word);
    return ending ? [folded, marked(ending)] : [folded];
  }
  return unique([folded, ...soundsOf(word), ...skeletons(word).map(whole)]);
}

function spellingsOf(name: string): string[] {
  const words = wordsIn(name);
  const parts = words.flatMap((word) => word.split(/[-‐‑]/));
  return unique([
    ...words.flatMap(soundsOf),
    ...unique([...words, ...parts])
      .flatMap(skeletons)
      .map(whole),
  ]);
}

function soundsOf(word: string): string[] {
  return sounds(word).filter((sound) => sound.length >= MIN_SOUND_LENGTH);
}

/** Encloses a skeleton in marks, so that only a whole skeleton matches; parts of it would match too many others. */
function whole(skeleton: string): string {
  return `${MARK}${skeleton}${MARK}`;
}

/**
 * Puts marks between and after the digits, so that they match only at the end of a number and not in an address or
 * reference.
 */
function marked(digits: string): string {
  return `${[...digits].join(MARK)}${MARK}${MARK}`;
}

/**
 * Normalises a text for searching: Latin letters in lower case without accents, from any script, so that "Olena" finds
 * "Олена". The German spellings of an umlaut become one: "Mueller", "Müller" and "Muller" are the same. Apostrophes are
 * removed, because nobody says them on the phone ("oneill" finds "O’Neill") and transliteration adds some of its own.
 */
export function fold(text: string): string {
  return inLatinLetters(text.normalize('NFKC'))
    .toLowerCase()
    .replace(/['`´]/g, '')
    .replace(/([aou])e/g, '$1')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function wordsIn(text: string): string[] {
  return text
    .normalize('NFKC')
    .split(/[\s\p{Cc}]+/u)
    .filter(Boolean);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
