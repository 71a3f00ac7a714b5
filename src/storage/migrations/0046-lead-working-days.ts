import type { Migration } from './migration';

/** Adds the lead time in days on which clients can come by appointment. There is none until somebody sets one. */
export const leadWorkingDays: Migration = {
  number: 46,
  name: 'lead-working-days',
  async up(db) {
    await db.schema
      .alterTable('desk')
      .addColumn('lead_time_working_days', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('topic').addColumn('lead_time_working_days', 'integer').execute();
  },
};
