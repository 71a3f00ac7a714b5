import { inLatinLetters } from './latinLetters';

/**
 * The table by which Ukraine transliterates names in passports (resolution 55 of the Cabinet of Ministers, 27 January
 * 2010), extended by the usual transliteration of letters of other Cyrillic alphabets.
 */
const PASSPORT: Readonly<Record<string, string>> = letters(
  'а a, б b, в v, г h, ґ g, д d, е e, є ie, ж zh, з z, и y, і i, ї i, й i, к k, л l, м m, н n, о o, п p, р r, с s, т t, у u, ф f, х kh, ц ts, ч ch',
  "ш sh, щ shch, ь, ю iu, я ia, ', ’, ʼ, ё e, ы y, э e, ъ, ў u",
);
/** Letters that the table writes differently at the beginning of a name. */
const PASSPORT_FIRST: Readonly<Record<string, string>> = letters('є ye, ї yi, й y, ю yu, я ya');

/** Letters whose accent changes the sound: with haček, and with Turkish and Romanian cedilla. */
const ACCENTED = letters('š sh, ş sh, ș sh, ž zh, č tsch, ć tsch, ç tsch');

const ARABIC_LETTERS = letters(
  'ب b, پ b, ت t, ث th, ج j, چ sh, ح h, خ kh, د d, ذ dh, ر r, ز z, ژ z, س s, ش sh, ص s, ض d, ط t, ظ z, غ gh, ف f, ق q, ك k, ک k, گ g, ل l, م m',
  'ن n, ه h, و u, ي i, ی i, ا a, أ a, آ a, إ i, ى a, ة a, ئ i',
);

const CYRILLIC = /\p{Script=Cyrillic}/u;
const ARABIC = /\p{Script=Arabic}/u;

/** Transliterates a Cyrillic name as Ukrainian passports do, in lower case: `юлія` becomes `yuliia`. */
export function passportName(name: string): string {
  return name
    .toLowerCase()
    .replace(/зг/g, 'zgh')
    .replace(/(?<![\p{L}\p{M}'’ʼ])[єїйюя]/gu, (letter) => PASSPORT_FIRST[letter] ?? letter)
    .replace(/[\p{Script=Cyrillic}'’ʼ]/gu, (letter) => PASSPORT[letter] ?? letter);
}

/**
 * Returns the sound of a word of a name, which is the same for every usual spelling: passports, German and English
 * spellings of Ukrainian and Russian names (Юлія, Yuliia, Julija, Yulia), umlauts written out, and vowels that sound
 * alike (Leila, Layla; Meier, Mayer). Where Germans and others read the same letters differently (`ch` and `z`), it
 * returns both sounds.
 */
export function sounds(word: string): string[] {
  const latin = inLatin(word);
  const international = sounded(latin, { ch: 'č', z: 's' });
  if (!/ch|z/.test(latin) || CYRILLIC.test(word) || ARABIC.test(word)) return [international];
  return unique([international, sounded(latin, { ch: 'h', z: 'ts' })]);
}

/** Longer letter groups stand before those that they begin with. */
const SOUNDS = rules(
  'schtsch š, shtsch š, shch š, sch š, sh š, zh š, tsch č, tch č, tz ts, ph f, th t, dh t, dt t, gh h, kh h, qu kv, ck k, c k, q k, x ks, w v',
  'y i, j i, g h, ae a, oe o, ue u, ou u, oo u, ee i',
);

function sounded(latin: string, reading: { ch: string; z: string }): string {
  return rewritten(latin, SOUNDS, reading)
    .replace(/(.)\1+/g, '$1')
    .replace(/(?<![ae])ie/g, 'e')
    .replace(/[ae]i/g, 'ai')
    .replace(/(.)\1+/g, '$1');
}

/**
 * Returns a word of a name without its vowels, as Arabic writes it: Mohammed, Muhamad and محمد become `mhmd`. A vowel
 * at either end becomes `a`, and the glide of Leila, Laila and Layla becomes `y`. Where letters can be read in several
 * ways, it returns several results.
 *
 * @returns none for a Cyrillic word, whose `sounds` are exact, and for a word with fewer than two consonants, which
 *   would match a large part of all names
 */
export function skeletons(word: string): string[] {
  if (CYRILLIC.test(word)) return [];
  const all = ARABIC.test(word) ? arabicSkeletons(word) : latinSkeletons(inLatin(word));
  return unique(all).filter((each) => each.replace(/a/g, '').length >= 2);
}

const CONSONANTS = rules(
  'dsch g, dzh g, dj g, sch š, sh š, kh h, gh g, th t, dh d, ph f, ck k, c k, q k, x ks, p b, v w, oua wa, oue we, oui wi',
);

function latinSkeletons(latin: string): string[] {
  const ways = (letters: string, readings: readonly string[]) => (latin.includes(letters) ? readings : ['']);
  const read = ways('ch', ['h', 'š']).flatMap((ch) =>
    ways('j', ['g', 'y']).map((j) => rewritten(latin, CONSONANTS, { ch, j }).replace(/([^aeiou])\1+/g, '$1')),
  );
  return read.flatMap((each) => (each.endsWith('ah') ? [each, each.slice(0, -1)] : [each])).map(withoutVowels);
}

/** Removes the vowels; an upper-case `Y` stands for a `y` that is pronounced as a consonant. */
function withoutVowels(text: string): string {
  return text
    .replace(/y(?=[aeiou])|(?<=[^aeiouy])i(?=[aou])/g, 'Y')
    .replace(/([ae])[iy](?=[^aeiouyY])/g, '$1Y')
    .replace(/(?<=[aeou])w(?![aeiou])/g, '')
    .replace(/^[aeiouy]+|[aeiouy]+$/g, 'a')
    .replace(/(?<=.)[aeiouy](?=.)/g, '')
    .toLowerCase();
}

/**
 * Returns the skeletons of an Arabic word. A long vowel is written like a consonant, so both readings are returned; the
 * article is often omitted in Latin script, so it is optional.
 */
function arabicSkeletons(word: string): string[] {
  const bare = bareArabic(word);
  const forms = /^ال.{3,}/.test(bare) ? [bare, bare.slice(2)] : [bare];
  return forms.flatMap((form) =>
    [...form].reduce<string[]>(
      (soFar, letter, i, all) => {
        if (letter === all[i - 1]) return soFar;
        const ways = waysToRead(letter, i === 0 ? 'first' : i === all.length - 1 ? 'last' : 'inside');
        return soFar.flatMap((head) => ways.map((way) => head + way)).slice(0, MAX_READINGS);
      },
      [''],
    ),
  );
}

const MAX_READINGS = 8;
/** Groups that stand for one consonant, each as one letter, see `CONSONANTS`. */
const AS_ONE: Readonly<Record<string, string>> = { th: 't', j: 'g', sh: 'š', kh: 'h', dh: 'd', gh: 'g', q: 'k' };

function waysToRead(letter: string, where: 'first' | 'inside' | 'last'): string[] {
  const isVowel = /[اأآإىةع]/.test(letter);
  if (where === 'last' && (isVowel || /[يیو]/.test(letter))) return ['a'];
  if (where === 'last' && letter === 'ه') return ['h', 'a'];
  if (isVowel) return where === 'first' ? ['a'] : [''];
  const glide = letter === 'و' ? 'w' : /[يیئ]/.test(letter) ? 'y' : undefined;
  if (glide) return where === 'first' ? [glide] : [glide, ''];
  const latin = ARABIC_LETTERS[letter] ?? '';
  return [AS_ONE[latin] ?? latin];
}

/** Removes the marks above and below the letters, and the letter that only stretches a word. */
function bareArabic(word: string): string {
  return word.normalize('NFC').replace(/[\p{M}\u0640ء]|[^\p{L}]/gu, '');
}

/** Transliterates the word to lower-case Latin letters and removes everything else. */
function inLatin(word: string): string {
  const text = ARABIC.test(word)
    ? bareArabic(word)
        .replace(/^ع/, 'ا')
        .replace(/./g, (letter) => ARABIC_LETTERS[letter] ?? '')
    : CYRILLIC.test(word)
      ? passportName(word)
      : word.normalize('NFC').toLowerCase();
  if (/^[a-z]*$/.test(text)) return text;
  const spelled = text.replace(/[^a-z]/g, (letter) => ACCENTED[letter] ?? letter);
  return inLatinLetters(spelled)
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

type Rules = Readonly<Record<string, string>>;

function rules(...lines: readonly string[]): { readonly rules: Rules; readonly pattern: RegExp } {
  const all = letters(...lines);
  const longestFirst = [...Object.keys(all), 'ch', 'z', 'j'].sort((a, b) => b.length - a.length);
  return { rules: all, pattern: new RegExp(longestFirst.join('|'), 'g') };
}

/** Applies the rules to a word. @param reading decides where the rules leave several readings */
function rewritten(latin: string, { rules: all, pattern }: ReturnType<typeof rules>, reading: Rules): string {
  return latin.replace(pattern, (part) => all[part] ?? reading[part] ?? part);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function letters(...lines: readonly string[]): Readonly<Record<string, string>> {
  const pairs = lines.flatMap((line) => line.split(', ')).map((pair) => pair.split(' '));
  return Object.fromEntries(pairs.map(([letter, written = '']) => [letter, written]));
}
