import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import type { Storage } from '../../../src/app/ports/storage';
import type { OpenDatabase } from '../../../src/storage/engine';
import { add, another } from '../../contracts/bookingStore';
import { aDesk, NOW, span } from '../../support/builders';
import { kinds, newDatabase, openUrl, type TestDatabase } from '../../support/databases';
import { refusal } from '../../support/refusal';

const suite = kinds().includes('PostgreSQL') ? describe : describe.skip;

suite('A PostgreSQL database', () => {
  let database: TestDatabase;
  let opened: OpenDatabase;
  let storage: Storage;
  /** Another program's connection. */
  let other: pg.Client;
  beforeEach(async () => {
    database = await newDatabase('PostgreSQL');
    opened = await openUrl(database.url, { now: NOW });
    ({ storage } = opened);
    await storage.write(async ({ desks }) => {
      await desks.add(aDesk());
      await desks.add(aDesk({ id: 'wuppertal' }));
    });
    other = new pg.Client({ connectionString: database.url });
    await other.connect();
  });
  afterEach(async () => {
    await other.end();
    await storage.close();
    await database.drop();
  });

  /** Ends every connection of the program, as an administrator would. */
  const breakConnections = () =>
    other.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = current_database()',
      ['sprechstunde'],
    );

  it('keeps instants and counts as numbers', async () => {
    await add(storage, another());
    const { rows } = await sql<{
      n: unknown;
      at: unknown;
    }>`select count(*) as n, min(starts_at) as at from booking`.execute(opened.db);
    expect([typeof rows[0]?.n, typeof rows[0]?.at]).toEqual(['number', 'number']);
  });

  it('has connections for other desks, however many requests wait for one', async () => {
    await other.query('begin');
    await other.query('select pg_advisory_xact_lock($1::int, hashtext($2))', [0x5350_0002, 'expat-desk']);
    const order: number[] = [];
    const rush = Array.from({ length: 50 }, (_, i) =>
      storage.write(async () => void order.push(i), { desk: 'expat-desk' }),
    );
    await storage.ping();
    expect(await storage.write(({ desks }) => desks.list(), { desk: 'wuppertal' })).toHaveLength(2);
    expect(order).toEqual([]);
    await other.query('commit');
    await Promise.all(rush);
    expect(order).toHaveLength(50);
  });

  it('refuses an overlap, whichever program writes it', async () => {
    const [nine, half] = [another(), another({ time: span('2026-12-01T09:15:00+01:00', 30), advisorId: 'a2' })];
    await add(storage, nine, half);
    await expect(other.query(`update booking set advisor_id = 'a1' where id = $1`, [half.id])).rejects.toMatchObject({
      code: '23P01',
      constraint: 'booking_no_overlap',
    });
  });

  it('refuses an overlap at the latest at the commit, if the guard was deferred', async () => {
    const [nine, ten] = [another(), another({ time: span('2026-12-01T10:00:00+01:00', 30) })];
    await add(storage, nine, ten);
    const meet = `update booking set starts_at = ${nine.time.start} where id = '${ten.id}'`;
    await other.query(`begin; set constraints all deferred; ${meet}`);
    await expect(other.query('commit')).rejects.toMatchObject({ code: '23P01', constraint: 'booking_no_overlap' });
    await expect(other.query(meet)).rejects.toMatchObject({ code: '23P01' });
    await expect(
      storage.write(({ bookings }) =>
        bookings.permute([nine.id, ten.id], () =>
          bookings.save({ ...ten, time: nine.time, blockedUntil: nine.blockedUntil, version: 2 }),
        ),
      ),
    ).rejects.toThrow(refusal('slot-unavailable'));
    expect(await storage.bookings.find(ten.id)).toEqual(ten);
  });

  it('lets writers of one desk wait for one another, but not for those of another desk', async () => {
    const order: string[] = [];
    const slow = storage.write(
      async () => {
        order.push('slow begins');
        await pause(300);
        order.push('slow ends');
      },
      { desk: 'expat-desk' },
    );
    await pause(50);
    const same = storage.write(async () => void order.push('same desk'), { desk: 'expat-desk' });
    await storage.write(async () => void order.push('other desk'), { desk: 'wuppertal' });
    await storage.atomically(async () => void order.push('nobody’s desk'));
    const everywhere = storage.write(async () => void order.push('everywhere'));
    await Promise.all([slow, same, everywhere]);
    expect(order.slice(0, 4)).toEqual(['slow begins', 'other desk', 'nobody’s desk', 'slow ends']);
    expect(order.slice(4).sort()).toEqual(['everywhere', 'same desk']);
  });

  it('sees in its turn what the previous writer has committed', async () => {
    const first = storage.write(
      async ({ tasks, bookings }) => {
        await pause(100);
        const booking = another();
        await bookings.add(booking, booking.id);
        await tasks.add({ id: 't', deskId: 'expat-desk', bookingId: booking.id, kind: 'mail_failed', createdAt: NOW });
      },
      { desk: 'expat-desk' },
    );
    const seen = storage.write(async ({ tasks }) => tasks.open('expat-desk'), { desk: 'expat-desk' });
    await first;
    expect(await seen).toHaveLength(1);
  });

  it('repeats the work when two transactions deadlock', async () => {
    let runs = 0;
    let begun = 0;
    const count = (first: string, second: string) =>
      storage.atomically(async ({ limits }) => {
        runs++;
        await limits.count(first, 60_000, NOW);
        begun++;
        // Both hold their first row before one asks for the other's.
        while (begun < 2) await pause(5);
        await limits.count(second, 60_000, NOW);
      });
    await Promise.all([count('a', 'b'), count('b', 'a')]);
    expect(runs).toBe(3);
    for (const key of ['a', 'b']) expect((await storage.limits.peek(key, 60_000, NOW)).hits).toBe(2);
  });

  it('repeats the work once when its connection breaks before the commit', async () => {
    let runs = 0;
    const booking = another();
    await storage.write(async ({ bookings }) => {
      runs++;
      await bookings.add(booking, 'hash');
      if (runs === 1) await breakConnections();
      await bookings.find(booking.id);
    });
    expect(runs).toBe(2);
    expect(await storage.bookings.find(booking.id)).toEqual(booking);
  });

  it('does not repeat the work when the connection breaks at COMMIT, because it may have been committed', async () => {
    await other.query(
      `create function dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(1); return null; end $$`,
    );
    await other.query(
      `create constraint trigger dawdling after insert on booking deferrable initially deferred for each row execute function dawdle()`,
    );
    try {
      let runs = 0;
      const booking = another();
      const work = storage.write(async ({ bookings }) => {
        runs++;
        await bookings.add(booking, 'hash');
      });
      const outcome = expect(work).rejects.toThrow(refusal('unavailable'));
      await pause(400);
      await breakConnections();
      await outcome;
      expect(runs).toBe(1);
    } finally {
      await other.query('drop function dawdle() cascade');
    }
  });

  it('refuses a character that no text can hold', async () => {
    await expect(storage.bookings.find('a\u0000b')).rejects.toThrow(refusal('invalid'));
  });

  it('works on after all its idle connections were closed', async () => {
    await breakConnections();
    await pause(50);
    expect(await storage.desks.list()).toHaveLength(2);
  });
});
