import { sql } from 'kysely';
import type { Migration } from './migration';
import { table } from './table';

/** Stores who waits until something becomes free, and how a desk offers it. */
export const waitingList: Migration = {
  number: 45,
  name: 'waiting-list',
  async up(db, engine) {
    await table(db, engine, 'waiting_entry')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('topic_id', 'text', (c) => c.notNull())
      .addColumn('wish_json', 'text', (c) => c.notNull())
      .addColumn('booking_id', 'text')
      .addColumn('client_json', 'text', (c) => c.notNull())
      .addColumn('client_key', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) =>
        c.notNull().check(sql`state in ('waiting', 'offered', 'booked', 'left', 'lapsed')`),
      )
      .addColumn('offers', 'integer', (c) => c.notNull())
      .addColumn('passed_json', 'text', (c) => c.notNull())
      .addColumn('offer_json', 'text')
      .addColumn('booked_id', 'text')
      .addColumn('joined_at', engine.instant, (c) => c.notNull())
      .addColumn('ended_at', engine.instant)
      .addColumn('version', 'integer', (c) => c.notNull())
      .addCheckConstraint('waiting_offer', sql`(state = 'offered') = (offer_json is not null)`)
      .addCheckConstraint('waiting_end', sql`(state in ('waiting', 'offered')) = (ended_at is null)`)
      .execute();
    await db.schema.createIndex('waiting_entry_by_desk').on('waiting_entry').columns(['desk_id', 'state']).execute();
    await db.schema.createIndex('waiting_entry_by_booking').on('waiting_entry').column('booking_id').execute();
    await db.schema.alterTable('desk').addColumn('waiting_list_json', 'text').execute();
  },
};
