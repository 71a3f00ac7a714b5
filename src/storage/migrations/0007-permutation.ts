import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema';
import type { Migration } from './migration';

/**
 * Lets several rows exchange their places in one transaction, and makes the guard check them when all are in place, see
 * `BookingStore.permute`. For every other write the guard works as before.
 */
export const permutation: Migration = {
  number: 7,
  name: 'permutation',
  up: (db, engine) => (engine.name === 'sqlite' ? liftingOnSqlite(db) : deferrableOnPostgres(db)),
};

/**
 * Makes the constraint deferrable: it is checked with each statement, unless a transaction defers it, and at the commit
 * in any case.
 */
async function deferrableOnPostgres(db: Kysely<Database>): Promise<void> {
  await sql`alter table booking drop constraint booking_no_overlap, add constraint booking_no_overlap exclude using gist
    (desk_id with =, advisor_id with =, int8range(starts_at, blocked_until) with &&) where (status not in ('cancelled', 'lapsed'))
    deferrable initially immediate`.execute(db);
}

/**
 * The guard ignores rows whose id is in `lifted`, and checks them when they are removed from it. Nothing may stay in
 * `lifted` at a commit. SQLite can defer foreign keys only, so one is used for that: `put_back` refers to a row that
 * cannot exist, and a transaction that leaves a row in `lifted` cannot commit.
 */
async function liftingOnSqlite(db: Kysely<Database>): Promise<void> {
  const run = (statement: string) => sql.raw(statement).execute(db);
  await run(`create table lifted (
    booking_id text primary key not null check (booking_id <> ''),
    put_back text not null default '' check (put_back = '') references lifted (booking_id) deferrable initially deferred) strict`);
  const overlaps = (row: string) => `b.desk_id = ${row}.desk_id and b.advisor_id = ${row}.advisor_id
    and b.status not in ('cancelled', 'lapsed') and b.starts_at < ${row}.blocked_until and b.starts_at > ${row}.starts_at - 86400000
    and ${row}.starts_at < b.blocked_until and b.id <> ${row}.id and b.id not in (select booking_id from lifted)`;
  for (const event of ['insert', 'update']) {
    await run(`drop trigger booking_no_overlap_${event}`);
    await run(`create trigger booking_no_overlap_${event} before ${event} on booking when new.status not in ('cancelled', 'lapsed')
      begin select raise(abort, 'slot-unavailable') from booking b where ${overlaps('new')}; end`);
  }
  await run(`create trigger lifted_put_back after delete on lifted begin
    select raise(abort, 'slot-unavailable') from booking a join booking b on ${overlaps('a')}
      where a.id = old.booking_id and a.status not in ('cancelled', 'lapsed'); end`);
  await run(`create trigger lifted_fixed before update on lifted begin
    select raise(abort, 'what is lifted is put back, and nothing else'); end`);
}
