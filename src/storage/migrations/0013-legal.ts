import type { Migration } from './migration';

/**
 * Adds what the law obliges a desk to publish: its provider, its data protection officer, and how accessible its pages
 * are.
 */
export const legal: Migration = {
  number: 13,
  name: 'legal',
  async up(db) {
    await db.schema.alterTable('desk').addColumn('legal_json', 'text').execute();
  },
};
