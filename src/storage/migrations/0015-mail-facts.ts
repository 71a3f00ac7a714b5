import type { Migration } from './migration';

/**
 * Mails are written from facts before their first attempt, instead of in the transaction of the change. Messages that
 * are in the outbox already keep `message_json`, and have no facts.
 */
export const mailFacts: Migration = {
  number: 15,
  name: 'mail-facts',
  async up(db, engine) {
    // One column a statement, because SQLite adds only one at a time.
    await db.schema.alterTable('outbox').addColumn('facts_json', 'text').execute();
    await db.schema.alterTable('outbox').addColumn('content', 'text').execute();
    await db.schema.alterTable('outbox').addColumn('first_tried_at', engine.instant).execute();
    await db.schema.alterTable('outbox').addColumn('unwritable_since', engine.instant).execute();
  },
};
