import { sql } from 'kysely';
import type { Migration } from './migration';
import { table } from './table';

/** Stores what is planned for the bookings of people who are away, and what clients are asked because of it. */
export const absencePlans: Migration = {
  number: 18,
  name: 'absence-plans',
  async up(db, engine) {
    await table(db, engine, 'absence_plan')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('proposed', 'committed', 'undone')`))
      .addColumn('parts_json', 'text', (c) => c.notNull())
      .addColumn('lines_json', 'text', (c) => c.notNull())
      .addColumn('operation_id', 'text')
      .addColumn('created_at', engine.instant, (c) => c.notNull())
      .addColumn('committed_at', engine.instant)
      .execute();
    await db.schema.createIndex('absence_plan_by_time').on('absence_plan').columns(['desk_id', 'created_at']).execute();

    await table(db, engine, 'time_question')
      .addColumn('booking_id', 'text', (c) => c.primaryKey().notNull().references('booking.id'))
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('until', engine.instant, (c) => c.notNull())
      .execute();
    await db.schema.createIndex('time_question_by_until').on('time_question').column('until').execute();
  },
};
