import type { Migration } from './migration';

/** Adds the lead time that counts only while the desk is open. Existing topics get none. */
export const openLeadTime: Migration = {
  number: 8,
  name: 'open-lead-time',
  async up(db) {
    await db.schema
      .alterTable('desk')
      .addColumn('lead_time_open_minutes', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('topic').addColumn('lead_time_open_minutes', 'integer').execute();
  },
};
