import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import type { Storage } from '../../../src/app/ports/storage';
import { Sqlite } from '../../../src/storage/driver';
import { openSqlite } from '../../../src/storage/sqlite/open';
import { add, another } from '../../contracts/bookingStore';
import { aDesk, NOW, span } from '../../support/builders';

const PAGE = 4096;

describe('A SQLite file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
  const opened: Storage[] = [];
  let file: string;
  let count = 0;
  beforeEach(() => {
    file = join(folder, `${count++}.db`);
  });
  afterEach(() => Promise.all(opened.splice(0).map((storage) => storage.close())));
  afterAll(() => rmSync(folder, { recursive: true }));

  const open = async (): Promise<Storage> => {
    const storage = await openSqlite(file, { now: NOW });
    opened.push(storage);
    return storage;
  };
  const closeAll = () => Promise.all(opened.splice(0).map((storage) => storage.close()));
  /** What another program does to the file. */
  const raw = <T>(work: (db: BetterSqlite3.Database) => T): T => {
    const db = new Sqlite(file);
    try {
      return work(db);
    } finally {
      db.close();
    }
  };

  it('keeps what was written when it is opened again', async () => {
    const booking = another();
    const storage = await open();
    await storage.write(({ desks }) => desks.add(aDesk()));
    await add(storage, booking);
    await closeAll();
    expect(await (await open()).bookings.find(booking.id)).toEqual(booking);
  });

  it('syncs every commit, also after it was reopened, and enforces foreign keys', async () => {
    const pragma = jest.spyOn(Sqlite.prototype, 'pragma');
    for (const _ of ['new', 'again']) {
      await open();
      const connection = pragma.mock.contexts.at(-1) as BetterSqlite3.Database;
      const value = (name: string) => connection.pragma(name, { simple: true });
      // 2 is FULL; a WAL database that is reopened is at NORMAL until it is told.
      expect([value('synchronous'), value('journal_mode'), value('foreign_keys')]).toEqual([2, 'wal', 1]);
      await closeAll();
    }
    pragma.mockRestore();
  });

  it('is migrated once', async () => {
    await open();
    await closeAll();
    const schema = () => raw((db) => db.prepare('select name, sql from sqlite_schema order by name').all());
    const first = schema();
    await open();
    expect(schema()).toEqual(first);
    const applied = raw((db) => db.prepare('select number, applied_at as at from migration').all()) as {
      number: number;
      at: number;
    }[];
    expect(new Set(applied.map(({ number }) => number)).size).toBe(applied.length);
    expect(applied.filter(({ at }) => at !== NOW)).toEqual([]);
    expect(applied.length).toBeGreaterThan(4);
  });

  it('keeps its snapshots as long as no process changes a desk', async () => {
    const [one, other] = [await open(), await open()];
    const snapshots = async () => [await one.snapshot('expat-desk'), await other.snapshot('expat-desk')];
    await one.write(({ desks }) => desks.add(aDesk()));
    const before = await snapshots();
    await one.desks.list();
    await other.write(async ({ desks }) => void (await desks.list()));
    const same = await snapshots();
    expect([same[0] === before[0], same[1] === before[1]]).toEqual([true, true]);
    await other.write(({ desks }) => desks.replaceOpeningRules('expat-desk', []));
    const after = await snapshots();
    expect([after[0] === before[0], after[1] === before[1]]).toEqual([false, false]);
    for (const each of after) expect((await each?.desk())?.hours.rules).toEqual([]);
  });

  it('is refused if a newer program has made it', async () => {
    await open();
    await closeAll();
    raw((db) => db.prepare("insert into migration values (999, 'from the future', 0)").run());
    await expect(open()).rejects.toThrow(/schema 999, this program knows \d+: it was made by a newer version/);
  });

  describe('that is damaged', () => {
    beforeEach(async () => {
      const storage = await open();
      await storage.write(({ desks }) => desks.add(aDesk()));
      for (let hour = 10; hour < 20; hour++)
        await add(storage, another({ note: 'x'.repeat(2000), time: span(`2026-12-01T${hour}:00:00+01:00`, 30) }));
      await closeAll();
    });

    it.each([
      ['pages of noise', (bytes: Buffer) => bytes.fill(0xa5, 2 * PAGE, 30 * PAGE)],
      ['a header of noise', (bytes: Buffer) => bytes.fill(0xa5, 0, 100)],
      ['half of it', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / PAGE / 2) * PAGE)],
    ])('by %s does not open, and is not touched', async (_, damage) => {
      const damaged = damage(readFileSync(file));
      writeFileSync(file, damaged);
      await expect(open()).rejects.toMatchObject({
        message: expect.stringMatching(/damaged|malformed|not a database/),
      });
      expect(readFileSync(file).equals(damaged)).toBe(true);
    });
  });

  it('stores the wall time at the desk beside the instant, before and after a change of clocks, also for a moved booking', async () => {
    const storage = await open();
    await storage.write(({ desks }) => desks.add(aDesk()));
    const winter = another({ time: span('2027-03-25T09:00:00+01:00', 30) });
    const summer = another({ time: span('2027-03-30T09:00:00+02:00', 30) });
    await add(storage, winter, summer);
    const wallTimes = () =>
      raw((db) => db.prepare('select local_start, time_zone, tzdata from booking order by starts_at').all());
    const here = { time_zone: 'Europe/Berlin', tzdata: process.versions.tz };
    expect(wallTimes()).toEqual([
      { local_start: '2027-03-25T09:00', ...here },
      { local_start: '2027-03-30T09:00', ...here },
    ]);

    const time = span('2027-03-31T10:30:00+02:00', 30);
    await storage.write(({ bookings }) => bookings.save({ ...winter, time, blockedUntil: time.end, version: 2 }));
    expect(wallTimes()).toEqual([
      { local_start: '2027-03-30T09:00', ...here },
      { local_start: '2027-03-31T10:30', ...here },
    ]);
  });

  describe('written to by anything else', () => {
    const OVERLAPS = `select count(*) as n from booking a join booking b
      on a.desk_id = b.desk_id and a.advisor_id = b.advisor_id and a.id < b.id
      where a.starts_at < b.blocked_until and b.starts_at < a.blocked_until
        and a.status not in ('cancelled', 'lapsed') and b.status not in ('cancelled', 'lapsed')`;
    const [nine, ten] = [another(), another({ time: span('2026-12-01T10:00:00+01:00', 30) })];
    const gone = another({ status: 'cancelled' });

    const insert = (how: string, change: Record<string, unknown>) => (db: BetterSqlite3.Database) => {
      const row = { ...(db.prepare('select * from booking where id = ?').get(nine.id) as object), ...change };
      const names = Object.keys(row);
      db.prepare(`insert ${how} into booking (${names}) values (${names.map((name) => `@${name}`)})`).run(row);
    };
    const fresh = { id: 'new', uid: 'new', token_hash: 'new', reference: 'new' };
    const run = (sql: string) => (db: BetterSqlite3.Database) => void db.prepare(sql).run();

    const LIFT = `insert into lifted (booking_id) values ('${nine.id}')`;
    const MEET = `update booking set starts_at = ${nine.time.start} where id = '${ten.id}'`;
    const PUT_BACK = 'delete from lifted';
    const inTransaction =
      (...statements: string[]) =>
      (db: BetterSqlite3.Database) => {
        db.pragma('foreign_keys = on');
        db.exec('begin');
        for (const statement of statements) db.exec(statement);
        db.exec('commit');
      };

    it.each([
      ['insert', insert('', fresh)],
      ['insert of a hold', insert('', { ...fresh, status: 'held', held_until: NOW })],
      ['insert or replace', insert('or replace', fresh)],
      ['insert or ignore', insert('or ignore', fresh)],
      ['insert or fail', insert('or fail', fresh)],
      ['insert or replace of the neighbour', insert('or replace', { ...fresh, id: ten.id })],
      ['insert or replace of a cancelled one', insert('or replace', { ...fresh, id: gone.id })],
      ['update of a time', run(`update booking set starts_at = ${nine.time.start} where id = '${ten.id}'`)],
      [
        'update of an end',
        run(`update booking set ends_at = ${ten.time.end}, blocked_until = ${ten.time.end} where id = '${nine.id}'`),
      ],
      ['update of a status', run(`update booking set status = 'confirmed' where id = '${gone.id}'`)],
      ['update or ignore', run(`update or ignore booking set status = 'confirmed' where id = '${gone.id}'`)],
      ['update or replace', run(`update or replace booking set status = 'confirmed' where id = '${gone.id}'`)],
      ['update to where one was lifted from', inTransaction(LIFT, MEET, PUT_BACK)],
      ['update of one that is lifted', inTransaction(LIFT.replace(nine.id, ten.id), MEET)],
    ])('keeps two clients apart: %s', async (_, work) => {
      const storage = await open();
      await storage.write(({ desks }) => desks.add(aDesk()));
      await add(storage, nine, ten, gone);
      expect(failureOf(() => raw(work))).toBe('slot-unavailable');
      expect(raw((db) => db.prepare(OVERLAPS).get())).toEqual({ n: 0 });
      expect(await storage.bookings.within('expat-desk', { start: 0, end: Number.MAX_SAFE_INTEGER })).toHaveLength(3);
    });

    it.each([
      ['committed', inTransaction(LIFT, MEET), 'FOREIGN KEY constraint failed'],
      ['committed without a change', inTransaction(LIFT), 'FOREIGN KEY constraint failed'],
      ['in a savepoint', inTransaction('savepoint s', LIFT, MEET, 'release s'), 'FOREIGN KEY constraint failed'],
      [
        'renamed',
        inTransaction(LIFT, MEET, "update lifted set booking_id = 'x'", 'delete from lifted'),
        'what is lifted is put back, and nothing else',
      ],
      [
        'replaced',
        inTransaction(LIFT, MEET, `insert or replace into lifted values ('${nine.id}', '')`),
        'FOREIGN KEY constraint failed',
      ],
      [
        'with something to refer to',
        inTransaction("insert into lifted values ('', '')", LIFT, MEET),
        "CHECK constraint failed: booking_id <> ''",
      ],
    ])('keeps no booking out of the guard’s way: %s', async (_, work, failure) => {
      const storage = await open();
      await storage.write(({ desks }) => desks.add(aDesk()));
      await add(storage, nine, ten, gone);
      expect(failureOf(() => raw(work))).toBe(failure);
      expect(raw((db) => db.prepare('select count(*) as n from lifted').get())).toEqual({ n: 0 });
      expect(raw((db) => db.prepare(OVERLAPS).get())).toEqual({ n: 0 });
    });
  });
});

/** The native module keeps the error class of the first test file that loaded it, which `toThrow` does not take for an error. */
function failureOf(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
}
