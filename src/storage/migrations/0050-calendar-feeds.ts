import type { Migration } from './migration';
import { table } from './table';

/** Stores the addresses at which calendar programs read who comes when, and whether a desk lets them tell names. */
export const calendarFeeds: Migration = {
  number: 50,
  name: 'calendar-feeds',
  async up(db, engine) {
    await db.schema
      .alterTable('desk')
      .addColumn('feed_names', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await table(db, engine, 'calendar_feed')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('advisor_id', 'text')
      .addColumn('names', 'integer', (c) => c.notNull())
      .addColumn('user_id', 'text')
      .addColumn('token_hash', 'text', (c) => c.notNull().unique())
      .addColumn('created_at', engine.instant, (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('calendar_feed_by_desk')
      .on('calendar_feed')
      .columns(['desk_id', 'created_at'])
      .execute();
  },
};
