import type { Migration } from './migration';

/** Adds the modes in which an advisor gives consultations. Until somebody says otherwise these are all. */
export const advisorModes: Migration = {
  number: 37,
  name: 'advisor-modes',
  async up(db) {
    await db.schema.alterTable('advisor').addColumn('modes_json', 'text').execute();
  },
};
