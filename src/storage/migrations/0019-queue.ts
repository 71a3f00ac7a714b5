import { sql } from 'kysely';
import type { Migration } from './migration';
import { table } from './table';

/** Stores who waits at the desk. */
export const queue: Migration = {
  number: 19,
  name: 'queue',
  async up(db, engine) {
    await table(db, engine, 'queue_entry')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('booking_id', 'text', (c) => c.unique().references('booking.id'))
      .addColumn('number', 'text', (c) => c.notNull())
      .addColumn('topic_id', 'text', (c) => c.notNull())
      .addColumn('language', 'text', (c) => c.notNull())
      .addColumn('name', 'text')
      .addColumn('urgent', 'text')
      .addColumn('state', 'text', (c) =>
        c.notNull().check(sql`state in ('waiting', 'called', 'started', 'done', 'left', 'parked')`),
      )
      .addColumn('misses', 'integer', (c) => c.notNull())
      .addColumn('advisor_id', 'text')
      .addColumn('arrived_at', engine.instant, (c) => c.notNull())
      .addColumn('turn_at', engine.instant, (c) => c.notNull())
      .addColumn('called_at', engine.instant)
      .addColumn('started_at', engine.instant)
      .addColumn('ended_at', engine.instant)
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('token_hash', 'text', (c) => c.notNull().unique())
      .execute();
    await db.schema.createIndex('queue_entry_by_day').on('queue_entry').columns(['desk_id', 'arrived_at']).execute();
  },
};
