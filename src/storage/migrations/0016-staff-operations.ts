import type { Migration } from './migration';
import { table } from './table';

/**
 * Stores what staff did to bookings, so that it can be undone as a whole, and for how long a desk's mails about it wait.
 */
export const staffOperations: Migration = {
  number: 16,
  name: 'staff-operations',
  async up(db, engine) {
    await db.schema
      .alterTable('desk')
      .addColumn('mail_grace_seconds', 'integer', (c) => c.notNull().defaultTo(60))
      .execute();

    await table(db, engine, 'staff_operation')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('at', engine.instant, (c) => c.notNull())
      .addColumn('undoes', 'text')
      .addColumn('undone_at', engine.instant)
      .execute();
    await db.schema.createIndex('staff_operation_by_time').on('staff_operation').columns(['desk_id', 'at']).execute();

    await table(db, engine, 'staff_operation_line')
      .addColumn('operation_id', 'text', (c) => c.notNull().references('staff_operation.id'))
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('booking_id', 'text', (c) => c.notNull().references('booking.id'))
      .addColumn('asked', 'integer', (c) => c.notNull())
      .addColumn('tell', 'text', (c) => c.notNull())
      .addColumn('before_json', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('staff_operation_line_key', ['operation_id', 'position'] as never)
      .execute();
    await db.schema
      .createIndex('staff_operation_line_by_booking')
      .on('staff_operation_line')
      .column('booking_id')
      .execute();
  },
};
