import { DomainError, type FieldError } from '../../domain/errors';
import type { CellError, CellForm, Cells } from '../parts/cells';
import { type CsvFault, type CsvLine, readCsv } from './csv';

/** An answer with more would help nobody. */
export const MAX_ERRORS = 20;
export const MAX_LINES = 1_000;

/** What a list says of one entry. */
interface Row<T> {
  readonly line: number;
  readonly part: T;
  /** As it is now; undefined: it is new. */
  readonly before: T | undefined;
  /** The version that the line names; undefined: any. */
  readonly seen: number | undefined;
  readonly cells: CsvLine['cells'];
}

/** Which entry a line is about, by its own columns; or what is wrong with these. */
type Found<T> = { readonly id: string; readonly before: T | undefined } | CellError;

/** How the lines of a list are read. */
interface RowForm<T> {
  readonly csv: string;
  /** The columns that must be there, in small letters. */
  readonly needed: readonly string[];
  readonly form: CellForm<T>;
  readonly columns: readonly string[];
  /** Finds the entry of a line. @param above the lines before it */
  readonly find: (line: CsvLine, above: readonly CsvLine[]) => Found<T>;
  /** What is wrong with an entry at this desk that is right in itself. */
  readonly wrongIn?: (part: T, before: T | undefined) => readonly CellError[];
  /** Tells that a line says of an entry only that it goes, so that nothing else in it matters. */
  readonly goes?: (cells: CsvLine['cells']) => boolean;
}

/**
 * Reads the lines of a list. What the file has no column for stays as it is.
 *
 * @throws DomainError `invalid` that points at the lines and columns that are wrong
 */
export function rowsIn<T>({ csv, needed, form, columns, find, wrongIn, goes }: RowForm<T>): Row<T>[] {
  const lines = bounded(readCsv(csv, needed));
  const errors: FieldError[] = [];
  const rows = lines.flatMap((each, i): Row<T>[] => {
    const { line, cells } = each;
    const refuse = (wrong: readonly CellError[]): [] => {
      errors.push(...wrong.map(({ cell, detail }) => ({ pointer: ['', line, cell].join('/'), detail })));
      return [];
    };
    const found = find(each, lines.slice(0, i));
    if ('cell' in found) return refuse([found]);
    const { id, before } = found;
    const { version = '' } = cells;
    if (!/^\d{0,9}$/.test(version)) return refuse([{ cell: 'version', detail: 'expected a whole number, or nothing' }]);
    const row = { line, before, cells, seen: version === '' ? undefined : Number(version) };
    if (before && goes?.(cells)) return [{ ...row, part: before }];
    const named = columns.flatMap((column) => {
      const cell = cells[column.toLowerCase()];
      return cell === undefined ? [] : [[column, cell.replace(/\r\n?/g, '\n').trim()]];
    });
    const all: Cells = { ...(before && form.cells(before)), ...Object.fromEntries(named) };
    const read = form.read(id, Object.fromEntries(Object.entries(all).filter(([, text]) => text !== '')), before);
    if ('errors' in read) return refuse(read.errors);
    const wrong = wrongIn?.(read.part, before) ?? [];
    return wrong.length > 0 ? refuse(wrong) : [{ ...row, part: read.part }];
  });
  if (errors.length > 0) throw new DomainError('invalid', { errors: errors.slice(0, MAX_ERRORS) });
  return rows;
}

/** Tells whether a cell says yes. */
export function isYes(cell: string | undefined): boolean {
  return cell?.trim().toLowerCase() === 'true';
}

/** @throws DomainError `invalid` if there are more lines than can be read at once */
export function bounded(lines: CsvLine[]): CsvLine[] {
  if (lines.length <= MAX_LINES) return lines;
  throw new DomainError('invalid', {
    errors: [{ pointer: `/${MAX_LINES + 2}`, detail: `expected at most ${MAX_LINES} lines` }],
    csvFault: 'length' satisfies CsvFault,
  });
}
