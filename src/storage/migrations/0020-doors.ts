import type { Migration } from './migration';

/** Adds the door behind which an advisor is. */
export const doors: Migration = {
  number: 20,
  name: 'doors',
  async up(db) {
    await db.schema.alterTable('advisor').addColumn('door', 'text').execute();
  },
};
