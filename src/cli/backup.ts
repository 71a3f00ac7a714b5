import { resolve } from 'node:path';
import { readConfig } from '../config';
import { backupPostgres } from '../storage/postgres/backup';
import { backupSqlite } from '../storage/sqlite/backup';
import { argumentsOf, type Command, UsageError } from './command';

export const backup: Command = {
  name: 'backup',
  summary: 'write a copy of the database to a file, while the server runs',
  usage: 'FILE',
  details: `An older backup of that name stays until the new one was read again and found whole. Only its owner can read the file.
SQLite: one file, checked by integrity_check and foreign_key_check. PostgreSQL: pg_dump's custom format; pg_dump and pg_restore must be on PATH.
Keep SECRET with it: without, the links in mails that were sent do not open.`,

  async run(args, terminal) {
    const file = resolve(oneFile(args));
    const { database } = readConfig(terminal.env);
    const { bytes, bookings } =
      database.kind === 'sqlite'
        ? backupSqlite(database.file, file)
        : await backupPostgres({ url: database.url, env: terminal.env }, file);
    terminal.out(`${file}: ${bytes} bytes, ${bookings} bookings.`);
  },
};

/** Returns the command's only argument, a file. @throws UsageError if there is none or more than one */
export function oneFile(args: readonly string[]): string {
  const [file, ...more] = argumentsOf(args);
  if (file === undefined || file === '' || more.length > 0) throw new UsageError('FILE: expected once');
  return file;
}
