import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UnusableDatabase } from './unusable';

/** Only the owner may read and write, because a database and its backups hold personal data. */
export const PRIVATE_FILE_MODE = 0o600;
const PRIVATE_FOLDER_MODE = 0o700;
/** The endings of the files that SQLite keeps beside a database. */
const BESIDE = ['-wal', '-shm', '-journal'];

/**
 * Prepares the place of a SQLite file: it makes the folder, and lets only the owner read the file and those that SQLite
 * keeps beside it. Files with wider permissions are corrected; a folder that exists keeps its own.
 *
 * @throws UnusableDatabase in one line, if no file can be made there
 */
export function preparePlace(file: string): void {
  if (file === ':memory:') return;
  assertMayBeFile(file);
  try {
    makeFolder(dirname(file));
    // SQLite gives the files beside a database the permissions of the database.
    closeSync(openSync(file, 'a', PRIVATE_FILE_MODE));
    for (const rest of ['', ...BESIDE]) makePrivate(`${file}${rest}`);
  } catch (error) {
    throw new UnusableDatabase(`DATABASE_URL: cannot open ${file} (${(error as Error).message})`);
  }
}

/** @throws UnusableDatabase in one line, if the path is a folder, a device, or a pipe, which would block for ever */
export function assertMayBeFile(file: string): void {
  const there = stat(file);
  if (there && !there.isFile()) throw new UnusableDatabase(`DATABASE_URL: cannot open ${file} (not a file)`);
}

/**
 * Makes a folder and its parents, for the owner only. It goes step by step, because Node's recursive `mkdir` loops for
 * ever where a folder neither exists nor can be made, as below `/proc`.
 */
export function makeFolder(folder: string): void {
  if (stat(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder, PRIVATE_FOLDER_MODE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Removes all permissions of group and others from a file that this user owns. */
export function makePrivate(file: string): void {
  const there = stat(file);
  const isOurs = there?.uid === process.geteuid?.();
  if (there && isOurs && (there.mode & 0o777 & ~PRIVATE_FILE_MODE) !== 0) chmodSync(file, PRIVATE_FILE_MODE);
}

/** Follows links; returns undefined if the path or a folder on the way does not exist. */
function stat(path: string) {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
