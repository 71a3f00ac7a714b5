import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** More languages than any desk speaks. */
const MAX_LANGUAGES = 60;

/**
 * The stylesheets of our own, by name: each is the folder of that name below `folder`, whose files are its blocks, in the order of their
 * names. Comments stay behind.
 */
export function stylesheets(folder: string): [name: string, bytes: Buffer][] {
  return readdirSync(folder).map((sheet) => {
    const blocks = readdirSync(join(folder, sheet))
      .sort()
      .map((file) => readFileSync(join(folder, sheet, file), 'utf8'));
    const css = [...blocks, ...(GENERATED[sheet] ?? [])].join('\n').replace(/\/\*[\s\S]*?\*\/\n?/g, '');
    return [`${sheet}.css`, Buffer.from(css)];
  });
}

/** Of what else one speaks, the language is not asked for that is chosen already: the n-th tile has the n-th tick. */
function languagesPaired(): string {
  const pairs = Array.from(
    { length: MAX_LANGUAGES },
    (_, i) => `.asks-also:has(.tile:nth-child(${i + 1}) :checked) .also__item:nth-child(${i + 1})`,
  );
  return `${pairs.join(',\n')} {\n  display: none;\n}\n`;
}

/** What no block says, since no selector pairs the elements of two lists. */
const GENERATED: Readonly<Record<string, readonly string[]>> = { sprechstunde: [languagesPaired()] };
