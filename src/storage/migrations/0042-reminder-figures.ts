import type { Migration } from './migration';

/** Adds to what is kept of a consultation which reminder had gone out last, and whether the client gave it back. */
export const reminderFigures: Migration = {
  number: 42,
  name: 'reminder-figures',
  async up(db) {
    await db.schema.alterTable('consultation_fact').addColumn('given_back', 'integer').execute();
    await db.schema.alterTable('consultation_fact').addColumn('reminded_days', 'integer').execute();
  },
};
