import type { Migration } from './migration';

/** Adds the words by which clients also look for a topic. */
export const searchWords: Migration = {
  number: 22,
  name: 'search-words',
  async up(db) {
    await db.schema.alterTable('topic').addColumn('search_words_json', 'text').execute();
  },
};
