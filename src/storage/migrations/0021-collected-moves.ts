import type { Migration } from './migration';

/** Adds whether the moves of a desk are collected and saved together. */
export const collectedMoves: Migration = {
  number: 21,
  name: 'collected-moves',
  async up(db) {
    await db.schema
      .alterTable('desk')
      .addColumn('collects_moves', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  },
};
