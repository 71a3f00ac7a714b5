import { sql } from 'kysely';
import { check } from '../../../src/app/check/check';
import { HOUR } from '../../../src/domain/calendar/interval';
import { CLIENT } from '../../../src/domain/staff/caller';
import { audit } from '../../../src/storage/audit/audit';
import type { OpenDatabase } from '../../../src/storage/engine';
import { type TestApp, testApp } from '../../support/app';
import { aRequest, booked } from '../../support/bookings';
import { aReceptionist, NOW, TUESDAY_NINE } from '../../support/builders';
import {
  kinds,
  newCopyOf,
  newDatabase,
  newOnServerFrom,
  openUrl,
  TEMPLATE,
  type TestDatabase,
} from '../../support/databases';
import { operate } from '../../support/operator';

const NINE = TUESDAY_NINE.start;
const STAFF = aReceptionist('Rezi Empfang');

/** How the guards are taken away and the data broken, in each database's words; `A`, `B`, `FLAGGED` stand for ids. */
interface Break {
  readonly SQLite?: string;
  readonly PostgreSQL?: string;
  readonly both?: string;
}

describe.each(kinds())('check, on %s', (kind) => {
  let worked: TestDatabase;
  let place: TestDatabase;
  let t: TestApp;
  let raw: OpenDatabase;
  let ids: Record<'A' | 'B' | 'FLAGGED', string>;

  beforeAll(async () => {
    // Not of those databases that tests hand on: its copies get broken.
    worked = await (kind === 'SQLite' ? newDatabase(kind) : newOnServerFrom(TEMPLATE));
    t = await testApp({ databaseUrl: worked.url });
    ids = await work();
    await t.close();
  });
  afterAll(() => worked.drop());
  beforeEach(async () => {
    place = await newCopyOf(worked);
    t = await testApp({ databaseUrl: place.url, desks: [] });
    raw = await openUrl(place.url, { now: NOW });
  });
  afterEach(async () => {
    await raw.storage.close();
    await t.close();
    await place.drop();
  });

  /** A day at the desk: booked, moved, cancelled, sent, held, and closed over a booking. */
  async function work() {
    const [a, b] = [await booked(t), await booked(t)];
    const gone = await booked(t, { start: NINE + HOUR });
    await t.run('sendOutbox');
    await t.app.moveBooking({ bookingId: b.id, start: NINE + 2 * HOUR, who: STAFF });
    await t.run('sendOutbox');
    await t.app.cancelBooking({ bookingId: gone.id, reason: null, who: STAFF });
    await t.app.sendManageLink({
      deskId: 'expat-desk',
      reference: a.reference,
      email: 'kim@client.example',
      who: CLIENT,
    });
    await t.app.printManageLink({ bookingId: a.id, who: STAFF });
    await t.app.restoreBooking({ bookingId: gone.id, who: STAFF });
    await t.app.cancelBooking({ bookingId: gone.id, reason: null, who: STAFF });
    const noon = t.clock.now();
    t.clock.set('2026-12-01T08:45:00+01:00');
    for (const what of ['check-in', 'undo-check-in', 'check-in'] as const)
      await t.app.recordAttendance({ bookingId: a.id, what, who: STAFF });
    t.clock.advance(noon - t.clock.now());
    const { query } = aRequest();
    for (const holder of ['one', 'two'])
      await t.app.holdSlot({ who: CLIENT, deskId: 'expat-desk', query, start: NINE + 3 * HOUR, holder });
    const flagged = await booked(t, { start: NINE + 4 * HOUR });
    await t.app.addAbsence({
      who: { kind: 'system' },
      deskId: 'expat-desk',
      advisorId: flagged.advisorId,
      time: flagged.time,
      reason: null,
    });
    return { A: a.id, B: b.id, FLAGGED: flagged.id };
  }

  const verdicts = () => check({ audit: audit(raw), now: t.clock.now })();
  const broken = async () =>
    Object.fromEntries(
      (await verdicts()).filter((each) => each.violations.length > 0).map((each) => [each.invariant, each.violations]),
    );
  const named = (text: string) => text.replace(/\b(A|B|FLAGGED)\b/g, (name) => ids[name as keyof typeof ids]);
  const run = (statements: string) =>
    raw.db.connection().execute(async (connection) => {
      for (const statement of named(statements).split(';').filter(Boolean))
        await sql.raw(statement).execute(connection);
    });

  it('finds nothing after a day’s work, and says how much it looked at', async () => {
    const counts = (await verdicts()).map(({ invariant, looked, violations }) => [invariant, looked, violations]);
    expect(counts).toEqual([
      ['An advisor has one booking or hold at a time', 5, []],
      ['Every change has its messages in the outbox', 8, []],
      ['Sequences rise', 4, []],
      ['Status and history agree', 4, []],
      ['Times are still those that were agreed', 6, []],
      ['Somebody is there, or reception knows', 3, []],
      ['A browser has one hold', 2, []],
      ['References are unique at a desk', 4, []],
      ['The database is whole', expect.any(Number), []],
    ]);
  });

  it.each<[string, Break, RegExp]>([
    [
      'An advisor has one booking or hold at a time',
      {
        SQLite: 'drop trigger booking_no_overlap_update',
        PostgreSQL: 'alter table booking drop constraint booking_no_overlap',
        both: "update booking set starts_at = starts_at - 7200000, ends_at = ends_at - 7200000, blocked_until = blocked_until - 7200000, local_start = '2026-12-01T09:00', advisor_id = (select advisor_id from booking where id = 'A') where id = 'B'",
      },
      /^booking (A|B): its advisor is taken at that time by (A|B)$/,
    ],
    [
      'Every change has its messages in the outbox',
      { both: "delete from outbox where booking_id = 'A' and recipient = 'staff'" },
      /^booking A: 2 messages were queued with its changes, the outbox has 1$/,
    ],
    [
      'Sequences rise',
      { both: "update booking set sequence = 0 where id = 'B'" },
      /^booking B: is at sequence 0, but a message has 1$/,
    ],
    [
      'Sequences rise',
      {
        both: "update outbox set sequence = 0 where booking_id = 'B' and kind = 'moved' and recipient = 'staff'; update outbox set sequence = 1 where booking_id = 'B' and kind = 'booked'",
      },
      /^booking B: a message of sequence 0 follows one of 1$/,
    ],
    [
      'Status and history agree',
      { both: "update booking set status = 'confirmed' where id = 'A'" },
      /^booking A: is confirmed, but its history ends with checked_in$/,
    ],
    [
      'Times are still those that were agreed',
      { both: "update booking set local_start = '2026-12-01T08:00', tzdata = '2020a' where id = 'A'" },
      /^booking A: was agreed for 2026-12-01T08:00 in Europe\/Berlin, which is another moment \(tzdata 2020a then, \w+ now\)$/,
    ],
    [
      'Somebody is there, or reception knows',
      { both: "delete from task where booking_id = 'FLAGGED'" },
      /^booking FLAGGED: its advisor is away at its time, and reception has no task$/,
    ],
    [
      'A browser has one hold',
      { both: "drop index one_hold_per_browser; update booking set holder = 'one' where holder = 'two'" },
      /^[\w-]{36}, [\w-]{36}: of one browser$/,
    ],
    [
      'References are unique at a desk',
      {
        both: "drop index booking_reference; update booking set reference = (select reference from booking where id = 'A') where id = 'B'",
      },
      /^((A|B)(, |: )){2}have the same reference$/,
    ],
    [
      'The database is whole',
      {
        SQLite: "pragma foreign_keys = off; delete from booking where id = 'FLAGGED'; pragma foreign_keys = on",
        PostgreSQL:
          "set session_replication_role = replica; delete from booking where id = 'FLAGGED'; set session_replication_role = origin",
      },
      /^(booking_event|outbox|task): \d rows? refers? to a row of booking that is not there$/,
    ],
    [
      'The database is whole',
      {
        SQLite: 'drop trigger booking_no_overlap_insert',
        PostgreSQL: 'alter table booking drop constraint booking_no_overlap',
      },
      /^the (trigger|constraint) booking_no_overlap\w* is gone: the database no longer refuses an overlap$/,
    ],
    [
      'The database is whole',
      {
        SQLite: "pragma foreign_keys = off; insert into lifted (booking_id) values ('A'); pragma foreign_keys = on",
        PostgreSQL: 'alter table booking drop constraint booking_no_overlap',
      },
      /^(booking A was left out of the guard's way: an overlap is not refused|the constraint booking_no_overlap is gone.*)$/,
    ],
    [
      'The database is whole',
      {
        SQLite: 'drop trigger lifted_put_back',
        PostgreSQL: 'alter table booking drop constraint booking_no_overlap',
      },
      /^the (trigger|constraint) (lifted_put_back|booking_no_overlap) is gone: the database no longer refuses an overlap$/,
    ],
    [
      'The database is whole',
      {
        SQLite:
          "pragma ignore_check_constraints = on; update outbox set state = 'lost' where booking_id = 'A'; pragma ignore_check_constraints = off",
        PostgreSQL: 'alter table booking add constraint noted check (note is not null) not valid',
      },
      /^(CHECK constraint failed in outbox|the constraint noted was never checked against all rows)$/,
    ],
  ])('sees when this is broken: %s %#', async (invariant, { both, ...guards }, violation) => {
    await run([guards[kind], both].filter(Boolean).join(';'));
    const found = (await broken())[invariant] ?? [];
    expect(found.length).toBeGreaterThan(0);
    for (const line of found) expect(line).toMatch(new RegExp(named(violation.source)));
  });

  it('reads more than one batch, and finds an overlap between two batches', async () => {
    await run(
      kind === 'SQLite'
        ? 'drop trigger booking_no_overlap_insert; drop trigger booking_no_overlap_update'
        : 'alter table booking drop constraint booking_no_overlap',
    );
    const [model] = await raw.db.selectFrom('booking').selectAll().where('id', '=', ids.A).execute();
    if (!model) throw new Error('no booking');
    const rows = Array.from({ length: 1_200 }, (_, i) => {
      const [starts_at, ends_at] = [NINE + (i + 100) * HOUR, NINE + (i + 101) * HOUR + (i === 995 ? 1 : 0)];
      const own = { id: `many-${i}`, uid: `u-${i}`, reference: `r-${i}`, token_hash: `t-${i}` };
      return { ...model, ...own, starts_at, ends_at, blocked_until: ends_at };
    });
    for (let i = 0; i < rows.length; i += 200)
      await raw.db
        .insertInto('booking')
        .values(rows.slice(i, i + 200))
        .execute();
    const [overlap, , sequences] = await verdicts();
    expect(overlap).toMatchObject({
      looked: 1_205,
      violations: ['booking many-996: its advisor is taken at that time by many-995'],
    });
    expect(sequences?.looked).toBe(1_204);
  });

  it('reads one snapshot, and keeps nobody from booking meanwhile', async () => {
    const before = await raw.db.selectFrom('booking').select('id').execute();
    const seen = await audit(raw).atOneMoment(async (facts) => {
      await facts.desks();
      await booked(t, { start: NINE + 5 * HOUR });
      let rows = 0;
      for await (const batch of facts.rows()) rows += batch.length;
      return rows;
    });
    expect(seen).toBe(before.length);
    expect((await verdicts())[2]?.looked).toBe(5);
  });

  describe('as a command', () => {
    it('prints a line for each invariant, and exits with 0 if all hold', async () => {
      const { code, out, err } = await operate(place.url, ['check']);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out.split('\n')).toHaveLength(12);
      for (const line of out.split('\n')) expect(line).toMatch(/^ok {8}[A-Z][^(]+ \(\d+ [a-z ,\d]+\)$/);
      expect(out).toContain('Every change has its messages in the outbox (8 changes)');
    });

    it('prints each violation by id, without personal data, and exits with 1', async () => {
      await run("update booking set status = 'confirmed', version = 0 where id = 'A'");
      const before = await t.everything();
      const { code, out, err } = await operate(place.url, ['check']);
      expect({ code, err }).toEqual({ code: 1, err: '2 of 12 do not hold.' });
      expect(out).toContain(`VIOLATED  Sequences rise (4 bookings)\n  booking ${ids.A}: has version 0\n`);
      const { client, reference } = (await t.storage.bookings.find(ids.A)) ?? {};
      for (const word of [client?.name, client?.email, reference]) expect(out).not.toContain(word);
      expect(await t.everything()).toEqual(before);
    });
  });
});
