import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import pg from 'pg';
import { Sqlite } from '../../src/storage/driver';
import { type Engine, POSTGRES, SQLITE } from '../../src/storage/engine';
import type { Database } from '../../src/storage/schema';
import type { ServerInUse } from '../support/postgres';
import { firstSchema } from './support/firstSchema';
import { pause, rounds, startCommand } from './support/program';
import { report } from './support/report';
import { suite } from './support/suite';

const BOOKINGS = rounds(4_000, 50_000);

const here = suite();

/** A database of the first version, made again for each kill. */
interface Old {
  readonly url: string;
  readonly engine: Engine;
  open(): Kysely<Database>;
  /** Puts the database back as the first version left it. */
  renew(): Promise<void>;
  /** Whether the transaction of the migration has begun. */
  begun(): Promise<boolean>;
  /** Resolves when, after a kill, nobody works on the database any more. */
  settled(): Promise<void>;
}

describe('A migration that is killed', () => {
  it('leaves a SQLite file wholly old or wholly new, and the next one goes through', async () => {
    await killed('SQLite', await oldFile(), rounds(2, 60));
  }, 3_600_000);

  it('leaves a PostgreSQL database wholly old or wholly new, and the next one goes through', async () => {
    if (!here.server) return void process.stdout.write('left out: no PostgreSQL here\n');
    await killed('PostgreSQL', await oldDatabase(here.server), rounds(2, 60));
  }, 3_600_000);
});

async function killed(kind: string, old: Old, kills: number): Promise<void> {
  await old.renew();
  const before = await looks(old);
  const whole = await migrating(old);
  const after = await looks(old);
  expect(after.schema).not.toEqual(before.schema);
  expect(after.rows).toEqual(before.rows);

  const seen = { old: 0, new: 0, halfway: 0, fewest: BOOKINGS };
  for (let i = 0; i < kills; i++) {
    await old.renew();
    // The kills are spread evenly from the first moment of the transaction to a little after its last, so that some are
    // sure to be early, and some in the middle.
    const { begun } = await migrating(old, (whole.ms * 1.1 * (i + Math.random())) / kills);
    await old.settled();
    const left = await looks(old);
    seen.fewest = Math.min(seen.fewest, left.bookings);
    expect(left.rows).toEqual(before.rows);
    const isNew = JSON.stringify(left.schema) === JSON.stringify(after.schema);
    if (!isNew) expect(left.schema).toEqual(before.schema);
    seen[isNew ? 'new' : 'old']++;
    if (begun && !isNew) seen.halfway++;

    const again = await migrating(old);
    expect([again.code, again.output]).toEqual([0, expect.stringContaining('up to date')]);
    expect(await looks(old)).toEqual(after);
  }
  report({
    fault: `${kind}: kill -9 during the migration of ${BOOKINGS} bookings`,
    tries: kills,
    found: seen.fewest,
    lost: BOOKINGS - seen.fewest,
    remarks:
      `its transaction takes ${Math.round(whole.ms)} ms; ${seen.old} kills left the old schema whole, ${seen.new} the new one; ` +
      `${seen.halfway} came in the middle of the transaction; each time the next run went through`,
  });
}

/** Runs `migrate`. @param killAt how many ms after its transaction has begun it is killed @returns how long that was */
async function migrating(old: Old, killAt?: number) {
  const command = startCommand(['migrate'], { DATABASE_URL: old.url });
  const exit = command.exit.then(() => true);
  let begun = false;
  while (!begun && command.child.exitCode === null) {
    await pause(1);
    begun = await old.begun();
  }
  const began = performance.now();
  if (killAt !== undefined) {
    await Promise.race([pause(killAt), exit]);
    command.child.kill('SIGKILL');
  }
  return { begun, code: await command.exit, ms: performance.now() - began, output: command.output() };
}

/**
 * Reads the whole schema, and counts the rows of the tables that were there before. Expects that a SQLite file is in
 * order.
 */
async function looks(old: Old) {
  const db = old.open();
  const read = async (query: string) => (await sql.raw<object>(query).execute(db)).rows;
  const schema = await read(SCHEMA[old.engine.name]);
  const rows: object[] = [];
  for (const table of ['desk', 'booking', 'booking_event', 'outbox'])
    rows.push(...(await read(`select count(*) as n, '${table}' as "table" from ${table}`)));
  rows.push(...(await read(`select sum(starts_at) as starts, count(distinct reference) as bookings from booking`)));
  const [{ n }] = (await read('select count(*) as n from booking')) as [{ n: number | string }];
  const bookings = Number(n);
  const health = old.engine === SQLITE ? await read('pragma integrity_check') : [];
  await db.destroy();
  expect(health).toEqual(old.engine === SQLITE ? [{ integrity_check: 'ok' }] : []);
  return { schema, rows, bookings };
}

const SCHEMA = {
  sqlite: `select name, sql from sqlite_schema where name not like 'sqlite_%' order by name`,
  postgres: `select table_name, column_name || data_type || is_nullable from information_schema.columns where table_schema = current_schema()
    union all select 'index', indexdef from pg_indexes where schemaname = current_schema()
    union all select 'constraint', conname || pg_get_constraintdef(oid) from pg_constraint where connamespace = current_schema()::regnamespace
    union all select 'migration', number::text from migration order by 1, 2`,
} as const;

async function oldFile(): Promise<Old> {
  const [first, file] = [join(here.dir, 'first.db'), join(here.dir, 'desk.db')];
  const open = (path: string) => new Kysely<Database>({ dialect: new SqliteDialect({ database: new Sqlite(path) }) });
  const db = open(first);
  await sql`pragma journal_mode = WAL`.execute(db);
  await firstSchema(db, SQLITE, BOOKINGS);
  // SQLite writes its log into the file when the last connection is closed.
  await db.destroy();
  return {
    url: `file:${file}`,
    engine: SQLITE,
    open: () => open(file),
    async renew() {
      for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
      copyFileSync(first, file);
    },
    begun: async () => existsSync(`${file}-wal`) && isLocked(file),
    settled: async () => {},
  };
}

async function oldDatabase(on: ServerInUse): Promise<Old> {
  const open = (name: string) => {
    const pool = new pg.Pool({ connectionString: on.url(name), max: 1 });
    // A connection that is being closed may still hear that the server stops.
    pool.on('error', () => {});
    return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  };
  await on.run('create database first');
  const db = open('first');
  await firstSchema(db, POSTGRES, BOOKINGS);
  await db.destroy();
  const working = `select query from pg_stat_activity where datname = 'desk' and application_name = 'sprechstunde'`;
  return {
    url: on.url('desk'),
    engine: POSTGRES,
    open: () => open('desk'),
    async renew() {
      await on.run('drop database if exists desk');
      await on.run('create database desk template first');
    },
    begun: async () =>
      (await on.run(`${working} and query not like '%current_setting%' and xact_start is not null`)).rows.length > 0,
    async settled() {
      // The server sees that its client has gone only when the statement that runs has come to its end.
      while ((await on.run(working)).rows.length > 0) await pause(5);
    },
  };
}

function isLocked(file: string): boolean {
  const db = new Sqlite(file, { timeout: 0 });
  try {
    db.exec('begin immediate; rollback');
    return false;
  } catch (error) {
    if (!String((error as { code?: string }).code).startsWith('SQLITE_BUSY')) throw error;
    return true;
  } finally {
    db.close();
  }
}
