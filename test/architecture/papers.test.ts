import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { CLIENT_LOCALES } from '../../src/presentation/texts';

const ROOT = resolve(__dirname, '../..');
const MOST_WORDS_OF_README = 900;

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** All papers of the repository, by their path. */
const papers = [
  'README.md',
  'SECURITY.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
].map((file) => ({ file, text: read(file) }));

const { license, scripts, dependencies, optionalDependencies, devDependencies } = JSON.parse(
  read('package.json'),
) as Record<'scripts' | 'dependencies' | 'optionalDependencies' | 'devDependencies', Record<string, string>> & {
  license: string;
};

/** `` `src/paths.ts` ``: what stands in backticks and begins with a folder of the repository. `<page>` stands for any name. */
const PATH = /`((?:src|test|docs|views|data|tools|\.ci)\/[\w./-]*)`/g;
/** Made when the program runs. */
const MADE_LATER = ['data/var/'];
const LINK = /\]\(([^)\s]+)\)/g;

describe('The papers', () => {
  it('name only paths that exist', () => {
    const named = papers.flatMap(({ file, text }) => matches(text, PATH).map((path) => ({ file, path })));
    expect(named.length).toBeGreaterThan(50);
    const missing = named.filter(({ path }) => !MADE_LATER.includes(path) && !existsSync(join(ROOT, path)));
    expect(missing.map(({ file, path }) => `${file} names ${path}, which does not exist`)).toEqual([]);
  });

  it('link to files and headings that exist', () => {
    const links = papers.flatMap(({ file, text }) => matches(text, LINK).map((target) => ({ file, target })));
    const broken = links
      .filter(({ target }) => !/^https?:/.test(target))
      .filter(({ file, target }) => isBroken(file, target));
    expect(broken.map(({ file, target }) => `${file} links to ${target}`)).toEqual([]);
  });

  it('name only npm scripts that exist', () => {
    const named = papers.flatMap(({ file, text }) =>
      matches(text, /npm run ([\w:-]+)/g).map((name) => ({ file, name })),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ name }) => !(name in scripts))).toEqual([]);
  });
});

describe('README.md', () => {
  it(`has at most ${MOST_WORDS_OF_README} words`, () => {
    expect(read('README.md').match(/\S+/g)?.length).toBeLessThanOrEqual(MOST_WORDS_OF_README);
  });
});

describe('docs/words.md', () => {
  it('names only types that the program has', () => {
    const types = matches(read('docs/words.md'), /^\| `(\w+)`/gm);
    const code = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => read(`src/${file}`))
      .join('\n');
    expect(types.length).toBeGreaterThan(5);
    expect(types.filter((type) => !new RegExp(`^export (interface|type|class) ${type}\\b`, 'm').test(code))).toEqual(
      [],
    );
  });

  it('has a line for each word, and none twice', () => {
    const words = matches(read('docs/words.md'), /^\| ([^|]+) \|/gm).filter((word) => word !== 'word');
    expect(words.length).toBeGreaterThan(50);
    expect(words.filter((word, i) => words.indexOf(word) < i)).toEqual([]);
  });
});

describe('publiccode.yml', () => {
  it('names the licence and the languages in which clients can read the pages', () => {
    const publiccode = read('publiccode.yml');
    expect(publiccode).toContain(`license: ${license}\n`);
    const languages = /availableLanguages:\n((?: +- \w+\n)+)/.exec(publiccode)?.[1];
    expect(languages).toBe(CLIENT_LOCALES.map((locale) => `    - ${locale}\n`).join(''));
  });
});

describe('docs/decisions.md', () => {
  const decisions = read('docs/decisions.md');

  it('says of each decision what, why and instead of what', () => {
    const entries = decisions.split(/^### /m).slice(1);
    expect(entries.length).toBeGreaterThan(30);
    const parts = ['- **What.** ', '- **Why.** ', '- **Instead of** '];
    const incomplete = entries.filter((entry) => parts.some((part) => !entry.includes(part)));
    expect(incomplete.map((entry) => entry.split('\n')[0])).toEqual([]);
  });

  it('has a line for each dependency', () => {
    const table = decisions.slice(decisions.indexOf('## Dependencies'));
    const named = new Set(matches(table, /^\| (`[^|]+`) \|/gm).flatMap((cell) => matches(cell, /`([^`]+)`/g)));
    const all = Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies });
    // The types of a package that brings none go with it.
    const unnamed = all.filter((name) => !name.startsWith('@types/') && !named.has(name));
    expect(unnamed).toEqual([]);
    expect([...named].filter((name) => !all.includes(name))).toEqual([]);
  });
});

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found);
}

/** Whether a link from one paper leads to no file, or to no heading of it. */
function isBroken(from: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from : relative(ROOT, resolve(ROOT, dirname(from), path));
  if (!existsSync(join(ROOT, file))) return true;
  return anchor !== undefined && !headings(read(file)).includes(anchor);
}

/** The anchors that a reader of Markdown makes of headings. */
function headings(text: string): string[] {
  return matches(text, /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}
