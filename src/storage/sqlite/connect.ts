import type BetterSqlite3 from 'better-sqlite3';
import { Sqlite } from '../driver';
import { assertKnownSchema, assertOurs, COLUMNS_THERE } from '../migrations';
import { asUnusable, damaged } from './refusals';

/** How long SQLite itself waits for a lock. The whole process stands still meanwhile, so it is kept short. */
const BUSY_TIMEOUT_MS = 2;

/** Opens the file, checks it, and sets what holds for the connection. @throws UnusableDatabase */
export function connect(file: string): BetterSqlite3.Database {
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

/** Checks the file before any pragma is set, because a change of the journal mode is written into it, and a refused file must stay as it is. */
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
  // Deleted rows are overwritten: free pages would keep purged personal data for years.
  'secure_delete = ON',
  // In kB. The index pages of a large desk lie far apart; reading them again costs more than the query itself.
  'cache_size = -16000',
  // In pages. A late checkpoint writes a page back once that many bookings have changed.
  'wal_autocheckpoint = 4000',
];

function setPragmas(connection: BetterSqlite3.Database): void {
  for (const pragma of PRAGMAS) connection.pragma(pragma);
  const FULL_SYNCHRONOUS = 2;
  if (connection.pragma('synchronous', { simple: true }) !== FULL_SYNCHRONOUS)
    throw new Error('SQLite does not keep synchronous=FULL');
}
