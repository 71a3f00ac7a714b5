import { type Kysely, sql } from 'kysely';
import type { Engine } from '../engine';
import type { Database } from '../schema';
import { COUNTED, GUARDING, TABLES } from '../tables';
import { UnusableDatabase } from '../unusable';
import { firstTables } from './0001-first-tables';
import { operation } from './0002-operation';
import { assignment } from './0003-assignment';
import { revision } from './0004-revision';
import { accounts } from './0005-accounts';
import { exceptions } from './0006-exceptions';
import { permutation } from './0007-permutation';
import { openLeadTime } from './0008-open-lead-time';
import { limits } from './0009-limits';
import { retired } from './0010-retired';
import { videoLinks } from './0011-video-links';
import { spellings } from './0012-spellings';
import { legal } from './0013-legal';
import { questions } from './0014-questions';
import { mailFacts } from './0015-mail-facts';
import { staffOperations } from './0016-staff-operations';
import { shortNames } from './0017-short-names';
import { absencePlans } from './0018-absence-plans';
import { queue } from './0019-queue';
import { doors } from './0020-doors';
import { collectedMoves } from './0021-collected-moves';
import { searchWords } from './0022-search-words';
import { people } from './0023-people';
import { erasure } from './0024-erasure';
import { interpreters } from './0025-interpreters';
import { late } from './0026-late';
import { waysIn } from './0027-ways-in';
import { windowKinds } from './0028-window-kinds';
import { webhooks } from './0029-webhooks';
import { figures } from './0030-figures';
import { ownData } from './0031-own-data';
import { ownTexts } from './0032-own-texts';
import { hoursVersions } from './0033-hours-versions';
import { trialMails } from './0034-trial-mails';
import { haveReady } from './0035-have-ready';
import { partners } from './0036-partners';
import { advisorModes } from './0037-advisor-modes';
import { reminders } from './0040-reminders';
import { alarms } from './0041-alarms';
import { reminderFigures } from './0042-reminder-figures';
import { fairRelease } from './0043-fair-release';
import { replies } from './0044-replies';
import { waitingList } from './0045-waiting-list';
import { leadWorkingDays } from './0046-lead-working-days';
import { calendarFeeds } from './0050-calendar-feeds';
import { busyCalendars } from './0051-busy-calendars';
import { phrases } from './0058-phrases';
import { outcomes } from './0059-outcomes';
import { cases } from './0062-cases';
import { topicOrder } from './0070-topic-order';
import { filingTurns } from './0071-filing-turns';
import type { Migration } from './migration';

/** All migrations by number. Numbers may have gaps, and a migration may land after one with a higher number. */
const MIGRATIONS: readonly Migration[] = [
  firstTables,
  operation,
  assignment,
  revision,
  accounts,
  exceptions,
  permutation,
  openLeadTime,
  limits,
  retired,
  videoLinks,
  spellings,
  legal,
  questions,
  mailFacts,
  staffOperations,
  shortNames,
  absencePlans,
  queue,
  doors,
  collectedMoves,
  searchWords,
  people,
  erasure,
  interpreters,
  late,
  waysIn,
  windowKinds,
  webhooks,
  ownTexts,
  hoursVersions,
  ownData,
  trialMails,
  haveReady,
  partners,
  advisorModes,
  replies,
  waitingList,
  leadWorkingDays,
  phrases,
  outcomes,
  topicOrder,
  filingTurns,
  cases,
  figures,
  reminders,
  alarms,
  reminderFigures,
  fairRelease,
  calendarFeeds,
  busyCalendars,
];

const NEWEST = Math.max(...MIGRATIONS.map(({ number }) => number));

/**
 * Runs the migrations that a database lacks. Call it inside one write transaction, so that two processes that start
 * together do not both migrate, and a failure leaves nothing behind.
 *
 * Every migration that has not run yet is run, even below the highest number that has, because several may have been
 * written side by side.
 *
 * @returns the names of the migrations that were applied
 * @throws UnusableDatabase if the database was made by a newer program
 */
export async function migrate(db: Kysely<Database>, engine: Engine, now: number): Promise<string[]> {
  await sql`create table if not exists migration (number integer primary key, name text not null, applied_at ${sql.raw(engine.instant)} not null)`.execute(
    db,
  );
  const done = new Set((await db.selectFrom('migration').select('number').execute()).map((row) => row.number));
  assertKnownSchema(Math.max(0, ...done));
  const pending = MIGRATIONS.filter((migration) => !done.has(migration.number));
  for (const { number, name, up } of pending) {
    await up(db, engine, now);
    await db.insertInto('migration').values({ number, name, applied_at: now }).execute();
  }
  return pending.map((migration) => migration.name);
}

/**
 * @param newest number of the last migration that was applied to a database or a backup
 * @throws UnusableDatabase if this program does not know that migration, because a newer program applied it
 */
export function assertKnownSchema(newest: number): void {
  if (newest > NEWEST)
    throw new UnusableDatabase(
      `The database has schema ${newest}, this program knows ${NEWEST}: it was made by a newer version. Start that one.`,
    );
}

/** The statement that lists the columns of all tables, for `assertOurs`. */
export const COLUMNS_THERE: Readonly<Record<Engine['name'], string>> = {
  sqlite: `select m.name as "table", c.name as "column" from sqlite_schema m, pragma_table_info(m.name) c where m.type = 'table'`,
  postgres: `select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = current_schema()`,
};

/**
 * Refuses a database that belongs to another program, so that no migration changes its tables.
 *
 * @param columns the columns of all existing tables
 * @throws UnusableDatabase if a table has the name of one of this program's, and no migration of this program made it
 */
export function assertOurs(columns: readonly { readonly table: string; readonly column: string }[]): void {
  if (columns.some(({ table, column }) => table === 'migration' && column === 'number')) return;
  const foreign = columns.find(({ table }) =>
    ([...TABLES, ...COUNTED, ...GUARDING] as readonly string[]).includes(table),
  );
  if (foreign)
    throw new UnusableDatabase(
      `The database has a table ${foreign.table} that this program did not make: name an empty database.`,
    );
}
