import { basename, resolve } from 'node:path';
import { openDatabase } from '../compose';
import { type Config, readConfig } from '../config';
import { type Restored, restoredFigures } from '../storage/operation/afterRestore';
import { restorePostgres } from '../storage/postgres/restore';
import { restoreSqlite } from '../storage/sqlite/restore';
import { oneFile } from './backup';
import type { Command, Terminal } from './command';

export const restore: Command = {
  name: 'restore',
  summary: 'put a backup where no database is yet',
  usage: 'FILE',
  details: `DATABASE_URL names the empty place: a SQLite file that does not exist, or a PostgreSQL database without tables. Nothing is ever overwritten.
Run it as the user that the server runs as, while no server runs. It is all or nothing.
The SEQUENCE of every booking rises by 100, so that no calendar takes the next change for an old one, and no mail is sent
until "outbox resume": mails may have gone out that the backup does not know of.`,

  async run(args, terminal) {
    const file = resolve(oneFile(args));
    const config = readConfig(terminal.env);
    const now = Date.now();
    const reason = `restored from ${basename(file)} on ${new Date(now).toISOString().slice(0, 16)}Z`;
    const { bookings, waiting } = await restored(file, config, { reason, now }, terminal);
    terminal.out(
      [
        `Restored ${bookings} bookings from ${file}. Their SEQUENCE and version are 100 higher than in the backup.`,
        `No mail is sent until it is confirmed: ${waiting} wait.`,
        'Next: set SECRET as it was, start the server, and look at the bookings since the backup; then "outbox status" and "outbox resume".',
      ].join('\n'),
    );
  },
};

async function restored(
  file: string,
  { database }: Config,
  how: { readonly reason: string; readonly now: number },
  { env }: Terminal,
): Promise<Restored> {
  if (database.kind === 'sqlite') return restoreSqlite(file, database.file, how);
  await restorePostgres(file, { url: database.url, env }, how);
  // Opening the database migrates it, if the backup is older than the program.
  const { db, storage } = await openDatabase({ database }, Date.now);
  return restoredFigures(db).finally(() => storage.close());
}
