import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { OpenDatabase, OpenOptions } from '../../src/storage/engine';
import { postgresDatabase } from '../../src/storage/postgres/open';
import { sqliteDatabase } from '../../src/storage/sqlite/open';
import { TABLES } from '../../src/storage/tables';

/** The migrated database on the tests' PostgreSQL server, of which the tests get copies. */
export const TEMPLATE = 'template_sprechstunde';

export type Kind = 'SQLite' | 'PostgreSQL';

/** An empty database of a test's own. */
export interface TestDatabase {
  /** The address, as in DATABASE_URL. */
  readonly url: string;
  /**
   * Removes the database or gives it back for another test. It closes no connections: whoever opened one closes it
   * first.
   */
  drop(): Promise<void>;
}

/** Returns the kinds of database that this run has: SQLite, and PostgreSQL if the global setup started a server. */
export function kinds(): Kind[] {
  return process.env.TEST_POSTGRES_URL ? ['SQLite', 'PostgreSQL'] : ['SQLite'];
}

/**
 * Returns the kind on which suites of the whole program run: SQLite, but in the project `postgres` PostgreSQL (see
 * onPostgres.ts).
 */
export function chosenKind(): Kind {
  return process.env.TEST_DATABASE === 'postgres' ? 'PostgreSQL' : 'SQLite';
}

/** Makes an empty database. */
export async function newDatabase(kind: Kind): Promise<TestDatabase> {
  return kind === 'SQLite' ? newFile() : newOnServer();
}

/** Opens what `newDatabase` made. */
export function openUrl(url: string, options: OpenOptions): Promise<OpenDatabase> {
  return url.startsWith('file:') ? sqliteDatabase(url.slice('file:'.length), options) : postgresDatabase(url, options);
}

/** Reads all rows of the database, table by table. If two readings are equal, nothing was changed between them. */
export async function everythingIn({ db }: Pick<OpenDatabase, 'db'>): Promise<Record<string, unknown[]>> {
  const held: Record<string, unknown[]> = {};
  for (const table of TABLES) held[table] = await db.selectFrom(table).selectAll().execute();
  return held;
}

/**
 * The folder for SQLite files. It is in memory where the machine has /dev/shm, because writing to disk would take a
 * tenth of the time of these tests; that a commit reaches the disk is tested by the fault suite.
 */
const FILES = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/**
 * Makes a SQLite database by copying a migrated file, which takes a tenth of the time of migrating. If the run has no
 * migrated file, the database is empty, and opening it migrates it.
 */
function newFile(template = process.env.TEST_MIGRATED_FILE): TestDatabase {
  const dir = mkdtempSync(join(FILES, 'sprechstunde-db-'));
  const file = join(dir, 'test.db');
  if (template) copyFileSync(template, file);
  return { url: `file:${file}`, drop: async () => rmSync(dir, { recursive: true, force: true }) };
}

/**
 * Takes a database that another test has emptied, or makes one if there is none: copying the template takes much longer
 * than emptying.
 */
async function newOnServer(): Promise<TestDatabase> {
  const server = process.env.TEST_POSTGRES_URL;
  if (!server) throw new Error('no PostgreSQL here');
  const [free] = await onServer<{ name: string }>(server, TAKE_EMPTIED);
  const name = free?.name ?? `t_${randomUUID().replaceAll('-', '')}`;
  const url = free ? urlOf(name) : await copyOf(TEMPLATE, name);
  return {
    url,
    async drop() {
      await onServer(url, EMPTY);
      await onServer(server, `insert into emptied values ('${name}')`);
    },
  };
}

/**
 * Makes a database on the server, as a copy of `template`, that no other test gets. PostgreSQL's `template0` has no
 * tables, `TEMPLATE` has all of the program's.
 */
export async function newOnServerFrom(template: string): Promise<TestDatabase> {
  const name = `own_${randomUUID().replaceAll('-', '')}`;
  const url = await copyOf(template, name);
  return { url, drop: async () => void (await onServer(urlOf('postgres'), `drop database ${name} with (force)`)) };
}

/** Copies a database with all its rows for one test. Nobody may be connected to the original meanwhile. */
export async function newCopyOf({ url }: TestDatabase): Promise<TestDatabase> {
  return url.startsWith('file:') ? newFile(url.slice('file:'.length)) : newOnServerFrom(new URL(url).pathname.slice(1));
}

/**
 * Copies a database on the server by its files, with a checkpoint before and after. The default since PostgreSQL 15,
 * copying through the write-ahead log, takes several times as long.
 */
async function copyOf(template: string, name: string): Promise<string> {
  const server = urlOf('postgres');
  const [version] = await onServer<{ number: number }>(server, VERSION);
  const strategy = (version?.number ?? 0) >= 150_000 ? 'strategy file_copy' : '';
  await onServer(server, `create database ${name} template ${template} ${strategy}`);
  return urlOf(name);
}

const VERSION = "select current_setting('server_version_num')::int as number";

function urlOf(name: string): string {
  const url = new URL(process.env.TEST_POSTGRES_URL ?? '');
  url.pathname = `/${name}`;
  return url.toString();
}

/**
 * Empties all tables but `migration`, and resets the sequences. It deletes row by row: for the few rows of a test,
 * TRUNCATE takes twenty times as long.
 */
const EMPTY = [...TABLES]
  .reverse()
  .filter((table) => table !== 'migration')
  .map((table) => `delete from ${table}`)
  .concat("select setval(oid::regclass, 1, false) from pg_class where relkind = 'S'")
  .join(';');

/** The table of the databases that tests have given back. It stands in the server's own database, `postgres`. */
export const EMPTIED = 'create table emptied (name text primary key)';
const TAKE_EMPTIED =
  'delete from emptied where name = (select name from emptied limit 1 for update skip locked) returning name';

async function onServer<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return (await client.query<Row>(statement).finally(() => client.end())).rows;
}
