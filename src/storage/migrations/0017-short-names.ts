import type { Migration } from './migration';

/** Adds the name that a topic has on the narrow cards of the day board. */
export const shortNames: Migration = {
  number: 17,
  name: 'short-names',
  async up(db) {
    await db.schema.alterTable('topic').addColumn('short_name_json', 'text').execute();
  },
};
