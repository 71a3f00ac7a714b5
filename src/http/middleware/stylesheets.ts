import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** More languages than any desk offers. */
const MAX_LANGUAGES = 60;

/**
 * Returns our own stylesheets by name. Each is a folder below `folder`, whose files are joined in the order of their
 * names; comments are removed.
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

/**
 * Returns a rule that hides the chosen language among the other languages to tick: the n-th tile belongs to the n-th
 * checkbox. It is generated, because no selector pairs the elements of two lists.
 */
function languagesPaired(): string {
  const pairs = Array.from(
    { length: MAX_LANGUAGES },
    (_, i) => `.asks-also:has(.tile:nth-child(${i + 1}) :checked) .also__item:nth-child(${i + 1})`,
  );
  return `${pairs.join(',\n')} {\n  display: none;\n}\n`;
}

/** The rules that are generated instead of written in a block. */
const GENERATED: Readonly<Record<string, readonly string[]>> = { sprechstunde: [languagesPaired()] };
