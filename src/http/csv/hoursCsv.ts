import type { ListedEntry } from '../../app/hours/importHours';
import type { AbsenceEntry, ExceptionEntry } from '../../app/ports/deskStore';
import type { HoursException } from '../../domain/calendar/hours';
import type { Absence, Desk } from '../../domain/desk';
import { CLIENT_LOCALES } from '../../presentation/texts';
import { absenceForm } from '../parts/absenceCells';
import type { CellForm } from '../parts/cells';
import { exceptionForm } from '../parts/exceptionCells';
import { type CsvLine, csvOf } from './csv';
import { isYes, rowsIn } from './rows';

/** The columns of exceptions, besides `id`, `withdrawn` and `version`. */
export const EXCEPTION_COLUMNS = [
  ...['kind', 'from', 'last', 'rrule', 'windows'],
  ...CLIENT_LOCALES.map((tag) => `reason.${tag}`),
];
/** The columns of absences, likewise. */
export const ABSENCE_COLUMNS = ['advisor', 'start', 'end', 'reason'];

/** Returns exceptions as CSV, a line each, the newest last. */
export function exceptionsCsv(entries: readonly ExceptionEntry[]): string {
  const all = entries.map(({ exception, version }) => ({ entry: exception, version }));
  return entriesCsv(exceptionForm, EXCEPTION_COLUMNS, all);
}

/** Returns absences as CSV, a line each. */
export function absencesCsv(entries: readonly AbsenceEntry[], desk: Desk): string {
  const all = entries.map(({ absence, version }) => ({ entry: absence, version }));
  return entriesCsv(absenceForm(desk), ABSENCE_COLUMNS, all);
}

/**
 * Reads exceptions from CSV; a line without an id enters a new one.
 *
 * @throws DomainError `invalid` that points at the lines and columns that are wrong
 */
export function listedExceptions(csv: string, entries: readonly ExceptionEntry[]): ListedRow<HoursException>[] {
  const before = entries.map(({ exception }) => exception);
  return listedEntries(csv, { form: exceptionForm, columns: EXCEPTION_COLUMNS, before });
}

/** Reads absences from CSV, likewise. @throws DomainError `invalid` */
export function listedAbsences(csv: string, entries: readonly AbsenceEntry[], desk: Desk): ListedRow<Absence>[] {
  const before = entries.map(({ absence }) => absence);
  return listedEntries(csv, { form: absenceForm(desk), columns: ABSENCE_COLUMNS, before });
}

/** An entry that a list names, beside how it was before. */
export interface ListedRow<T> extends ListedEntry<T> {
  readonly before: T | undefined;
}

function entriesCsv<T extends { readonly id: string }>(
  form: CellForm<T>,
  columns: readonly string[],
  entries: readonly { readonly entry: T; readonly version: number }[],
): string {
  const records = entries.map(({ entry, version }) => {
    const cells = form.cells(entry);
    return [entry.id, ...columns.map((column) => cells[column] ?? ''), '', version];
  });
  return csvOf(['id', ...columns, 'withdrawn', 'version'], records);
}

interface Listing<T> {
  readonly form: CellForm<T>;
  readonly columns: readonly string[];
  readonly before: readonly T[];
}

function listedEntries<T extends { readonly id: string }>(
  csv: string,
  { form, columns, before: all }: Listing<T>,
): ListedRow<T>[] {
  const goes = (cells: CsvLine['cells']) => isYes(cells.withdrawn);
  const find = ({ cells }: CsvLine, above: readonly CsvLine[]) => {
    const { id = '' } = cells;
    const before = all.find((entry) => entry.id === id);
    if (id !== '' && !before) return { cell: 'id', detail: 'expected an id of this list, or nothing for a new entry' };
    if (id !== '' && above.some((each) => each.cells.id === id)) return { cell: 'id', detail: 'stands above' };
    if (!before && goes(cells)) return { cell: 'withdrawn', detail: 'expected the id of what is withdrawn' };
    return { id, before };
  };
  return rowsIn({ csv, needed: ['id'], form, columns, find, goes }).map(({ line, part, before, seen, cells }) => {
    const { id: _, ...entry } = part;
    return { line, entry, id: before?.id ?? null, withdrawn: goes(cells), seen, before };
  });
}
