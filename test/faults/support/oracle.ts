import { sql } from 'kysely';
import { MESSAGE_KINDS, tellsOfChange } from '../../../src/domain/notifications/kinds';
import { openUrl } from '../../support/databases';
import type { Acknowledged } from './bookers';

/** How the database agrees with what the clients were told. */
export interface Verdict {
  readonly acknowledged: number;
  /** How many acknowledged bookings the database holds. */
  readonly found: number;
  /** How many acknowledged bookings the database does not hold. */
  readonly lost: number;
  /** Pairs of live rows of one advisor that overlap, and bookings beyond the first of a client. */
  readonly doubled: number;
  /** Bookings that are not among the acknowledged ones: their answer was lost on the way, or the caller named none. */
  readonly unheard: number;
  /** Bookings for which the outbox has not exactly as many messages as were queued with their changes. */
  readonly untold: number;
  /** What SQLite's own check of the file says: `ok`. It is always `ok` for PostgreSQL, which is not asked. */
  readonly integrity: string;
}

/** Reads the database over a connection of its own, after the program has ended or while it runs. */
export async function verdict(databaseUrl: string, acknowledged: readonly Acknowledged[]): Promise<Verdict> {
  const { db, storage, engine } = await openUrl(databaseUrl, { now: Date.now() });
  try {
    const rows = await db
      .selectFrom('booking')
      .select(['id', 'client_email'])
      .where('status', 'not in', ['held', 'lapsed'])
      .execute();
    const there = new Set(rows.map(({ id }) => id));
    const ids = new Set(acknowledged.map(({ id }) => id));
    const found = [...ids].filter((id) => there.has(id)).length;
    const clients = new Set(rows.map(({ client_email }) => client_email));
    const overlaps = await count(
      db,
      sql`select count(*) as n from booking a join booking b on a.desk_id = b.desk_id and a.advisor_id = b.advisor_id and a.id < b.id
        and a.starts_at < b.blocked_until and b.starts_at < a.blocked_until
        where a.status not in ('cancelled', 'lapsed') and b.status not in ('cancelled', 'lapsed')`,
    );
    const untold = await count(
      db,
      sql`select count(*) as n from booking b where b.status not in ('held', 'lapsed')
        and (select coalesce(sum(e.messages), 0) from booking_event e where e.booking_id = b.id)
         <> (select count(*) from outbox o where o.booking_id = b.id and o.kind in (${sql.join(Object.keys(MESSAGE_KINDS).filter((kind) => tellsOfChange(kind)))}))`,
    );
    return {
      acknowledged: ids.size,
      found,
      lost: ids.size - found,
      doubled: overlaps + (rows.length - clients.size),
      unheard: rows.length - found,
      untold,
      integrity: engine.name === 'sqlite' ? await integrity(db) : 'ok',
    };
  } finally {
    await storage.close();
  }
}

type Db = Awaited<ReturnType<typeof openUrl>>['db'];

async function count(db: Db, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await query.execute(db);
  return Number((rows[0] as { n: number | string }).n);
}

async function integrity(db: Db): Promise<string> {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
  const broken = await sql`pragma foreign_key_check`.execute(db);
  return broken.rows.length > 0 ? 'foreign keys broken' : rows.map((row) => row.integrity_check).join(', ');
}
