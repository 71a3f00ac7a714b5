import type { Migration } from './migration';

/** What a topic asks before the consultation. Answers have had their column in `booking` from the first version. */
export const questions: Migration = {
  number: 14,
  name: 'questions',
  async up(db) {
    await db.schema.alterTable('topic').addColumn('questions_json', 'text').execute();
  },
};
