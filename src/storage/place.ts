import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UnusableDatabase } from './unusable';

/** Nobody but the owner: a database and its backups hold personal data. */
export const PRIVATE = 0o600;
const PRIVATE_FOLDER = 0o700;
/** What SQLite keeps beside a database. */
const BESIDE = ['-wal', '-shm', '-journal'];

/**
 * Makes a place ready for a SQLite file: its folder is there, and the file and what SQLite keeps beside it are its owner's alone. Files
 * that were made with more are put right; a folder that was there is somebody's, and stays as it is.
 *
 * @throws UnusableDatabase in one line, if there can be no file
 */
export function preparePlace(file: string): void {
  if (file === ':memory:') return;
  assertMayBeFile(file);
  try {
    makeFolder(dirname(file));
    // SQLite gives what it keeps beside a file the rights of that file.
    closeSync(openSync(file, 'a', PRIVATE));
    for (const rest of ['', ...BESIDE]) makePrivate(`${file}${rest}`);
  } catch (error) {
    throw new UnusableDatabase(`DATABASE_URL: cannot open ${file} (${(error as Error).message})`);
  }
}

/** @throws UnusableDatabase in one line, if something is there that is no file: a folder, a device, a pipe that would never answer */
export function assertMayBeFile(file: string): void {
  const there = stat(file);
  if (there && !there.isFile()) throw new UnusableDatabase(`DATABASE_URL: cannot open ${file} (not a file)`);
}

/**
 * Makes a folder and those above it, for its owner only. Step by step: `mkdir -p` of Node tries for ever where the system says of a folder
 * that it is not there and cannot be made, as below `/proc`.
 */
export function makeFolder(folder: string): void {
  if (stat(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder, PRIVATE_FOLDER);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Takes from everybody else what they may do with a file of ours. */
export function makePrivate(file: string): void {
  const there = stat(file);
  const isOurs = there?.uid === process.geteuid?.();
  if (there && isOurs && (there.mode & 0o777 & ~PRIVATE) !== 0) chmodSync(file, PRIVATE);
}

/** As it is behind links; undefined if nothing is there, or on the way to it. */
function stat(path: string) {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
