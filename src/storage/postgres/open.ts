import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient, sql } from 'kysely';
import pg from 'pg';
import type { Storage } from '../../app/ports/storage';
import type { Instant } from '../../domain/calendar/interval';
import { DomainError } from '../../domain/errors';
import { type OpenDatabase, type OpenOptions, POSTGRES } from '../engine';
import { memory } from '../memory';
import { assertOurs, COLUMNS_THERE, migrate } from '../migrations';
import { queues } from '../queues';
import { allRevisions, revisions } from '../revisions';
import type { Database } from '../schema';
import { stores } from '../stores';
import { UnusableDatabase } from '../unusable';

/** The oldest PostgreSQL that the PostgreSQL project still mends. */
const OLDEST = 140_000;
const MAX_CONNECTIONS = 10;
/**
 * Of this process's writers at one desk: one works and the next is at its lock. The others wait here, since a rush at one desk must leave
 * connections for those who look, for the other desks, and for whoever asks whether the database answers.
 */
const WRITERS_AT_A_DESK = 2;
/**
 * For a turn at the desk, and for a connection: to the server, or to one of the pool's that is free. Hundreds may want the same slot, and
 * all get an answer.
 */
const CONNECT_MS = 30_000;
/** A statement takes milliseconds; what takes this long has met a fault. */
const STATEMENT_MS = 30_000;
const LOCK_MS = 10_000;
const PING_MS = 2_000;
/** A transaction that met another one's is tried again this often. */
const MAX_TRIES = 6;

/** PostgreSQL has one lock for the writers of a desk, and one above it for whoever writes anywhere. Two numbers of ours. */
const EVERYWHERE = 0x5350_0001;
const DESK = 0x5350_0002;

/**
 * Opens and migrates a PostgreSQL database, 14 or later.
 *
 * `write` is READ COMMITTED under an advisory lock: nobody else writes at the desk, so there is nothing to serialize and nothing is
 * wasted on retries when hundreds want the same slot; the exclusion constraint of the schema stands below it, whoever writes.
 *
 * @param url `postgres://user:password@host:port/database`
 * @throws UnusableDatabase if the server is too old, or the database was made by a newer program
 * @throws DomainError `unavailable` if it cannot be reached
 */
export async function openPostgres(url: string, options: OpenOptions): Promise<Storage> {
  return (await postgresDatabase(url, options)).storage;
}

/** As `openPostgres`, with the query builder: for the commands that look at every table. */
export async function postgresDatabase(url: string, { now, onStatement }: OpenOptions): Promise<OpenDatabase> {
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: refusingPool(url) }),
    ...(onStatement ? { log: (event) => onStatement(event.query.sql) } : {}),
  });
  try {
    await assertUsable(db);
    const inTransaction = transactions(db);
    await inTransaction(async (trx) => {
      await lock(trx, undefined);
      await migrate(trx, POSTGRES, now);
    });
    const known = revisions(db);
    const remembered = memory();
    const atDesk = queues({ most: WRITERS_AT_A_DESK, patienceMs: CONNECT_MS });
    const storage: Storage = {
      ...remembered.over(stores(db, POSTGRES), known),
      revision: known.of,
      revisions: () => allRevisions(db),
      write: (work, at) =>
        atDesk(at?.desk ?? '', () =>
          inTransaction(async (trx) => {
            await lock(trx, at?.desk);
            const own = stores(trx, POSTGRES);
            if (!at) return work(own);
            const within = revisions(trx);
            return work(remembered.over(own, within, { ...at, revision: await within.of(at.desk) }));
          }),
        ),
      atomically: (work) => inTransaction((trx) => work(stores(trx, POSTGRES))),
      zoneOffsets: (zone, instants) => zoneOffsets(db, zone, instants),
      ping: () => within(PING_MS, db.selectFrom('migration').select('number').limit(1).execute()),
      close: () => db.destroy(),
    };
    return { storage, db, engine: POSTGRES };
  } catch (error) {
    await db.destroy();
    throw asUnusable(error);
  }
}

/** So many instants are asked about in one statement. */
const OFFSETS_AT_ONCE = 10_000;

async function zoneOffsets(
  db: Kysely<Database>,
  zone: string,
  instants: readonly Instant[],
): Promise<readonly (number | null)[]> {
  const known = await sql`select 1 from pg_timezone_names where name = ${zone}`.execute(db);
  if (known.rows.length === 0) return instants.map(() => null);
  const found: number[] = [];
  for (let i = 0; i < instants.length; i += OFFSETS_AT_ONCE) {
    const asked = `{${instants.slice(i, i + OFFSETS_AT_ONCE).join(',')}}`;
    const { rows } = await sql<{ minutes: number }>`
      select (extract(epoch from (moment at time zone ${zone}) - (moment at time zone 'UTC')) / 60)::int as minutes
      from unnest(${asked}::bigint[]) with ordinality as asked (at, place), to_timestamp(at / 1000.0) as moment
      order by place`.execute(db);
    found.push(...rows.map(({ minutes }) => Number(minutes)));
  }
  return found;
}

const INSUFFICIENT_PRIVILEGE = '42501';

/** Since PostgreSQL 15 a user who does not own the database may make no tables in it. */
function asUnusable(error: unknown): unknown {
  if (codeOf(error) !== INSUFFICIENT_PRIVILEGE) return error;
  return new UnusableDatabase(
    `The database refuses this user: ${(error as Error).message}. Let the user own the database.`,
  );
}

async function assertUsable(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ version: string; encoding: string; commit: string }>`
    select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding,
      current_setting('synchronous_commit') as commit`.execute(db);
  const { version, encoding, commit } = rows[0] ?? { version: '0', encoding: '', commit: '' };
  if (Number(version) < OLDEST)
    throw new UnusableDatabase('The database server is too old: PostgreSQL 14 or later is expected.');
  if (encoding !== 'UTF8') throw new UnusableDatabase(`The database is encoded in ${encoding}: UTF8 is expected.`);
  const columns = await sql.raw<{ table: string; column: string }>(COLUMNS_THERE.postgres).execute(db);
  assertOurs(columns.rows);
  if (commit === 'off') throw new UnusableDatabase('The database has synchronous_commit off: bookings could be lost.');
}

/**
 * Waits until nobody else writes at the desk, or anywhere. The lock goes with the transaction. Taken by the first statement of the
 * transaction, so that all others see what the writers before have committed.
 */
async function lock(trx: Kysely<Database>, desk: string | undefined): Promise<void> {
  await (desk === undefined
    ? sql`select pg_advisory_xact_lock(${EVERYWHERE}::bigint)`
    : sql`select pg_advisory_xact_lock_shared(${EVERYWHERE}::bigint), pg_advisory_xact_lock(${DESK}::int, hashtext(${desk}))`
  ).execute(trx);
}

/** Runs work in one transaction, again where the database says that only chance was in its way. */
function transactions(db: Kysely<Database>) {
  return async <T>(work: (trx: Kysely<Database>) => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries++) {
      let decided = false;
      try {
        return await db.transaction().execute(async (trx) => {
          const result = await work(trx);
          decided = true;
          return result;
        });
      } catch (error) {
        if (tries < MAX_TRIES && isWorthAnotherTry(error, decided)) continue;
        throw error instanceof DomainError ? error : asRefusal(error);
      }
    }
  };
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const UNIQUE_VIOLATION = '23505';

/**
 * Two transactions met (a unique key that both found free counts: the second one's next try finds it taken), or the connection broke
 * before the work was decided. If it breaks at COMMIT, nobody knows whether it was done, and doing it twice would double it.
 */
function isWorthAnotherTry(error: unknown, decided: boolean): boolean {
  const code = codeOf(error instanceof DomainError ? error.cause : error);
  if ([SERIALIZATION_FAILURE, DEADLOCK, UNIQUE_VIOLATION].includes(code)) return true;
  return !decided && error instanceof DomainError && error.code === 'unavailable' && error.details.broken === true;
}

/** The pool of `pg` in the form that Kysely asks for, with its refusals in the words of the domain. */
function refusingPool(url: string): PostgresPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    keepAlive: true,
    application_name: 'sprechstunde',
    types: { getTypeParser: numbersForBigints },
  });
  // A connection that breaks while nobody uses it is dropped by the pool; without listeners the process would end.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  const connect = async () => {
    try {
      return await pool.connect();
    } catch (error) {
      throw new DomainError('unavailable', { database: codeOf(error) || 'unreachable' }, { cause: error });
    }
  };
  return { connect: async () => refusingClient(await connect(), connect), end: () => pool.end() };
}

const LOOK = /^\s*select\b/i;

/**
 * A connection of the pool. One that broke while nobody used it is noticed by its first statement only: if that is a look and no
 * transaction's, it goes to another connection, until the pool has none left that is older than the break.
 */
function refusingClient(first: pg.PoolClient, another: () => Promise<pg.PoolClient>): PostgresPoolClient {
  let client: pg.PoolClient | undefined = first;
  let broken = false;
  let answered = false;
  const query = async (text: string, values: unknown[]) => {
    for (let tries = 1; ; tries++) {
      try {
        const result = await client?.query(text, values);
        answered = true;
        return result;
      } catch (error) {
        const refusal = asRefusal(error);
        broken ||= refusal instanceof DomainError && refusal.details.broken === true;
        if (!broken || answered || !LOOK.test(text) || tries > MAX_CONNECTIONS) throw refusal;
        client?.release(true);
        client = undefined;
        client = await another();
        broken = false;
      }
    }
  };
  // Only the form with text and values is ever called without a cursor.
  return { query: query as unknown as PostgresPoolClient['query'], release: () => client?.release(broken) };
}

const INT8 = 20;
/** Instants and counts: far below 2^53. */
const numbersForBigints: pg.CustomTypesConfig['getTypeParser'] = (oid, format) =>
  oid === INT8 ? Number : pg.types.getTypeParser(oid, format);

/** Network, shutdown, recovery: this connection is of no more use. */
const BROKEN = /^(08|57P0|25P03|E(CONN|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN|NOTFOUND))/;
/** The server cannot just now: full, out of memory, cancelled, a lock not got in time, a standby after failover, a disk fault. */
const UNABLE = /^(53|57014|55P03|25006|58|XX00[12])/;
/** What PostgreSQL cannot store and no other check has refused: NUL in a text, a number out of range. */
const NO_VALUE = /^22/;
const EXCLUSION_VIOLATION = '23P01';

/** The database's own refusals, in the words of the domain; anything else stays a defect. */
function asRefusal(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const code = codeOf(error);
  if (code === EXCLUSION_VIOLATION) return new DomainError('slot-unavailable');
  const broken = BROKEN.test(code) || (code === '' && isConnectionGone(error));
  if (broken || UNABLE.test(code))
    return new DomainError('unavailable', { database: code || 'connection lost', broken }, { cause: error });
  if (NO_VALUE.test(code)) return new DomainError('invalid', { reason: 'a value that cannot be stored' });
  return error;
}

/** `pg` says this only in words. */
function isConnectionGone(error: unknown): boolean {
  return /connection terminated|connection error|not queryable|timeout exceeded|after calling end/i.test(String(error));
}

function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new DomainError('unavailable')), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
