import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KindOfMessage, MESSAGE_KINDS } from '../../src/domain/notifications/kinds';
import { LOCALES } from '../../src/presentation/texts';

const VIEWS = join(__dirname, '../../views');
const SRC = join(__dirname, '../../src');
const templates = readdirSync(VIEWS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.hbs'))
  .map((file) => ({ file, source: readFileSync(join(VIEWS, file), 'utf8').replace(/\{\{!--[\s\S]*?--\}\}/g, '') }));

/** How far ahead hours are listed, the same everywhere. */
const CONSTANT_DAYS = ['booking.hours.listed', 'booking.hours.noneListed'];

/** All texts of a language, flat: `booking.cancel.title` → text. */
function texts(locale: string): Map<string, unknown> {
  const dir = join(VIEWS, 'locales', locale);
  const flat = new Map<string, unknown>();
  const walk = (value: unknown, key: string) => {
    if (value !== null && typeof value === 'object')
      for (const [name, inner] of Object.entries(value)) walk(inner, `${key}.${name}`);
    else flat.set(key, value);
  };
  for (const file of readdirSync(dir))
    walk(JSON.parse(readFileSync(join(dir, file), 'utf8')), file.replace('.json', ''));
  return flat;
}

/** What a text leaves open: `{{max}}`. */
const gaps = (text: unknown) => [...String(text).matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1]).sort();

/** Offences of one kind as `file: what`, so that a failure names the place. */
const offences = (pattern: RegExp, allowed: (file: string, match: string) => boolean = () => false) =>
  templates.flatMap(({ file, source }) =>
    [...source.matchAll(pattern)].filter(([m]) => !allowed(file, m)).map(([m]) => `${file}: ${m}`),
  );

describe('Texts', () => {
  const german = texts('de');

  it.each(LOCALES)('%s has every text, and none is empty', (locale) => {
    const here = texts(locale);
    expect([...here.keys()].sort()).toEqual([...german.keys()].sort());
    expect([...here].filter(([, text]) => typeof text !== 'string' || text.trim() === '')).toEqual([]);
  });

  it.each(Object.entries<KindOfMessage>(MESSAGE_KINDS))(
    'name and word each kind of mail for all its readers: %s',
    (kind, { to }) => {
      const keys = [...german.keys()];
      const words = ['name', ...(to.includes('client') ? ['subject', 'title', 'lead'] : [])];
      expect(words.filter((word) => !keys.includes(`mail.${kind}.${word}`))).toEqual([]);
      expect(to.includes('staff') && !keys.includes(`mail.staff.${kind}.subject`)).toBe(false);
    },
  );

  it.each(LOCALES)('%s leaves the same gaps open', (locale) => {
    for (const [key, text] of texts(locale)) expect([key, gaps(text)]).toEqual([key, gaps(german.get(key))]);
  });

  it.each(LOCALES)('%s count in the plural form of the number: "1 minute"', (locale) => {
    // Before a word that changes with it; "Min." and the constants of the program do not.
    const counted = [...texts(locale)].filter(([key, text]) => {
      const isPlural = /_(zero|one|two|few|many|other)$/.test(key);
      return (
        !isPlural &&
        /\{\{(count|minutes|hours|days)\}\} (Minuten?|Stunden?|Tagen?|minutes?|hours?|days?|times?)\b/.test(
          String(text),
        )
      );
    });
    expect(counted.map(([key]) => key)).toEqual(CONSTANT_DAYS);
  });

  it('move an appointment by one word', () => {
    expect([...german].filter(([, text]) => /verleg(en|t)|umbuch/i.test(String(text)))).toEqual([]);
    expect([...texts('en')].filter(([, text]) => /reschedul|rebook/i.test(String(text)))).toEqual([]);
  });

  it('call the reference by one word, so that pages, mails and the phone agree', () => {
    expect([...german].filter(([, text]) => /buchungs(nummer|code)|vorgangsnummer/i.test(String(text)))).toEqual([]);
  });

  it.each(LOCALES)('%s has no example address that could be somebody’s', (locale) => {
    const addresses = [...texts(locale).values()].flatMap((text) => String(text).match(/\b[\w.+-]+@[\w.-]+\w/g) ?? []);
    expect(addresses.filter((address) => !address.endsWith('.example'))).toEqual([]);
    expect(addresses).not.toEqual([]);
  });

  it('that templates ask for exist', () => {
    const plain = new Set([...german.keys()].map((key) => key.replace(/_(zero|one|two|few|many|other)$/, '')));
    const asked = offences(/[({]t "[^"]*"/g).map((line) => line.split(/: [({]t /) as [string, string]);
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter(([, key]) => !plain.has(key.slice(1, -1)))).toEqual([]);
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
          .filter((line) => /\p{L}{2,}/u.test(line) && !line.startsWith('/problems/'))
          .map((line) => `${file}: ${line}`),
      );
    expect(bare).toEqual([]);
  });
});
