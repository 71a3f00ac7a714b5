import type { Migration } from './migration';

/** Adds how a desk works with interpreters, and which booking or hold asks for one. */
export const interpreters: Migration = {
  number: 25,
  name: 'interpreters',
  async up(db) {
    await db.schema.alterTable('desk').addColumn('interpreters_json', 'text').execute();
    await db.schema.alterTable('booking').addColumn('interpreting_json', 'text').execute();
  },
};
