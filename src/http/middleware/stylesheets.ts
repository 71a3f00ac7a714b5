import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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
 * Returns rules that give an element with `data-from="09:30"` and `data-to="10:00"` these times as numbers: `--from-h:
 * 9`, `--from-m: 30`, and `--to-h`, `--to-m`. The day board is placed by them, because the policy of our pages allows no
 * inline style, and everything that it shows has a time on the desk's clock.
 */
function clockTimes(): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const rules = (edge: string, hours: number) => [
    ...Array.from({ length: hours }, (_, h) => `[data-${edge}^="${two(h)}:"] { --${edge}-h: ${h}; }`),
    ...Array.from({ length: 60 }, (_, m) => `[data-${edge}$=":${two(m)}"] { --${edge}-m: ${m}; }`),
  ];
  return `${[...rules('from', 24), ...rules('to', 25)].join('\n')}\n`;
}

/** The rules that are generated instead of written in a block. */
const GENERATED: Readonly<Record<string, readonly string[]>> = {
  staff: [clockTimes()],
};
