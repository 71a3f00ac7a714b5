import type BetterSqlite3 from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import { memo } from '../../domain/memo';
import { patiently } from '../patience';
import { asRefusal, isBusy } from './refusals';

/** How long a reader waits. It never waits for a writer, only for a process that repairs the file after a crash or has locked it exclusively. */
const READ_PATIENCE_MS = 1_000;

const BEGIN = 'begin immediate';

/** Takes the write lock at BEGIN, because SQLite refuses a transaction that reads first and writes later if another one wrote in between. */
export class ImmediateDialect extends SqliteDialect {
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
      // A reader keeps the connection while it waits here; a writer waits before it takes the connection.
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

/** How many statements are kept prepared; the program has about as many. */
const MAX_PREPARED_STATEMENTS = 300;

/** Preparing a statement costs more than running it, and Kysely prepares anew each time. Only for statements that are read to their end. */
export function preparedOnce(connection: BetterSqlite3.Database): SqliteDatabase {
  const prepared = memo(MAX_PREPARED_STATEMENTS, (text) => connection.prepare(text));
  return { prepare: (text) => prepared(text) as SqliteStatement, close: () => void connection.close() };
}
