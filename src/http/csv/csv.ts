import type { CsvError } from 'csv-parse/sync';
import { DomainError } from '../../domain/errors';

/** Few requests need it, so the first of them loads it. */
const csvParse = (): typeof import('csv-parse/sync') => require('csv-parse/sync');

/** One record of a CSV body. */
export interface CsvLine {
  /** The line on which it begins, counted from 1; the header is on the first. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** Why a text is no list at all; people read it in their own language. */
export type CsvFault = 'columns' | 'records' | 'length';

/**
 * Returns CSV as RFC 4180 has it, each record under the header's columns. A text that a spreadsheet would take for a
 * formula gets an apostrophe, which `readCsv` takes off again.
 */
export function csvOf(columns: readonly string[], records: readonly (readonly (string | number)[])[]): string {
  return [columns, ...records].map((record) => `${record.map(quoted).join(',')}\r\n`).join('');
}

/**
 * Reads CSV with a header, whose columns may stand in any order and among others; commas or semicolons are between them.
 *
 * @param needed the columns that must be there
 * @throws DomainError `invalid` if it is no CSV, or lacks a column
 */
export function readCsv(body: string, needed: readonly string[]): CsvLine[] {
  // With one kind of line end, lines are counted once.
  const text = body.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const header = text.split('\n', 1)[0] ?? '';
  const missing = needed.filter(
    (column) =>
      !header
        .toLowerCase()
        .split(/[,;]/)
        .some((cell) => plain(cell) === column),
  );
  if (missing.length > 0)
    throw wrong('columns', '/1', `expected the columns ${needed.join(', ')}; missing: ${missing.join(', ')}`);
  try {
    const records = csvParse().parse(text, {
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      delimiter: header.includes(';') ? ';' : ',',
      info: true,
      record_delimiter: '\n',
      skip_empty_lines: true,
    }) as unknown as { record: Record<string, string>; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: info.lines - breaksIn(record), cells: unguarded(record) }));
  } catch (error) {
    const { code, message, lines } = error as CsvError & { lines?: number };
    if (typeof code !== 'string' || !code.startsWith('CSV_')) throw error;
    throw wrong('records', `/${lines ?? 1}`, message);
  }
}

/** How a formula begins, perhaps behind apostrophes that are part of the text. */
const FORMULA = /^'*[=+\-@\t\r]/;
const GUARDED = /^'(?='*[=+\-@\t\r])/;

function wrong(csvFault: CsvFault, pointer: string, detail: string): DomainError {
  return new DomainError('invalid', { errors: [{ pointer, detail }], csvFault });
}

/** Returns how many lines a record has besides the one on which it begins. */
function breaksIn(record: Readonly<Record<string, string>>): number {
  return Object.values(record).reduce((count, cell) => count + cell.split('\n').length - 1, 0);
}

function unguarded(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([column, cell]) => [column, cell.replace(GUARDED, '')]));
}

function plain(cell: string): string {
  return cell.trim().replace(/^"|"$/g, '').trim();
}

function quoted(cell: string | number): string {
  const text = typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : String(cell);
  return /[",;\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
