import type BetterSqlite3 from 'better-sqlite3';
import { Sqlite } from '../driver';
import { assertKnownSchema, assertOurs, COLUMNS_THERE } from '../migrations';
import { asUnusable, damaged } from './refusals';

/** So long SQLite itself waits for a lock. It holds up the whole process meanwhile, so this is for what is over at once. */
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
