import { absencesAhead } from '../../../app/hours/importHours';
import { isLocalDate } from '../../../domain/calendar/dates';
import type { HoursException } from '../../../domain/calendar/hours';
import type { Absence, Desk } from '../../../domain/desk';
import { dayName, languageName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { type ListedRow, listedAbsences, listedExceptions } from '../../csv/hoursCsv';
import type { HttpDeps } from '../../deps';
import { absenceForm } from '../../parts/absenceCells';
import type { CellForm } from '../../parts/cells';
import { exceptionForm } from '../../parts/exceptionCells';
import { clientReader } from '../hours/clientReader';
import { daysView } from '../hours/view';
import type { CellWords } from '../partView';
import { whenOf } from '../plan/view';
import { wordsOf } from '../words';
import { type ChangedEntry, changedPart } from './changes';
import type { ImportList, Versions } from './importList';

/** Returns how days with other hours are imported. */
export function exceptionsImport({ app, storage, texts }: Pick<HttpDeps, 'app' | 'storage' | 'texts'>): ImportList {
  return async ({ who, desk, csv }, { shown, ...how }, reader) => {
    const entries = await storage.desks.exceptions(desk.id);
    const rows = listedExceptions(csv, entries);
    const versions = shown ?? versionsOf(entries.map(({ exception: { id }, version }) => ({ id, version })));
    const exceptions = () => guarded(rows, versions);
    const { value } = await app.importExceptions({ who, deskId: desk.id, exceptions, ...how });
    const house = clientReader({ texts }, reader.locale);
    const title = (exception: Omit<HoursException, 'id'>) => {
      const { days, what } = daysView(exception, reader, house);
      return `${days}: ${what}`;
    };
    const words = { ...wordsIn('exceptions', reader), title };
    return { entries: changedEntries(exceptionForm, { rows, words }, reader), change: value, versions };
  };
}

/** Returns how absences are imported. */
export function absencesImport({ app, storage, now }: Pick<HttpDeps, 'app' | 'storage' | 'now'>): ImportList {
  return async ({ who, desk, csv }, { shown, ...how }, reader) => {
    const entries = await absencesAhead(storage, desk.id, now());
    const rows = listedAbsences(csv, entries, desk);
    const versions = shown ?? versionsOf(entries.map(({ absence: { id }, version }) => ({ id, version })));
    const absences = () => guarded(rows, versions);
    const { value } = await app.importAbsences({ who, deskId: desk.id, absences, ...how });
    const words = { ...wordsIn('absences', reader), title: titleOfAbsence(desk, reader) };
    return { entries: changedEntries(absenceForm(desk), { rows, words }, reader), change: value, versions };
  };
}

function titleOfAbsence(desk: Desk, reader: Reader) {
  const words = wordsOf(desk, reader);
  return ({ advisorId, time }: Omit<Absence, 'id'>) => `${words.advisor(advisorId)}: ${whenOf(time, words)}`;
}

function versionsOf(entries: readonly { readonly id: string; readonly version: number }[]): Versions {
  return new Map(entries.map(({ id, version }) => [id, version]));
}

/** Returns the rows with the version that was shown where they name none themselves. */
function guarded<T>(rows: readonly ListedRow<T>[], versions: Versions): ListedRow<T>[] {
  return rows.map((row) => ({ ...row, seen: row.seen ?? versions.get(row.id ?? '') ?? undefined }));
}

interface Told<T> {
  readonly rows: readonly ListedRow<T>[];
  readonly words: CellWords & { readonly title: (entry: Omit<T, 'id'>) => string };
}

/** Returns what becomes of the entries of a list; nothing of those that stay as they are. */
function changedEntries<T extends { readonly id: string; readonly retired?: boolean }>(
  form: CellForm<T>,
  { rows, words }: Told<T>,
  reader: Reader,
): ChangedEntry[] {
  return rows.flatMap(({ before, entry, withdrawn }): ChangedEntry[] => {
    const title = words.title(before ?? entry);
    if (withdrawn) return [{ title, mark: reader.t('parts.csv.mark.withdrawn'), changes: [] }];
    const after = { ...entry, id: before?.id ?? '' } as T;
    return changedPart({ form, before, after }, { ...words, title, retired: '', back: '' }, reader);
  });
}

/** How the columns of a list are called, and told. */
function wordsIn(list: 'exceptions' | 'absences', { t, locale }: Reader): CellWords {
  return {
    name(cell) {
      const [field = '', language] = cell.split('.');
      const name = t(`parts.csv.column.${list}.${field}`);
      return language ? t('parts.inLanguage', { field: name, language: languageName(locale, language) }) : name;
    },
    say(cell, text) {
      if (cell === 'kind') return t(`staff.hours.kind.${text}`);
      return isLocalDate(text) ? dayName(locale, text) : text;
    },
  };
}
