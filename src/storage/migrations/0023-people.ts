import { sql } from 'kysely';
import type { Migration } from './migration';

/** Adds what those who come need, who else is advised, and of how many a topic may be told. */
export const people: Migration = {
  number: 23,
  name: 'people',
  async up(db) {
    await db.schema.alterTable('booking').addColumn('support_json', 'text').execute();
    await db.schema.alterTable('booking').addColumn('people_json', 'text').execute();
    // How many mails an address has got is asked of each person who is named.
    await sql`create index outbox_address on outbox (lower(address))`.execute(db);
    await db.schema.alterTable('topic').addColumn('max_people', 'integer').execute();
  },
};
