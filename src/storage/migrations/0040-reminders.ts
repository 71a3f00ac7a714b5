import type { Migration } from './migration';
import { table } from './table';

/** Adds when a desk reminds of consultations, of which it did, and until when a mail is of use. */
export const reminders: Migration = {
  number: 40,
  name: 'reminders',
  async up(db, engine) {
    await db.schema.alterTable('desk').addColumn('reminders_json', 'text').execute();
    await db.schema.alterTable('desk').addColumn('missed_mail', 'integer').execute();
    await db.schema.alterTable('outbox').addColumn('useful_until', engine.instant).execute();
    await table(db, engine, 'reminder')
      .addColumn('booking_id', 'text', (c) => c.notNull().references('booking.id'))
      .addColumn('starts_at', engine.instant, (c) => c.notNull())
      .addColumn('days_before', 'integer', (c) => c.notNull())
      .addColumn('at', engine.instant, (c) => c.notNull())
      .addPrimaryKeyConstraint('reminder_once', ['booking_id', 'starts_at', 'days_before'])
      .execute();
  },
};
