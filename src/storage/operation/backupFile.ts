import { closeSync, existsSync, lstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Engine } from '../engine';
import { OperationRefused } from './refused';

/** What a backup was found to hold when it was read again. */
export interface Backup {
  readonly bytes: number;
  /** Without holds. */
  readonly bookings: number;
}

/** "SQLite format 3" with a NUL at its end (sqlite.org/fileformat2, section 1.3); pg_dump's custom format begins with PGDMP. */
const BEGINNINGS: readonly (readonly [Engine['name'], string])[] = [
  ['sqlite', 'SQLite format 3\0'],
  ['postgres', 'PGDMP'],
];
const MAX_MAGIC_BYTES = 16;

/** Of which database a file is a backup, by its first bytes. @returns null if of neither */
export function backupKind(file: string): Engine['name'] | null {
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
 * Lets a backup take the place of an older one only: never of a folder, a device, the database itself, or whatever else a slip
 * of the hand has named.
 *
 * @param database the SQLite file that is backed up, if it is one
 * @throws OperationRefused
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

/** @throws OperationRefused unless the file is a backup of the kind of database that it shall go into */
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
