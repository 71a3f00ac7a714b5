import type { Migration } from './migration';

/** Topics and advisors that the desk's file no longer names: they stay for their bookings, and are offered no more. */
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
