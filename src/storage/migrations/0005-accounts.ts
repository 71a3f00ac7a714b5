import { type Kysely, sql } from 'kysely';
import { DAY } from '../../domain/calendar/dates';
import type { Engine } from '../engine';
import type { Database } from '../schema';
import type { Migration } from './migration';
import { table } from './table';

/** API tokens from before tokens expired stay valid for so many days after the migration. */
const LAST_DAYS = 365;

/** Adds what is needed to disable an account, to let a token expire and to replace a manage link. */
export const accounts: Migration = {
  number: 5,
  name: 'accounts',
  async up(db, engine, now) {
    await ofUsers(db, engine);
    await ofTokens(db, engine, now);
    await ofLinks(db, engine);
  },
};

/**
 * Marks demo users of earlier versions. They are recognised by their addresses, which had the form that `demo/accounts`
 * used at the time: role and desk below `.example`, a domain that cannot exist (RFC 2606 §3). Passwords are not
 * compared, because a demo user whose password was changed is still a demo user.
 */
async function ofUsers(db: Kysely<Database>, engine: Engine): Promise<void> {
  const user = db.schema.alterTable('staff_user');
  await user.addColumn('demo', 'integer', (c) => c.notNull().defaultTo(0)).execute();
  await user.addColumn('disabled_at', engine.instant).execute();
  await sql`update staff_user set demo = 1 where email in (
    select 'advisor@' || lower(id) || '.example' from desk union select 'reception@' || lower(id) || '.example' from desk
    union select 'manager@' || lower(id) || '.example' from desk union select 'admin@' || lower(id) || '.example' from desk)`.execute(
    db,
  );
}

async function ofTokens(db: Kysely<Database>, engine: Engine, now: number): Promise<void> {
  const token = db.schema.alterTable('api_token');
  await token.addColumn('ends_at', engine.instant, (c) => c.notNull().defaultTo(0)).execute();
  await token.addColumn('last_used_at', engine.instant).execute();
  await sql`update api_token set ends_at = ${now + LAST_DAYS * DAY}`.execute(db);
}

async function ofLinks(db: Kysely<Database>, engine: Engine): Promise<void> {
  await db.schema.alterTable('booking').addColumn('token_hash_previous', 'text').execute();
  await sql`create index booking_by_previous_token on booking (token_hash_previous) where token_hash_previous is not null`.execute(
    db,
  );
  await table(db, engine, 'secret_check')
    .addColumn('id', 'integer', (c) => c.primaryKey().notNull().check(sql`id = 1`))
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
}
