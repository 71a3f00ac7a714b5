import type { Migration } from './migration';

/** Adds how much later a client said that they come. */
export const late: Migration = {
  number: 26,
  name: 'late',
  async up(db) {
    await db.schema.alterTable('booking').addColumn('late_minutes', 'integer').execute();
  },
};
