import { join } from 'node:path';
import { seedDesks } from '../../src/app/desks/seedDesks';
import type { Storage } from '../../src/app/ports/storage';
import { fillDesks, presentAccounts, seedAccounts } from '../../src/demo/demo';
import { prepareDevelopment } from '../../src/demo/prepare';
import { mulberry32 } from '../../src/demo/random';
import { loadDeskFile } from '../../src/desks/deskFile';
import type { Booking } from '../../src/domain/booking/booking';
import { HOUR, type Instant, overlaps } from '../../src/domain/calendar/interval';
import type { Desk } from '../../src/domain/desk';
import { freeSlots } from '../../src/domain/slots/freeSlots';
import { randomIds } from '../../src/identity/ids';
import { manageTokens } from '../../src/identity/manageTokens';
import { argon2Passwords } from '../../src/identity/passwords';
import { openSqlite } from '../../src/storage/sqlite/open';
import { aBooking, aTaken, diaryOf } from '../support/builders';

/** A Tuesday, 11:40 at the desks. */
const NOW = Date.parse('2026-11-24T10:40:00Z');
const NOTHING = { greeting: [], isUnfilled: false };
const ALWAYS = { start: 0, end: Number.MAX_SAFE_INTEGER };
const BLOCKING = ['confirmed', 'checked_in', 'completed', 'no_show'];

const SHIPPED = ['expat-desk', 'wuppertal'];
const shippedDesk = (id: string) => loadDeskFile(join(__dirname, `../../data/desks/${id}.json`), randomIds);

async function emptyStorage(desks = SHIPPED.map(shippedDesk), onStatement = () => {}): Promise<Storage> {
  const storage = await openSqlite(':memory:', { now: NOW, onStatement });
  await seedDesks({ storage })(desks);
  return storage;
}

function deps(storage: Storage, production = false, now: Instant = NOW) {
  return {
    storage,
    now: () => now,
    ids: randomIds,
    passwords: argon2Passwords,
    tokens: manageTokens('a-secret-of-tests'),
    sender: ({ email }: Desk) => email,
    production,
    accountsOpen: true,
    shipped: SHIPPED,
    stopping: new AbortController().signal,
  };
}

describe('The demo', () => {
  let storage: Storage;
  let desks: Desk[];
  let bookings: Booking[];
  let statements = 0;

  beforeAll(async () => {
    storage = await emptyStorage(undefined, () => statements++);
    desks = await storage.desks.list();
    const before = statements;
    await seedAccounts(deps(storage));
    await fillDesks(deps(storage));
    statements -= before;
    bookings = (await Promise.all(desks.map(({ id }) => storage.bookings.within(id, ALWAYS)))).flat();
  });
  afterAll(() => storage.close());

  it('has no booking that the desk would not have offered', () => {
    for (const desk of desks) {
      const here = bookings.filter((b) => b.deskId === desk.id);
      for (const booking of here.filter((b) => BLOCKING.includes(b.status))) {
        const taken = here
          .filter((b) => b.id !== booking.id && BLOCKING.includes(b.status))
          .map((b) =>
            aTaken({
              advisorId: b.advisorId,
              time: { start: b.time.start, end: b.blockedUntil },
              consultation: b.time,
              mode: b.mode,
            }),
          );
        const topic = desk.topics.find(({ id }) => id === booking.topicId);
        if (!topic) throw new Error(`no topic ${booking.topicId}`);
        const found = freeSlots(
          { desk, absences: [], diary: diaryOf(taken), now: booking.createdAt },
          {
            topic,
            language: booking.language,
            mode: booking.mode,
            audience: booking.source === 'web' ? 'client' : 'staff',
          },
          { start: booking.time.start, end: booking.time.start + 1 },
        );
        expect(found[0]).toMatchObject({ time: booking.time, blockedUntil: booking.blockedUntil });
        expect(found[0]?.advisors.map(({ id }) => id)).toContain(booking.advisorId);
      }
    }
  });

  it('gives no advisor two clients at a time', () => {
    const blocking = bookings.filter((b) => BLOCKING.includes(b.status));
    for (const a of blocking)
      for (const b of blocking)
        if (a.id < b.id && a.deskId === b.deskId && a.advisorId === b.advisorId)
          expect(
            overlaps({ start: a.time.start, end: a.blockedUntil }, { start: b.time.start, end: b.blockedUntil }),
          ).toBe(false);
  });

  it('gives each booking a history that fits the clock', () => {
    for (const { status, time, createdAt, changedAt, source } of bookings) {
      expect(createdAt).toBeLessThan(time.start);
      expect(changedAt).toBeLessThanOrEqual(NOW);
      if (time.end <= NOW) expect(['completed', 'no_show', 'cancelled']).toContain(status);
      if (status === 'checked_in') expect(time.start).toBeLessThan(NOW + HOUR / 4);
      if (status === 'completed' || status === 'no_show') expect(time.end).toBeLessThanOrEqual(NOW);
      if (source === 'walk_in') expect(time.start).toBeLessThanOrEqual(NOW + HOUR / 4);
    }
  });

  it('shows every status, mode, source, and every topic and language of the desks', () => {
    const seen = (what: (b: Booking) => unknown) => new Set(bookings.map(what));
    expect([...seen((b) => b.status)].sort()).toEqual(['cancelled', 'checked_in', 'completed', 'confirmed', 'no_show']);
    expect([...seen((b) => b.mode)].sort()).toEqual(['in_person', 'phone', 'video']);
    expect([...seen((b) => b.source)].sort()).toEqual(['phone', 'walk_in', 'web']);
    expect([...seen((b) => b.onBehalfOf !== null)].sort()).toEqual([false, true]);
    for (const desk of desks)
      for (const advisor of desk.advisors) {
        for (const tag of advisor.languages) expect(seen((b) => b.language)).toContain(tag);
        for (const topic of advisor.topics)
          expect(seen((b) => `${b.deskId} ${b.topicId}`)).toContain(`${desk.id} ${topic}`);
      }
  });

  it('fills about half of the hours', () => {
    const days = new Set(bookings.map((b) => new Date(b.time.start).toISOString().slice(0, 10)));
    expect(days.size).toBe(10);
    expect(bookings.length).toBeGreaterThan(350);
    expect(bookings.length).toBeLessThan(700);
  });

  it('has only addresses and numbers that belong to nobody', () => {
    for (const { client } of bookings) {
      expect(client.email ?? client.phone).not.toBeNull();
      if (client.email !== null) expect(client.email).toMatch(/^[a-z.]+\d\d@client\.example$/);
      if (client.phone !== null) expect(client.phone).toMatch(/^\+49 30 23125 \d{3}$/);
    }
  });

  it('sends no mail', async () => {
    for (const { id } of bookings) expect(await storage.outbox.ofBooking(id)).toEqual([]);
  });

  it('has an account for each role and desk', async () => {
    const accounts = await presentAccounts(storage, SHIPPED);
    expect(accounts.map(({ deskId, role }) => `${deskId} ${role}`)).toEqual(
      ['expat-desk', 'wuppertal'].flatMap((desk) =>
        ['advisor', 'receptionist', 'manager', 'admin'].map((role) => `${desk} ${role}`),
      ),
    );
    for (const { email, password, advisorId, role } of accounts) {
      expect(email).toMatch(/\.example$/);
      expect(password.length).toBeGreaterThanOrEqual(12);
      expect(advisorId !== null).toBe(role === 'advisor');
      const user = await storage.staff.findUserByEmail(email);
      expect(await argon2Passwords.verify(password, user?.passwordHash)).toBe(true);
    }
  });

  it('adds nothing when it is run a second time', async () => {
    expect(await seedAccounts(deps(storage))).toEqual([]);
    expect((await prepareDevelopment(deps(storage))).isUnfilled).toBe(false);
    expect(await storage.staff.countUsers()).toBe(8);
  });

  it('is ready soon: a booking takes few statements, and past months go in at once', () => {
    // Some twenty; how long they take is a row of the bench (start).
    expect(statements / bookings.length).toBeLessThan(22);
  });
});

describe('A database that is in use', () => {
  it('gets no demo', async () => {
    const storage = await emptyStorage();
    await storage.write(({ bookings }) => bookings.add(aBooking({ advisorId: 'tannhoff' }), 'hash'));
    expect(await seedAccounts(deps(storage))).toEqual([]);
    expect(await prepareDevelopment(deps(storage))).toEqual(NOTHING);
    expect(await storage.staff.countUsers()).toBe(0);
    await storage.close();
  });

  it('gets no demo in production, even if it is empty', async () => {
    const storage = await emptyStorage();
    await expect(seedAccounts(deps(storage, true))).rejects.toThrow('No demo in production');
    expect(await prepareDevelopment(deps(storage, true))).toEqual(NOTHING);
    expect(await storage.staff.countUsers()).toBe(0);
    await storage.close();
  });
});

describe('prepareDevelopment', () => {
  it.each(['2026-12-24T08:00:00Z', '2027-03-28T01:30:00Z', '2027-10-31T00:30:00Z'])(
    'greets at %s, twice the same',
    async (now) => {
      const storage = await emptyStorage();
      const start = () => prepareDevelopment(deps(storage, false, Date.parse(now)));
      const { greeting, isUnfilled } = await start();
      expect(isUnfilled).toBe(true);
      expect(greeting).toContain('  reception@expat-desk.example  demo-reception-2026');
      expect(await start()).toEqual({ greeting, isUnfilled: true });
      expect((await prepareDevelopment({ ...deps(storage), accountsOpen: false })).greeting).toEqual([]);
      await storage.close();
    },
  );
});

describe('Demo bookings', () => {
  const expatDesk = shippedDesk('expat-desk');

  it('are made for the shipped desks only, and so are the accounts', async () => {
    const others = Array.from({ length: 107 }, (_, i) => ({
      ...expatDesk,
      id: `own-${i}`,
      hours: { ...expatDesk.hours, exceptions: [] },
    }));
    const storage = await emptyStorage([expatDesk, ...others]);
    const stopping = new AbortController();
    expect((await seedAccounts(deps(storage))).map(({ deskId }) => deskId)).toEqual(Array(4).fill('expat-desk'));
    const filling = fillDesks({ ...deps(storage), stopping: stopping.signal });
    setTimeout(() => stopping.abort(), 200);
    const made = await filling;
    expect((await storage.bookings.within('expat-desk', ALWAYS)).length).toBe(made);
    for (const { id } of others) expect(await storage.bookings.within(id, ALWAYS)).toEqual([]);
    await storage.close();
  });

  it('give requests their turn, and end when they are told to', async () => {
    const storage = await emptyStorage([expatDesk]);
    const stopping = new AbortController();
    const filling = fillDesks({ ...deps(storage), stopping: stopping.signal });
    // Would never be heard by work that does not wait for anything outside the process.
    setTimeout(() => stopping.abort(), 50);
    const made = await filling;
    expect(stopping.signal.aborted).toBe(true);
    expect((await storage.bookings.within('expat-desk', ALWAYS)).length).toBe(made);
    expect(made).toBeLessThan(100);
    await storage.close();
  });

  it('are asked for only at times that are free for the client, also for a walk-in', async () => {
    const storage = await emptyStorage([expatDesk]);
    const refused: unknown[] = [];
    const write: Storage['write'] = (...work) =>
      storage.write(...work).catch((error: unknown) => {
        refused.push(error);
        throw error;
      });
    // With these numbers somebody came to the door for a time that days before others would have made free.
    await fillDesks({ ...deps({ ...storage, write }), random: mulberry32(5) });
    expect(refused).toEqual([]);
    await storage.close();
  });

  it('are continued at the next start after they were stopped, until each day has its share', async () => {
    const storage = await emptyStorage([{ ...expatDesk, advisors: expatDesk.advisors.slice(0, 2) }]);
    const fill = (stopping = new AbortController()) => fillDesks({ ...deps(storage), stopping: stopping.signal });
    const isUnfilled = async () => (await prepareDevelopment(deps(storage))).isUnfilled;
    expect(await isUnfilled()).toBe(true);
    const stopped = new AbortController();
    setTimeout(() => stopped.abort(), 50);
    const made = [await fill(stopped)];
    expect(await isUnfilled()).toBe(true);
    made.push(await fill());
    expect(await isUnfilled()).toBe(false);
    const bookings = await storage.bookings.within('expat-desk', ALWAYS);
    expect(bookings.length).toBe((made[0] ?? 0) + (made[1] ?? 0));
    expect(new Set(bookings.map(({ time }) => new Date(time.start).toDateString())).size).toBe(10);
    const worked = 2 * (8 * 8 + 2 * 3) * HOUR;
    const filled = bookings
      .filter(({ status }) => status !== 'cancelled')
      .reduce((sum, b) => sum + b.blockedUntil - b.time.start, 0);
    expect(filled / worked).toBeGreaterThan(0.35);
    expect(filled / worked).toBeLessThan(0.75);
    await storage.close();
  });
});

describe('mulberry32', () => {
  it('is the same for the same seed, and spreads its numbers evenly', () => {
    const [one, two, other] = [mulberry32(1), mulberry32(1), mulberry32(2)];
    const thousand = ({ below }: { below(n: number): number }) => Array.from({ length: 1000 }, () => below(10));
    const numbers = thousand(one);
    expect(numbers).toEqual(thousand(two));
    expect(numbers).not.toEqual(thousand(other));
    for (let n = 0; n < 10; n++) expect(numbers.filter((m) => m === n).length).toBeGreaterThan(60);
  });
});
