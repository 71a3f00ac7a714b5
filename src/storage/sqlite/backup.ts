import { existsSync, statSync } from 'node:fs';
import type BetterSqlite3 from 'better-sqlite3';
import { Sqlite } from '../driver';
import { assertMayBeReplaced, type Backup } from '../operation/backupFile';
import { OperationRefused } from '../operation/refused';
import { temporaryFor } from '../operation/temporary';
import { assertMayBeFile } from '../place';

/** A reader of a WAL database waits for nobody, except while the first one after a crash recovers it. */
const BUSY_TIMEOUT_MS = 30_000;

/**
 * Writes a consistent copy of a SQLite database that others write to meanwhile. The copy is read again and checked before it
 * takes the place of an older one.
 *
 * VACUUM INTO copies one snapshot in one statement: writers do not wait for it, and they cannot make it begin again, as they can
 * with the page by page backup of SQLite, which starts anew when another process writes. The copy has no free pages, so nothing
 * that was purged is in it, and no journal of its own: one file. The database is opened for reading only, and not migrated.
 *
 * @throws UnusableDatabase if what is there is no file
 * @throws OperationRefused if there is no such database, `to` may not be replaced, or the copy is damaged; an older backup stays
 */
export function backupSqlite(database: string, to: string): Backup {
  if (!existsSync(database)) throw new OperationRefused(`There is no database ${database}.`);
  assertMayBeFile(database);
  assertMayBeReplaced(to, database);
  const copy = temporaryFor(to);
  try {
    copyInto(copy.path, database);
    const bookings = checkedSqlite(copy.path, 'copy');
    const { size: bytes } = statSync(copy.path);
    copy.replace();
    return { bytes, bookings };
  } finally {
    copy.discard();
  }
}

function copyInto(copy: string, database: string): void {
  try {
    reading(database, (source) => source.prepare('vacuum into ?').run(copy));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('SQLITE_')) throw error;
    throw new OperationRefused(`The database ${database} cannot be copied: ${message}.`);
  }
}

/**
 * Looks at every page, every index and every reference of a SQLite file that nobody has open.
 *
 * @param what it is called when it is refused
 * @returns how many bookings it holds, holds not counted
 * @throws OperationRefused that names the first fault
 */
export function checkedSqlite(file: string, what: 'copy' | 'backup'): number {
  try {
    return reading(file, (db) => {
      const integrity = String(db.pragma('integrity_check(1)', { simple: true }));
      if (integrity !== 'ok') throw new OperationRefused(`The ${what} is damaged: ${integrity.replaceAll('\n', ' ')}.`);
      const [orphan] = db.pragma('foreign_key_check') as { table: string; parent: string }[];
      if (orphan)
        throw new OperationRefused(
          `The ${what} is damaged: a row of ${orphan.table} refers to a ${orphan.parent} that is not there.`,
        );
      return db
        .prepare<[], number>(`select count(*) from booking where status not in ('held', 'lapsed')`)
        .pluck()
        .get() as number;
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'SQLITE_ERROR')
      throw new OperationRefused(`The ${what} is not a database of this program (${message}).`);
    if (!code?.startsWith('SQLITE_')) throw error;
    throw new OperationRefused(`The ${what} is damaged: ${message}.`);
  }
}

function reading<T>(file: string, work: (db: BetterSqlite3.Database) => T): T {
  const db = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    return work(db);
  } finally {
    db.close();
  }
}
