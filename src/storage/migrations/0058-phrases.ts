import type { Migration } from './migration';

/** Adds the next steps that a topic often has. */
export const phrases: Migration = {
  number: 58,
  name: 'phrases',
  async up(db) {
    await db.schema.alterTable('topic').addColumn('phrases_json', 'text').execute();
  },
};
