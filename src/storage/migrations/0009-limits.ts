import { sql } from 'kysely';
import type { Migration } from './migration';
import { table } from './table';

/**
 * Adds the limits for the public: keyed hashes of the host and of the wider networks around it, and the time until
 * which a mail is held.
 */
export const limits: Migration = {
  number: 9,
  name: 'limits',
  async up(db, engine) {
    await db.schema.alterTable('desk').addColumn('limits_json', 'text').execute();

    for (const width of ['24', '48']) {
      const column = `held_from_${width}`;
      await db.schema.alterTable('booking').addColumn(column, 'text').execute();
      await sql
        .raw(`create index booking_${column} on booking (${column}) where status = 'held' and ${column} is not null`)
        .execute(db);
    }

    await table(db, engine, 'booking_origin')
      .addColumn('booking_id', 'text', (c) => c.notNull().references('booking.id'))
      .addColumn('width', 'text', (c) => c.notNull())
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('network', 'text', (c) => c.notNull())
      .addColumn('at', engine.instant, (c) => c.notNull())
      .addPrimaryKeyConstraint('booking_origin_key', ['booking_id', 'width'] as never)
      .execute();
    await db.schema
      .createIndex('booking_origin_by_network')
      .on('booking_origin')
      .columns(['desk_id', 'network', 'at', 'booking_id'])
      .execute();
    await db.schema.createIndex('booking_origin_by_time').on('booking_origin').column('at').execute();

    await db.schema.alterTable('outbox').addColumn('hold_until', engine.instant).execute();
    await db.schema.alterTable('outbox').addColumn('known_json', 'text').execute();
  },
};
