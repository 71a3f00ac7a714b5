import { wishToMove } from '../../../src/app/booking/moveBooking';
import { considering, questionFor, suitableFor, type Wish } from '../../../src/app/booking/situation';
import { mulberry32 } from '../../../src/demo/random';
import { type Offer, offers, type Question } from '../../../src/domain/assignment/offers';
import type { Booking } from '../../../src/domain/booking/booking';
import { HOUR, MINUTE, overlaps } from '../../../src/domain/calendar/interval';
import type { Desk } from '../../../src/domain/desk';
import { isRefusal } from '../../../src/domain/errors';
import { type TestApp, testApp } from '../../support/app';
import { allBookings, aRequest, booked } from '../../support/bookings';
import { aDesk, anAdvisor, aTopic, TUESDAY_NINE } from '../../support/builders';

const NINE = TUESDAY_NINE.start;
const HALF = 30 * MINUTE;
const CLIENT = { kind: 'client' } as const;
const STAFF = { kind: 'staff', name: 'Rezi Empfang' } as const;
const { wish } = aRequest();

let t: TestApp;
afterEach(() => t.close());

/** What the page that moves a booking offers. */
async function offered(
  { storage, clock }: TestApp,
  desk: Desk,
  of: { wish: Wish; except: string },
  audience: Question['audience'],
) {
  const question = questionFor(desk, of.wish, audience);
  const range = { start: NINE, end: NINE + 24 * HOUR };
  const moment = { desk, range, now: clock.now(), except: of.except, advisors: suitableFor(desk, question) };
  return (await considering(storage, moment, (situation) => offers(situation, question, range))).answer;
}

describe('A booking for which somebody has to hand over into the place that it leaves', () => {
  beforeEach(async () => {
    t = await testApp();
  });

  it('goes to another advisor at the same time, by staff', async () => {
    const [first, second] = [await booked(t), await booked(t)];
    expect([first.advisorId, second.advisorId]).toEqual(['a1', 'a2']);
    const { value } = await t.app.moveBooking({ bookingId: first.id, start: NINE, advisorId: 'a2', by: STAFF });
    expect(value).toMatchObject({ advisorId: 'a2', time: first.time, version: 2, sequence: 0 });
    expect(await t.storage.bookings.find(second.id)).toMatchObject({ advisorId: 'a1', version: 2 });
    const types = async (id: string) => (await t.storage.bookings.history(id)).map(({ type }) => type);
    expect([await types(first.id), await types(second.id)]).toEqual([
      ['booked', 'moved'],
      ['booked', 'reassigned'],
    ]);
  });

  it('goes to a time that overlaps its own, by the client', async () => {
    const career = { ...wish, topicId: 'career' };
    const long = await booked(t, { wish: career });
    await booked(t, { wish: { ...wish, advisorId: 'a1' }, start: NINE + HOUR });
    const short = await booked(t, { start: NINE + HALF });
    expect([long.advisorId, short.advisorId]).toEqual(['a1', 'a2']);
    const { value } = await t.app.moveBooking({ bookingId: long.id, start: NINE + HALF, by: CLIENT });
    expect(value).toMatchObject({ advisorId: 'a2', time: { start: NINE + HALF } });
    expect(await t.storage.bookings.find(short.id)).toMatchObject({ advisorId: 'a1', time: short.time });
  });

  it('is chosen anew by a browser that holds another slot', async () => {
    const career = { ...wish, topicId: 'career' };
    const { value: held } = await t.app.holdSlot({
      deskId: 'expat-desk',
      wish: career,
      start: NINE,
      holder: 'browser',
    });
    await booked(t, { wish: { ...wish, advisorId: 'a1' }, start: NINE + HOUR });
    const short = await booked(t, { start: NINE + HALF });
    expect([held.advisorId, short.advisorId]).toEqual(['a1', 'a2']);
    const again = { deskId: 'expat-desk', wish: career, start: NINE + HALF, holder: 'browser' };
    expect((await t.app.holdSlot(again)).value).toMatchObject({ id: held.id, advisorId: 'a2' });
    expect(await t.storage.bookings.find(short.id)).toMatchObject({ advisorId: 'a1' });
  });

  it('is booked by a browser at another time than it holds', async () => {
    const career = { ...wish, topicId: 'career' };
    const { value: held } = await t.app.holdSlot({
      deskId: 'expat-desk',
      wish: career,
      start: NINE,
      holder: 'browser',
    });
    await booked(t, { wish: { ...wish, advisorId: 'a1' }, start: NINE + HOUR });
    const short = await booked(t, { start: NINE + HALF });
    const given = await booked(t, { wish: career, start: NINE + HALF, holdId: held.id });
    expect(given).toMatchObject({ id: held.id, advisorId: 'a2' });
    expect(await t.storage.bookings.find(short.id)).toMatchObject({ advisorId: 'a1' });
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
  const [ROUNDS, STEPS] = [6, 12];
  const random = mulberry32(9);

  async function fill() {
    for (let tries = 0; tries < 22; tries++) {
      const topicId = random.pick(['residence', 'residence', 'career', 'school']);
      const language = random.pick(['de', 'en', 'en', 'ja']);
      const advisorId = random.chance(15) ? random.pick(['a1', 'a2', 'a3']) : undefined;
      const start = NINE + random.below(5) * HALF;
      await booked(t, { wish: { topicId, language, mode: 'phone', advisorId }, start }).catch((error: unknown) => {
        if (!isRefusal(error, 'slot-unavailable')) throw error;
      });
    }
  }

  const WAYS = ['client', 'staff', 'staff with advisor'] as const;
  type Way = (typeof WAYS)[number];
  interface Found {
    readonly booking: Booking;
    readonly advisorId: string | undefined;
    readonly offer: Offer;
  }

  /** A move that somebody is offered just now, if there is one for which others have to change. */
  async function someMove(way: Way, bookings: readonly Booking[]): Promise<Found | undefined> {
    const others: Found[] = [];
    for (const booking of bookings) {
      const advisorId = way === 'staff with advisor' ? random.pick(desk.advisors).id : undefined;
      const of = { wish: wishToMove(booking, advisorId), except: booking.id };
      const found = await offered(t, desk, of, way === 'client' ? 'client' : 'staff');
      const needed = found.filter(({ moves }) => moves.length > 0);
      if (needed.length > 0) return { booking, advisorId, offer: random.pick(needed) };
      for (const offer of found) others.push({ booking, advisorId, offer });
    }
    return others.length > 0 ? random.pick(others) : undefined;
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

  it('is accepted, whoever moves, and whoever else has to change', async () => {
    const none = () => ({ accepted: 0, withOthers: 0, refused: [] as string[] });
    const tally: Record<Way, ReturnType<typeof none>> = { client: none(), staff: none(), 'staff with advisor': none() };
    t = await testApp({ desks: [desk] });
    for (let round = 0; round < ROUNDS; round++) {
      await fill();
      for (let step = 0; step < STEPS; step++) {
        const way = random.pick(WAYS);
        const bookings = await consistent();
        const from = random.below(bookings.length);
        const found = await someMove(way, [...bookings.slice(from), ...bookings.slice(0, from)]);
        if (!found) continue;
        const { booking, advisorId, offer } = found;
        const by = way === 'client' ? CLIENT : STAFF;
        try {
          await t.app.moveBooking({ bookingId: booking.id, start: offer.time.start, advisorId, by });
          tally[way].accepted++;
          if (offer.moves.length > 0) tally[way].withOthers++;
        } catch (error) {
          tally[way].refused.push(`${round}.${step}, ${offer.moves.length} others: ${String(error)}`);
        }
      }
      for (const { id } of await consistent()) await t.app.cancelBooking({ bookingId: id, reason: null, by: STAFF });
    }
    for (const way of WAYS) {
      expect({ way, refused: tally[way].refused }).toEqual({ way, refused: [] });
      // Without these the test would say nothing.
      expect(tally[way].withOthers).toBeGreaterThan(5);
    }
  }, 120_000);
});
