import { type Kysely, sql } from 'kysely';
import type { Engine } from '../engine';
import type { Database } from '../schema';
import type { Migration } from './migration';
import { table } from './table';

/**
 * Adds tables that several machines share (jobs, limits), that operation needs (import, pause after a restore), and for
 * the statistics that outlive a booking.
 */
export const operation: Migration = {
  number: 2,
  name: 'operation',
  async up(db, engine) {
    await sharedByProcesses(db, engine);
    await ofBookings(db, engine);
    await boundLengths(db, engine);
    await ofTasks(db);
    await ofDesks(db);
    await ofKeys(db);
    await afterBookings(db, engine);
  },
};

async function sharedByProcesses(db: Kysely<Database>, engine: Engine): Promise<void> {
  await table(db, engine, 'job')
    .addColumn('name', 'text', (c) => c.primaryKey().notNull())
    .addColumn('holder', 'text')
    .addColumn('beat', 'integer', (c) => c.notNull())
    .addColumn('runs', 'integer', (c) => c.notNull())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('last_run_at', engine.instant)
    .addColumn('last_success_at', engine.instant)
    .execute();

  await table(db, engine, 'rate_limit')
    .addColumn('key', 'text', (c) => c.primaryKey().notNull())
    .addColumn('hits', 'integer', (c) => c.notNull())
    .addColumn('window_ends', engine.instant, (c) => c.notNull())
    .execute();

  await table(db, engine, 'outbox_pause')
    .addColumn('id', 'integer', (c) => c.primaryKey().notNull().check(sql`id = 1`))
    .addColumn('since', engine.instant, (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .execute();
}

async function ofBookings(db: Kysely<Database>, engine: Engine): Promise<void> {
  const booking = db.schema.alterTable('booking');
  await booking.addColumn('held_from', 'text').execute();
  await booking.addColumn('import_key', 'text').execute();
  await booking.addColumn('client_key', 'text').execute();
  await db.schema.createIndex('booking_import').unique().on('booking').columns(['desk_id', 'import_key']).execute();
  await db.schema.createIndex('booking_by_client').on('booking').columns(['desk_id', 'client_key']).execute();
  await sql`create index booking_held_from on booking (held_from) where status = 'held'`.execute(db);
  await db.schema.createIndex('booking_by_end').on('booking').column('ends_at').execute();
  await sql`create index booking_by_holder on booking (holder) where holder is not null`.execute(db);
  await db.schema.alterTable('booking_event').addColumn('messages', 'integer').execute();
  await db.schema.alterTable('outbox').addColumn('blanked_at', engine.instant).execute();
  await sql`create index outbox_with_words on outbox (desk_id, created_at) where blanked_at is null`.execute(db);
}

/** Allows one open task of a kind for each booking. Where there were several, the oldest stays. */
async function ofTasks(db: Kysely<Database>): Promise<void> {
  await sql`delete from task where done_at is null and exists (select 1 from task as older
    where older.booking_id = task.booking_id and older.kind = task.kind and older.done_at is null
      and (older.created_at < task.created_at or (older.created_at = task.created_at and older.id < task.id)))`.execute(
    db,
  );
  await sql`create unique index one_open_task on task (booking_id, kind) where done_at is null`.execute(db);
  await db.schema.createIndex('task_by_booking').on('task').column('booking_id').execute();
}

/**
 * Limits the time that a booking blocks its advisor to a day. So the guard on SQLite has to look only at bookings that
 * begin in the day before, instead of all that the advisor ever had, which would get slower with the years.
 */
async function boundLengths(db: Kysely<Database>, engine: Engine): Promise<void> {
  if (engine.name === 'postgres') {
    await sql`alter table booking add constraint booking_length check (blocked_until - starts_at <= 86400000)`.execute(
      db,
    );
    return;
  }
  for (const event of ['insert', 'update']) {
    await sql.raw(`drop trigger booking_no_overlap_${event}`).execute(db);
    await sql
      .raw(`create trigger booking_no_overlap_${event} before ${event} on booking when new.status not in ('cancelled', 'lapsed')
        begin select raise(abort, 'slot-unavailable') from booking b
          where b.desk_id = new.desk_id and b.advisor_id = new.advisor_id and b.status not in ('cancelled', 'lapsed')
            and b.starts_at < new.blocked_until and b.starts_at > new.starts_at - 86400000
            and new.starts_at < b.blocked_until and b.id <> new.id; end`)
      .execute(db);
    await sql
      .raw(`create trigger booking_length_${event} before ${event} on booking when new.blocked_until - new.starts_at > 86400000
        begin select raise(abort, 'a booking blocks for more than a day'); end`)
      .execute(db);
  }
}

async function ofDesks(db: Kysely<Database>): Promise<void> {
  await db.schema.alterTable('desk').addColumn('retention_json', 'text').execute();
  await db.schema.alterTable('desk').addColumn('open_bookings_per_client', 'integer').execute();
}

/**
 * Adds the desk to idempotency keys. The desk of existing keys is unknown, so they are all kept as long as one desk's
 * period says.
 */
async function ofKeys(db: Kysely<Database>): Promise<void> {
  await db.schema.alterTable('idempotency_key').addColumn('desk_id', 'text').execute();
  await sql`update idempotency_key set desk_id = (select min(id) from desk)`.execute(db);
}

/**
 * Creates the table of statistics. It has codes and a month, but no id, time or person, so that no row leads back to a
 * booking.
 */
async function afterBookings(db: Kysely<Database>, engine: Engine): Promise<void> {
  await table(db, engine, 'consultation_fact')
    .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
    .addColumn('month', 'text', (c) => c.notNull())
    .addColumn('topic_id', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('mode', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('attendees', 'integer', (c) => c.notNull())
    .addColumn('on_behalf', 'integer', (c) => c.notNull())
    .addColumn('waiting_days', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('consultation_fact_month')
    .on('consultation_fact')
    .columns(['desk_id', 'month'])
    .execute();
}
