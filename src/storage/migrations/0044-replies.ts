import { sql } from 'kysely';
import type { Migration } from './migration';
import { table } from './table';

/** Stores what came back by mail: answers to bookings, mails that were not delivered, and how far a mailbox was read. */
export const replies: Migration = {
  number: 44,
  name: 'replies',
  async up(db, engine) {
    for (const name of ['bounced_at', 'bounce_told_at'] as const)
      await db.schema.alterTable('outbox').addColumn(name, engine.instant).execute();
    for (const name of ['bounce_action', 'bounce_status', 'bounce_reason'] as const)
      await db.schema.alterTable('outbox').addColumn(name, 'text').execute();
    await db.schema.alterTable('outbox').addColumn('bounce_hard', 'integer').execute();
    await sql`create index outbox_bounced on outbox (bounced_at) where bounce_action = 'failed'`.execute(db);
    await table(db, engine, 'booking_reply')
      .addColumn('booking_id', 'text', (c) => c.notNull().references('booking.id'))
      .addColumn('digest', 'text', (c) => c.notNull())
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('partstat', 'text')
      .addColumn('sequence', 'integer')
      .addColumn('stamp', engine.instant)
      .addColumn('reader', 'text')
      .addColumn('at', engine.instant, (c) => c.notNull())
      .addPrimaryKeyConstraint('booking_reply_key', ['booking_id', 'digest'])
      .execute();
    await table(db, engine, 'mailbox')
      .addColumn('name', 'text', (c) => c.primaryKey().notNull())
      .addColumn('uid_validity', 'text', (c) => c.notNull())
      .addColumn('last_uid', engine.instant, (c) => c.notNull())
      .addColumn('looked_at', engine.instant)
      .addColumn('failing_since', engine.instant)
      .addColumn('failure', 'text')
      .execute();
    await table(db, engine, 'mailbox_filing')
      .addColumn('mailbox', 'text', (c) => c.notNull().references('mailbox.name'))
      .addColumn('uid_validity', 'text', (c) => c.notNull())
      .addColumn('uid', engine.instant, (c) => c.notNull())
      .addPrimaryKeyConstraint('mailbox_filing_key', ['mailbox', 'uid_validity', 'uid'])
      .execute();
  },
};
