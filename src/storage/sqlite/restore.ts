import { chmodSync, copyFileSync, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import type { Instant } from '../../domain/calendar/interval';
import { afterRestore, type Restored, restoredFigures } from '../operation/afterRestore';
import { assertBackupOf } from '../operation/backupFile';
import { OperationRefused } from '../operation/refused';
import { temporaryFor } from '../operation/temporary';
import { makeFolder, PRIVATE_FILE_MODE } from '../place';
import { checkedSqlite } from './backup';
import { sqliteDatabase } from './open';

/**
 * Puts a backup where no database is yet. All is done on a copy that gets its name at the end: whoever starts the server in the
 * middle finds the place still empty, or the restored database.
 *
 * @param reason why no mail is sent afterwards
 * @throws OperationRefused if there is anything at `database` or can be nothing there, or the backup is damaged, of another kind or none
 * @throws UnusableDatabase if it was made by a newer program
 */
export async function restoreSqlite(
  backup: string,
  database: string,
  { reason, now }: { readonly reason: string; readonly now: Instant },
): Promise<Restored> {
  assertBackupOf('sqlite', backup);
  assertWhole(backup);
  assertNothingAt(database);
  makePlace(database);
  const copy = temporaryFor(database);
  try {
    copyFileSync(backup, copy.path);
    // Copying has also copied who may read it.
    chmodSync(copy.path, PRIVATE_FILE_MODE);
    checkedSqlite(copy.path, 'backup');
    const restored = await prepared(copy.path, reason, now);
    appear();
    return restored;
  } finally {
    copy.discard();
  }

  function appear(): void {
    assertNothingAt(database);
    try {
      copy.appear();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw alreadyThere(database);
      throw error;
    }
  }
}

function makePlace(database: string): void {
  try {
    makeFolder(dirname(database));
  } catch (error) {
    throw new OperationRefused(`DATABASE_URL: there can be no file ${database} (${(error as Error).message})`);
  }
}

async function prepared(file: string, reason: string, now: Instant): Promise<Restored> {
  const { db, storage } = await sqliteDatabase(file, { now });
  try {
    await db.transaction().execute(async (trx) => {
      for (const statement of afterRestore(reason, now)) await sql.raw(statement).execute(trx);
    });
    return await restoredFigures(db);
  } finally {
    // The last one to close it brings the journal back into the file.
    await storage.close();
  }
}

/** Refuses a database that is there, and a journal that a vanished one left behind: SQLite would read it as part of the new one. */
function assertNothingAt(database: string): void {
  for (const rest of ['', '-wal', '-shm', '-journal'])
    if (existsSync(`${database}${rest}`)) throw alreadyThere(`${database}${rest}`);
}

function alreadyThere(file: string): OperationRefused {
  return new OperationRefused(`${file} is there already. Stop the server, move it away, and restore again.`);
}

/** A file that was copied by hand from under a server lacks what stands in its journal. */
function assertWhole(backup: string): void {
  for (const rest of ['-wal', '-journal'])
    if ((statSync(`${backup}${rest}`, { throwIfNoEntry: false })?.size ?? 0) > 0)
      throw new OperationRefused(
        `${backup} has a journal beside it (${backup}${rest}): it is a database in use, not a backup.`,
      );
}
