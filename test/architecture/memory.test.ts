import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SRC = resolve(__dirname, '../../src');

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(SRC, file), 'utf8') }));

/** The helpers by which everything is remembered: `memo` and `perObject`. */
const MEMORY = 'domain/memo.ts';
/** Marks connections whose client is late, for as long as they are open: it is their state, and no answer. */
const CONNECTIONS = 'http/bounds.ts';

describe('The memory of the program', () => {
  const filesWith = (pattern: RegExp) => files.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

  it('hangs on objects through perObject only', () => {
    expect(filesWith(/\bnew WeakMap\b/)).toEqual([MEMORY]);
    expect(filesWith(/\bnew WeakSet\b/)).toEqual([CONNECTIONS]);
  });

  it('is no map or set of a module that begins empty: what fills it stays for ever, or needs a way of forgetting of its own', () => {
    expect(filesWith(/^(export )?(const|let) \w+(: [^=\n]+)? = new (Map|Set)(<.*>)?\(\)/m)).toEqual([]);
  });

  it('forgets nothing all at once', () => {
    expect(filesWith(/\.clear\(\)/)).toEqual([]);
  });
});
