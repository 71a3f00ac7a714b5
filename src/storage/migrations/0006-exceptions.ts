import { sql } from 'kysely';
import type { Migration } from './migration';

/**
 * Adds the order of entry, pauses and recurrence to exceptions, and versions to exceptions and absences, so that both
 * can be changed. The order in which existing exceptions were entered is unknown, so they get the precedence that they
 * had until now: the shorter one last, and of the same length a special opening last. Whether they came from the desk's
 * file is unknown, too; they count as entered by staff.
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
