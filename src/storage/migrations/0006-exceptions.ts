import { sql } from 'kysely';
import type { Migration } from './migration';

/**
 * Exceptions in the order in which they were entered, with pauses and recurrence; and versions, so that exceptions and absences can be
 * changed. Of those that are there the order is not known: they get the one by which they counted until now, the shorter last, of the
 * same length a special opening last. Whether they came from the desk's file is not known either; they count as the staff's.
 */
export const exceptions: Migration = {
  number: 6,
  name: 'exceptions',
  async up(db, { name }) {
    const exception = db.schema.alterTable('hours_exception');
    await exception.addColumn('entered', 'integer', (c) => c.notNull().defaultTo(0)).execute();
    await exception.addColumn('rrule', 'text').execute();
    await exception.addColumn('pauses_json', 'text').execute();
    await exception.addColumn('origin', 'text', (c) => c.notNull().defaultTo('staff')).execute();
    await exception.addColumn('version', 'integer', (c) => c.notNull().defaultTo(1)).execute();
    await db.schema
      .alterTable('absence')
      .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
      .execute();

    const length = sql.raw(
      name === 'sqlite' ? 'julianday(to_date) - julianday(from_date)' : 'to_date::date - from_date::date',
    );
    await sql`update hours_exception set entered = (select place from (
      select id, row_number() over (partition by desk_id order by ${length} desc, closed desc, id desc) as place
      from hours_exception) as old where old.id = hours_exception.id)`.execute(db);
    await db.schema
      .createIndex('hours_exception_order')
      .unique()
      .on('hours_exception')
      .columns(['desk_id', 'entered'])
      .execute();
  },
};
