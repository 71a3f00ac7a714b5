import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema';
import type { Migration } from './migration';
import { table } from './table';

/** Stores the own calendars of advisors, and when these are busy by them. That is part of the desk, so a change raises its revision. */
export const busyCalendars: Migration = {
  number: 51,
  name: 'busy-calendars',
  async up(db, engine) {
    await table(db, engine, 'busy_calendar')
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('advisor_id', 'text', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull().unique())
      .addColumn('host', 'text', (c) => c.notNull())
      .addColumn('url_sealed', 'text', (c) => c.notNull())
      .addColumn('tag', 'text')
      .addColumn('modified', 'text')
      .addColumn('events', 'integer', (c) => c.notNull())
      .addColumn('unread', 'integer', (c) => c.notNull())
      .addColumn('read_at', engine.instant, (c) => c.notNull())
      .addColumn('expanded_at', engine.instant, (c) => c.notNull())
      .addColumn('tried_at', engine.instant, (c) => c.notNull())
      .addColumn('problem', 'text')
      .addPrimaryKeyConstraint('busy_calendar_key', ['desk_id', 'advisor_id'] as never)
      .execute();
    await db.schema.createIndex('busy_calendar_due').on('busy_calendar').column('tried_at').execute();
    await table(db, engine, 'busy_time')
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('advisor_id', 'text', (c) => c.notNull())
      .addColumn('starts_at', engine.instant, (c) => c.notNull())
      .addColumn('ends_at', engine.instant, (c) => c.notNull())
      .addPrimaryKeyConstraint('busy_time_key', ['desk_id', 'advisor_id', 'starts_at'] as never)
      .addCheckConstraint('busy_time_lasts', sql`starts_at < ends_at`)
      .execute();
    await db.schema.createIndex('busy_time_by_desk').on('busy_time').columns(['desk_id', 'starts_at']).execute();
    await (engine.name === 'sqlite' ? sqliteTriggers(db) : postgresTriggers(db));
  },
};

/** As the triggers of the other parts of a desk, see `0004-revision`. Rows are added and removed, and never changed. */
const SEEN = {
  insert: { row: 'new', tables: 'new table as added' },
  delete: { row: 'old', tables: 'old table as removed' },
};

async function sqliteTriggers(db: Kysely<Database>): Promise<void> {
  for (const [event, { row }] of Object.entries(SEEN))
    await sql
      .raw(`create trigger busy_time_revised_${event} after ${event} on busy_time begin
        insert into revision (desk_id, number) values (${row}.desk_id, 1) on conflict do update set number = number + 1;
        insert into diary_revision (desk_id, advisor_id, number)
          select ${row}.desk_id, '', number from revision where desk_id = ${row}.desk_id
          on conflict do update set number = excluded.number; end`)
      .execute(db);
}

async function postgresTriggers(db: Kysely<Database>): Promise<void> {
  for (const [event, { tables }] of Object.entries(SEEN))
    await sql
      .raw(`create trigger busy_time_revised_${event} after ${event} on busy_time
        referencing ${tables} for each statement execute function part_of_desk_revised()`)
      .execute(db);
}
