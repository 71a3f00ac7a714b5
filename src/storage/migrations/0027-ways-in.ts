import type { Migration } from './migration';

/** Adds by what clients find their desk, its entrance and their topic, and whether they can book without a mail address. */
export const waysIn: Migration = {
  number: 27,
  name: 'ways-in',
  async up(db) {
    await db.schema.alterTable('desk').addColumn('directions_json', 'text').execute();
    await db.schema.alterTable('desk').addColumn('places_json', 'text').execute();
    await db.schema.alterTable('desk').addColumn('without_mail', 'integer').execute();
    await db.schema.alterTable('topic').addColumn('sentence_json', 'text').execute();
    await db.schema.alterTable('topic').addColumn('group_json', 'text').execute();
    await db.schema.alterTable('topic').addColumn('for_employers', 'integer').execute();
  },
};
