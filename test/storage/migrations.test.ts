import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import pg from 'pg';
import { DAY } from '../../src/domain/calendar/dates';
import { Sqlite } from '../../src/storage/driver';
import { POSTGRES, SQLITE } from '../../src/storage/engine';
import { firstTables } from '../../src/storage/migrations/0001-first-tables';
import type { Database } from '../../src/storage/schema';
import { aDesk, NOW } from '../support/builders';
import { type Kind, kinds, openUrl } from '../support/databases';
import { emptyPlace } from '../support/operator';

const ENGINES = { SQLite: SQLITE, PostgreSQL: POSTGRES };

function connected(kind: Kind, url: string): Kysely<Database> {
  if (kind === 'PostgreSQL')
    return new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }) });
  const file = url.slice('file:'.length);
  mkdirSync(dirname(file), { recursive: true });
  return new Kysely({ dialect: new SqliteDialect({ database: new Sqlite(file) }) });
}

/** As the first version left it: a booking whose mails were refused, each a task of its own. */
const WITH_TASKS = `insert into desk values ('d', '{}', '{}', '{}', 'Europe/Berlin', null, '', '', '', 30, 0, 60);
  insert into topic values ('d', 't', 0, '{}', '{}', null, 30, 0, '["phone"]', null, null, null);
  insert into advisor values ('d', 'a', 0, 'Ada Beispiel', 'a@desk.example');
  insert into booking (id, desk_id, advisor_id, status, topic_id, language, mode, tied, starts_at, ends_at, blocked_until, local_start, time_zone,
      tzdata, renewals, reference, uid, organizer, token_hash, source, sequence, version, client_name, attendees, created_at, changed_at)
    values ('b', 'd', 'a', 'confirmed', 't', 'de', 'phone', 0, 0, 1, 1, '1970-01-01T01:00', 'Europe/Berlin', 'x', 0, 'R', 'u', 'o', 'h', 'web',
      0, 1, 'Kim Probe', 1, 0, 0);
  insert into task (id, desk_id, booking_id, kind, created_at, done_at) values ('done', 'd', 'b', 'mail_failed', 1, 2);
  insert into task (id, desk_id, booking_id, kind, created_at) values ('later', 'd', 'b', 'mail_failed', 4);
  insert into task (id, desk_id, booking_id, kind, created_at) values ('twin', 'd', 'b', 'mail_failed', 3);
  insert into task (id, desk_id, booking_id, kind, created_at) values ('first', 'd', 'b', 'mail_failed', 3)`;

/** Exceptions about the same days, in no order. */
const WITH_EXCEPTIONS = `insert into desk values ('d', '{}', '{}', '{}', 'Europe/Berlin', null, '', '', '', 30, 0, 60);
  insert into hours_exception values ('day-open', 'd', '2026-12-29', '2026-12-30', 0, '[{"start":"10:00","end":"14:00"}]', '{}');
  insert into hours_exception values ('range', 'd', '2026-12-24', '2027-01-04', 1, '[]', '{}');
  insert into hours_exception values ('week', 'd', '2026-12-24', '2026-12-31', 0, '[{"start":"10:00","end":"11:00"}]', '{}');
  insert into hours_exception values ('day-closed', 'd', '2026-12-29', '2026-12-30', 1, '[]', '{}')`;

/** As versions before accounts could be taken back left it. */
const WITH_ACCOUNTS = `insert into desk values ('expat-desk', '{}', '{}', '{}', 'Europe/Berlin', null, '', '', '', 30, 0, 60);
  insert into staff_user values ('1', 'admin@expat-desk.example', 'Demo-Verwaltung', 'admin', 'expat-desk', null, 'h');
  insert into staff_user values ('2', 'reception@expat-desk.example', 'Demo-Empfang', 'receptionist', 'expat-desk', null, 'changed');
  insert into staff_user values ('3', 'advisor@expat-desk.example', 'Ada Beispiel', 'advisor', 'expat-desk', null, 'h');
  insert into staff_user values ('4', 'manager@expat-desk.example', 'Demo-Leitung', 'manager', 'expat-desk', null, 'h');
  insert into staff_user values ('5', 'admin@other-desk.example', 'Real', 'admin', 'expat-desk', null, 'h');
  insert into staff_user values ('6', 'kim@stadt.example', 'Real', 'admin', 'expat-desk', null, 'h');
  insert into api_token values ('hash', 'figures', 'manager', 'expat-desk', null, 1)`;

async function ofFirstVersion(kind: Kind, url: string, rows: string): Promise<void> {
  const db = connected(kind, url);
  await firstTables.up(db, ENGINES[kind], NOW);
  await sql`create table migration (number integer primary key, name text not null, applied_at bigint not null)`.execute(
    db,
  );
  await sql`insert into migration values (1, 'first tables', 0)`.execute(db);
  for (const statement of rows.split(';')) await sql.raw(statement).execute(db);
  await db.destroy();
}

describe.each(kinds())('A database of the first version, on %s', (kind) => {
  it('keeps its messages, which need no booking any more, and their indexes', async () => {
    const place = await emptyPlace(kind);
    const withMessage = `${WITH_TASKS}; insert into outbox (desk_id, booking_id, sequence, kind, recipient, address, calendar, dedupe_key, message_json,
      state, attempts, next_at, created_at) values ('d', 'b', 3, 'booked', 'client', 'kim@client.example', 1, 'k', '{}', 'sent', 1, 5, 4)`;
    await ofFirstVersion(kind, place.url, withMessage);
    const { db, storage } = await openUrl(place.url, { now: NOW });
    const messages = await db.selectFrom('outbox').selectAll().execute();
    const indexes =
      kind === 'SQLite'
        ? sql<{
            name: string;
          }>`select name from sqlite_schema where type = 'index' and tbl_name = 'outbox' and sql is not null`
        : sql<{ name: string }>`select indexname as name from pg_indexes where tablename = 'outbox'`;
    const names = (await indexes.execute(db)).rows.map(({ name }) => name);
    await db.updateTable('outbox').set({ booking_id: null }).execute();
    await storage.close();
    await place.drop();
    expect(messages).toMatchObject([{ booking_id: 'b', sequence: 3, dedupe_key: 'k', next_at: 5, created_at: 4 }]);
    for (const name of ['outbox_waiting', 'outbox_by_booking', 'outbox_with_words', 'outbox_address'])
      expect(names).toContain(name);
  });

  it('keeps the oldest of several open tasks of a booking, and all finished ones', async () => {
    const place = await emptyPlace(kind);
    await ofFirstVersion(kind, place.url, WITH_TASKS);
    const opened = await openUrl(place.url, { now: NOW });
    const tasks = await opened.db.selectFrom('task').select('id').orderBy('id').execute();
    await opened.storage.close();
    await place.drop();
    expect(tasks.map(({ id }) => id)).toEqual(['done', 'first']);
  });

  it('has its demo users marked by their published addresses, and its tokens end a year after the update', async () => {
    const place = await emptyPlace(kind);
    await ofFirstVersion(kind, place.url, WITH_ACCOUNTS);
    const { storage } = await openUrl(place.url, { now: NOW });
    const [users, tokens] = [await storage.staff.listUsers(), await storage.staff.listTokens()];
    await storage.close();
    await place.drop();
    expect(users.filter(({ demo }) => demo).map(({ id }) => id)).toEqual(['1', '3', '4', '2']);
    expect(users.map(({ disabledAt }) => disabledAt)).toEqual(Array(6).fill(null));
    expect(tokens.map(({ endsAt, lastUsedAt }) => [endsAt, lastUsedAt])).toEqual([[NOW + 365 * DAY, null]]);
  });

  it('runs a missing migration although a later one has run, because they are written side by side', async () => {
    const place = await emptyPlace(kind);
    const db = connected(kind, place.url);
    await (await openUrl(place.url, { now: NOW })).storage.close();
    const done = () => db.selectFrom('migration').select('name').orderBy('number').execute();
    const before = await done();
    for (const table of ['topic', 'advisor']) await sql.raw(`alter table ${table} drop column retired`).execute(db);
    await sql`delete from migration where name = 'retired'`.execute(db);
    const opened = await openUrl(place.url, { now: NOW });
    await opened.storage.write(({ desks }) => desks.add(aDesk()));
    expect((await opened.storage.desks.list())[0]?.topics).toHaveLength(2);
    await opened.storage.close();
    expect(await done()).toEqual(before);
    await db.destroy();
    await place.drop();
  });

  it('keeps the precedence of exceptions: the shorter one, then the special opening', async () => {
    const place = await emptyPlace(kind);
    await ofFirstVersion(kind, place.url, WITH_EXCEPTIONS);
    const opened = await openUrl(place.url, { now: NOW });
    const desk = await opened.storage.desks.find('d');
    await opened.storage.close();
    await place.drop();
    expect(desk?.hours.exceptions.map(({ id }) => id)).toEqual(['range', 'week', 'day-closed', 'day-open']);
  });

  it('has its bookings found by another spelling and by the last digits of a phone number', async () => {
    const place = await emptyPlace(kind);
    const withNumber = `${WITH_TASKS}; update booking set client_name = 'Юлія', client_phone = '+492111234567', search_text = 'iuliia r'`;
    await ofFirstVersion(kind, place.url, withNumber);
    const { storage } = await openUrl(place.url, { now: NOW });
    const found = async (text: string) =>
      (await storage.bookings.search({ deskId: 'd', text, limit: 5 })).bookings.map(({ id }) => id);
    const all = [await found('julija'), await found('4567'), await found('anna')];
    await storage.close();
    await place.drop();
    expect(all).toEqual([['b'], ['b'], []]);
  });
});
