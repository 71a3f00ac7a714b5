import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PurgeCSS } from 'purgecss';

const ROOT = join(__dirname, '..');
const KERN = dirname(require.resolve('@kern-ux/native/package.json'));
const KEPT = join(ROOT, 'views/assets/kern.css');
/** The two weights that pages are set in. */
const WEIGHTS = [400, 600];

/** Whatever can name a class. */
const speaking = () => [...files('views', /\.(hbs|js)$/), ...files('src/http', /\.ts$/)];

/** What `text` calls by name: whole words, and the icons and kinds that partials put together (`icon="search"`). */
export function namesIn(text: string): string[] {
  const put = [...text.matchAll(/\b(?:icon|kind)(?:=|: )["']([\w-]+)["']/g)].map(([, name]) => name);
  return [...(text.match(/[\w-]+/g) ?? []), ...put.flatMap((name) => [`kern-icon--${name}`, `kern-btn--${name}`])];
}

/** The classes of KERN that pages use. */
export function usedClasses(): Set<string> {
  const texts = speaking().map((file) => readFileSync(file, 'utf8'));
  return new Set(texts.flatMap(namesIn).filter((name) => name.startsWith('kern-')));
}

/** The stylesheet of the package, whole. */
export function wholeKern(): string {
  return readFileSync(join(KERN, 'dist/kern.min.css'), 'utf8');
}

/** What is served of it. */
export function keptKern(): string {
  return readFileSync(KEPT, 'utf8');
}

async function write(): Promise<void> {
  const [kern] = await new PurgeCSS().purge({
    content: speaking(),
    css: [{ raw: wholeKern() }, ...files('views/assets', /\.css$/).filter((file) => file !== KEPT)],
    extractors: [{ extractor: namesIn, extensions: ['hbs', 'js', 'ts'] }],
    dynamicAttributes: ['data-kern-theme', 'aria-current', 'aria-invalid', 'dir', 'lang'],
  });
  const { version } = JSON.parse(readFileSync(join(KERN, 'package.json'), 'utf8'));
  const head = [
    `/* Made by \`npm run styles\`; do not edit. Fira Sans in parts, see fonts/LICENSE (OFL-1.1); then the rules in use of`,
    ` * @kern-ux/native ${version}, see kern/LICENSE.md (EUPL-1.2): all others were taken out. */`,
  ];
  writeFileSync(KEPT, `${[...head, ...WEIGHTS.map(fontFaces), kern?.css].join('\n')}\n`);
}

/** Fontsource's own rules, which say which part has which letters, for browsers that know WOFF 2. */
function fontFaces(weight: number): string {
  return readFileSync(require.resolve(`@fontsource/fira-sans/${weight}.css`), 'utf8')
    .replace(/, url\([^)]*\.woff\) format\('woff'\)/g, '')
    .replaceAll('./files/', '/assets/fonts/')
    .replace(/\/\*.*?\*\/|\s*\n\s*/g, '');
}

function files(folder: string, ending: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

if (require.main === module) void write();
