/** Reports that a text is not JSON: the line, and what was expected there. */
export class JsonError extends Error {
  readonly line: number;

  constructor(line: number, expected: string) {
    super(expected);
    this.name = 'JsonError';
    this.line = line;
  }
}

/** One token of RFC 8259 with the white space before it: punctuation, string, number or word. */
const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/uy;

/**
 * Returns the line, counted from 1, on which each member's name or item of a JSON text begins, by JSON Pointer (RFC
 * 6901). `JSON.parse` gives no lines; it also accepts two members of one name and keeps the last, which would hide a
 * mistake in a file that people write, so that is refused here.
 *
 * @throws JsonError
 */
export function linesOf(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  const token = tokenReader(text);
  let next = token();

  const fail = (expected: string): never => {
    throw new JsonError(next.line, `expected ${expected}`);
  };
  const take = (expected: string) => {
    if (next.text !== expected) fail(expected);
    next = token();
  };
  const items = (close: string, item: (index: number) => void) => {
    next = token();
    for (let index = 0; next.text !== close; index++) {
      if (index > 0) take(',');
      item(index);
    }
    next = token();
  };
  const member = (pointer: string) => {
    if (!next.text.startsWith('"')) fail('a name in double quotes');
    const at = `${pointer}/${escaped(JSON.parse(next.text) as string)}`;
    if (lines.has(at)) throw new JsonError(next.line, `${next.text} is given twice`);
    lines.set(at, next.line);
    next = token();
    take(':');
    value(at);
  };
  const value = (pointer: string): void => {
    if (!lines.has(pointer)) lines.set(pointer, next.line);
    if (next.text === '{') items('}', () => member(pointer));
    else if (next.text === '[') items(']', (index) => value(`${pointer}/${index}`));
    else if (next.text === '' || ']},:'.includes(next.text)) fail('a value');
    else next = token();
  };

  value('');
  if (next.text !== '') fail('the end of the file');
  return lines;
}

/** Escapes `~` and `/` in a member's name, as JSON Pointer requires. */
export function escaped(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1');
}

/** Returns a function that reads the next token with its line; at the end of the text the token is empty. */
function tokenReader(text: string) {
  let [at, line] = [0, 1];
  return () => {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    const blank = found
      ? found[0].length - found[0].trimStart().length
      : (/^[ \t\n\r]*/.exec(text.slice(at))?.[0].length ?? 0);
    line += text.slice(at, at + blank).split('\n').length - 1;
    if (!found && at + blank < text.length)
      throw new JsonError(line, `expected JSON, not ${JSON.stringify(text.slice(at + blank).slice(0, 12))}`);
    at += found ? found[0].length : blank;
    return { text: found ? found[0].trimStart() : '', line };
  };
}
