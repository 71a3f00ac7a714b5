import { closeSync, fsyncSync, linkSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PRIVATE_FILE_MODE } from '../place';
import { OperationRefused } from './refused';

/** A file that is written beside its final name, so that readers of that name find the whole file or none. */
interface Temporary {
  readonly path: string;
  /** Renames the file to its final name, replacing what had that name, in one step that survives a power cut. */
  replace(): void;
  /** Gives the file its final name if nothing has that name yet. @throws an error with code EEXIST if something has */
  appear(): void;
  /** Deletes the file and those that SQLite keeps beside it. After `replace` or `appear` it does nothing. */
  discard(): void;
}

/**
 * Makes an empty file that only its owner can read, named `.NAME.new-PID` after the final name and the process. Files
 * that killed processes left for the same name are deleted first.
 *
 * @throws OperationRefused if the folder does not exist or may not be written to
 */
export function temporaryFor(file: string): Temporary {
  const folder = dirname(file);
  const prefix = `.${basename(file)}.new-`;
  const path = join(folder, `${prefix}${process.pid}`);
  try {
    sweep(folder, prefix);
    closeSync(openSync(path, 'wx', PRIVATE_FILE_MODE));
  } catch (error) {
    throw new OperationRefused(`${folder} cannot be written to (${(error as NodeJS.ErrnoException).code}).`);
  }
  const discard = () => {
    for (const rest of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${rest}`, { force: true });
  };
  return {
    path,
    replace() {
      flush(path);
      renameSync(path, file);
      flush(folder);
    },
    appear() {
      flush(path);
      linkSync(path, file);
      discard();
      flush(folder);
    },
    discard,
  };
}

/**
 * Deletes the files of dead processes. Those of living ones stay: two may write the same name, and the last to finish
 * replaces the other.
 */
function sweep(folder: string, prefix: string): void {
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (Number.isInteger(pid) && (pid === process.pid || !isAlive(pid))) rmSync(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Waits until the disk has the contents of a file, or the names in a folder. */
function flush(path: string): void {
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
