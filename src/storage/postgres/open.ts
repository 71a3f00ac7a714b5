import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import type { Storage } from '../../app/ports/storage';
import { DomainError } from '../../domain/errors';
import { memo } from '../../domain/memo';
import { deskChanges } from '../deskChanges';
import { type OpenDatabase, type OpenOptions, POSTGRES } from '../engine';
import { groupCommit, MAX_WRITES_A_COMMIT } from '../groupCommit';
import { assertOurs, COLUMNS_THERE, migrate } from '../migrations';
import { queues } from '../queues';
import { lastRevisions, revisions } from '../revisions';
import type { Database } from '../schema';
import { MAX_HELD_ENGAGEMENTS, snapshots } from '../snapshots';
import { snapshotReads, stores, storesAt } from '../stores';
import { UnusableDatabase } from '../unusable';
import { CONNECT_MS, refusingPool } from './pool';
import { asUnusable, isBroken, isUnavailable } from './refusals';
import { isWorthAnotherTry, lock, transactions } from './transactions';
import { zoneOffsets } from './zoneOffsets';

/** The oldest major version that the PostgreSQL project still supports. */
const OLDEST_SERVER_VERSION = 140_000;
/**
 * Of this process's writers at one desk, a group shares a connection and the next gathers. The others wait here, no longer than a request
 * may.
 */
const WRITERS_AT_A_DESK = 2 * MAX_WRITES_A_COMMIT;
/** The number of desks whose writers are remembered as a group. */
const MAX_GROUPS = 1_000;
/** Stands for the desk of writers who name none; no desk has this id. */
const EVERYWHERE = '';
const PING_MS = 2_000;

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
    const remembered = snapshots(snapshotReads(db, POSTGRES), MAX_HELD_ENGAGEMENTS);
    const atDesk = queues({ most: WRITERS_AT_A_DESK, patienceMs: CONNECT_MS });
    const groups = memo(MAX_GROUPS, (desk: string) =>
      groupCommit(inTransaction, {
        async begin(trx) {
          await lock(trx, desk === EVERYWHERE ? undefined : desk);
          return remembered.branch();
        },
        committed: (branch) => branch.adopt(),
        run: (trx, statement) => trx.executeQuery(CompiledQuery.raw(statement)),
        isLost: isBroken,
        isWorthAnotherTry,
        isHopeless: isUnavailable,
      }),
    );
    const storage: Storage = {
      ...stores(db, POSTGRES, (deskId) => remembered.of(deskId, known)),
      snapshots: () => remembered.all(known, () => lastRevisions(db)),
      changes: deskChanges(db),
      write(work, at) {
        const desk = at?.desk ?? EVERYWHERE;
        return atDesk(desk, () =>
          groups(desk)((trx, branch) =>
            work(
              at ? storesAt(desk, trx, { engine: POSTGRES, branch, within: revisions(trx) }) : stores(trx, POSTGRES),
            ),
          ),
        );
      },
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

async function assertUsable(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ version: string; encoding: string; commit: string }>`
    select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding,
      current_setting('synchronous_commit') as commit`.execute(db);
  const { version, encoding, commit } = rows[0] ?? { version: '0', encoding: '', commit: '' };
  if (Number(version) < OLDEST_SERVER_VERSION)
    throw new UnusableDatabase('The database server is too old: PostgreSQL 14 or later is expected.');
  if (encoding !== 'UTF8') throw new UnusableDatabase(`The database is encoded in ${encoding}: UTF8 is expected.`);
  const columns = await sql.raw<{ table: string; column: string }>(COLUMNS_THERE.postgres).execute(db);
  assertOurs(columns.rows);
  if (commit === 'off') throw new UnusableDatabase('The database has synchronous_commit off: bookings could be lost.');
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new DomainError('unavailable')), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
