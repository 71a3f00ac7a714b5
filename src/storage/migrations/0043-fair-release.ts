import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema';
import type { Migration } from './migration';
import { table } from './table';

/** Adds how a desk shows the public what was given back, and what it holds back. It is part of the desk, so a change raises its revision. */
export const fairRelease: Migration = {
  number: 43,
  name: 'fair-release',
  async up(db, engine) {
    await db.schema.alterTable('desk').addColumn('fair_release_json', 'text').execute();
    await table(db, engine, 'freed_place')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('advisor_id', 'text', (c) => c.notNull())
      .addColumn('starts_at', engine.instant, (c) => c.notNull())
      .addColumn('ends_at', engine.instant, (c) => c.notNull())
      .addColumn('blocked_until', engine.instant, (c) => c.notNull())
      .addColumn('topic_id', 'text', (c) => c.notNull())
      .addColumn('language', 'text', (c) => c.notNull())
      .addColumn('mode', 'text', (c) => c.notNull())
      .addColumn('freed_at', engine.instant, (c) => c.notNull())
      .addColumn('shown_at', engine.instant)
      .execute();
    await (engine.name === 'sqlite' ? sqliteTriggers(db) : postgresTriggers(db));
  },
};

const EVENTS = [
  ['insert', 'new'],
  ['update', 'new'],
  ['delete', 'old'],
] as const;

/** As the triggers of the other parts of a desk, see `0004-revision`. */
async function sqliteTriggers(db: Kysely<Database>): Promise<void> {
  for (const [event, row] of EVENTS)
    await sql
      .raw(`create trigger freed_place_revised_${event} after ${event} on freed_place begin
        insert into revision (desk_id, number) values (${row}.desk_id, 1) on conflict do update set number = number + 1;
        insert into diary_revision (desk_id, advisor_id, number)
          select ${row}.desk_id, '', number from revision where desk_id = ${row}.desk_id
          on conflict do update set number = excluded.number; end`)
      .execute(db);
}

async function postgresTriggers(db: Kysely<Database>): Promise<void> {
  for (const [event, row] of EVENTS)
    await sql
      .raw(`create trigger freed_place_revised_${event} after ${event} on freed_place
        referencing ${row} table as ${row === 'new' ? 'added' : 'removed'} for each statement execute function part_of_desk_revised()`)
      .execute(db);
}
