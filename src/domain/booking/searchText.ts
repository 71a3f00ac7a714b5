import { transliterate } from 'transliteration';
import { addressText } from '../../fields/mailAddress';
import { phoneDigits, phoneEnding } from '../../fields/phone';
import { parseReference } from './reference';
import { skeletons, sounds } from './spellings';

/** As much of a booking as it is found by. */
interface Searchable {
  readonly client: { readonly name: string; readonly email: string | null; readonly phone: string | null };
  readonly reference: string;
  readonly onBehalfOf: { readonly organisation: string; readonly name: string } | null;
}

/** By what a booking was found; a name also in another spelling than was asked for. */
const FOUND_BY = ['reference', 'name', 'spelling', 'behalf', 'phone', 'email'] as const;
type FoundBy = (typeof FOUND_BY)[number];

/**
 * What somebody asked for, as it is looked for in search texts. It can be read in several ways, as digits are a number or part of an
 * address; each has words, which must all be there, and for each word there are several texts, of which one must be.
 */
export type Reading = readonly (readonly string[])[];

/** No folded text has it, so what ends with it ends there: see `marked`. */
const MARK = '·';
/** A word of fewer letters is part of too many sounds. */
const MIN_SOUND_LENGTH = 3;

/** What a booking is found by: name, for whom it is, mail, the end of the phone number, reference (with and without its hyphen). */
export function searchText(booking: Searchable): string {
  return Object.values(textsOf(booking)).filter(Boolean).join(' ');
}

function textsOf({ client, reference, onBehalfOf }: Searchable): Record<FoundBy, string> {
  const { name, email, phone } = client;
  const behalf = onBehalfOf && `${onBehalfOf.name} ${onBehalfOf.organisation}`;
  return {
    reference: fold(`${reference} ${reference.replace('-', '')}`),
    name: fold(name),
    spelling: spellingsOf(name).join(' '),
    behalf: behalf ? [fold(behalf), ...spellingsOf(behalf)].join(' ') : '',
    phone: phone ? marked(phoneDigits(phone)) : '',
    email: email ? fold(`${email} ${addressText(email)}`) : '',
  };
}

/** The ways to read what somebody typed; none if there is nothing in it that could be found. */
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

/** By what the booking is found when this is typed, as `searchText` has it. */
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
  // An address and a code are spelled in one way only.
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

/** A skeleton is like parts of too many others: only the whole of it counts. */
function whole(skeleton: string): string {
  return `${MARK}${skeleton}${MARK}`;
}

/** Digits at the end of a number, and told from those of an address or reference. */
function marked(digits: string): string {
  return `${[...digits].join(MARK)}${MARK}${MARK}`;
}

/**
 * A name as it is searched: Latin letters in lower case without accents, whatever script it was written in, so that
 * "Olena" finds "Олена". The German ways of writing an umlaut become one: "Mueller", "Müller" and "Muller" are the same.
 * Apostrophes go: nobody spells them out on the phone, so "oneill" finds "O’Neill", and transliteration makes some of its own.
 */
function fold(text: string): string {
  return transliterate(text.normalize('NFKC'))
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
