import { sql } from 'kysely';
import type { Migration } from './migration';
import { table } from './table';

/** Stores the webhooks of desks and the messages to them, and whether a desk lets them know its clients. */
export const webhooks: Migration = {
  number: 29,
  name: 'webhooks',
  async up(db, engine) {
    await db.schema
      .alterTable('desk')
      .addColumn('client_data_in_webhooks', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await table(db, engine, 'webhook')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('url', 'text', (c) => c.notNull())
      .addColumn('events_json', 'text', (c) => c.notNull())
      .addColumn('secret_sealed', 'text', (c) => c.notNull())
      .addColumn('former_sealed', 'text')
      .addColumn('former_until', engine.instant)
      .addColumn('failures', 'integer', (c) => c.notNull())
      .addColumn('rests_until', engine.instant)
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('created_at', engine.instant, (c) => c.notNull())
      .execute();
    await db.schema.createIndex('webhook_by_desk').on('webhook').columns(['desk_id', 'created_at']).execute();
    const number = engine.name === 'sqlite' ? sql`integer` : sql`bigint generated always as identity`;
    await table(db, engine, 'webhook_delivery')
      .addColumn('number', number, (c) => c.primaryKey())
      .addColumn('id', 'text', (c) => c.notNull().unique())
      .addColumn('webhook_id', 'text', (c) => c.notNull().references('webhook.id'))
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('booking_id', 'text')
      .addColumn('event', 'text', (c) => c.notNull())
      .addColumn('body_json', 'text', (c) => c.notNull())
      .addColumn('client_json', 'text')
      .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('waiting', 'sent', 'failed')`))
      .addColumn('attempts', 'integer', (c) => c.notNull())
      .addColumn('wanted_at', engine.instant, (c) => c.notNull())
      .addColumn('next_at', engine.instant, (c) => c.notNull())
      .addColumn('lease_until', engine.instant)
      .addColumn('tried_at', engine.instant)
      .addColumn('status', 'integer')
      .addColumn('not_reached', 'text')
      .addColumn('created_at', engine.instant, (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('webhook_delivery_by_webhook')
      .on('webhook_delivery')
      .columns(['webhook_id', 'number'])
      .execute();
    await db.schema.createIndex('webhook_delivery_by_booking').on('webhook_delivery').column('booking_id').execute();
    await sql`create index webhook_delivery_waiting on webhook_delivery (next_at) where state = 'waiting'`.execute(db);
  },
};
