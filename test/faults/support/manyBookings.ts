import { type Kysely, sql } from 'kysely';
import { type Engine, POSTGRES } from '../../../src/storage/engine';
import type { Database } from '../../../src/storage/schema';

const FIRST_START = Date.parse('2026-01-05T09:00:00Z');
const HALF_HOUR_MS = 30 * 60_000;

/**
 * Fills a database, of the first schema or a later one, with bookings of one advisor of the fault desk, each with its
 * history and its mail. It runs one statement per table, so that the bookings of years take a second.
 */
export async function manyBookings(db: Kysely<Database>, engine: Engine, bookings: number): Promise<void> {
  const run = (statement: string) => sql.raw(statement).execute(db);
  const n = engine === POSTGRES ? `select n from generate_series(1, ${bookings}) n` : numbers(bookings);
  // Most bookings are cancelled, because the guard against overlaps lets those pass without a search. So the database
  // is filled many times faster.
  const status = `case when n % 50 = 0 then 'confirmed' else 'cancelled' end`;
  const at = `${FIRST_START} + n * cast(${HALF_HOUR_MS} as bigint)`;
  const text = (prefix: string) => `'${prefix}' || n`;
  await run(`insert into booking (id, desk_id, advisor_id, status, topic_id, language, mode, tied, starts_at, ends_at, blocked_until, local_start,
      time_zone, tzdata, renewals, reference, uid, organizer, token_hash, source, sequence, version, client_name, client_email, attendees, search_text,
      created_at, changed_at)
    select ${text('b')}, 'fault-desk', 'a1', ${status}, 'residence', 'en', 'phone', 0, ${at}, ${at} + ${HALF_HOUR_MS}, ${at} + ${HALF_HOUR_MS}, '2026-01-05T10:00',
      'Europe/Berlin', '2026a', 0, ${text('R')}, ${text('u')}, 'desk@expat-desk.example', ${text('t')}, 'web', 0, 1, 'Fault Probe',
      ${text('c')} || '@client.example', 1, 'fault probe', 0, 0 from (${n}) numbers`);
  await run(
    `insert into booking_event (booking_id, type, at, by_kind) select ${text('b')}, 'booked', 0, 'client' from (${n}) numbers`,
  );
  await run(`insert into outbox (desk_id, booking_id, sequence, kind, recipient, address, calendar, dedupe_key, message_json, state, attempts, next_at, created_at)
    select 'fault-desk', ${text('b')}, 0, 'booked', 'client', ${text('c')} || '@client.example', 1, ${text('m')}, '{}', 'sent', 1, 0, 0 from (${n}) numbers`);
}

function numbers(count: number): string {
  return `with recursive counting(n) as (select 1 union all select n + 1 from counting where n < ${count}) select n from counting`;
}
