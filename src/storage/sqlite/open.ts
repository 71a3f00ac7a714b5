import type BetterSqlite3 from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  type QueryResult,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import type { Storage } from '../../app/ports/storage';
import { DomainError } from '../../domain/errors';
import { memo } from '../../domain/memo';
import { Sqlite } from '../driver';
import { type OpenDatabase, type OpenOptions, SQLITE } from '../engine';
import { groupCommit, type InTransaction } from '../groupCommit';
import { memory } from '../memory';
import { assertKnownSchema, assertOurs, COLUMNS_THERE, migrate } from '../migrations';
import { patiently } from '../patience';
import { allRevisions, type Revisions, revisions } from '../revisions';
import type { Database } from '../schema';
import { stores } from '../stores';
import { UnusableDatabase } from '../unusable';

/** So long SQLite itself waits for a lock. It holds up the whole process meanwhile, so this is for what is over at once. */
const BUSY_TIMEOUT_MS = 2;
/** So long a write, or the start, waits for another program's lock before the caller hears "unavailable". Others are served meanwhile. */
const WRITE_PATIENCE_MS = 10_000;
/** Readers wait for no writer, only for a process that repairs the file after a crash or keeps it to itself. */
const READ_PATIENCE_MS = 1_000;

/**
 * Opens, checks and migrates a SQLite file.
 *
 * One connection: reads and writes of this process take turns, other processes are kept out by BEGIN IMMEDIATE.
 * `synchronous` is set on every open because a WAL database that is reopened falls back to NORMAL, which may lose
 * the last commits at a power cut.
 *
 * @param file path, or `:memory:`
 * @throws UnusableDatabase if the file is damaged or was made by a newer program
 */
export async function openSqlite(file: string, options: OpenOptions): Promise<Storage> {
  return (await sqliteDatabase(file, options)).storage;
}

/** As `openSqlite`, with the query builder: for the commands that look at every table. */
export async function sqliteDatabase(file: string, { now, onStatement }: OpenOptions): Promise<OpenDatabase> {
  const connection = await patiently(() => connect(file), { isWorthWaiting: isBusy, patienceMs: WRITE_PATIENCE_MS });
  try {
    const prepared = preparedOnce(connection);
    const db = new Kysely<Database>({
      dialect: new ImmediateDialect({ database: prepared }),
      ...(onStatement ? { log: (event) => onStatement(event.query.sql) } : {}),
    });
    const inTransaction = transactions(db);
    await inTransaction((trx) => migrate(trx, SQLITE, now));
    const { known, within, ended } = revisionsOf(connection, db);
    const remembered = memory();
    const together = groupCommit(inTransaction, {
      isOpen: () => connection.inTransaction,
      isHopeless: isBusy,
      run: (statement) => refusing(() => prepared.prepare(statement).run([])),
      undone: remembered.forget,
    });
    const storage: Storage = {
      ...remembered.over(stores(db, SQLITE), known),
      revision: known.of,
      revisions: () => allRevisions(db),
      // There is one writer at a time in any case.
      write: (work, at) =>
        together(async (trx) => {
          const own = stores(trx, SQLITE);
          return work(at ? remembered.over(own, within, { ...at, revision: await within.of(at.desk) }) : own);
        }).finally(ended),
      atomically: (work) => together((trx) => work(stores(trx, SQLITE))).finally(ended),
      zoneOffsets: async () => null,
      ping: async () => void connection.prepare('select 1 from migration').get(),
      close: () => db.destroy(),
    };
    return { storage, db, engine: SQLITE };
  } catch (error) {
    connection.close();
    throw asUnusable(error);
  }
}

/**
 * Revisions without a query where nothing was committed: `data_version` tells of commits by other connections
 * (https://sqlite.org/pragma.html#pragma_data_version), and this one's end with `ended`.
 *
 * @returns `known` as of the last commit, `within` for the transaction that is open, its own changes included
 */
function revisionsOf(connection: BetterSqlite3.Database, db: Kysely<Database>) {
  const others = connection.prepare<[], number>('pragma data_version').pluck();
  const number = connection.prepare<[string], number>('select number from revision where desk_id = ?').pluck();
  const changed = connection
    .prepare<[string, number], string>('select advisor_id from diary_revision where desk_id = ? and number > ?')
    .pluck();
  const numbers = new Map<string, number>();
  let own = 0;
  let token = '';

  // Of a transaction that is open, its changes may be among them: whoever forgets more than it must does no harm.
  const since: Revisions['since'] = async (deskId, revision) => refusing(() => changed.all(deskId, revision));
  const within: Revisions = { since, of: async (deskId) => refusing(() => number.get(deskId) ?? 0) };
  const known: Revisions = {
    since,
    async of(deskId) {
      const now = refusing(() => `${others.get()} ${own}`);
      if (now !== token) numbers.clear();
      token = now;
      const before = numbers.get(deskId);
      if (before !== undefined) return before;
      // Whatever a transaction has done so far is not committed: its end is waited for.
      if (connection.inTransaction) return revisions(db).of(deskId);
      const fresh = refusing(() => number.get(deskId) ?? 0);
      numbers.set(deskId, fresh);
      return fresh;
    },
  };
  const ended = () => {
    own++;
  };
  return { known, within, ended };
}

function connect(file: string): BetterSqlite3.Database {
  let connection: BetterSqlite3.Database | undefined;
  try {
    connection = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
    assertUsable(connection);
    setPragmas(connection);
    return connection;
  } catch (error) {
    connection?.close();
    throw asUnusable(error);
  }
}

/** Before anything is set: whoever refuses a file leaves it as it is, and a change of the journal is written into it. */
function assertUsable(connection: BetterSqlite3.Database): void {
  const check = connection.pragma('quick_check(1)', { simple: true });
  if (check !== 'ok') throw damaged(String(check));
  const columns = connection.prepare<[], { table: string; column: string }>(COLUMNS_THERE.sqlite).all();
  assertOurs(columns);
  if (!columns.some(({ table }) => table === 'migration')) return;
  assertKnownSchema(connection.prepare<[], number>('select max(number) from migration').pluck().get() ?? 0);
}

const PRAGMAS = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'trusted_schema = OFF',
  // What is purged is overwritten, not only forgotten: free pages would keep it for years.
  'secure_delete = ON',
  // In kB: the indexes of a large desk's bookings lie far apart, and reading them anew costs more than what is done with them.
  'cache_size = -16000',
  // In pages: pages that many bookings share are written back once for all of them.
  'wal_autocheckpoint = 4000',
];

function setPragmas(connection: BetterSqlite3.Database): void {
  for (const pragma of PRAGMAS) connection.pragma(pragma);
  const FULL = 2;
  if (connection.pragma('synchronous', { simple: true }) !== FULL)
    throw new Error('SQLite does not keep synchronous=FULL');
}

function damaged(why: string): UnusableDatabase {
  return new UnusableDatabase(`The database is damaged (${why.replaceAll('\n', ' ')}). Restore a backup.`);
}

function asUnusable(error: unknown): unknown {
  return codeOf(error).startsWith('SQLITE_CORRUPT') ? damaged((error as Error).message) : error;
}

/** So many of the program's statements are kept prepared; it has about as many. */
const MAX_PREPARED_STATEMENTS = 300;

/** Preparing a statement costs more than running it, and Kysely prepares anew each time. Only for statements that are read to their end. */
function preparedOnce(connection: BetterSqlite3.Database): SqliteDatabase {
  const prepared = memo(MAX_PREPARED_STATEMENTS, (text) => connection.prepare(text));
  return { prepare: (text) => prepared(text) as SqliteStatement, close: () => void connection.close() };
}

/** Runs work in one transaction, as soon as the file can be locked. What it throws is in the words of the domain. */
function transactions(db: Kysely<Database>): InTransaction {
  return (work, since) =>
    patiently(() => db.transaction().execute(work), {
      isWorthWaiting: isBusy,
      patienceMs: WRITE_PATIENCE_MS,
      since,
    });
}

const BEGIN = 'begin immediate';

/** The write lock is taken at BEGIN: a transaction that reads first and writes later would be refused halfway, at once. */
class ImmediateDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#config);
  }
}

class ImmediateDriver extends SqliteDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    return new RefusingConnection(await super.acquireConnection());
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(BEGIN));
  }

  /** SQLite has rolled back by itself when the disk is full or broken; the reason for that must not be hidden by a second error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback')).catch((error: unknown) => {
      if (!String(error).includes('no transaction is active')) throw error;
    });
  }
}

/** Tells the database's refusals in the words of the domain, for reads and writes alike. */
class RefusingConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection;

  constructor(inner: DatabaseConnection) {
    this.#inner = inner;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const run = () => this.#inner.executeQuery<R>(query);
      // Whoever waits here keeps the connection: a writer waits without it.
      return await (query.sql === BEGIN
        ? run()
        : patiently(run, { isWorthWaiting: isBusy, patienceMs: READ_PATIENCE_MS }));
    } catch (error) {
      throw asRefusal(error);
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#inner.streamQuery(query, chunkSize);
  }
}

function isBusy(error: unknown): boolean {
  return codeOf(error instanceof DomainError ? error.cause : error).startsWith('SQLITE_BUSY');
}

function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asRefusal(error);
  }
}

/** Anything but the database's own refusals stays a defect. */
function asRefusal(error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'SQLITE_CONSTRAINT_TRIGGER' && String(error).includes('slot-unavailable'))
    return new DomainError('slot-unavailable');
  if (/^SQLITE_(BUSY|FULL|READONLY|IOERR|CANTOPEN|PROTOCOL)/.test(code))
    return new DomainError('unavailable', { database: code }, { cause: error });
  return error;
}

/** By its code, not by its class: two copies of the package share one native part, which knows the class of the first only. */
function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : '';
}
