import { queryToMove, resolveQuery, type SlotQuery, suitableFor } from '../../../src/app/slots/slotQuery';
import { readAsNeeded } from '../../../src/app/slots/snapshot';
import { mulberry32 } from '../../../src/demo/random';
import type { Booking } from '../../../src/domain/booking/booking';
import { HOUR, MINUTE, overlaps } from '../../../src/domain/calendar/interval';
import type { Desk } from '../../../src/domain/desk';
import { isRefusal } from '../../../src/domain/errors';
import { freeSlots, type ResolvedQuery, type SlotWithAdvisors } from '../../../src/domain/slots/freeSlots';
import { CLIENT } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { allBookings, aRequest, booked } from '../../support/bookings';
import { aDesk, anAdvisor, aReceptionist, aTopic, TUESDAY_NINE } from '../../support/builders';
import { refusal } from '../../support/refusal';

const NINE = TUESDAY_NINE.start;
const HALF = 30 * MINUTE;
const STAFF = aReceptionist('Rezi Empfang');
const { query } = aRequest();

let t: TestApp;
afterEach(() => t.close());

/** What the page that moves a booking offers. */
async function offered(
  { storage, clock }: TestApp,
  desk: Desk,
  of: { query: SlotQuery; except: string },
  audience: ResolvedQuery['audience'],
) {
  const query = resolveQuery(desk, of.query, audience);
  const range = { start: NINE, end: NINE + 24 * HOUR };
  const scope = { desk, range, now: clock.now(), except: of.except, advisors: suitableFor(desk, query) };
  return (await readAsNeeded(await storage.snapshot(desk.id), scope, (snapshot) => freeSlots(snapshot, query, range)))
    .answer;
}

describe('A booking for which another must move into the place that it leaves', () => {
  beforeEach(async () => {
    t = await testApp();
  });

  it('can be moved by staff to another advisor at the same time', async () => {
    const [first, second] = [await booked(t), await booked(t)];
    expect([first.advisorId, second.advisorId]).toEqual(['a1', 'a2']);
    const { value } = await t.app.moveBooking({ bookingId: first.id, start: NINE, advisorId: 'a2', who: STAFF });
    expect(value).toMatchObject({ advisorId: 'a2', time: first.time, version: 2, sequence: 0 });
    expect(await t.storage.bookings.find(second.id)).toMatchObject({ advisorId: 'a1', version: 2 });
    const types = async (id: string) => (await t.storage.bookings.history(id)).map(({ type }) => type);
    expect([await types(first.id), await types(second.id)]).toEqual([
      ['booked', 'moved'],
      ['booked', 'reassigned'],
    ]);
  });

  it('can be moved by the client to a time that overlaps its own', async () => {
    const career = { ...query, topicId: 'career' };
    const long = await booked(t, { query: career });
    await booked(t, { query: { ...query, advisorId: 'a1' }, start: NINE + HOUR });
    const short = await booked(t, { start: NINE + HALF });
    expect([long.advisorId, short.advisorId]).toEqual(['a1', 'a2']);
    const { value } = await t.app.moveBooking({ bookingId: long.id, start: NINE + HALF, who: CLIENT });
    expect(value).toMatchObject({ advisorId: 'a2', time: { start: NINE + HALF } });
    expect(await t.storage.bookings.find(short.id)).toMatchObject({ advisorId: 'a1', time: short.time });
  });

  it('can be held by a browser that holds another slot', async () => {
    const career = { ...query, topicId: 'career' };
    const { value: held } = await t.app.holdSlot({
      who: CLIENT,
      deskId: 'expat-desk',
      query: career,
      start: NINE,
      holder: 'browser',
    });
    await booked(t, { query: { ...query, advisorId: 'a1' }, start: NINE + HOUR });
    const short = await booked(t, { start: NINE + HALF });
    expect([held.advisorId, short.advisorId]).toEqual(['a1', 'a2']);
    const again = { who: CLIENT, deskId: 'expat-desk', query: career, start: NINE + HALF, holder: 'browser' };
    expect((await t.app.holdSlot(again)).value).toMatchObject({ id: held.id, advisorId: 'a2' });
    expect(await t.storage.bookings.find(short.id)).toMatchObject({ advisorId: 'a1' });
  });

  it('can be booked by a browser at another time than it holds', async () => {
    const career = { ...query, topicId: 'career' };
    const { value: held } = await t.app.holdSlot({
      who: CLIENT,
      deskId: 'expat-desk',
      query: career,
      start: NINE,
      holder: 'browser',
    });
    await booked(t, { query: { ...query, advisorId: 'a1' }, start: NINE + HOUR });
    const short = await booked(t, { start: NINE + HALF });
    const given = await booked(t, { query: career, start: NINE + HALF, holdId: held.id });
    expect(given).toMatchObject({ id: held.id, advisorId: 'a2' });
    expect(await t.storage.bookings.find(short.id)).toMatchObject({ advisorId: 'a1' });
  });
});

describe('Bookings that exchange places', () => {
  beforeEach(async () => {
    t = await testApp();
  });
  const swap = (a: Booking, b: Booking, part: { dryRun?: boolean } = {}) =>
    t.app.moveBookings({
      deskId: 'expat-desk',
      lines: [
        { bookingId: a.id, start: b.time.start, advisorId: b.advisorId, ifVersion: a.version },
        { bookingId: b.id, start: a.time.start, advisorId: a.advisorId, ifVersion: b.version },
      ],
      who: STAFF,
      ...part,
    });
  const placeOf = async ({ id }: Booking) => {
    const found = await t.storage.bookings.find(id);
    return [found?.advisorId, found?.time.start, found?.version, found?.tied];
  };

  it('each get an event and their mails, and become tied to no advisor', async () => {
    const [a, b] = [await booked(t), await booked(t, { start: NINE + HOUR })];
    await t.run('sendOutbox');
    const before = await Promise.all([a, b].map(async ({ id }) => (await t.outbox(id)).length));
    const everything = await t.everything();
    const planned = await swap(a, b, { dryRun: true });
    expect(await t.everything()).toEqual(everything);
    const { undo, ...value } = (await swap(a, b)).value;
    expect(undo).toEqual({ id: expect.any(String), until: t.clock.now() + 15 * MINUTE });
    expect(value).toEqual(planned.value);
    expect(value).toEqual({
      results: [a, b].map(({ id }) => ({ booking: id, outcome: 'moved', mail: true })),
      others: [],
    });
    expect(await placeOf(a)).toEqual([b.advisorId, b.time.start, 2, false]);
    expect(await placeOf(b)).toEqual([a.advisorId, a.time.start, 2, false]);
    for (const [i, { id }] of [a, b].entries()) {
      expect((await t.storage.bookings.history(id)).map(({ type }) => type)).toEqual(['booked', 'moved']);
      const told = (await t.outbox(id)).slice(before[i]);
      expect(told.filter(({ recipient }) => recipient === 'client').map(({ kind }) => kind)).toEqual(['moved']);
    }
  });

  it('may have different durations, if both fit', async () => {
    const career = { ...query, topicId: 'career' };
    const long = await booked(t, { query: { ...career, advisorId: 'a1' } });
    const short = await booked(t, { query: { ...query, advisorId: 'a1' }, start: NINE + HOUR });
    await swap(long, short);
    expect([await placeOf(long), await placeOf(short)]).toEqual([
      ['a1', NINE + HOUR, 2, true],
      ['a1', NINE, 2, true],
    ]);
    const next = await booked(t, { query: { ...query, advisorId: 'a1' }, start: NINE + 2 * HOUR });
    const now = async ({ id }: Booking) => (await t.storage.bookings.find(id)) as Booking;
    const stay = await t.everything();
    // At eleven it would last into the next, which stays.
    await expect(swap(await now(short), await now(long))).resolves.toBeDefined();
    expect(await t.everything()).not.toEqual(stay);
    await booked(t, { query: { ...query, advisorId: 'a1' }, start: NINE + 2 * HOUR + HALF });
    await expect(swap(await now(long), await now(next))).rejects.toMatchObject({
      code: 'moves-refused',
      details: { errors: [{ booking: long.id, code: 'slot-unavailable' }] },
    });
  });

  it('are refused together for a stale version, a retired advisor, or a language that the advisor does not speak', async () => {
    const [a, b] = [await booked(t, { query: { ...query, language: 'ja' } }), await booked(t, { start: NINE + HOUR })];
    expect([a.advisorId, b.advisorId]).toEqual(['a2', 'a1']);
    const before = await t.everything();
    await expect(swap(a, b)).rejects.toMatchObject({ code: 'moves-refused' });
    await expect(swap({ ...a, version: 7 }, b)).rejects.toEqual(refusal('version-moved-on'));
    expect(await t.everything()).toEqual(before);
    await t.app.cancelBooking({ bookingId: b.id, reason: null, who: STAFF });
    await expect(swap(a, { ...b, version: 2 })).rejects.toMatchObject({
      code: 'moves-refused',
      details: { errors: [{ booking: b.id, code: 'booking-not-changeable' }] },
    });
  });

  it('make other bookings change advisors and name them, and holds without naming them', async () => {
    const [a, b] = [await booked(t), await booked(t, { start: NINE + HOUR, query: { ...query, language: 'ja' } })];
    const { value: hold } = await t.app.holdSlot({ who: CLIENT, deskId: 'expat-desk', query, start: NINE });
    expect([a.advisorId, b.advisorId, hold.advisorId]).toEqual(['a1', 'a2', 'a2']);
    const other = await booked(t, { start: NINE + HOUR });
    const lines = [
      { bookingId: a.id, start: NINE + HOUR, advisorId: 'a1' },
      { bookingId: b.id, start: NINE },
    ];
    const { value } = await t.app.moveBookings({ deskId: 'expat-desk', lines, who: STAFF });
    expect(value.others).toEqual([{ booking: other.id, from: 'a1', to: 'a2' }]);
    expect((await t.storage.bookings.findHold(hold.id))?.advisorId).toBe('a1');
    expect([await placeOf(a), await placeOf(b), await placeOf(other)]).toEqual([
      ['a1', NINE + HOUR, 2, false],
      ['a2', NINE, 2, false],
      ['a2', NINE + HOUR, 2, false],
    ]);
  });

  it('is done once for one idempotency key', async () => {
    const [a, b] = [await booked(t), await booked(t, { start: NINE + HOUR })];
    const request = {
      deskId: 'expat-desk',
      lines: [
        { bookingId: a.id, start: b.time.start, ifVersion: 1 },
        { bookingId: b.id, start: a.time.start, ifVersion: 1 },
      ],
      who: STAFF,
      idempotency: { scope: 'test', key: 'k', fingerprint: 'f' },
    };
    const [first, second] = [await t.app.moveBookings(request), await t.app.moveBookings(request)];
    expect([first.replayed, second]).toEqual([false, { value: first.value, replayed: true }]);
    expect((await placeOf(a))[2]).toBe(2);
  });
});

describe('Every start that a move offers', () => {
  /** Three who can do much, on two hours that are nearly full. */
  const desk = aDesk({
    fixedMinutes: 0,
    hours: { ...aDesk().hours, rules: [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '09:00', end: '11:30' }] },
    topics: [aTopic(), aTopic({ id: 'career', durationMinutes: 60 }), aTopic({ id: 'school', bufferMinutes: 15 })],
    advisors: [
      anAdvisor({ id: 'a1', languages: ['de', 'en'], topics: ['residence', 'career', 'school'] }),
      anAdvisor({ id: 'a2', languages: ['de', 'en'], topics: ['residence', 'career'] }),
      anAdvisor({ id: 'a3', languages: ['en', 'ja'], topics: ['residence', 'school', 'career'] }),
    ],
  });
  const [ROUNDS, STEPS] = [6, 18];
  const random = mulberry32(9);

  async function fill() {
    for (let tries = 0; tries < 22; tries++) {
      const topicId = random.pick(['residence', 'residence', 'career', 'school']);
      const language = random.pick(['de', 'en', 'en', 'ja']);
      const advisorId = random.chance(15) ? random.pick(['a1', 'a2', 'a3']) : undefined;
      const start = NINE + random.below(5) * HALF;
      await booked(t, { query: { topicId, language, mode: 'phone', advisorId }, start }).catch((error: unknown) => {
        if (!isRefusal(error, 'slot-unavailable')) throw error;
      });
    }
  }

  const WAYS = ['client', 'staff', 'staff with advisor'] as const;
  type Way = (typeof WAYS)[number];
  interface Found {
    readonly booking: Booking;
    readonly advisorId: string | undefined;
    readonly offer: SlotWithAdvisors;
  }

  /** A move that somebody is offered just now, if there is one for which others have to change. */
  async function someMove(way: Way, bookings: readonly Booking[]): Promise<Found | undefined> {
    const others: Found[] = [];
    for (const booking of bookings) {
      const advisorId = way === 'staff with advisor' ? random.pick(desk.advisors).id : undefined;
      const of = { query: queryToMove(booking, advisorId), except: booking.id };
      const found = await offered(t, desk, of, way === 'client' ? 'client' : 'staff');
      const needed = found.filter(({ moves }) => moves.length > 0);
      if (needed.length > 0) return { booking, advisorId, offer: random.pick(needed) };
      for (const offer of found) others.push({ booking, advisorId, offer });
    }
    return others.length > 0 ? random.pick(others) : undefined;
  }

  /** What a trial says is what happens. */
  async function swapSome(bookings: readonly Booking[]): Promise<'done' | 'refused'> {
    const [a, b] = [random.pick(bookings), random.pick(bookings)];
    if (a.id === b.id) return 'refused';
    const lines = [
      { bookingId: a.id, start: b.time.start },
      { bookingId: b.id, start: a.time.start },
    ];
    const request = { deskId: desk.id, lines, who: STAFF };
    const planned = await t.app.moveBookings({ ...request, dryRun: true }).catch((error: unknown) => {
      if (!isRefusal(error, 'moves-refused')) throw error;
    });
    if (!planned) return 'refused';
    const { undo: _undo, ...value } = (await t.app.moveBookings(request)).value;
    expect(value).toEqual(planned.value);
    return 'done';
  }

  async function consistent() {
    const live = (await allBookings(t)).filter(({ status }) => status !== 'cancelled');
    for (const a of live) {
      const advisor = desk.advisors.find(({ id }) => id === a.advisorId);
      expect([advisor?.languages, advisor?.topics]).toEqual([
        expect.arrayContaining([a.language]),
        expect.arrayContaining([a.topicId]),
      ]);
      const taken = (booking: Booking) => ({ start: booking.time.start, end: booking.blockedUntil });
      for (const b of live)
        if (a.id < b.id && a.advisorId === b.advisorId) expect(overlaps(taken(a), taken(b))).toBe(false);
    }
    return live;
  }

  it('is accepted, whoever moves, and whichever others have to change advisors', async () => {
    const none = () => ({ accepted: 0, withOthers: 0, refused: [] as string[] });
    const tally: Record<Way, ReturnType<typeof none>> = { client: none(), staff: none(), 'staff with advisor': none() };
    const swaps = { done: 0, refused: 0 };
    t = await testApp({ desks: [desk] });
    for (let round = 0; round < ROUNDS; round++) {
      await fill();
      for (let step = 0; step < STEPS; step++) {
        const way = random.pick(WAYS);
        const bookings = await consistent();
        if (random.chance(25)) {
          swaps[await swapSome(bookings)]++;
          continue;
        }
        const from = random.below(bookings.length);
        const found = await someMove(way, [...bookings.slice(from), ...bookings.slice(0, from)]);
        if (!found) continue;
        const { booking, advisorId, offer } = found;
        const by = way === 'client' ? CLIENT : STAFF;
        try {
          await t.app.moveBooking({ bookingId: booking.id, start: offer.time.start, advisorId, who: by });
          tally[way].accepted++;
          if (offer.moves.length > 0) tally[way].withOthers++;
        } catch (error) {
          tally[way].refused.push(`${round}.${step}, ${offer.moves.length} others: ${String(error)}`);
        }
      }
      for (const { id } of await consistent()) await t.app.cancelBooking({ bookingId: id, reason: null, who: STAFF });
    }
    expect(swaps.done).toBeGreaterThan(5);
    for (const way of WAYS) {
      expect({ way, refused: tally[way].refused }).toEqual({ way, refused: [] });
      // Without these the test would say nothing.
      expect(tally[way].withOthers).toBeGreaterThan(5);
    }
  });
});
