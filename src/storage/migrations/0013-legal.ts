import type { Migration } from './migration';

/** What a desk says of itself before the law: who carries it, who looks after data protection, how accessible its pages are. */
export const legal: Migration = {
  number: 13,
  name: 'legal',
  async up(db) {
    await db.schema.alterTable('desk').addColumn('legal_json', 'text').execute();
  },
};
