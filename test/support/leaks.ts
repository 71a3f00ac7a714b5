import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogAccount } from './logs';

/** What `findLeaks` searched, and what it found. */
export interface LeakReport {
  readonly lines: number;
  readonly values: number;
  readonly answers: number;
  /** One line each: what leaked, and where. */
  readonly leaks: readonly string[];
}

/** Shorter values are not searched for, because any text holds them by chance. */
const MIN_VALUE_LENGTH = 4;

/** Patterns that no line may match, even if no database of the run held the value. */
const PATTERNS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a mail address', /@/],
  ['a phone number', /\+\d{2}[\d\s()/-]{5,}\d/],
  ['a secret', /(?<![\w-])[\w-]{40,}(?![\w-])/],
  ['a manage link', /\/b\/(?!\*\*\*)/],
];

/**
 * Searches all logs in `dir` for the personal values that the databases of the run held, and for what looks like
 * personal data or a secret.
 */
export function findLeaks(dir: string): LeakReport {
  const lines = filesIn(dir, '.log').flatMap(({ file, text }) => nonEmpty(text).map((line) => ({ file, line })));
  const accounts = filesIn(dir, '.accounts').flatMap(({ text }) =>
    nonEmpty(text).map((line) => JSON.parse(line) as LogAccount),
  );
  const values = personalValues(accounts);
  const told = new Map(lines.map(({ file, line }) => [tellingPart(line), `${file}: ${line}`]));

  const leaks = [...told].flatMap(([part, line]) => {
    const lower = withoutPercents(part).toLowerCase();
    const known = [...values].filter(([value]) => holdsWhole(lower, value)).map(([, what]) => what);
    const looks = PATTERNS.filter(([, pattern]) => pattern.test(part)).map(([what]) => what);
    return [...known, ...looks].map((what) => `${what} in ${line}`);
  });
  const answers = accounts.reduce((sum, each) => sum + each.answers, 0);
  // A program in a process of its own does not report its number of answers, so its lines are not counted.
  const answered = lines.filter(({ file, line }) => !file.startsWith('program-') && line.includes('"msg":"answered"'));
  if (answered.length < answers)
    leaks.push(`${answers} answers have only ${answered.length} lines: the log is not whole`);
  return { lines: lines.length, values: values.size, answers, leaks };
}

function filesIn(dir: string, ending: string): { file: string; text: string }[] {
  return readdirSync(dir)
    .filter((file) => file.endsWith(ending))
    .map((file) => ({ file, text: readFileSync(join(dir, file), 'utf8') }));
}

function nonEmpty(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

/**
 * Returns the personal values in lower case; each is mapped to the value as it was, its kind and the test that had it.
 */
function personalValues(accounts: readonly LogAccount[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const { test, personal } of accounts)
    for (const [what, found] of Object.entries(personal))
      for (const value of found) {
        // The value as a line of JSON would hold it, with its escapes.
        const trimmed = JSON.stringify(value.trim().toLowerCase()).slice(1, -1);
        if (trimmed.length >= MIN_VALUE_LENGTH)
          values.set(trimmed, `"${value}" (${what}, ${test.replace(/.*\/test\//, '')})`);
      }
  return values;
}

/**
 * Returns a line without the fields that differ from line to line, such as its time and ids, so that lines that say the
 * same are searched only once. A line that is not JSON is returned whole.
 */
function tellingPart(line: string): string {
  try {
    const { time: _t, pid: _p, hostname: _h, responseTime: _r, requestId: _i, req, ...rest } = JSON.parse(line);
    const { id, ...request } = req ?? {};
    return JSON.stringify({ ...rest, ...(req && { req: request }), ...(UUID.test(String(id ?? '')) ? {} : { id }) });
  } catch {
    return `not JSON: ${line}`;
  }
}

const UUID = /^[0-9a-f-]{36}$/;

/** Returns the line; if it holds a `%`, also the line with its percent-encoding decoded. */
function withoutPercents(line: string): string {
  try {
    return line.includes('%') ? `${line} ${decodeURIComponent(line)}` : line;
  } catch {
    return line;
  }
}

/** Tells whether the text holds the value, but not as a part of a longer word. */
function holdsWhole(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + value.length] ?? ' ';
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}
