import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import pg from 'pg';
import type { Booking } from '../../src/domain/booking/booking';
import { HOUR } from '../../src/domain/calendar/interval';
import { CLIENT } from '../../src/domain/staff/caller';
import { testApp } from '../support/app';
import { booked } from '../support/bookings';
import { NOW, TUESDAY_NINE } from '../support/builders';
import { everythingIn, type Kind, newDatabase, openUrl, type TestDatabase } from '../support/databases';
import { emptyPlace, kindsWithBackup, operate } from '../support/operator';
import { addStaff } from '../support/staff';

const LIFT = 100;
const byClient = { kind: 'client' } as const;

describe.each(kindsWithBackup())('A restored backup of %s', (kind) => {
  let dir: string;
  let file: string;
  let place: TestDatabase;
  let database: TestDatabase;
  const closing: (() => Promise<unknown>)[] = [];
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'restore-'));
    file = join(dir, 'desk.backup');
    place = await emptyPlace(kind);
    database = await newDatabase(kind);
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await place.drop();
    await database.drop();
    rmSync(dir, { recursive: true });
  });

  const original = async () => {
    const app = await testApp({ databaseUrl: database.url });
    closing.push(app.close);
    return app;
  };
  const restoredApp = async () => {
    const app = await testApp({ databaseUrl: place.url, desks: [] });
    closing.push(app.close);
    return app;
  };
  const backup = async () => expect(await operate(database.url, ['backup', file])).toMatchObject({ code: 0, err: '' });
  const restore = (from = file) => operate(place.url, ['restore', from]);
  const everythingAt = async ({ url }: TestDatabase) => {
    const opened = await openUrl(url, { now: NOW });
    return everythingIn(opened).finally(() => opened.storage.close());
  };

  it('contains everything that was backed up, with raised numbers, free jobs and a paused outbox', async () => {
    const app = await original();
    await addStaff(app);
    const { id } = await booked(app);
    await app.app.moveBooking({ bookingId: id, start: TUESDAY_NINE.start + HOUR, who: byClient });
    await app.app.cancelBooking({ bookingId: (await booked(app)).id, reason: 'ill', who: byClient });
    await app.app.holdSlot({ who: CLIENT, ...holdAt(TUESDAY_NINE.start + 3 * HOUR) });
    await app.write();
    await app.storage.atomically(async ({ jobs, outbox }) => {
      await jobs.register('sendOutbox');
      await jobs.take('sendOutbox', 'a process of before', 0);
      await outbox.claim(NOW, HOUR);
    });
    await backup();
    const { booking, job, outbox, ...others } = await everythingAt(database);

    const { code, out } = await restore();
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^Restored 2 bookings from .*desk\.backup\. Their SEQUENCE and version are 100 higher .*\nNo mail is sent until it is confirmed: \d+ wait\.\nNext: /,
      ),
    });
    const lifted = (row: object) => {
      const { sequence, version } = row as { sequence: number; version: number };
      return { ...row, sequence: sequence + LIFT, version: version + LIFT };
    };
    expect(sorted(await everythingAt(place))).toEqual(
      sorted({
        ...others,
        booking: booking?.map((row) => lifted(row as object)),
        job: job?.map((row) => ({ ...(row as object), holder: null, beat: 2 })),
        outbox: outbox?.map((row) => ({ ...(row as object), lease_until: null })),
        outbox_pause: [
          { id: 1, since: expect.any(Number), reason: expect.stringMatching(/^restored from desk\.backup on 20/) },
        ],
      }),
    );
  });

  it('sends no mail until it is resumed, and then all that wait', async () => {
    const app = await original();
    const sent = await booked(app);
    await app.run('sendOutbox');
    const waits = await booked(app, { start: TUESDAY_NINE.start + HOUR });
    await backup();
    await restore();

    const again = await restoredApp();
    await again.app.moveBooking({ bookingId: sent.id, start: TUESDAY_NINE.start + 2 * HOUR, who: byClient });
    await again.run('sendOutbox');
    expect(await again.mailbox.list()).toEqual([]);
    const waiting = [...(await again.outbox(waits.id)), ...(await again.outbox(sent.id))].filter(
      ({ state }) => state === 'waiting',
    );
    expect(waiting.length).toBeGreaterThan(1);

    expect((await operate(place.url, ['outbox', 'status'])).out).toMatch(
      new RegExp(
        `^${waiting.length} mails wait, the oldest for .*\\.\nPaused since 20.*: restored from desk\\.backup on 20`,
      ),
    );
    expect((await operate(place.url, ['outbox', 'resume'])).out).toBe(
      `The outbox sends again: ${waiting.length} mails will now go out.`,
    );
    await again.run('sendOutbox');
    expect(await again.mailbox.list()).toHaveLength(waiting.length);
    expect((await again.storage.outbox.state(NOW)).depth).toBe(0);
  });

  it('gives calendars and pages higher numbers than any that were sent before the loss', async () => {
    const app = await original();
    const { id } = await booked(app);
    await backup();
    const lost: Booking[] = [];
    for (const hour of [1, 2, 3])
      lost.push(
        (await app.app.moveBooking({ bookingId: id, start: TUESDAY_NINE.start + hour * HOUR, who: byClient })).value,
      );
    await restore();

    const again = await restoredApp();
    const staleMove = {
      bookingId: id,
      start: TUESDAY_NINE.start + HOUR,
      who: byClient,
      ifVersion: lost.at(-1)?.version,
    };
    await expect(again.app.moveBooking(staleMove)).rejects.toMatchObject({ code: 'version-moved-on' });
    const { value } = await again.app.moveBooking({ ...staleMove, ifVersion: undefined });
    expect(value.sequence).toBe(LIFT + 1);
    expect(value.sequence).toBeGreaterThan(Math.max(...lost.map(({ sequence }) => sequence)));
    await operate(place.url, ['outbox', 'resume']);
    await again.run('sendOutbox');
    const calendars = (await again.mailbox.list()).map((mail) => mail.calendar?.content);
    expect(calendars).toContainEqual(expect.stringContaining(`SEQUENCE:${LIFT + 1}\r\n`));
  });

  describe('is refused in one line, with nothing left behind,', () => {
    const nothingIsThere = async () => {
      if (kind === 'SQLite') {
        const folder = dirname(place.url.slice('file:'.length));
        expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
      } else {
        const { db, storage } = await openUrl(place.url, { now: NOW });
        const migrations = await db.selectFrom('migration').select('applied_at').execute();
        expect(new Set(migrations.map((row) => row.applied_at))).toEqual(new Set([NOW]));
        await storage.close();
      }
    };
    const isRefused = async (from: string, why: RegExp) => {
      const { code, out, err } = await restore(from);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(why);
      expect(err.split('\n')).toHaveLength(1);
      await nothingIsThere();
    };

    it('if the file is missing or not a backup', async () => {
      await isRefused(join(dir, 'none'), /none: there is no such file\.$/);
      await isRefused(dir, /is not a file\.$/);
      writeFileSync(file, 'Dear reader, this is no backup.');
      await isRefused(file, /desk\.backup is not a backup\.$/);
    });

    it('if the file is cut off', async () => {
      const app = await original();
      for (const hour of [0, 1, 2]) await booked(app, { start: TUESDAY_NINE.start + hour * HOUR });
      await backup();
      const whole = readFileSync(file);
      writeFileSync(file, whole.subarray(0, Math.floor(whole.length / 2)));
      await isRefused(file, /damaged|malformed|pg_restore failed: could not read/);
    });

    it('if its pages are damaged', async () => {
      const app = await original();
      for (const hour of [0, 1, 2]) await booked(app, { start: TUESDAY_NINE.start + hour * HOUR });
      await backup();
      const whole = readFileSync(file);
      writeFileSync(file, whole.fill(0xa5, Math.floor(whole.length / 3)));
      await isRefused(file, /damaged|malformed|pg_restore failed: /);
    });

    it('if a newer version of the program made it', async () => {
      const { db, storage } = await openUrl(database.url, { now: NOW });
      await db.insertInto('migration').values({ number: 999, name: 'from the future', applied_at: 0 }).execute();
      await backup();
      await db.deleteFrom('migration').where('number', '=', 999).execute();
      await storage.close();
      await isRefused(file, /schema 999, this program knows \d+: it was made by a newer version/);
    });

    it('if it is from the other kind of database', async () => {
      const other: Kind = kind === 'SQLite' ? 'PostgreSQL' : 'SQLite';
      const foreign = kindsWithBackup().includes(other) ? await newDatabase(other) : null;
      if (!foreign) return;
      await (await openUrl(foreign.url, { now: NOW })).storage.close();
      await operate(foreign.url, ['backup', file]);
      await isRefused(file, new RegExp(`is a backup of a ${other} database, and DATABASE_URL names a ${kind} one`));
      await foreign.drop();
    });
  });

  it('never replaces an existing database', async () => {
    const app = await original();
    await booked(app);
    await backup();
    expect((await restore()).code).toBe(0);
    const before = await everythingAt(place);
    const { code, err } = await restore();
    expect(code).toBe(1);
    expect(err).toMatch(/^(.*desk\.db is there already\. Stop the server, |The database is not empty: )[^\n]*$/);
    expect(await everythingAt(place)).toEqual(before);
  });

  if (kind === 'SQLite') {
    it('can be read by its owner only, and ignores the journal of an earlier database', async () => {
      await (await original()).close();
      closing.splice(0);
      await backup();
      const target = place.url.slice('file:'.length);
      mkdirSync(dirname(target));
      writeFileSync(`${target}-wal`, 'left');
      expect((await restore()).err).toMatch(/desk\.db-wal is there already/);
      rmSync(`${target}-wal`);
      expect((await restore()).code).toBe(0);
      expect(statSync(target).mode & 0o777).toBe(0o600);
      expect(readdirSync(dirname(target))).toEqual(['desk.db']);
    });

    it('cannot be a file that was copied while a server was running', async () => {
      const app = await original();
      await booked(app);
      const source = database.url.slice('file:'.length);
      expect((await restore(source)).err).toMatch(
        /has a journal beside it .*: it is a database in use, not a backup\.$/,
      );
    });
  } else {
    it('needs PostgreSQL’s client programs, and names the one that is missing', async () => {
      await original();
      await backup();
      const missing = (program: string) => ({
        code: 1,
        out: '',
        err: expect.stringMatching(new RegExp(`^${program} is not on PATH: [^\n]*$`)),
      });
      const bin = join(dir, 'bin');
      mkdirSync(bin);
      const withBin = () => operate(place.url, ['restore', file], { PATH: bin });
      expect(await withBin()).toEqual(missing('pg_restore'));
      const found = (process.env.PATH ?? '').split(delimiter).find((folder) => existsSync(join(folder, 'pg_restore')));
      writeFileSync(join(bin, 'pg_restore'), `#!/bin/sh\nexec ${found}/pg_restore "$@"\n`, { mode: 0o755 });
      expect(await withBin()).toEqual(missing('psql'));
    });

    it('is refused with the server’s own message if the server accepts no writes', async () => {
      const app = await original();
      for (const hour of [0, 1, 2]) await booked(app, { start: TUESDAY_NINE.start + hour * HOUR });
      await backup();
      const { pathname } = new URL(place.url);
      const name = pathname.slice(1);
      const server = new pg.Client({ connectionString: place.url });
      await server.connect();
      await server.query(`alter database ${name} set default_transaction_read_only = on`);
      expect((await restore()).err).toMatch(/^psql failed: ERROR: [^\n]*read-only transaction\.$/);
      const { rows } = await server.query("select relname from pg_class where relnamespace = 'public'::regnamespace");
      await server.end();
      expect(rows).toEqual([]);
    });
  }
});

function holdAt(start: number) {
  return {
    deskId: 'expat-desk',
    query: { topicId: 'residence', language: 'en', mode: 'phone' as const },
    start,
    holder: 'a browser',
  };
}

/** Rows have no order of their own. */
function sorted(tables: Record<string, unknown[] | undefined>): Record<string, unknown[]> {
  const key = (row: unknown) =>
    JSON.stringify(row, (_, value: unknown) =>
      typeof value === 'object' || typeof value === 'string' ? value : String(value),
    );
  return Object.fromEntries(
    Object.entries(tables).map(([name, rows = []]) => [name, [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1))]),
  );
}
