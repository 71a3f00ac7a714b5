import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema';
import type { Migration } from './migration';
import { table } from './table';

/** Stores the places to which consultations lead on. They are part of the desk, so a change raises its revision. */
export const partners: Migration = {
  number: 36,
  name: 'partners',
  async up(db, engine) {
    await table(db, engine, 'partner')
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('name_json', 'text', (c) => c.notNull())
      .addColumn('description_json', 'text', (c) => c.notNull())
      .addColumn('address', 'text')
      .addColumn('phone', 'text')
      .addColumn('email', 'text')
      .addColumn('website', 'text')
      .addColumn('hours_json', 'text')
      .addColumn('bring_json', 'text')
      .addColumn('booking_url', 'text')
      .addColumn('booking_desk', 'text')
      .addColumn('retired', 'integer', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('origin', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('partner_key', ['desk_id', 'id'] as never)
      .execute();
    await db.schema.alterTable('topic').addColumn('partners_json', 'text').execute();
    await (engine.name === 'sqlite' ? sqliteTriggers(db) : postgresTriggers(db));
  },
};

/** As the triggers of the other parts of a desk, see `0004-revision`. */
const SEEN = {
  insert: { row: 'new', tables: 'new table as added' },
  update: { row: 'new', tables: 'old table as removed new table as added' },
  delete: { row: 'old', tables: 'old table as removed' },
};

async function sqliteTriggers(db: Kysely<Database>): Promise<void> {
  for (const [event, { row }] of Object.entries(SEEN))
    await sql
      .raw(`create trigger partner_revised_${event} after ${event} on partner begin
        insert into revision (desk_id, number) values (${row}.desk_id, 1) on conflict do update set number = number + 1;
        insert into diary_revision (desk_id, advisor_id, number)
          select ${row}.desk_id, '', number from revision where desk_id = ${row}.desk_id
          on conflict do update set number = excluded.number; end`)
      .execute(db);
}

async function postgresTriggers(db: Kysely<Database>): Promise<void> {
  for (const [event, { tables }] of Object.entries(SEEN))
    await sql
      .raw(`create trigger partner_revised_${event} after ${event} on partner
        referencing ${tables} for each statement execute function part_of_desk_revised()`)
      .execute(db);
}
