import { type JSONPath, printParseErrorCode, visit } from 'jsonc-parser';

/** Reports that a text is not JSON: the line, and what was expected there. */
export class JsonError extends Error {
  readonly line: number;

  constructor(line: number, expected: string) {
    super(expected);
    this.name = 'JsonError';
    this.line = line;
  }
}

/** What is expected instead of each mistake, by the parser's name for it. */
const EXPECTED: Readonly<Record<string, string>> = {
  InvalidNumberFormat: 'a number',
  PropertyNameExpected: 'a name in double quotes',
  ValueExpected: 'a value',
  ColonExpected: ':',
  CommaExpected: ',',
  CloseBraceExpected: '}',
  CloseBracketExpected: ']',
  EndOfFileExpected: 'the end of the file',
  UnexpectedEndOfString: 'the end of the text in double quotes',
  InvalidUnicode: 'four hexadecimal digits after \\u',
  InvalidEscapeCharacter: 'one of "\\/bfnrtu after a backslash',
  InvalidCharacter: 'a text without control characters, such as \\n for a new line',
};

/**
 * Returns the line, counted from 1, on which each member's name or item of a JSON text begins, by JSON Pointer (RFC
 * 6901). `JSON.parse` gives no lines; it also accepts two members of one name and keeps the last, which would hide a
 * mistake in a file that people write, so that is refused here.
 *
 * @throws JsonError
 */
export function linesOf(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  // A member's value stays on the line of its name.
  const begins = (_at: number, _length: number, line: number, _column: number, path: () => JSONPath) => {
    const at = pointer(path());
    if (!lines.has(at)) lines.set(at, line + 1);
  };
  visit(
    text,
    {
      onObjectBegin: begins,
      onArrayBegin: begins,
      onLiteralValue: (_value, ...where) => begins(...where),
      onObjectProperty: (name, _at, _length, line, _column, path) => {
        const at = pointer([...path(), name]);
        if (lines.has(at)) throw new JsonError(line + 1, `${JSON.stringify(name)} is given twice`);
        lines.set(at, line + 1);
      },
      onError: (code, at, length, line) => {
        const found = JSON.stringify(text.slice(at, at + Math.min(length, 12)));
        throw new JsonError(line + 1, `expected ${EXPECTED[printParseErrorCode(code)] ?? `JSON, not ${found}`}`);
      },
    },
    { disallowComments: true },
  );
  return lines;
}

/** Writes a path as JSON Pointer, in which `~` and `/` of a name are escaped. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}
