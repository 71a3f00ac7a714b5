import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { HOUR } from '../../src/domain/calendar/interval';
import { Sqlite } from '../../src/storage/driver';
import { TABLES } from '../../src/storage/tables';
import { testApp } from '../support/app';
import { booked } from '../support/bookings';
import { aClient, aDesk, anAdvisor, aPlan, aQueueEntry, aReceptionist, NOW, TUESDAY_NINE } from '../support/builders';
import { everythingIn, kinds, openUrl, type TestDatabase } from '../support/databases';
import { emptyPlace, operate } from '../support/operator';
import { addStaff } from '../support/staff';
import { aDelivery, aWebhook } from '../support/webhooks';

const byClient = { kind: 'client' } as const;

(kinds().includes('PostgreSQL') ? describe : describe.skip)('move-database', () => {
  let dir: string;
  let file: string;
  let target: TestDatabase;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'move-'));
    file = join(dir, 'desk.db');
    target = await emptyPlace('PostgreSQL');
  });
  afterEach(async () => {
    await target.drop();
    rmSync(dir, { recursive: true });
  });

  const move = (to = target.url, from = `file:${file}`) => operate(from, ['move-database', '--to', to]);
  const everythingAt = async (url: string) => {
    const opened = await openUrl(url, { now: NOW });
    return everythingIn(opened).finally(() => opened.storage.close());
  };
  const raw = (work: (db: InstanceType<typeof Sqlite>) => void) => {
    const db = new Sqlite(file);
    work(db);
    db.close();
  };
  const onTarget = async (statement: string) => {
    const client = new pg.Client({ connectionString: target.url });
    await client.connect();
    return (await client.query(statement).finally(() => client.end())).rows;
  };
  const targetIsEmpty = async () => {
    const { migration, ...others } = await everythingAt(target.url);
    expect(migration?.length).toBeGreaterThan(1);
    expect(Object.values(others).flat()).toEqual([]);
  };

  /** Something in every table. */
  const filled = async () => {
    const absent = anAdvisor({ id: 'a3', workingRules: aDesk().hours.rules });
    const app = await testApp({
      databaseUrl: `file:${file}`,
      desks: [aDesk({ advisors: [...aDesk().advisors, absent] })],
    });
    await addStaff(app);
    const note = 'Es heißt “so”;\u2028 \\N \\. \t 高峰 🎏\r\n';
    const details = {
      client: aClient(),
      attendees: 2,
      onBehalfOf: { organisation: 'Beispiel AG', name: 'Олена' },
      people: [{ name: 'Олена', email: null, language: 'uk' }],
      support: ['quiet_room' as const],
      note,
      answers: {},
    };
    const { id } = await booked(app, { details, idempotency: { scope: 'test', key: 'k', fingerprint: 'f' } });
    await app.app.moveBooking({ bookingId: id, start: TUESDAY_NINE.start + HOUR, who: byClient });
    await app.app.moveBooking({ bookingId: id, start: TUESDAY_NINE.start, who: aReceptionist('Rezi') });
    await app.app.cancelBooking({ bookingId: (await booked(app)).id, reason: 'ill', who: byClient });
    await app.run('sendOutbox');
    const manager = { who: aReceptionist('Mana', { role: 'manager' }), deskId: 'expat-desk' };
    const words = { key: 'mail.greeting', text: { uk: 'Вітаємо!' }, ifVersion: undefined };
    await app.app.wordText({ ...manager, ...words });
    const day = { from: '2026-12-31', to: '2027-01-01', closed: true, windows: [], reason: { de: 'Silvester' } };
    await app.app.addException({ ...manager, exception: day });
    await app.storage.write(
      async ({ staff, jobs, tasks, limits, demand, outbox, linkKeys, plans, queue, webhooks }) => {
        await plans.save(aPlan());
        await webhooks.add(aWebhook());
        await webhooks.queue([aDelivery({ client: { name: 'Олена' } })]);
        await queue.add(aQueueEntry({ name: 'Ola Wartend' }), 'hash of a ticket');
        await plans.ask({ bookingId: id, deskId: 'expat-desk', version: 3, until: NOW });
        await staff.addToken(
          {
            hash: 'hash',
            name: 'nightly reader',
            role: 'manager',
            deskId: 'expat-desk',
            advisorId: null,
            endsAt: Number.MAX_SAFE_INTEGER,
          },
          NOW,
        );
        await jobs.register('sendOutbox');
        await limits.count('key', HOUR, NOW);
        await demand.count({ deskId: 'expat-desk', topicId: 'residence', language: 'ar', week: '2026-W48' }, 2);
        await tasks.add({ id: 't', deskId: 'expat-desk', bookingId: id, kind: 'mail_failed', createdAt: NOW });
        await outbox.pause('a pause', NOW);
        await linkKeys.keepCheck('check');
      },
    );
    await app.close();
    raw((db) => {
      db.exec(
        `insert into busy_calendar values ('expat-desk', 'a1', 'bc', 'calendar.example', 'sealed', null, null, 1, 0, ${NOW}, ${NOW}, ${NOW}, null)`,
      );
      db.exec(`insert into busy_time values ('expat-desk', 'a1', ${NOW}, ${NOW + HOUR})`);
      db.exec(`insert into calendar_feed values ('cf', 'expat-desk', 'a1', 0, null, 'hash', ${NOW})`);
      db.exec(`insert into session values ('s', 'user-receptionist', 'csrf', null, ${NOW}, ${NOW})`);
      db.exec(
        `insert into absence (id, desk_id, advisor_id, starts_at, ends_at, reason) values ('ab', 'expat-desk', 'a3', ${NOW}, ${NOW + HOUR}, 'ill')`,
      );
      db.exec(
        `insert into hours_exception (id, desk_id, from_date, to_date, closed, windows_json, reason_json) values ('ex', 'expat-desk', '2026-12-24', '2026-12-25', 1, '[]', '{}')`,
      );
      db.exec(
        `insert into consultation_fact values ('expat-desk', '2026-10', 'residence', 'en', 'phone', 'web', 'completed', 1, 0, 7, 0, 1, 30, 1, 'authority', 'family', 0, null)`,
      );
      db.exec(`insert into figure_month values ('expat-desk', '2026-10', ${NOW}, '{}', 100, 45)`);
      db.exec(`insert into waiting_sample values ('expat-desk', '2026-10-01', 'residence', 'en', 1, 3)`);
      db.exec(
        `insert into open_starts values ('os', 'expat-desk', 'residence', 'uk', 6, '2026-12-18', null, ${NOW}, null, null)`,
      );
      db.exec('update booking_event set id = id + 5000000000');
      db.exec(`insert into booking_origin values ('${id}', 'host', 'expat-desk', 'network', ${NOW})`);
      db.exec(
        `insert into partner values ('expat-desk', 'office', 0, '{}', '{}', null, null, null, null, null, null, null, null, 0, 1, 'staff')`,
      );
      db.exec(
        `insert into freed_place values ('fp', 'expat-desk', 'a1', ${NOW}, ${NOW + HOUR}, ${NOW + HOUR}, 'residence', 'en', 'phone', ${NOW}, null)`,
      );
      db.exec(`insert into reminder values ('${id}', ${NOW}, 2, ${NOW})`);
      db.exec(
        `insert into booking_reply values ('${id}', 'digest', 'expat-desk', 'ACCEPTED', 0, ${NOW}, null, ${NOW})`,
      );
      db.exec(
        `insert into client_case values ('c', 'expat-desk', '{}', '{}', '[]', '{}', 'closed', 'work', '2026-11-01', ${NOW}, ${NOW}, 1)`,
      );
      db.exec(`insert into case_advisor values ('c', 0, 'a1')`);
      db.exec(`insert into case_meeting values ('${id}', 'c', ${NOW}, 'residence')`);
      db.exec(`insert into case_fact values ('expat-desk', '2026-10', 'work', 5)`);
      db.exec(`insert into trail_entry values ('te', 'expat-desk', ${NOW}, 'Ada', 'case_read', 'c')`);
      db.exec(`insert into mailbox values ('box', '1', 5000000000, ${NOW}, null, null)`);
      db.exec(`insert into mailbox_filing values ('box', '1', 5000000000, ${NOW})`);
      db.exec(
        `insert into waiting_entry values ('w', 'expat-desk', 'residence', '{"languages":["en"],"mode":null,"from":null,"until":null,"weekdays":[],"after":null,"before":null,"deadline":null}', null, '{}', 'key', 'left', 0, '[]', null, null, ${NOW}, ${NOW}, 1)`,
      );
    });
    return id;
  };

  it('copies every table, row by row, and reports the counts', async () => {
    const id = await filled();
    const before = await everythingAt(`file:${file}`);
    expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);
    const bytes = readFileSync(file);
    const { code, out, err } = await move();
    expect({ code, err: err.split('\n').length }).toEqual({ code: 0, err: TABLES.length });
    for (const [table, rows] of Object.entries(before))
      expect(out).toMatch(new RegExp(`^${table} +${rows.length} +${rows.length}$`, 'm'));
    expect(out).toMatch(/Next: set DATABASE_URL to the new database/);
    expect(readFileSync(file).equals(bytes)).toBe(true);

    const { migration, ...after } = await everythingAt(target.url);
    expect(migration).toHaveLength(before.migration?.length ?? 0);
    for (const [table, rows] of Object.entries(after))
      expect([table, byText(rows)]).toEqual([table, byText(before[table])]);

    // What is numbered goes on above what was moved.
    const app = await testApp({ databaseUrl: target.url, desks: [] });
    await app.app.cancelBooking({ bookingId: id, reason: null, who: byClient });
    expect((await app.storage.bookings.history(id)).map(({ type }) => type)).toEqual([
      'booked',
      'moved',
      'moved',
      'cancelled',
    ]);
    expect(
      (await onTarget('select max(id) - min(id) as span, min(id) > 5000000000 as far from booking_event'))[0],
    ).toMatchObject({
      far: true,
    });
    await app.close();
  });

  it('moves thousands of rows and reports its progress', async () => {
    await (await testApp({ databaseUrl: `file:${file}` })).close();
    raw((db) => {
      const insert = db.prepare('insert into rate_limit values (?, ?, ?)');
      db.transaction(() => {
        for (let i = 0; i < 20_300; i++) insert.run(`key ${i}`, i, NOW + i);
      })();
    });
    const { code, out, err } = await move();
    expect(code).toBe(0);
    expect(err.split('\n').filter((line) => line.startsWith('rate_limit'))).toEqual([
      'rate_limit: 10000 of 20300',
      'rate_limit: 20000 of 20300',
      'rate_limit: 20300 of 20300',
    ]);
    expect(out).toMatch(/^rate_limit +20300 +20300$/m);
  });

  describe('is refused in one line, and the target stays empty,', () => {
    const isRefused = async (why: RegExp) => {
      const { code, out, err } = await move();
      expect({ code, out }).toEqual({ code: 1, out: '' });
      const [last = ''] = err.split('\n').slice(-1);
      expect(last).toMatch(why);
      expect(err.split('\n').filter((line) => !/^\w+: \d+ of \d+$/.test(line))).toEqual([last]);
    };

    it('while a server has the file open, even one that is idle', async () => {
      await filled();
      const app = await testApp({ databaseUrl: `file:${file}`, desks: [] });
      await isRefused(/desk\.db is in use: stop the server and every other program that has it open\.$/);
      await app.close();
      expect((await move()).code).toBe(0);
    });

    it('if a text cannot be stored in the target', async () => {
      await filled();
      raw((db) => db.prepare('update task set done_by = ?').run('a\0b'));
      await isRefused(/^task: a row holds what PostgreSQL cannot store .*Nothing was moved\.$/);
      await targetIsEmpty();
      raw((db) => db.prepare('update task set done_by = null').run());
      expect((await move()).code).toBe(0);
    });

    it('if a number is out of range', async () => {
      await filled();
      raw((db) => db.prepare('update rate_limit set hits = ?').run(2 ** 40));
      await isRefused(/^rate_limit: a row holds what PostgreSQL cannot store/);
      await targetIsEmpty();
    });

    it('if a row refers to a missing one', async () => {
      await filled();
      raw((db) => {
        db.pragma('foreign_keys = off');
        db.exec("update task set booking_id = 'gone'");
      });
      await isRefused(
        /^task: insert or update on table "task" violates foreign key constraint "[^"]+"\. Nothing was moved\.$/,
      );
      await targetIsEmpty();
    });

    it.each([
      [
        'less than was read',
        'return case when new.id = (select min(id) from booking) then null end',
        /^booking: 2 rows here, 0 there/,
      ],
      [
        'something else than was read',
        'new.attendees = 9; return new',
        /^booking: the rows there are not those that were read here/,
      ],
    ])('if the target keeps %s', async (_, body, why) => {
      await filled();
      await (await openUrl(target.url, { now: NOW })).storage.close();
      await onTarget(`create function meddle() returns trigger language plpgsql as $$ begin ${body}; end $$`);
      await onTarget('create trigger meddle before insert on booking for each row execute function meddle()');
      await isRefused(why);
      await targetIsEmpty();
    });
  });

  it('is refused if the target has any row', async () => {
    await filled();
    const { storage } = await openUrl(target.url, { now: NOW });
    await storage.atomically(({ jobs }) => jobs.register('sendOutbox'));
    await storage.close();
    const before = await everythingAt(target.url);
    expect(await move()).toEqual({
      code: 1,
      out: '',
      err: 'The target is not empty: job has rows. Nothing was moved.',
    });
    expect(await everythingAt(target.url)).toEqual(before);
  });

  it.each([
    ['postgres://u@h.example/db', 'postgres://u@h.example/other', 1, /^DATABASE_URL: expected file:PATH/],
    ['file:/nowhere/desk.db', 'postgres://u@h.example/other', 1, /^There is no database \/nowhere\/desk\.db\.$/],
    ['file:/nowhere/desk.db', 'file:/tmp/other.db', 2, /^--to: expected postgres:/],
    ['file:/nowhere/desk.db', 'mysql://x', 2, /^--to: expected postgres:/],
  ])('from %s to %s is refused', async (from, to, code, why) => {
    expect(await move(to, from)).toEqual({ code, out: '', err: expect.stringMatching(why) });
  });

  it('says that no server answers, without user and password', async () => {
    await filled();
    const { code, err } = await move('postgres://someone:secret@127.0.0.1:1/desk');
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^--to: cannot reach 127\.0\.0\.1:1\/desk \([^\n]*\)$/),
    });
    expect(err).not.toMatch(/someone|secret/);
  });
});

/** Rows have no order of their own, and columns that were added later another one. */
function byText(rows: readonly unknown[] = []): string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row as object).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();
}
