import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AUDIENCES, type Audience } from '../../src/domain/booking/questions';
import { type KindOfMessage, MESSAGE_KINDS, type MessageKind } from '../../src/domain/notifications/kinds';
import { wordsOf } from '../../src/domain/notifications/mailFacts';
import { CLIENT_LOCALES, HOUSE_LOCALE, localesOf } from '../../src/presentation/texts';

const VIEWS = join(__dirname, '../../views');
const SRC = join(__dirname, '../../src');
const templates = readdirSync(VIEWS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.hbs'))
  .map((file) => ({ file, source: readFileSync(join(VIEWS, file), 'utf8').replace(/\{\{!--[\s\S]*?--\}\}/g, '') }));

/** How far ahead hours are listed, the same everywhere. */
const CONSTANT_DAYS = ['booking.hours.listed', 'booking.hours.noneListed'];

/** Leichte Sprache says in German what it lacks. */
const SIMPLE = 'de-simple';
/** Each audience with each of its languages that are complete. */
const READERS = AUDIENCES.flatMap((audience) =>
  localesOf(audience)
    .filter((locale) => locale !== SIMPLE)
    .map((locale) => ({ audience, locale })),
);

/** All texts that an audience reads in a language, flat: `booking.cancel.title` → text. */
function texts(audience: Audience, locale: string): Map<string, unknown> {
  const flat = new Map<string, unknown>();
  const walk = (value: unknown, key: string) => {
    if (value !== null && typeof value === 'object')
      for (const [name, inner] of Object.entries(value)) walk(inner, `${key}.${name}`);
    else flat.set(key, value);
  };
  for (const dir of [join(VIEWS, 'locales', locale), join(VIEWS, 'locales', locale, audience)])
    for (const file of readdirSync(dir).filter((name) => name.endsWith('.json')))
      walk(JSON.parse(readFileSync(join(dir, file), 'utf8')), file.replace('.json', ''));
  return flat;
}

const PLURAL_FORM = /_(zero|one|two|few|many|other)$/;

/** The keys that a language needs, if German has `keys`: a text that counts once in each of its own plural forms. */
function expectedKeys(keys: Iterable<string>, locale: string): string[] {
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  const inForms = (key: string) => {
    const stem = key.replace(PLURAL_FORM, '');
    return stem === key ? [key] : forms.map((form) => `${stem}_${form}`);
  };
  return [...new Set([...keys].flatMap(inForms))];
}

/** What a text leaves open: `{{max}}`. */
const gaps = (text: unknown) => [...String(text).matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1]).sort();

/** What each part is for, and how long a text of it may be; the longest beginning of a key counts. */
const NOTES = JSON.parse(readFileSync(join(VIEWS, 'locales/notes.json'), 'utf8')) as Record<
  string,
  { readonly for: string; readonly max?: number }
>;

function noteOf(key: string): (typeof NOTES)[string] | undefined {
  const parts = key.split('.');
  const beginnings = parts.map((_, i) => parts.slice(0, parts.length - i).join('.'));
  return beginnings.map((beginning) => NOTES[beginning]).find(Boolean);
}

const withoutGaps = (text: unknown) => String(text).replace(/\{\{\s*\w+\s*\}\}/g, '');
/** Ten letters stand for whatever is filled in. */
const lengthOf = (text: unknown) => [...String(text).replace(/\{\{\s*\w+\s*\}\}/g, '0123456789')].length;

/** Leichte Sprache and the page about German Sign Language are German in every language. */
const isGermanEverywhere = (key: string) => /easy-language|sign-language/.test(key);
/** Small words of which no sentence has none, and that no other of our languages has. */
const GERMAN_WORDS = /(?<![\p{L}-])(und|oder|nicht|bitte|Sie|wir|Ihre?|wird|werden|für|zum|zur)(?![\p{L}-])/u;
const ENGLISH_WORDS = /(?<![\p{L}-])(the|and|you|your|please|with|this|that|have|for)(?![\p{L}-])/iu;
/** Names, and words that are the same in several languages. */
const SAME = [
  'common.product: Sprechstunde',
  ...['about.privacy.cookies.heading: Cookies', 'about.privacy.cookies.heading: Cookie'],
  ...['booking.rows.name: Name', 'booking.slip.name: Name', 'booking.start.address: Adresse'],
  ...['booking.start.phone: Telefon', 'booking.details.phone: Telefon', 'booking.rows.phone: Telefon'],
  ...['booking.topic.chosen: {{topic}} · {{minutes}} min', 'booking.answers.chip: Questions', 'common.answer.no: No'],
  ...['errors.prefix: Error:', 'errors.field: Error:', 'booking.topic.elsewhere.in: en'],
  ...['booking.rows.attendees: 人数', 'mail.label.attendees: 人数'],
];
/** The words of ICAO are the same wherever a language has no others. */
const ALPHABET = 'booking.slip.alphabet.';

/** The keys that templates and the program ask for, as patterns: what is filled into a key can be anything. */
function askedKeys(): { plain: ReadonlySet<string>; patterns: readonly RegExp[] } {
  const code = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(SRC, file), 'utf8'));
  const sources = [...code, ...templates.map(({ source }) => source)];
  const found = (pattern: RegExp) =>
    sources.flatMap((source) => [...source.matchAll(pattern)].map(([, key = '']) => key));
  const filled = found(/`([a-z][\w-]*\.(?:[\w.-]|\$\{[^}]*\})*)`/g).filter((key) => key.includes('${'));
  // In a template a key is put together by `concat`.
  const begun = found(/"([a-z][\w-]*\.(?:[\w-]+\.)*)" /g).map((key) => `${key}\${}`);
  const escaped = (text: string) => text.replace(/[.-]/g, '\\$&');
  return {
    plain: new Set(found(/["'`]((?:[a-z][\w-]*\.)+[\w.-]+)["'`]/gi)),
    patterns: [...filled, ...begun].map(
      (key) =>
        new RegExp(
          `^${key
            .split(/\$\{[^}]*\}/)
            .map(escaped)
            .join('[\\w.-]+')}$`,
        ),
    ),
  };
}

/** Offences of one kind as `file: what`, so that a failure names the place. */
const offences = (pattern: RegExp, allowed: (file: string, match: string) => boolean = () => false) =>
  templates.flatMap(({ file, source }) =>
    [...source.matchAll(pattern)].filter(([m]) => !allowed(file, m)).map(([m]) => `${file}: ${m}`),
  );

describe('Texts', () => {
  const german = { client: texts('client', HOUSE_LOCALE), staff: texts('staff', HOUSE_LOCALE) };
  /** What anybody reads in a language. A key that both audiences have, as for mails, is there twice. */
  const allIn = (locale: string) =>
    READERS.filter((readers) => readers.locale === locale).flatMap(({ audience }) => [...texts(audience, locale)]);

  it.each(READERS)('for the $audience are all there in $locale, and none is empty', ({ audience, locale }) => {
    const here = texts(audience, locale);
    const expected = expectedKeys(german[audience].keys(), locale);
    expect({
      missing: expected.filter((key) => !here.has(key)),
      unknown: [...here.keys()].filter((key) => !expected.includes(key)),
    }).toEqual({ missing: [], unknown: [] });
    expect([...here].filter(([, text]) => typeof text !== 'string' || text.trim() === '')).toEqual([]);
  });

  it.each(Object.entries<KindOfMessage>(MESSAGE_KINDS))(
    'name and word each kind of mail for all its readers: %s',
    (kind, { to }) => {
      const worded = wordsOf({ kind: kind as MessageKind, sameTime: false });
      const missing = (audience: Audience, words: readonly string[]) =>
        words.filter((word) => !german[audience].has(`mail.${audience === 'client' ? worded : kind}.${word}`));
      const words = ['subject', 'title', 'intro'];
      expect(missing('client', to.includes('client') ? words : [])).toEqual([]);
      expect(missing('staff', ['name', ...(to.includes('staff') ? words : [])])).toEqual([]);
    },
  );

  it.each(READERS)('for the $audience leave the same gaps open in $locale', ({ audience, locale }) => {
    const inGerman = german[audience];
    for (const [key, text] of texts(audience, locale)) {
      // "One minute" may leave the number out.
      const counts = PLURAL_FORM.test(key) && !key.endsWith('_other');
      const asked = (of: unknown) => gaps(of).filter((gap) => !(counts && gap === 'count'));
      const model = inGerman.get(key) ?? inGerman.get(key.replace(PLURAL_FORM, '_other'));
      expect([key, asked(text)]).toEqual([key, asked(model)]);
    }
  });

  it.each(READERS)('for the $audience count in $locale in the plural form of the number: "1 minute"', (readers) => {
    // Before a word that changes with it; "Min." and the constants of the program do not.
    const counted = [...texts(readers.audience, readers.locale)].filter(
      ([key, text]) =>
        !PLURAL_FORM.test(key) &&
        /\{\{(count|minutes|hours|days)\}\} (Minuten?|Stunden?|Tagen?|minutes?|hours?|days?|times?)\b/.test(
          String(text),
        ),
    );
    expect(counted.map(([key]) => key).filter((key) => !CONSTANT_DAYS.includes(key))).toEqual([]);
  });

  it.each(CLIENT_LOCALES)('are as short in %s as their note for translators allows', (locale) => {
    const tooLong = [...texts('client', locale)].filter(([key, text]) => lengthOf(text) > (noteOf(key)?.max ?? 2_000));
    expect(tooLong).toEqual([]);
  });

  it('for clients have a note for translators each, and no note is left over', () => {
    const keys = [...german.client.keys()];
    expect(keys.filter((key) => !noteOf(key))).toEqual([]);
    const prefixes = Object.keys(NOTES);
    expect(prefixes.filter((prefix) => !keys.some((key) => key === prefix || key.startsWith(`${prefix}.`)))).toEqual(
      [],
    );
  });

  it.each(CLIENT_LOCALES.filter((locale) => locale !== 'de' && locale !== 'en'))(
    'hold no German or English in %s',
    (locale) => {
      const left = [...texts('client', locale)].filter(
        ([key, text]) =>
          !isGermanEverywhere(key) && (GERMAN_WORDS.test(String(text)) || ENGLISH_WORDS.test(String(text))),
      );
      expect(left).toEqual([]);
    },
  );

  it('are the same in two languages only where they are names, or the same word in both', () => {
    const same: string[] = [];
    for (const [i, one] of CLIENT_LOCALES.entries())
      for (const other of CLIENT_LOCALES.slice(i + 1)) {
        const there = texts('client', other);
        for (const [key, text] of texts('client', one))
          if (text === there.get(key) && /\p{L}{2}/u.test(withoutGaps(text)) && !isGermanEverywhere(key))
            same.push(`${key}: ${String(text)} (${one}, ${other})`);
      }
    expect(
      same.filter((line) => !SAME.some((known) => line.startsWith(`${known} (`)) && !line.startsWith(ALPHABET)),
    ).toEqual([]);
  });

  it.each(AUDIENCES)('for the %s are all asked for by a page, a mail or the program', (audience) => {
    const { plain, patterns } = askedKeys();
    const unused = [...german[audience].keys()]
      .map((key) => key.replace(PLURAL_FORM, ''))
      // A part that is handed on, such as `booking.hours.shut`, is asked for as a whole.
      .filter((key) => !plain.has(key) && !plain.has(key.replace(/\.[^.]*$/, '')))
      .filter((key) => !patterns.some((pattern) => pattern.test(key)));
    expect([...new Set(unused)]).toEqual([]);
  });

  it('move an appointment by one word', () => {
    expect(allIn('de').filter(([, text]) => /verleg(en|t)|umbuch/i.test(String(text)))).toEqual([]);
    expect(allIn('en').filter(([, text]) => /reschedul|rebook/i.test(String(text)))).toEqual([]);
  });

  it('call the reference by one word, so that pages, mails and the phone agree', () => {
    expect(allIn('de').filter(([, text]) => /buchungs(nummer|code)|vorgangsnummer/i.test(String(text)))).toEqual([]);
  });

  it('have no example address that could be somebody’s', () => {
    const addresses = READERS.flatMap(({ locale }) => allIn(locale)).flatMap(
      ([, text]) => String(text).match(/\b[\w.+-]+@[\w.-]+\w/g) ?? [],
    );
    expect(addresses.filter((address) => !address.endsWith('.example'))).toEqual([]);
    expect(addresses).not.toEqual([]);
  });

  it.each(AUDIENCES)('that templates for the %s ask for are texts for the %s', (audience) => {
    const plain = new Set([...german[audience].keys()].map((key) => key.replace(PLURAL_FORM, '')));
    const asked = templatesFor(audience).flatMap(({ file, source }) =>
      [...source.matchAll(/[({]t "([^"]*)"/g)].map(([, key = '']) => ({ file, key })),
    );
    expect(asked.length).toBeGreaterThan(80);
    expect(asked.filter(({ key }) => !plain.has(key))).toEqual([]);
  });
});

/** The templates of an audience, and the partials that they print. */
function templatesFor(audience: Audience) {
  const ofStaff = /^(pages\/(staff|dev)\/|layouts\/staff|mail\/advisor)/;
  const found = new Set(
    templates.filter(({ file }) => {
      if (file.startsWith('partials/')) return false;
      return file === 'pages/error.hbs' || ofStaff.test(file) === (audience === 'staff');
    }),
  );
  // What is added to a set while it is gone through is gone through, too.
  for (const { source } of found)
    for (const [, name] of source.matchAll(/\{\{#?>\s*([\w/]+)/g))
      for (const template of templates) if (template.file === `partials/${name}.hbs`) found.add(template);
  return [...found];
}

describe('Leichte Sprache', () => {
  const simple = texts('client', SIMPLE);
  const german = texts('client', 'de');
  const LONGEST_SENTENCE_WORDS = 14;

  it('has its own texts for the start page and the way to a booking, with what German leaves open', () => {
    for (const [key, text] of simple) expect([key, gaps(text)]).toEqual([key, gaps(german.get(key))]);
    const whole = ['start', 'language', 'time', 'support', 'interpreter', 'done'].map((page) => `booking.${page}.`);
    const needed = [...german.keys()].filter(
      (key) => whole.some((page) => key.startsWith(page)) && !/chip$|tooMany|spoken$|morning$|afternoon$/.test(key),
    );
    expect(needed.length).toBeGreaterThan(40);
    expect(needed.filter((key) => !simple.has(key))).toEqual([]);
  });

  it('has short sentences', () => {
    const sentences = [...simple].flatMap(([key, text]) =>
      String(text)
        .split(/[.:?!]\s/)
        .map((sentence) => ({ key, words: sentence.split(/\s+/).filter(Boolean).length })),
    );
    expect(sentences.filter(({ words }) => words > LONGEST_SENTENCE_WORDS)).toEqual([]);
  });
});

describe('Templates', () => {
  it('print nothing unescaped but the body of a layout', () => {
    expect(offences(/\{\{\{[^}]*\}?|\{\{&[^}]*/g, (file, m) => file.startsWith('layouts') && m === '{{{body}')).toEqual(
      [],
    );
  });

  it('of the public ask for nothing that no page and no template gives', () => {
    const code = readdirSync(join(SRC, 'http'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(SRC, 'http', file), 'utf8'));
    const given = new Set(
      [...code, ...templates.map(({ source }) => source)].flatMap((source) =>
        [...source.matchAll(/\b(\w+)(?:\?:|:|=|,| [}=]|;)/g)].map(([, name]) => name),
      ),
    );
    const asked = offences(/\{\{#(?:if|unless) (?:@root\.)?[\w.]+/g).filter(
      (line) => !/^(pages\/staff|mail|pages\/dev)/.test(line),
    );
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.filter((line) => !given.has(/(\w+)$/.exec(line)?.[1]))).toEqual([]);
  });

  it('quote every attribute', () => {
    const bare = templates.flatMap(({ file, source }) =>
      [...source.replace(/\{\{[\s\S]*?\}\}/g, '§').matchAll(/<[a-z][^>]*>/g)]
        .filter(([tag]) => tag.replace(/[a-z-]+="[^"]*"/g, '').includes('='))
        .map(([tag]) => `${file}: ${tag}`),
    );
    expect(bare).toEqual([]);
  });

  it('hold no inline style, script or handler', () => {
    const ownLayout = (file: string) => file.startsWith('mail/') || file.startsWith('layouts/mail');
    expect(offences(/\sstyle=|<style/g, ownLayout)).toEqual([]);
    expect(offences(/\son[a-z]+=|javascript:/g)).toEqual([]);
    expect(offences(/<script(?![^>]*\ssrc=)[^>]*>/g)).toEqual([]);
  });

  it('hold no text of their own', () => {
    const bare = templates
      .filter(({ file }) => !file.startsWith('mail/'))
      .flatMap(({ file, source }) =>
        source
          .replace(/\{\{[\s\S]*?\}\}/g, '')
          .replace(/<[^>]*>|[a-z-]+="[^"]*"/g, '\n')
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => /\p{L}{2,}/u.test(line))
          .map((line) => `${file}: ${line}`),
      );
    expect(bare).toEqual([]);
  });
});
