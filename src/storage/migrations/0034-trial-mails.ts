import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema';
import type { Migration } from './migration';

/** Lets the outbox hold mails that are about no booking: those by which a manager tries the desk's words. */
export const trialMails: Migration = {
  number: 34,
  name: 'trial-mails',
  async up(db, engine) {
    if (engine.name === 'sqlite') return rebuilt(db);
    await sql`alter table outbox alter column booking_id drop not null`.execute(db);
  },
};

const REQUIRED = '"booking_id" text not null references';
const OPTIONAL = '"booking_id" text references';

/**
 * SQLite cannot take NOT NULL off a column, so the table is made anew and takes the rows over (SQLite, "Making Other
 * Kinds Of Table Schema Changes"). No other table refers to it.
 */
async function rebuilt(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ type: string; sql: string }>`
    select type, sql from sqlite_schema where tbl_name = 'outbox' and sql is not null`.execute(db);
  const made = rows.find(({ type }) => type === 'table')?.sql ?? '';
  if (!made.includes(REQUIRED)) throw new Error('the outbox is not as the first migrations made it');
  await sql.raw(made.replace('"outbox"', '"outbox_anew"').replace(REQUIRED, OPTIONAL)).execute(db);
  await sql`insert into outbox_anew select * from outbox`.execute(db);
  await sql`drop table outbox`.execute(db);
  await sql`alter table outbox_anew rename to outbox`.execute(db);
  for (const { type, sql: statement } of rows) if (type !== 'table') await sql.raw(statement).execute(db);
}
