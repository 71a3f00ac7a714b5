import { closeSync, existsSync, lstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Engine } from '../engine';
import { OperationRefused } from './refused';

/** What a backup holds, found by reading the finished file again. */
export interface Backup {
  readonly bytes: number;
  /** The number of bookings, not counting holds. */
  readonly bookings: number;
}

/**
 * The first bytes of a backup: "SQLite format 3" and a NUL (sqlite.org/fileformat2, section 1.3), or PGDMP in pg_dump's
 * custom format.
 */
const BEGINNINGS: readonly (readonly [Engine['name'], string])[] = [
  ['sqlite', 'SQLite format 3\0'],
  ['postgres', 'PGDMP'],
];
const MAX_MAGIC_BYTES = 16;

/** Tells by the first bytes of a file which database it is a backup of. @returns null if it is a backup of neither */
function backupKind(file: string): Engine['name'] | null {
  const opened = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(MAX_MAGIC_BYTES);
    const beginning = bytes.toString('latin1', 0, readSync(opened, bytes, 0, MAX_MAGIC_BYTES, 0));
    return BEGINNINGS.find(([, text]) => beginning.startsWith(text))?.[0] ?? null;
  } finally {
    closeSync(opened);
  }
}

/**
 * Checks that a new backup would replace nothing but an older backup: not a folder, a device, the database itself, or
 * any other file that was named by mistake.
 *
 * @param database the SQLite file that is backed up; absent on PostgreSQL
 * @throws OperationRefused if `file` is something else
 */
export function assertMayBeReplaced(file: string, database?: string): void {
  if (!existsSync(file) && !isLink(file)) return;
  if (database !== undefined && existsSync(database) && isSame(file, database))
    throw new OperationRefused(`${file} is the database itself. Name another file for the backup.`);
  if (!lstatSync(file).isFile()) throw new OperationRefused(`${file} is not a file. Name another one for the backup.`);
  if (statSync(file).size > 0 && backupKind(file) === null)
    throw new OperationRefused(`${file} is there already and is not a backup. Name another file.`);
}

function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [statSync(a), statSync(b)];
  return one.ino === other.ino && one.dev === other.dev;
}

/** @throws OperationRefused unless `file` is a backup of this kind of database */
export function assertBackupOf(kind: Engine['name'], file: string): void {
  if (!existsSync(file)) throw new OperationRefused(`${file}: there is no such file.`);
  if (!statSync(file).isFile()) throw new OperationRefused(`${file} is not a file.`);
  const found = backupKind(file);
  if (found === null) throw new OperationRefused(`${file} is not a backup.`);
  if (found !== kind)
    throw new OperationRefused(
      `${file} is a backup of a ${NAMES[found]} database, and DATABASE_URL names a ${NAMES[kind]} one.`,
    );
}

const NAMES: Readonly<Record<Engine['name'], string>> = { sqlite: 'SQLite', postgres: 'PostgreSQL' };
