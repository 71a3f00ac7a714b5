import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema';
import type { Migration } from './migration';
import { table } from './table';

/** Stores what a desk words otherwise than the program does. It is part of the desk, so a change raises its revision. */
export const ownTexts: Migration = {
  number: 32,
  name: 'own-texts',
  async up(db, engine) {
    await table(db, engine, 'desk_text')
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('text_json', 'text', (c) => c.notNull())
      .addColumn('before_json', 'text')
      .addColumn('version', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('desk_text_key', ['desk_id', 'key'] as never)
      .execute();
    await (engine.name === 'sqlite' ? sqliteTriggers(db) : postgresTriggers(db));
  },
};

/** As the triggers of the other parts of a desk, see `0004-revision`. No row is ever deleted. */
async function sqliteTriggers(db: Kysely<Database>): Promise<void> {
  for (const event of ['insert', 'update'])
    await sql
      .raw(`create trigger desk_text_revised_${event} after ${event} on desk_text begin
        insert into revision (desk_id, number) values (new.desk_id, 1) on conflict do update set number = number + 1;
        insert into diary_revision (desk_id, advisor_id, number)
          select new.desk_id, '', number from revision where desk_id = new.desk_id
          on conflict do update set number = excluded.number; end`)
      .execute(db);
}

async function postgresTriggers(db: Kysely<Database>): Promise<void> {
  for (const event of ['insert', 'update'])
    await sql
      .raw(`create trigger desk_text_revised_${event} after ${event} on desk_text
        referencing new table as added for each statement execute function part_of_desk_revised()`)
      .execute(db);
}
