import type { Migration } from './migration';

/** Adds what clients should have at hand who do not come to the desk. */
export const haveReady: Migration = {
  number: 35,
  name: 'have-ready',
  async up(db) {
    await db.schema.alterTable('topic').addColumn('have_ready_json', 'text').execute();
  },
};
