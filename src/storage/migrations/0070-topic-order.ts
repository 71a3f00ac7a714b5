import type { Migration } from './migration';

/** Keeps a version of the order of a desk's topics, and whether staff made it; null: the desk's file. */
export const topicOrder: Migration = {
  number: 70,
  name: 'topic-order',
  async up(db) {
    await db.schema.alterTable('desk').addColumn('topic_order_version', 'integer').execute();
    await db.schema.alterTable('desk').addColumn('topic_order_origin', 'text').execute();
  },
};
