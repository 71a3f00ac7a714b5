import type { Migration } from './migration';

/**
 * Marks topics and advisors that the desk's file no longer names. They stay because of their bookings, but are no
 * longer offered.
 */
export const retired: Migration = {
  number: 10,
  name: 'retired',
  async up(db) {
    for (const name of ['topic', 'advisor'])
      await db.schema
        .alterTable(name)
        .addColumn('retired', 'integer', (c) => c.notNull().defaultTo(0))
        .execute();
  },
};
