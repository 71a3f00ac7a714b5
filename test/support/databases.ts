import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { OpenDatabase, OpenOptions } from '../../src/storage/engine';
import { postgresDatabase } from '../../src/storage/postgres/open';
import { sqliteDatabase } from '../../src/storage/sqlite/open';
import { TABLES } from '../../src/storage/tables';

/** A migrated database on the server of the tests, from which each test's own is copied. */
export const TEMPLATE = 'template_sprechstunde';

export type Kind = 'SQLite' | 'PostgreSQL';

/** An empty database of a test's own. */
export interface TestDatabase {
  /** As in DATABASE_URL. */
  readonly url: string;
  /** Closes nothing: whoever opened a connection closes it first. */
  drop(): Promise<void>;
}

/** The databases that there are here: SQLite, and PostgreSQL if the machine has one. */
export function kinds(): Kind[] {
  return process.env.TEST_POSTGRES_URL ? ['SQLite', 'PostgreSQL'] : ['SQLite'];
}

/** The one on which the program's own suites run: SQLite, but in the project `postgres`, see onPostgres.ts. */
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

/** All that the database holds, table by table: equal before and after means that nothing was changed. */
export async function everythingIn({ db }: Pick<OpenDatabase, 'db'>): Promise<Record<string, unknown[]>> {
  const held: Record<string, unknown[]> = {};
  for (const table of TABLES) held[table] = await db.selectFrom(table).selectAll().execute();
  return held;
}

/** In memory where the machine has such a folder: that a commit is on the disk is tried by the faults, and takes a tenth of these tests. */
const FILES = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Copying takes a tenth of migrating; where no run has made a migrated file, whoever opens the new one migrates it. */
function newFile(template = process.env.TEST_MIGRATED_FILE): TestDatabase {
  const dir = mkdtempSync(join(FILES, 'sprechstunde-db-'));
  const file = join(dir, 'test.db');
  if (template) copyFileSync(template, file);
  return { url: `file:${file}`, drop: async () => rmSync(dir, { recursive: true, force: true }) };
}

/** A database that another test has emptied, or a new one: copying the template takes much longer than emptying. */
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

/** A database on the server that no other test gets: `template0` has no table in it, `TEMPLATE` all of the program's. */
export async function newOnServerFrom(template: string): Promise<TestDatabase> {
  const name = `own_${randomUUID().replaceAll('-', '')}`;
  const url = await copyOf(template, name);
  return { url, drop: async () => void (await onServer(urlOf('postgres'), `drop database ${name} with (force)`)) };
}

/** A database of a test's own with all that is in another one, to which nobody may be connected. */
export async function newCopyOf({ url }: TestDatabase): Promise<TestDatabase> {
  return url.startsWith('file:') ? newFile(url.slice('file:'.length)) : newOnServerFrom(new URL(url).pathname.slice(1));
}

/** By its files, with a checkpoint before and after: through the log, as is usual since PostgreSQL 15, takes several times as long. */
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

/** Row by row: for the few rows of a test, TRUNCATE takes twenty times as long. */
const EMPTY = [...TABLES]
  .reverse()
  .filter((table) => table !== 'migration')
  .map((table) => `delete from ${table}`)
  .concat("select setval(oid::regclass, 1, false) from pg_class where relkind = 'S'")
  .join(';');

/** Databases that tests have given back, in the server's own. */
export const EMPTIED = 'create table emptied (name text primary key)';
const TAKE_EMPTIED =
  'delete from emptied where name = (select name from emptied limit 1 for update skip locked) returning name';

async function onServer<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return (await client.query<Row>(statement).finally(() => client.end())).rows;
}
