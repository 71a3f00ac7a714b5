import type { Migration } from './migration';

/** Adds how long before the start a client's calendar reminds them. */
export const alarms: Migration = {
  number: 41,
  name: 'alarms',
  async up(db) {
    await db.schema.alterTable('booking').addColumn('alarm_minutes', 'integer').execute();
  },
};
