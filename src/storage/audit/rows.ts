import { type Kysely, type Selectable, sql } from 'kysely';
import type { AuditedRow } from '../../app/ports/audit';
import type { BookingEventType } from '../../domain/booking/booking';
import type { Mode } from '../../domain/desk';
import { groupBy } from '../../domain/groupBy';
import type { Database } from '../schema';

/**
 * Rows per batch: few enough for the parameters of one statement, enough that the number of statements does not matter.
 */
const ROWS_PER_BATCH = 1_000;

const COLUMNS = [
  'id',
  'desk_id',
  'advisor_id',
  'mode',
  'status',
  'starts_at',
  'ends_at',
  'blocked_until',
  'local_start',
  'time_zone',
  'tzdata',
  'sequence',
  'version',
] as const;
type Row = Pick<Selectable<Database['booking']>, (typeof COLUMNS)[number]>;

/**
 * Yields all rows of the booking table, ordered by desk, advisor, start and id, with their history, messages and flags.
 * It takes four statements per batch.
 */
export async function* auditedRows(db: Kysely<Database>): AsyncGenerator<AuditedRow[]> {
  for (let last: Row | undefined; ; ) {
    const rows: Row[] = await batchAfter(db, last);
    if (rows.length > 0) yield await withTheRest(db, rows);
    if (rows.length < ROWS_PER_BATCH) return;
    last = rows.at(-1);
  }
}

function batchAfter(db: Kysely<Database>, last: Row | undefined): Promise<Row[]> {
  let query = db.selectFrom('booking').select(COLUMNS);
  if (last)
    query = query.where(
      sql<boolean>`(desk_id, advisor_id, starts_at, id) > (${last.desk_id}, ${last.advisor_id}, ${last.starts_at}, ${last.id})`,
    );
  return query
    .orderBy('desk_id')
    .orderBy('advisor_id')
    .orderBy('starts_at')
    .orderBy('id')
    .limit(ROWS_PER_BATCH)
    .execute();
}

async function withTheRest(db: Kysely<Database>, rows: readonly Row[]): Promise<AuditedRow[]> {
  const ids = rows.map(({ id }) => id);
  const events = await db
    .selectFrom('booking_event')
    .select(['booking_id', 'type', 'messages'])
    .where('booking_id', 'in', ids)
    .orderBy('id')
    .execute();
  const messages = await db
    .selectFrom('outbox')
    .select(['booking_id', 'kind', 'sequence'])
    .where('booking_id', 'in', ids)
    .orderBy('id')
    .execute();
  const flags = await db
    .selectFrom('task')
    .select('booking_id')
    .where('kind', '=', 'outside_hours')
    .where('booking_id', 'in', ids)
    .execute();

  const historyOf = groupBy(events, (event) => event.booking_id);
  const messagesOf = groupBy(messages, (message) => message.booking_id);
  const flagged = new Set(flags.map((flag) => flag.booking_id));
  return rows.map((row) => ({
    id: row.id,
    deskId: row.desk_id,
    advisorId: row.advisor_id,
    mode: row.mode as Mode,
    status: row.status as AuditedRow['status'],
    time: { start: row.starts_at, end: row.ends_at },
    blockedUntil: row.blocked_until,
    localStart: row.local_start,
    timeZone: row.time_zone,
    tzdata: row.tzdata,
    sequence: row.sequence,
    version: row.version,
    history: (historyOf.get(row.id) ?? []).map(({ type, messages }) => ({ type: type as BookingEventType, messages })),
    messages: (messagesOf.get(row.id) ?? []).map(({ kind, sequence }) => ({ kind, sequence })),
    flagged: flagged.has(row.id),
  }));
}
