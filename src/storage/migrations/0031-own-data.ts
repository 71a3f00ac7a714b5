import type { Migration } from './migration';

/**
 * Adds versions of what managers keep, and whether it came from the desk's file or from staff (null: the first version,
 * from the file); and when an advisor comes and goes, and how well they speak a language.
 */
export const ownData: Migration = {
  number: 31,
  name: 'own-data',
  async up(db) {
    for (const table of ['topic', 'advisor'] as const) {
      await db.schema.alterTable(table).addColumn('version', 'integer').execute();
      await db.schema.alterTable(table).addColumn('origin', 'text').execute();
    }
    await db.schema.alterTable('advisor').addColumn('valid_from', 'text').execute();
    await db.schema.alterTable('advisor').addColumn('valid_until', 'text').execute();
    await db.schema.alterTable('advisor_language').addColumn('level', 'text').execute();
    await db.schema.alterTable('desk').addColumn('rooms_version', 'integer').execute();
    await db.schema.alterTable('desk').addColumn('rooms_origin', 'text').execute();
  },
};
