import type BetterSqlite3 from 'better-sqlite3';
import { type Kysely, sql } from 'kysely';
import { isRefusal } from '../../domain/errors';
import { Sqlite } from '../driver';
import type { OpenDatabase } from '../engine';
import { assertMayBeFile } from '../place';
import type { Database } from '../schema';
import { TABLES } from '../tables';
import { OperationRefused } from './refused';
import { type Digest, type TableRow, tableDigest } from './tableDigest';

type Table = (typeof TABLES)[number];

/**
 * Rows per insert: few enough for a statement of a few megabytes, enough that round trips to the server do not matter.
 */
const ROWS_PER_BATCH = 500;

/** The number of a table's rows, equal in both databases after the move. */
export interface MovedTable {
  readonly table: Table;
  readonly source: number;
  readonly target: number;
}

/** Called after each batch of a table. */
export type Progress = (table: string, done: number, all: number) => void;

/**
 * Copies a SQLite database of this program's schema into an empty PostgreSQL database, in one transaction there. From
 * the first read to the commit the file is locked against all other processes, readers included, because anything that
 * a server wrote meanwhile would be lost. Before the commit every table is read from both databases, and counts and
 * contents are compared.
 *
 * The target has run its own migrations and keeps the times at which they ran.
 *
 * @param file a database that no process has open
 * @throws OperationRefused if a process has the file open, the target holds a row, or the copies differ; the target is
 *   then unchanged
 */
export async function moveDatabase(file: string, target: OpenDatabase, progress: Progress): Promise<MovedTable[]> {
  const source = lockedSource(file);
  try {
    return await target.db.transaction().execute(async (trx) => {
      await lockAll(trx);
      await assertEmpty(trx);
      const moved: MovedTable[] = [];
      for (const table of TABLES) moved.push(await moveTable(table, source, trx, progress));
      await raiseIdentities(trx);
      return moved;
    });
  } catch (error) {
    if (!isRefusal(error, 'unavailable')) throw error;
    const { message = 'no answer' } = (error.cause ?? {}) as Partial<Error>;
    throw new OperationRefused(`The target cannot be written to (${message}). Nothing was moved.`);
  } finally {
    source.close();
  }
}

/** @throws OperationRefused if a process has the file open */
export function assertNotInUse(file: string): void {
  assertMayBeFile(file);
  lockedSource(file).close();
}

/**
 * Opens the file in exclusive locking mode (sqlite.org/pragma.html, locking_mode). SQLite then admits no other process,
 * and fails if one has the file open, even a server that is only suspended.
 */
function lockedSource(file: string): BetterSqlite3.Database {
  const source = new Sqlite(file, { fileMustExist: true, timeout: 0 });
  try {
    source.pragma('locking_mode = EXCLUSIVE');
    source.exec('begin immediate');
    return source;
  } catch (error) {
    source.close();
    if (!(error as NodeJS.ErrnoException).code?.startsWith('SQLITE_BUSY')) throw error;
    throw new OperationRefused(`${file} is in use: stop the server and every other program that has it open.`);
  }
}

async function lockAll(trx: Kysely<Database>): Promise<void> {
  await sql`lock table ${sql.join(TABLES.map((table) => sql.table(table)))} in exclusive mode`.execute(trx);
}

async function assertEmpty(trx: Kysely<Database>): Promise<void> {
  for (const table of TABLES.filter((name) => name !== 'migration'))
    if ((await countIn(table, trx)) > 0)
      throw new OperationRefused(`The target is not empty: ${table} has rows. Nothing was moved.`);
}

async function countIn(table: Table, db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(db);
  return rows[0]?.count ?? 0;
}

async function moveTable(
  table: Table,
  source: BetterSqlite3.Database,
  trx: Kysely<Database>,
  progress: Progress,
): Promise<MovedTable> {
  const columns = await columnsOf(table, source, trx);
  // The time at which a migration ran differs between the databases and is not compared.
  const compared = table === 'migration' ? ['number', 'name'] : columns;
  const read = tableDigest(compared);
  const all = source.prepare<[], number>(`select count(*) from "${table}"`).pluck().get() ?? 0;
  let batch: TableRow[] = [];
  const flush = async () => {
    if (table !== 'migration') await insert(table, columns, batch, trx);
    batch = [];
    progress(table, read.digest().rows, all);
  };
  for (const row of source.prepare<[], TableRow>(`select * from "${table}"`).iterate()) {
    read.add(row);
    if (batch.push(row) >= ROWS_PER_BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  const written = await digestIn(table, compared, trx);
  assertEqual(table, read.digest(), written);
  return { table, source: all, target: written.rows };
}

/**
 * Returns the columns of a table.
 *
 * @throws OperationRefused if the databases do not have the same, because a migration is missing or a column was added
 *   by hand
 */
async function columnsOf(table: Table, source: BetterSqlite3.Database, trx: Kysely<Database>): Promise<string[]> {
  const here = (source.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => name);
  const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
    where table_schema = current_schema() and table_name = ${table}`.execute(trx);
  const there = new Set(rows.map(({ name }) => name));
  const other = [...here.filter((name) => !there.has(name)), ...[...there].filter((name) => !here.includes(name))];
  if (other.length > 0)
    throw new OperationRefused(`${table}: only one side has ${other.join(', ')}. Nothing was moved.`);
  return here;
}

/**
 * Inserts rows as one JSON parameter, because PostgreSQL takes at most 65,535 parameters. Columns that number
 * themselves get the numbers of the source.
 */
async function insert(
  table: Table,
  columns: readonly string[],
  rows: readonly TableRow[],
  trx: Kysely<Database>,
): Promise<void> {
  const names = sql.join(columns.map((column) => sql.ref(column)));
  await sql`insert into ${sql.table(table)} (${names}) overriding system value
    select ${names} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json)`
    .execute(trx)
    .catch((error: unknown) => {
      throw asRefused(table, error);
    });
}

/**
 * Turns SQLSTATE classes 23 (integrity constraint) and 22 (value out of range) into a refusal. Their messages name the
 * constraint but no row, so they contain no personal data.
 */
function asRefused(table: Table, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (isRefusal(error, 'invalid'))
    return new OperationRefused(
      `${table}: a row holds what PostgreSQL cannot store (a NUL in a text, or a number out of range). Nothing was moved.`,
    );
  if (isRefusal(error, 'slot-unavailable'))
    return new OperationRefused(`${table}: two rows of one advisor overlap. Nothing was moved.`);
  if (code?.startsWith('23')) return new OperationRefused(`${table}: ${message}. Nothing was moved.`);
  return error;
}

async function digestIn(table: Table, columns: readonly string[], trx: Kysely<Database>): Promise<Digest> {
  const written = tableDigest(columns);
  await sql`declare moved no scroll cursor for select * from ${sql.table(table)}`.execute(trx);
  for (;;) {
    const { rows } = await sql<TableRow>`fetch ${sql.lit(ROWS_PER_BATCH)} from moved`.execute(trx);
    for (const row of rows) written.add(row);
    if (rows.length < ROWS_PER_BATCH) break;
  }
  await sql`close moved`.execute(trx);
  return written.digest();
}

function assertEqual(table: Table, source: Digest, target: Digest): void {
  if (source.rows !== target.rows)
    throw new OperationRefused(`${table}: ${source.rows} rows here, ${target.rows} there. Nothing was moved.`);
  if (source.sum !== target.sum)
    throw new OperationRefused(`${table}: the rows there are not those that were read here. Nothing was moved.`);
}

/** Sets the sequences of tables that number their rows, so that the next row gets a number above all moved ones. */
async function raiseIdentities(trx: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = current_schema() and is_identity = 'YES'`.execute(trx);
  for (const { table, column } of rows) {
    const highest = sql`select coalesce(max(${sql.ref(column)}), 0) as highest from ${sql.table(table)}`;
    const { rows: found } = await (highest as ReturnType<typeof sql<{ highest: number }>>).execute(trx);
    // Unlike setval, this is rolled back with the transaction.
    await sql`alter table ${sql.table(table)} alter column ${sql.ref(column)} restart with ${sql.lit((found[0]?.highest ?? 0) + 1)}`.execute(
      trx,
    );
  }
}
