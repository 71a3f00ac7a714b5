import { type Kysely, sql } from 'kysely';
import type { Engine } from '../engine';
import type { Database } from '../schema';
import type { Migration } from './migration';
import { table } from './table';

/**
 * Adds numbers that rise with every change that a search depends on, in the transaction of that change. A process
 * compares them to know whether what it remembers still holds, whichever process wrote. Triggers raise them, because no
 * writer may forget to, and because only a trigger sees whose diary a moved booking left.
 */
export const revision: Migration = {
  number: 4,
  name: 'revision',
  async up(db, engine) {
    await table(db, engine, 'revision')
      .addColumn('desk_id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('number', engine.instant, (c) => c.notNull())
      .execute();
    await table(db, engine, 'diary_revision')
      .addColumn('desk_id', 'text', (c) => c.notNull())
      .addColumn('advisor_id', 'text', (c) => c.notNull())
      .addColumn('number', engine.instant, (c) => c.notNull())
      .addPrimaryKeyConstraint('diary_revision_key', ['desk_id', 'advisor_id'] as never)
      .execute();
    await db.schema
      .createIndex('diary_revision_by_number')
      .on('diary_revision')
      .columns(['desk_id', 'number'])
      .execute();
    await (engine.name === 'sqlite' ? sqliteTriggers(db) : postgresTriggers(db));
    await diaryIndex(db, engine);
    // The index includes the start; without it SQLite reads all future bookings of the desk to find those of one
    // client.
    await db.schema.dropIndex('booking_by_client').execute();
    await db.schema
      .createIndex('booking_by_client')
      .on('booking')
      .columns(['desk_id', 'client_key', 'starts_at'])
      .execute();
  },
};

/** The columns of a booking that decide what it blocks. */
const IN_THE_WAY = [
  ...['desk_id', 'advisor_id', 'starts_at', 'ends_at', 'blocked_until', 'status', 'held_until'],
  ...['topic_id', 'language', 'mode', 'tied', 'urgent'],
];
/** The tables that belong to a desk, beside the table `desk`. */
const PARTS_OF_DESK = [
  ...['opening_rule', 'hours_exception', 'topic', 'advisor', 'advisor_language', 'advisor_topic'],
  ...['working_rule', 'absence'],
];

/**
 * Creates an index that contains all columns of a diary, so that SQLite reads no rows: those lie far apart, because
 * each also holds what is known of the client.
 */
async function diaryIndex(db: Kysely<Database>, { name }: Engine): Promise<void> {
  const key = ['desk_id', 'advisor_id', 'starts_at'];
  const rest = ['id', ...IN_THE_WAY.filter((column) => !key.includes(column))];
  const columns =
    name === 'sqlite' ? `(${[...key, ...rest].join(', ')})` : `(${key.join(', ')}) include (${rest.join(', ')})`;
  await db.schema.dropIndex('booking_by_advisor').execute();
  await sql.raw(`create index booking_by_advisor on booking ${columns}`).execute(db);
}

async function sqliteTriggers(db: Kysely<Database>): Promise<void> {
  const revise = (desk: string, advisor: string) => `
    insert into revision (desk_id, number) values (${desk}, 1) on conflict do update set number = number + 1;
    insert into diary_revision (desk_id, advisor_id, number)
      select ${desk}, ${advisor}, number from revision where desk_id = ${desk}
      on conflict do update set number = excluded.number;`;
  const trigger = (name: string, head: string, body: string) =>
    sql.raw(`create trigger ${name} after ${head} begin ${body} end`).execute(db);
  const row = (which: 'old' | 'new') => `(${IN_THE_WAY.map((column) => `${which}.${column}`).join(', ')})`;
  const [before, after] = [revise('old.desk_id', 'old.advisor_id'), revise('new.desk_id', 'new.advisor_id')];

  await trigger('booking_revised_insert', 'insert on booking', after);
  await trigger('booking_revised_delete', 'delete on booking', before);
  await trigger('booking_revised_update', `update on booking when ${row('old')} is not ${row('new')}`, before + after);
  for (const part of PARTS_OF_DESK) {
    await trigger(`${part}_revised_insert`, `insert on ${part}`, revise('new.desk_id', "''"));
    await trigger(`${part}_revised_update`, `update on ${part}`, revise('new.desk_id', "''"));
    await trigger(`${part}_revised_delete`, `delete on ${part}`, revise('old.desk_id', "''"));
  }
  await trigger('desk_revised_insert', 'insert on desk', revise('new.id', "''"));
  await trigger('desk_revised_update', 'update on desk', revise('new.id', "''"));
}

/**
 * Creates triggers that run once for each statement, because an import writes thousands of rows, and a row that one
 * transaction updates thousands of times becomes slow.
 */
async function postgresTriggers(db: Kysely<Database>): Promise<void> {
  const columns = IN_THE_WAY.join(', ');
  await sql
    .raw(`
    create function revise(desk text, advisor text) returns void language sql as $$
      with raised as (
        insert into revision (desk_id, number) values (desk, 1)
        on conflict (desk_id) do update set number = revision.number + 1 returning number)
      insert into diary_revision (desk_id, advisor_id, number) select desk, advisor, number from raised
      on conflict (desk_id, advisor_id) do update set number = excluded.number
    $$;
    create function booking_revised() returns trigger language plpgsql as $$ begin
      if tg_op = 'INSERT' then
        perform revise(desk_id, advisor_id) from (select distinct desk_id, advisor_id from added order by 1, 2) changed;
      elsif tg_op = 'DELETE' then
        perform revise(desk_id, advisor_id) from (select distinct desk_id, advisor_id from removed order by 1, 2) changed;
      else
        perform revise(desk_id, advisor_id) from (select distinct desk_id, advisor_id from (
          (select ${columns} from removed except select ${columns} from added)
          union all (select ${columns} from added except select ${columns} from removed)) differing order by 1, 2) changed;
      end if;
      return null;
    end $$;
    create function part_of_desk_revised() returns trigger language plpgsql as $$ begin
      if tg_op = 'DELETE' then
        perform revise(desk_id, '') from (select distinct desk_id from removed order by 1) changed;
      else
        perform revise(desk_id, '') from (select distinct desk_id from added order by 1) changed;
      end if;
      return null;
    end $$;
    create function desk_revised() returns trigger language plpgsql as $$ begin
      perform revise(new.id, '');
      return null;
    end $$;
    create trigger desk_revised after insert or update on desk for each row execute function desk_revised()`)
    .execute(db);
  const TABLES_SEEN = {
    insert: 'new table as added',
    update: 'old table as removed new table as added',
    delete: 'old table as removed',
  };
  const watched: [string, string][] = [
    ['booking', 'booking_revised'],
    ...PARTS_OF_DESK.map((part): [string, string] => [part, 'part_of_desk_revised']),
  ];
  for (const [name, told] of watched)
    for (const [event, seen] of Object.entries(TABLES_SEEN))
      await sql
        .raw(
          `create trigger ${name}_revised_${event} after ${event} on ${name} referencing ${seen} execute function ${told}()`,
        )
        .execute(db);
}
