import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SRC = resolve(__dirname, '../../src');
/** From here on a file does more than one thing. */
const TOO_MANY_LINES = 300;

describe('The files of src', () => {
  it(`have fewer than ${TOO_MANY_LINES} lines each`, () => {
    const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => ({ file, lines: readFileSync(join(SRC, file), 'utf8').split('\n').length - 1 }));
    expect(files.length).toBeGreaterThan(200);
    expect(files.filter(({ lines }) => lines >= TOO_MANY_LINES)).toEqual([]);
  });
});
