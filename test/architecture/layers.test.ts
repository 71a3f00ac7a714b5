import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const SRC = resolve(__dirname, '../../src');

/**
 * Which room may import which; every room may import itself. `ports` is app/ports, the only part of `app` that adapters know. `fields` reads
 * what people write without any package for schemas; `schemas`, which is fields/schemas, makes zod schemas of it.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  fields: [],
  paths: [],
  domain: ['fields'],
  schemas: ['fields', 'domain'],
  ports: ['domain'],
  app: ['domain', 'fields', 'ports'],
  presentation: ['domain', 'fields', 'paths'],
  storage: ['domain', 'fields', 'ports'],
  feeds: ['domain'],
  mail: ['domain', 'fields', 'ports', 'paths', 'presentation', 'feeds'],
  identity: ['domain', 'ports'],
  outgoing: ['domain', 'ports'],
  desks: ['domain', 'fields', 'schemas', 'ports'],
  http: ['domain', 'fields', 'schemas', 'ports', 'app', 'paths', 'presentation', 'feeds'],
  jobs: ['domain', 'ports', 'app'],
  demo: ['domain', 'ports', 'app'],
  start: [
    'domain',
    'fields',
    'schemas',
    'ports',
    'app',
    'paths',
    'presentation',
    'storage',
    'feeds',
    'mail',
    'identity',
    'outgoing',
    'desks',
    'http',
    'jobs',
    'demo',
  ],
};

/** Packages that the core may use: pure computation, no I/O. */
const PURE_PACKAGES = ['luxon', 'rrule', 'date-holidays', 'transliteration', 'libphonenumber-js/max', 'node:url'];
/** The frame is built on these; the other rooms do not know them. */
const PACKAGE_ROOMS: Readonly<Record<string, readonly string[]>> = {
  express: ['http', 'start'],
  kysely: ['storage'],
  'better-sqlite3': ['storage'],
  luxon: ['domain', 'feeds'],
  'ical-generator': ['mail', 'feeds'],
  rrule: ['domain'],
  'date-holidays': ['domain'],
  nodemailer: ['mail'],
  mailparser: ['mail'],
  imapflow: ['mail'],
  handlebars: ['presentation'],
  'csv-parse/sync': ['start', 'http'],
  i18next: ['presentation'],
  '@node-rs/argon2': ['identity'],
  helmet: ['http'],
  cookie: ['http'],
  'ipaddr.js': ['http', 'outgoing'],
  'proxy-addr': ['start'],
  'prom-client': ['http'],
  zod: ['schemas', 'desks', 'http', 'start'],
  'zod-openapi': ['http'],
};

interface SourceFile {
  readonly file: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const files: readonly SourceFile[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => {
    const text = readFileSync(join(SRC, file), 'utf8');
    const imports = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
    return { file, room: roomOf(file), text, imports };
  });

function roomOf(file: string): string {
  if (file.startsWith('app/ports/')) return 'ports';
  if (['paths.ts', 'pathParts.ts', 'areas.ts', 'fillPath.ts'].includes(file)) return 'paths';
  if (file.startsWith('fields/schemas/')) return 'schemas';
  const [first = '', second] = file.split('/');
  return second === undefined || first === 'cli' ? 'start' : first;
}

const inside = (file: string, specifier: string) =>
  roomOf(`${relative(SRC, resolve(SRC, dirname(file), specifier))}.ts`);

describe('The rooms of the house', () => {
  it('are all there', () => {
    expect(files.length).toBeGreaterThan(80);
    for (const room of Object.keys(MAY_IMPORT)) expect(files.some((file) => file.room === room)).toBe(true);
    expect([...new Set(files.map(({ room }) => room))].filter((room) => !(room in MAY_IMPORT))).toEqual([]);
  });

  it('import only the rooms below them', () => {
    const trespasses = files.flatMap(({ file, room, imports }) =>
      imports
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => ({ file, to: inside(file, specifier) }))
        .filter(({ to }) => to !== room && !MAY_IMPORT[room]?.includes(to)),
    );
    expect(trespasses).toEqual([]);
  });

  it('keep their packages to themselves', () => {
    const trespasses = files.flatMap(({ file, room, imports }) =>
      imports
        .filter((name) => PACKAGE_ROOMS[name] && !PACKAGE_ROOMS[name].includes(room))
        .map((name) => `${file} imports ${name}`),
    );
    expect(trespasses).toEqual([]);
  });
});

describe('The core', () => {
  const core = files.filter(({ room }) => room === 'domain' || room === 'fields');

  it('uses no package and no part of Node that does I/O', () => {
    const foreign = core.flatMap(({ file, imports }) =>
      imports
        .filter((name) => !name.startsWith('.') && !PURE_PACKAGES.includes(name))
        .map((name) => `${file} imports ${name}`),
    );
    expect(foreign).toEqual([]);
  });

  it.each([
    ['the clock', /\bDate\.now\b|new Date\(\)|performance\.now/],
    ['chance', /Math\.random|randomUUID|getRandomValues/],
    ['a promise', /\bawait\b|\basync\b|Promise</],
    ['the process', /\bprocess\.|console\./],
  ])('knows nothing of %s', (_, pattern) => {
    expect(core.filter(({ text }) => pattern.test(withoutComments(text))).map(({ file }) => file)).toEqual([]);
  });

  it('knows luxon in one place, and besides only who hands instants to ical-generator does', () => {
    expect(
      files
        .filter(({ imports }) => imports.includes('luxon'))
        .map(({ file }) => file)
        .sort(),
    ).toEqual(['domain/calendar/zone.ts', 'feeds/vtimezone.ts']);
  });
});

describe('The clock', () => {
  it('is read at the start of the program and nowhere else', () => {
    const readers = files
      .filter(({ text }) => /\bDate\.now\b|new Date\(\)/.test(withoutComments(text)))
      .map(({ room }) => room);
    expect(readers.filter((room) => room !== 'start')).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
