import { closeSync, fsyncSync, linkSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PRIVATE } from '../place';
import { OperationRefused } from './refused';

/** A file under construction beside the one that it becomes, so that whoever looks at that name finds all or nothing. */
export interface Temporary {
  readonly path: string;
  /** Takes the place of what had the name, in one step that survives a power cut. */
  replace(): void;
  /** As `replace`, but only if nothing has that name yet. @throws with code EEXIST */
  appear(): void;
  /** Takes it away with what SQLite keeps beside it. Nothing is left after `replace` or `appear`, and then this does nothing. */
  discard(): void;
}

/**
 * Makes an empty file, readable by its owner only, whose name tells which process makes what: `.NAME.new-PID`. Those that killed
 * processes have left for the same name are swept away first.
 *
 * @throws OperationRefused if the folder is not there or may not be written to
 */
export function temporaryFor(file: string): Temporary {
  const folder = dirname(file);
  const prefix = `.${basename(file)}.new-`;
  const path = join(folder, `${prefix}${process.pid}`);
  try {
    sweep(folder, prefix);
    closeSync(openSync(path, 'wx', PRIVATE));
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

/** Those of living processes stay: two may work at the same name, and the last one that is done has it. */
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

/** Waits until the disk has it; for a folder, until the disk has its names. */
function flush(path: string): void {
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
