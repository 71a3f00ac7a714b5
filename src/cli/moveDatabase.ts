import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { openDatabase } from '../compose';
import { type Config, ConfigError, databasePlace, readConfig } from '../config';
import { isDatabaseUrl } from '../fields/urls';
import { assertNotInUse, type MovedTable, moveDatabase, type Progress } from '../storage/operation/moveDatabase';
import { type Command, optionsOf, Refusal, required, type Terminal, UsageError } from './command';

const ROWS_PER_LINE = 10_000;

export const moveDatabaseCommand: Command = {
  name: 'move-database',
  summary: 'copy the SQLite database into an empty PostgreSQL database',
  usage: '--to postgres://user:password@host:port/database',
  details: `DATABASE_URL names the SQLite file. Stop the server first: while it is copied, nobody may have the file open.
All tables are copied in one transaction, then counted and compared row by row on both sides; if anything differs, the target stays as it was.
The file is not changed (but for migrations that were due). The password may also be given as PGPASSWORD.`,

  async run(args, terminal) {
    const { to } = required(optionsOf(args, { to: { type: 'string' } }), ['to']);
    if (!isDatabaseUrl(to) || databasePlace(to).kind !== 'postgres')
      throw new UsageError('--to: expected postgres://user:password@host:port/database');
    const config = readConfig(terminal.env);
    const file = sourceOf(config);
    assertNotInUse(file);
    // Opening the source migrates it, so that source and target have the same tables.
    await (await openDatabase(config, Date.now)).storage.close();
    const target = await openTarget({ ...terminal.env, DATABASE_URL: to });
    const moved = await moveDatabase(file, target, progressOn(terminal)).finally(() => target.storage.close());
    for (const line of [...tableOf(moved), '', ...next(config, file)]) terminal.out(line);
  },
};

/** @throws Refusal if there is no SQLite file to move */
function sourceOf({ database }: Config): string {
  if (database.kind !== 'sqlite') throw new Refusal('DATABASE_URL: expected file:PATH, the database to move from');
  if (!existsSync(database.file)) throw new Refusal(`There is no database ${database.file}.`);
  return database.file;
}

async function openTarget(env: Terminal['env']) {
  try {
    return await openDatabase(readConfig(env), Date.now);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new Refusal(error.message.replaceAll('DATABASE_URL:', '--to:'));
  }
}

function progressOn({ err }: Terminal): Progress {
  return (table, done, all) => {
    if (done === all || done % ROWS_PER_LINE === 0) err(`${table}: ${done} of ${all}`);
  };
}

function tableOf(moved: readonly MovedTable[]): string[] {
  const cells = [
    ['table', 'source', 'target'],
    ...moved.map(({ table, source, target }) => [table, source, target].map(String)),
  ];
  const [first, ...others] = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map(([name = '', ...counts]) =>
    [name.padEnd(first ?? 0), ...counts.map((count, i) => count.padStart(others[i] ?? 0))].join('  '),
  );
}

function next({ secret }: Config, file: string): string[] {
  const generated = resolve(dirname(file), 'secret');
  return [
    'Every table has the same rows on both sides.',
    'Next: set DATABASE_URL to the new database on every machine, start the server, and keep the file away from it:',
    `two servers, one on each, would both take bookings and both send mail. The file is ${resolve(file)}.`,
    ...(secret === null && existsSync(generated)
      ? [`Set SECRET to what stands in ${generated}: without it, the links in mails that were sent do not open.`]
      : []),
  ];
}
