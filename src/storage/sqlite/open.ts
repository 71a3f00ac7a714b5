import { Kysely } from 'kysely';
import type { Storage } from '../../app/ports/storage';
import { deskChanges } from '../deskChanges';
import { type OpenDatabase, type OpenOptions, SQLITE } from '../engine';
import { groupCommit, type InTransaction } from '../groupCommit';
import { migrate } from '../migrations';
import { patiently } from '../patience';
import { lastRevisions } from '../revisions';
import type { Database } from '../schema';
import { MAX_HELD_ENGAGEMENTS, snapshots } from '../snapshots';
import { snapshotReads, stores, storesAt } from '../stores';
import { connect } from './connect';
import { ImmediateDialect, preparedOnce } from './dialect';
import { asUnusable, isBusy, refusing } from './refusals';
import { revisionsOf } from './revisions';

/** How long a write, or the start, waits for another program's lock before it fails as `unavailable`. Other requests are served meanwhile. */
const WRITE_PATIENCE_MS = 10_000;

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
    const remembered = snapshots(snapshotReads(db, SQLITE), MAX_HELD_ENGAGEMENTS);
    const together = groupCommit(inTransaction, {
      begin: async () => remembered.branch(),
      committed: (branch) => branch.adopt(),
      run: async (_trx, statement) => refusing(() => prepared.prepare(statement).run([])),
      // SQLite rolls the transaction back by itself when the disk is full or broken.
      isLost: () => !connection.inTransaction,
      isWorthAnotherTry: () => false,
      isHopeless: isBusy,
    });
    const storage: Storage = {
      ...stores(db, SQLITE, (deskId) => remembered.of(deskId, known)),
      snapshots: () => remembered.all(known, () => lastRevisions(db)),
      changes: deskChanges(db),
      // There is one writer at a time in any case.
      write: (work, at) =>
        together((trx, branch) =>
          work(at ? storesAt(at.desk, trx, { engine: SQLITE, branch, within }) : stores(trx, SQLITE)),
        ).finally(ended),
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

/** Runs work in one transaction, as soon as the file can be locked. What it throws is in the words of the domain. */
function transactions(db: Kysely<Database>): InTransaction {
  return (work, since) =>
    patiently(() => db.transaction().execute(work), {
      isWorthWaiting: isBusy,
      patienceMs: WRITE_PATIENCE_MS,
      since,
    });
}
