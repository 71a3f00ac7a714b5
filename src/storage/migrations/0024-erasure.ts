import type { Migration } from './migration';

/** Adds when a client had a booking erased; its row follows as soon as its last mail has gone out. */
export const erasure: Migration = {
  number: 24,
  name: 'erasure',
  async up(db, engine) {
    await db.schema.alterTable('booking').addColumn('erased_at', engine.instant).execute();
  },
};
