import type { Migration } from './migration';

/** Adds what became of a consultation, and which one it follows up. */
export const outcomes: Migration = {
  number: 59,
  name: 'outcomes',
  async up(db) {
    await db.schema.alterTable('booking').addColumn('follows_id', 'text').execute();
    await db.schema.alterTable('booking').addColumn('outcome_json', 'text').execute();
    await db.schema.createIndex('booking_follows').on('booking').column('follows_id').execute();
  },
};
