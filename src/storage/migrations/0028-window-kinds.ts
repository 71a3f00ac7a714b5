import type { Migration } from './migration';

/** Adds how a desk is reached in the windows of an opening rule. */
export const windowKinds: Migration = {
  number: 28,
  name: 'window-kinds',
  async up(db) {
    await db.schema.alterTable('opening_rule').addColumn('kind', 'text').execute();
  },
};
