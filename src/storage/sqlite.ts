import type BetterSqlite3 from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';
import type { Storage } from '../app/ports/storage';
import { DomainError } from '../domain/errors';
import { Sqlite } from './driver';
import { migrate } from './migrations';
import type { Database } from './schema';
import { stores } from './stores';

const BUSY_TIMEOUT_MS = 5_000;
/** A write that still finds the file locked after BUSY_TIMEOUT is tried again this often before the caller hears "unavailable". */
const MOST_TRIES = 4;

interface Options {
  readonly now: number;
  /** Told of every statement; benches and tests count with it. */
  readonly onStatement?: ((sql: string) => void) | undefined;
}

/**
 * Opens, checks and migrates a SQLite file.
 *
 * One connection: reads and writes of this process take turns, other processes are kept out by BEGIN IMMEDIATE.
 * `synchronous` is set on every open because a WAL database that is reopened falls back to NORMAL, which may lose
 * the last commits at a power cut.
 *
 * @param file path, or `:memory:`
 * @throws Error if the file is damaged or was made by a newer program
 */
export async function openSqlite(file: string, { now, onStatement }: Options): Promise<Storage> {
  const connection = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    setPragmas(connection);
    const db = new Kysely<Database>({
      dialect: new ImmediateDialect({ database: connection }),
      ...(onStatement ? { log: (event) => onStatement(event.query.sql) } : {}),
    });
    const storage = withWrite(db);
    await storage.inTransaction((trx) => migrate(trx, { name: 'sqlite', instant: 'integer' }, now));
    return {
      ...stores(db),
      write: (work) => storage.inTransaction((trx) => work(stores(trx))),
      ping: async () => void connection.prepare('select 1 from migration').get(),
      close: () => db.destroy(),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

function setPragmas(connection: BetterSqlite3.Database): void {
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'trusted_schema = OFF'])
    connection.pragma(pragma);
  const FULL = 2;
  if (connection.pragma('synchronous', { simple: true }) !== FULL)
    throw new Error('SQLite does not keep synchronous=FULL');
  const check = connection.pragma('quick_check(1)', { simple: true });
  if (check !== 'ok') throw new Error(`The database is damaged (${String(check)}). Restore a backup.`);
}

function withWrite(db: Kysely<Database>) {
  const inTransaction = async <T>(work: (trx: Kysely<Database>) => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries++) {
      try {
        return await db.transaction().execute(work);
      } catch (error) {
        if (isBusy(error) && tries < MOST_TRIES) continue;
        throw asRefusal(error);
      }
    }
  };
  return { inTransaction };
}

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
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY');
}

/** The database's own refusals, in the words of the domain; anything else stays a defect. */
function asRefusal(error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'SQLITE_CONSTRAINT_TRIGGER' && String(error).includes('slot-unavailable'))
    return new DomainError('slot-unavailable');
  if (/^SQLITE_(BUSY|FULL|READONLY|IOERR|CANTOPEN)/.test(code)) return new DomainError('unavailable');
  return error;
}

/** By its code, not by its class: two copies of the package share one native part, which knows the class of the first only. */
function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : '';
}
