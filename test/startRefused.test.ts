import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { Sqlite } from '../src/storage/driver';
import { COUNTED, TABLES } from '../src/storage/tables';
import { add, another } from './contracts/bookingStore';
import { aDesk, NOW, span } from './support/builders';
import { everythingIn, kinds, openUrl, type TestDatabase } from './support/databases';
import { emptyPlace } from './support/operator';
import { buildProgram, endPrograms, startProgram } from './support/program';

beforeAll(buildProgram);
afterAll(endPrograms);

const PAGE = 4096;

/** The program on a database that it must refuse. It gets a port of its own choice, and ends by itself. */
async function start(url: string): Promise<{ code: unknown; out: string; err: string }> {
  const { child, exit } = startProgram({ DATABASE_URL: url, PORT: '0' });
  const [code, out, err] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  return { code, out, err };
}

async function refused(url: string, why: RegExp): Promise<void> {
  const { code, out, err } = await start(url);
  expect({ code, out, err }).toEqual({ code: 1, out: '', err: expect.stringMatching(why) });
  expect(err).toMatch(/^[^\n]+\n$/);
}

describe('The program refuses to start, in one line, and touches nothing:', () => {
  let dir: string;
  let file: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'refused-'));
    file = join(dir, 'desk.db');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const raw = (work: (db: InstanceType<typeof Sqlite>) => void) => {
    const db = new Sqlite(file);
    work(db);
    db.close();
  };
  const withBookings = async () => {
    const { storage } = await openUrl(`file:${file}`, { now: NOW });
    await storage.write(({ desks }) => desks.add(aDesk()));
    for (let hour = 9; hour < 17; hour++)
      await add(
        storage,
        another({ note: 'x'.repeat(9000), time: span(`2026-12-01T${hour < 10 ? '0' : ''}${hour}:00:00+01:00`, 30) }),
      );
    await storage.close();
  };
  const fileIsRefused = async (why: RegExp) => {
    const before = readFileSync(file);
    await refused(`file:${file}`, why);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(dir)).toEqual(['desk.db']);
  };

  const middle = (bytes: Buffer) => Math.floor(bytes.length / PAGE / 2) * PAGE;
  it.each([
    ['with noise in its middle', (bytes: Buffer) => bytes.fill(0xa5, middle(bytes), middle(bytes) + 8 * PAGE)],
    ['that ends in its middle', (bytes: Buffer) => bytes.subarray(0, middle(bytes))],
    ['of which only the header is left', (bytes: Buffer) => bytes.subarray(0, 100)],
  ])('a SQLite file %s', async (_, damage) => {
    await withBookings();
    writeFileSync(file, damage(readFileSync(file)));
    await fileIsRefused(/^The database is damaged \(.+\)\. Restore a backup\.$/m);
  });

  it.each([
    ['a letter', Buffer.from('Dear reader, this is no database. '.repeat(200))],
    ['a dump of PostgreSQL', Buffer.concat([Buffer.from('PGDMP'), Buffer.alloc(3 * PAGE, 7)])],
  ])('%s', async (_, bytes) => {
    writeFileSync(file, bytes);
    await fileIsRefused(/^DATABASE_URL: cannot open .*desk\.db \(file is not a database\)$/m);
  });

  it('a SQLite file of a newer version, also one that was never opened', async () => {
    await withBookings();
    for (const journal of ['wal', 'delete']) {
      raw((db) => {
        db.prepare("insert or replace into migration values (999, 'from the future', 0)").run();
        db.pragma(`journal_mode = ${journal}`);
      });
      await fileIsRefused(
        /^The database has schema 999, this program knows \d+: it was made by a newer version\. Start that one\.$/m,
      );
    }
  });

  it.each(['migration', 'booking'])('a SQLite file of another program that also has a table %s', async (table) => {
    raw((db) => db.exec(`create table ${table} (x text)`));
    await fileIsRefused(
      new RegExp(`^The database has a table ${table} that this program did not make: name an empty database\\.$`, 'm'),
    );
  });

  it('a SQLite file that another program has locked', async () => {
    await withBookings();
    const other = new Sqlite(file);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('begin immediate');
    await refused(`file:${file}`, /^DATABASE_URL: cannot open .*desk\.db \(database is locked\)$/m);
    other.close();
  });
});

(kinds().includes('PostgreSQL') ? describe : describe.skip)(
  'The program refuses to start, in one line, on a PostgreSQL database',
  () => {
    let place: TestDatabase;
    beforeEach(async () => {
      place = await emptyPlace('PostgreSQL');
    });
    afterEach(() => place.drop());
    const run = async (...statements: string[]) => {
      const client = new pg.Client({ connectionString: place.url });
      await client.connect();
      for (const statement of statements) await client.query(statement);
      await client.end();
    };
    const tables = async () => {
      const client = new pg.Client({ connectionString: place.url });
      await client.connect();
      const { rows } = await client.query("select tablename from pg_tables where schemaname = 'public' order by 1");
      await client.end();
      return rows.map(({ tablename }) => tablename);
    };

    it('of a newer version', async () => {
      const { storage } = await openUrl(place.url, { now: NOW });
      await storage.write(({ desks }) => desks.add(aDesk()));
      await storage.close();
      await run("insert into migration values (999, 'from the future', 0)");
      await refused(
        place.url,
        /^The database has schema 999, this program knows \d+: it was made by a newer version\. Start that one\.$/m,
      );
      expect(await tables()).toEqual([...TABLES, ...COUNTED].sort());
      await run('delete from migration where number = 999');
      const opened = await openUrl(place.url, { now: NOW });
      const { desk, job } = await everythingIn(opened);
      await opened.storage.close();
      expect([desk?.length, job]).toEqual([1, []]);
    });

    it.each(['migration', 'booking'])('of another program that also has a table %s', async (table) => {
      await run(`create table ${table} (x text)`);
      await refused(
        place.url,
        new RegExp(
          `^The database has a table ${table} that this program did not make: name an empty database\\.$`,
          'm',
        ),
      );
      expect(await tables()).toEqual([table]);
    });

    it('in which its user may not create tables', async () => {
      const user = `guest_${process.pid}`;
      await run('revoke create on schema public from public', `create user ${user}`);
      const url = new URL(place.url);
      url.username = user;
      await refused(
        url.toString(),
        /^The database refuses this user: permission denied for .+\. Let the user own the database\.$/m,
      );
      expect(await tables()).toEqual([]);
      await run(`drop user ${user}`);
    });
  },
);
