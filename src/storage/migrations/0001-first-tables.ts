import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { Engine } from '../engine';
import type { Database } from '../schema';
import type { Migration } from './migration';
import { table } from './table';

/** Creates all tables of the first version, and the guard against overlap, which differs between the databases. */
export const firstTables: Migration = {
  number: 1,
  name: 'first tables',
  async up(db, engine) {
    await deskTables(db, engine);
    await bookingTables(db, engine);
    await staffTables(db, engine);
    await guardAgainstOverlap(db, engine);
  },
};

/** A column that numbers its rows in ascending order. */
const rising = (engine: Engine) => (engine.name === 'sqlite' ? sql`integer` : sql`bigint generated always as identity`);

async function deskTables(db: Kysely<Database>, engine: Engine): Promise<void> {
  await table(db, engine, 'desk')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('name_json', 'text', (c) => c.notNull())
    .addColumn('headline_json', 'text', (c) => c.notNull())
    .addColumn('about_json', 'text', (c) => c.notNull())
    .addColumn('time_zone', 'text', (c) => c.notNull())
    .addColumn('holidays', 'text')
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('phone', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('grid_minutes', 'integer', (c) => c.notNull())
    .addColumn('lead_time_minutes', 'integer', (c) => c.notNull())
    .addColumn('horizon_days', 'integer', (c) => c.notNull())
    .execute();

  await table(db, engine, 'opening_rule')
    .addColumn('id', rising(engine), (c) => c.primaryKey())
    .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
    .addColumn('rrule', 'text', (c) => c.notNull())
    .addColumn('opens', 'text', (c) => c.notNull())
    .addColumn('closes', 'text', (c) => c.notNull())
    .addColumn('valid_from', 'text')
    .addColumn('valid_until', 'text')
    .execute();

  await table(db, engine, 'hours_exception')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
    .addColumn('from_date', 'text', (c) => c.notNull())
    .addColumn('to_date', 'text', (c) => c.notNull())
    .addColumn('closed', 'integer', (c) => c.notNull())
    .addColumn('windows_json', 'text', (c) => c.notNull())
    .addColumn('reason_json', 'text', (c) => c.notNull())
    .addCheckConstraint('hours_exception_span', sql`to_date > from_date`)
    .execute();

  await table(db, engine, 'topic')
    .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('name_json', 'text', (c) => c.notNull())
    .addColumn('description_json', 'text', (c) => c.notNull())
    .addColumn('neutral_name_json', 'text')
    .addColumn('duration_minutes', 'integer', (c) => c.notNull().check(sql`duration_minutes > 0`))
    .addColumn('buffer_minutes', 'integer', (c) => c.notNull().check(sql`buffer_minutes >= 0`))
    .addColumn('modes_json', 'text', (c) => c.notNull())
    .addColumn('bring_json', 'text')
    .addColumn('lead_time_minutes', 'integer')
    .addColumn('horizon_days', 'integer')
    .addPrimaryKeyConstraint('topic_key', ['desk_id', 'id'] as never)
    .execute();

  await table(db, engine, 'advisor')
    .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('advisor_key', ['desk_id', 'id'] as never)
    .execute();

  await ofAdvisor(table(db, engine, 'advisor_language'), 'advisor_language')
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('advisor_language_key', ['desk_id', 'advisor_id', 'language'] as never)
    .execute();

  await ofAdvisor(table(db, engine, 'advisor_topic'), 'advisor_topic')
    .addColumn('topic_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('advisor_topic_key', ['desk_id', 'advisor_id', 'topic_id'] as never)
    .addForeignKeyConstraint('advisor_topic_topic', ['desk_id', 'topic_id'] as never, 'topic', ['desk_id', 'id'])
    .execute();

  await ofAdvisor(
    table(db, engine, 'working_rule').addColumn('id', rising(engine), (c) => c.primaryKey()),
    'working_rule',
  )
    .addColumn('rrule', 'text', (c) => c.notNull())
    .addColumn('starts', 'text', (c) => c.notNull())
    .addColumn('ends', 'text', (c) => c.notNull())
    .addColumn('valid_from', 'text')
    .addColumn('valid_until', 'text')
    .execute();

  await ofAdvisor(
    table(db, engine, 'absence').addColumn('id', 'text', (c) => c.primaryKey().notNull()),
    'absence',
  )
    .addColumn('starts_at', engine.instant, (c) => c.notNull())
    .addColumn('ends_at', engine.instant, (c) => c.notNull())
    .addColumn('reason', 'text')
    .addCheckConstraint('absence_span', sql`ends_at > starts_at`)
    .execute();
  await db.schema.createIndex('absence_time').on('absence').columns(['desk_id', 'ends_at']).execute();
}

function ofAdvisor(builder: CreateTableBuilder<string, never>, name: string): CreateTableBuilder<string, never> {
  return builder
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('advisor_id', 'text', (c) => c.notNull())
    .addForeignKeyConstraint(`${name}_advisor`, ['desk_id', 'advisor_id'] as never, 'advisor', [
      'desk_id',
      'id',
    ]) as CreateTableBuilder<string, never>;
}

async function bookingTables(db: Kysely<Database>, engine: Engine): Promise<void> {
  await ofAdvisor(
    table(db, engine, 'booking').addColumn('id', 'text', (c) => c.primaryKey().notNull()),
    'booking',
  )
    .addColumn('status', 'text', (c) =>
      c
        .notNull()
        .check(sql`status in ('held','lapsed','requested','confirmed','checked_in','completed','no_show','cancelled')`),
    )
    .addColumn('topic_id', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('mode', 'text', (c) => c.notNull().check(sql`mode in ('in_person','phone','video')`))
    .addColumn('tied', 'integer', (c) => c.notNull())
    .addColumn('starts_at', engine.instant, (c) => c.notNull())
    .addColumn('ends_at', engine.instant, (c) => c.notNull())
    .addColumn('blocked_until', engine.instant, (c) => c.notNull())
    .addColumn('local_start', 'text', (c) => c.notNull())
    .addColumn('time_zone', 'text', (c) => c.notNull())
    .addColumn('tzdata', 'text', (c) => c.notNull())
    .addColumn('held_until', engine.instant)
    .addColumn('renewals', 'integer', (c) => c.notNull())
    .addColumn('holder', 'text')
    .addColumn('draft_json', 'text')
    .addColumn('reference', 'text')
    .addColumn('uid', 'text', (c) => c.unique())
    .addColumn('organizer', 'text')
    .addColumn('token_hash', 'text', (c) => c.unique())
    .addColumn('source', 'text')
    .addColumn('sequence', 'integer', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('client_name', 'text')
    .addColumn('client_email', 'text')
    .addColumn('client_phone', 'text')
    .addColumn('client_language', 'text')
    .addColumn('attendees', 'integer', (c) => c.notNull())
    .addColumn('on_behalf_json', 'text')
    .addColumn('note', 'text')
    .addColumn('answers_json', 'text')
    .addColumn('search_text', 'text')
    .addColumn('created_at', engine.instant, (c) => c.notNull())
    .addColumn('changed_at', engine.instant, (c) => c.notNull())
    .addForeignKeyConstraint('booking_topic', ['desk_id', 'topic_id'] as never, 'topic', ['desk_id', 'id'])
    .addCheckConstraint('booking_span', sql`ends_at > starts_at and blocked_until >= ends_at`)
    .addCheckConstraint('booking_hold', sql`status <> 'held' or held_until is not null`)
    .addCheckConstraint(
      'booking_complete',
      sql`status in ('held','lapsed') or (reference is not null and uid is not null and organizer is not null and token_hash is not null and client_name is not null and source is not null)`,
    )
    .execute();
  await db.schema
    .createIndex('booking_by_advisor')
    .on('booking')
    .columns(['desk_id', 'advisor_id', 'starts_at'])
    .execute();
  await db.schema.createIndex('booking_by_time').on('booking').columns(['desk_id', 'starts_at']).execute();
  await db.schema.createIndex('booking_reference').unique().on('booking').columns(['desk_id', 'reference']).execute();
  await sql`create unique index one_hold_per_browser on booking (holder) where status in ('held', 'lapsed')`.execute(
    db,
  );
  await sql`create index booking_held on booking (held_until) where status in ('held', 'lapsed')`.execute(db);

  await table(db, engine, 'booking_event')
    .addColumn('id', rising(engine), (c) => c.primaryKey())
    .addColumn('booking_id', 'text', (c) => c.notNull().references('booking.id'))
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('at', engine.instant, (c) => c.notNull())
    .addColumn('by_kind', 'text', (c) => c.notNull())
    .addColumn('by_name', 'text')
    .addColumn('reason', 'text')
    .addColumn('from_json', 'text')
    .execute();
  await db.schema.createIndex('booking_event_by_booking').on('booking_event').columns(['booking_id', 'id']).execute();

  await table(db, engine, 'outbox')
    .addColumn('id', rising(engine), (c) => c.primaryKey())
    .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
    .addColumn('booking_id', 'text', (c) => c.notNull().references('booking.id'))
    .addColumn('sequence', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('calendar', 'integer', (c) => c.notNull())
    .addColumn('dedupe_key', 'text', (c) => c.notNull().unique())
    .addColumn('message_json', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('waiting','sent','withdrawn','failed')`))
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('next_at', engine.instant, (c) => c.notNull())
    .addColumn('lease_until', engine.instant)
    .addColumn('last_code', 'integer')
    .addColumn('created_at', engine.instant, (c) => c.notNull())
    .addColumn('sent_at', engine.instant)
    .execute();
  await sql`create index outbox_waiting on outbox (next_at) where state = 'waiting'`.execute(db);
  await db.schema.createIndex('outbox_by_booking').on('outbox').columns(['booking_id', 'address', 'id']).execute();

  await table(db, engine, 'task')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
    .addColumn('booking_id', 'text', (c) => c.notNull().references('booking.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('created_at', engine.instant, (c) => c.notNull())
    .addColumn('done_at', engine.instant)
    .addColumn('done_by', 'text')
    .execute();

  await table(db, engine, 'idempotency_key')
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('result_json', 'text', (c) => c.notNull())
    .addColumn('created_at', engine.instant, (c) => c.notNull())
    .addPrimaryKeyConstraint('idempotency_key_key', ['scope', 'key'] as never)
    .execute();
}

async function staffTables(db: Kysely<Database>, engine: Engine): Promise<void> {
  await table(db, engine, 'staff_user')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('email', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull().check(sql`role in ('advisor','receptionist','manager','admin')`))
    .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
    .addColumn('advisor_id', 'text')
    .addColumn('password_hash', 'text', (c) => c.notNull())
    .addForeignKeyConstraint('staff_user_advisor', ['desk_id', 'advisor_id'] as never, 'advisor', ['desk_id', 'id'])
    .execute();

  await table(db, engine, 'session')
    .addColumn('id_hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('user_id', 'text', (c) => c.notNull().references('staff_user.id'))
    .addColumn('csrf', 'text', (c) => c.notNull())
    .addColumn('search', 'text')
    .addColumn('created_at', engine.instant, (c) => c.notNull())
    .addColumn('seen_at', engine.instant, (c) => c.notNull())
    .execute();

  await table(db, engine, 'api_token')
    .addColumn('hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull().check(sql`role in ('advisor','receptionist','manager','admin')`))
    .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
    .addColumn('advisor_id', 'text')
    .addColumn('created_at', engine.instant, (c) => c.notNull())
    .execute();
}

/**
 * Makes the database refuse two overlapping rows of one advisor, whichever program writes them. A cancelled booking and
 * a lapsed hold block nothing. A hold blocks until its status is `lapsed`; every writer sets that first in its own
 * transaction, because a constraint cannot depend on the clock.
 */
async function guardAgainstOverlap(db: Kysely<Database>, engine: Engine): Promise<void> {
  if (engine.name === 'postgres') {
    await sql`create extension if not exists btree_gist`.execute(db);
    await sql`alter table booking add constraint booking_no_overlap exclude using gist
      (desk_id with =, advisor_id with =, int8range(starts_at, blocked_until) with &&) where (status not in ('cancelled', 'lapsed'))`.execute(
      db,
    );
    return;
  }
  for (const event of ['insert', 'update'])
    await sql
      .raw(`create trigger booking_no_overlap_${event} before ${event} on booking when new.status not in ('cancelled', 'lapsed')
        begin select raise(abort, 'slot-unavailable') from booking b
          where b.desk_id = new.desk_id and b.advisor_id = new.advisor_id and b.status not in ('cancelled', 'lapsed')
            and b.starts_at < new.blocked_until and new.starts_at < b.blocked_until and b.id <> new.id; end`)
      .execute(db);
}
