import fc from 'fast-check';
import { suitableFor } from '../../../src/app/slots/slotQuery';
import { readAsNeeded } from '../../../src/app/slots/snapshot';
import { queriesOf } from '../../../src/app/waiting/fitting';
import { bookingOf } from '../../../src/app/waiting/readWaitingList';
import { addDays, DAY } from '../../../src/domain/calendar/dates';
import type { HoursException } from '../../../src/domain/calendar/hours';
import { HOUR, type Interval, MINUTE } from '../../../src/domain/calendar/interval';
import { DomainError } from '../../../src/domain/errors';
import { eachFreeSlot, freeSlots, type ResolvedQuery, type Snapshot } from '../../../src/domain/slots/freeSlots';
import { CLIENT, SYSTEM } from '../../../src/domain/staff/caller';
import { isOfferOver, type WaitingEntry, type WaitingWish } from '../../../src/domain/waiting/entry';
import { fits } from '../../../src/domain/waiting/fits';
import { offerTime } from '../../../src/domain/waiting/offerTime';
import { type TestApp, testApp } from '../../support/app';
import { allBookings, aRequest } from '../../support/bookings';
import { aClient, aDesk, anAdvisor, aReceptionist, aTopic, NOW, TUESDAY_NINE } from '../../support/builders';
import { cases } from '../../support/cases';
import { aWish } from '../../support/waiting';

const DESK_ID = 'expat-desk';
const STAFF = aReceptionist();
const DESK = aDesk({
  horizonDays: 9,
  fairRelease: { minutes: [15, 90], notWithinHours: 24 },
  capacities: { in_person: 1 },
  topics: [
    aTopic({ questions: [] }),
    aTopic({ id: 'career', durationMinutes: 60, bufferMinutes: 0, modes: ['phone', 'in_person'], questions: [] }),
  ],
  // Two days of an hour and a half, so that the desk is soon full.
  hours: { ...aDesk().hours, rules: [{ rrule: 'FREQ=WEEKLY;BYDAY=MO,TU', start: '09:00', end: '10:30' }] },
  advisors: [
    anAdvisor({ id: 'a1', languages: ['en'], topics: ['residence'] }),
    anAdvisor({ id: 'a2', languages: ['de', 'en'], topics: ['residence', 'career'] }),
  ],
});
const QUERIES = [
  { topicId: 'residence', language: 'en' },
  { topicId: 'residence', language: 'de' },
  { topicId: 'career', language: 'en' },
] as const;
const WISHES: readonly Partial<WaitingWish>[] = [
  {},
  { languages: ['de', 'en'] },
  { topicId: 'career' },
  { topicId: 'career', mode: 'phone' },
  { weekdays: ['TU'] },
  { after: '10:00' },
  { from: '2026-12-01', deadline: '2026-12-02' },
];

/** What happens: a deed, and two numbers that choose about what. */
const DEEDS = [
  ...['book', 'book', 'book', 'book by staff', 'hold', 'cancel', 'cancel', 'cancel', 'move', 'restore'],
  ...['close', 'open longer', 'remove exception', 'absence', 'remove absence'],
  ...['join', 'join', 'join', 'wait for earlier', 'leave', 'put back', 'pass', 'offer', 'clock'],
  // So often that a short run books for some who wait.
  ...['accept', 'accept', 'accept', 'accept', 'accept'],
] as const;
const happening = fc.record({ deed: fc.constantFrom(...DEEDS), which: fc.nat(50), how: fc.nat(50) });
type Happening = Readonly<{ deed: (typeof DEEDS)[number]; which: number; how: number }>;

/** Bookings with which the desk is nearly full. */
const MANY = [0, 1, 2, 0, 0, 1, 2, 0].map((which, how) => ({ deed: 'book', which, how: how * 3 }) as const);

const HALF_HOUR = 30 * MINUTE;
const MONDAY_NINE = TUESDAY_NINE.start - DAY;

const pick = <T>(from: readonly T[], n: number): T | undefined => from[n % from.length];

function world(t: TestApp) {
  /** Everybody who has ever joined. */
  const joined: string[] = [];
  const entries = async () => {
    const all = await Promise.all(joined.map((id) => t.storage.waiting.find(id)));
    return all.filter((entry) => entry !== undefined);
  };
  const inState = async (state: WaitingEntry['state']) => (await entries()).filter((entry) => entry.state === state);
  const bookingsIn = async (...states: string[]) =>
    (await allBookings(t)).filter(({ status, time }) => states.includes(status) && time.start > t.clock.now());
  const free = async (query: (typeof QUERIES)[number], audience: 'client' | 'staff', n: number) => {
    const { slots } = await t.app.findSlots({ deskId: DESK_ID, query, audience });
    return pick(slots, n)?.time.start;
  };
  const join = async (wish: Partial<WaitingWish>, earlierThan?: string) => {
    const name = `Client ${joined.length}`;
    const client = aClient({ name, email: `c${joined.length}@client.example`, phone: '+493023125001' });
    const { value } = await t.app.joinWaitingList({ deskId: DESK_ID, wish: aWish(wish), client, earlierThan });
    joined.push(value.id);
  };
  const book = async ({ which, how }: Happening, isStaff: boolean) => {
    const query = pick(QUERIES, which) ?? QUERIES[0];
    const start = await free(query, isStaff ? 'staff' : 'client', how);
    const client = aClient({ email: `b${which}-${how}-${t.clock.now()}@client.example`, phone: '+493023125001' });
    const details = { ...aRequest().details, client };
    const who = isStaff ? STAFF : CLIENT;
    if (start !== undefined) await t.app.bookConsultation(aRequest({ query, start, details, who }));
  };
  const addException = (which: number, part: Pick<HoursException, 'closed' | 'windows'>) => {
    const from = pick(['2026-11-30', '2026-12-01'], which) ?? '';
    const exception = { from, to: addDays(from, 1), reason: { de: 'Feier', en: 'Party' }, ...part };
    return t.app.addException({ who: SYSTEM, deskId: DESK_ID, exception });
  };

  const deeds: Readonly<Record<Happening['deed'], (of: Happening) => Promise<unknown>>> = {
    book: (of) => book(of, false),
    'book by staff': (of) => book(of, true),
    hold: async ({ which, how }) => {
      const query = pick(QUERIES, which) ?? QUERIES[0];
      const start = await free(query, 'client', how);
      if (start !== undefined) await t.app.holdSlot({ deskId: DESK_ID, query, start, who: CLIENT, holder: `b${how}` });
    },
    cancel: async ({ which, how }) => {
      const booking = pick(await bookingsIn('confirmed'), which);
      const who = how % 2 ? CLIENT : STAFF;
      if (booking) await t.app.cancelBooking({ bookingId: booking.id, reason: null, who });
    },
    move: async ({ which, how }) => {
      const booking = pick(await bookingsIn('confirmed'), which);
      const query = QUERIES.find(
        ({ topicId, language }) => topicId === booking?.topicId && language === booking.language,
      );
      const start = query && (await free(query, 'staff', how));
      if (booking && start) await t.app.moveBooking({ bookingId: booking.id, start, who: STAFF });
    },
    restore: async ({ which }) => {
      const booking = pick(await bookingsIn('cancelled'), which);
      if (booking) await t.app.restoreBooking({ bookingId: booking.id, who: STAFF });
    },
    close: ({ which }) => addException(which, { closed: true, windows: [] }),
    'open longer': ({ which }) => addException(which, { closed: false, windows: [{ start: '09:00', end: '11:30' }] }),
    'remove exception': async ({ which }) => {
      const there = pick(await t.storage.desks.exceptions(DESK_ID), which);
      const removing = { who: SYSTEM, deskId: DESK_ID, ifVersion: undefined };
      if (there) await t.app.removeException({ ...removing, id: there.exception.id });
    },
    absence: ({ which, how }) => {
      const start = MONDAY_NINE + (which % 2) * DAY + (how % 3) * HALF_HOUR;
      const time = { start, end: start + (which % 3 ? HALF_HOUR : DAY) };
      const advisorId = pick(['a1', 'a2'], how) ?? '';
      return t.app.addAbsence({ who: SYSTEM, deskId: DESK_ID, advisorId, time, reason: null });
    },
    'remove absence': async ({ which }) => {
      const there = await t.storage.desks.absences(DESK_ID, { start: NOW, end: NOW + 30 * DAY });
      const absence = pick(there, which);
      const entry = absence && (await t.storage.desks.findAbsence(absence.id));
      if (entry) await t.app.removeAbsence({ who: SYSTEM, entry, ifVersion: undefined });
    },
    join: ({ which }) => join(pick(WISHES, which) ?? {}),
    'wait for earlier': async ({ which }) => {
      const booking = pick(await bookingsIn('confirmed'), which);
      if (booking) await join({ topicId: booking.topicId }, t.deps.tokens.tokenFor(booking.id));
    },
    leave: async ({ which, how }) => {
      const entry = pick(await entries(), which);
      if (!entry) return;
      if (how % 2) await t.app.forgetWaiting({ entry });
      else await t.app.takeOffList({ who: STAFF, deskId: DESK_ID, entryId: entry.id });
    },
    'put back': async ({ which }) => {
      const entry = pick(await inState('left'), which);
      if (entry) await t.app.putBackOnList({ who: STAFF, deskId: DESK_ID, entryId: entry.id });
    },
    pass: async ({ which }) => {
      const entry = pick(await inState('offered'), which);
      if (entry) await t.app.passOffer({ entry });
    },
    accept: async ({ which }) => {
      const entry = pick(await inState('offered'), which);
      if (entry) await t.app.acceptOffer({ entry });
    },
    offer: async ({ which, how }) => {
      const entry = pick(await inState('waiting'), which);
      const starts = entry && (await t.app.startsForWaiter(STAFF, DESK_ID, entry.id));
      const start = pick(starts ?? [], how);
      const asked = { who: STAFF, deskId: DESK_ID, entryId: entry?.id ?? '' };
      if (start) await t.app[how % 2 ? 'offerByStaff' : 'bookForWaiter']({ ...asked, start: start.time.start });
    },
    clock: async ({ which }) => {
      t.clock.advance(pick([10 * MINUTE, 2 * HOUR, 24 * HOUR], which) ?? 0);
      await t.run('drawReleases');
      await t.run('offerStarts');
    },
  };

  async function deskNow() {
    const desk = await t.storage.desks.find(DESK_ID);
    if (!desk) throw new Error('no desk');
    return desk;
  }

  async function look<T>(query: ResolvedQuery, range: Interval, of: (snapshot: Snapshot) => T, except?: string) {
    const desk = await deskNow();
    const scope = { desk, range, now: t.clock.now(), except, advisors: suitableFor(desk, query) };
    return (await readAsNeeded(await t.storage.snapshot(DESK_ID), scope, of)).answer;
  }

  return {
    async happen(of: Happening) {
      try {
        await deeds[of.deed](of);
        return true;
      } catch (error) {
        if (error instanceof DomainError && !error.code.startsWith('invalid')) return false;
        throw error;
      }
    },
    inState,
    /** Returns what is free for somebody who waits and is offered nothing. */
    async overlooked() {
      const desk = await deskNow();
      const now = t.clock.now();
      const found: unknown[] = [];
      for (const entry of await inState('waiting')) {
        const booking = await bookingOf(t.storage, entry);
        const where = { zone: 'Europe/Berlin', earlierThan: booking?.time.start ?? null };
        for (const query of queriesOf(desk, { entry, booking })) {
          const range = { start: now, end: now + 12 * DAY };
          const times = await look(query, range, (snapshot) => [...eachFreeSlot(snapshot, query, range)]);
          for (const { time } of times)
            if (fits(entry, time, where) && offerTime(time.start, { desk, topic: query.topic, now }))
              found.push({ entry, start: new Date(time.start).toISOString() });
        }
      }
      return found;
    },
    /** Returns the offers that could not be taken. */
    async empty() {
      const desk = await deskNow();
      const found: unknown[] = [];
      for (const entry of await inState('offered')) {
        const { offer } = entry;
        if (!offer || isOfferOver(entry, t.clock.now())) continue;
        const booking = await bookingOf(t.storage, entry);
        const [first] = queriesOf(desk, { entry, booking }, 'staff');
        if (!first) continue;
        const query = { ...first, language: offer.language, mode: offer.mode };
        const range = { start: offer.time.start, end: offer.time.start + 1 };
        const slots = await look(query, range, (snapshot) => freeSlots(snapshot, query, range), offer.holdId);
        if (slots.length === 0) found.push(entry);
      }
      return found;
    },
  };
}

describe('Whatever happens at a desk', () => {
  it('no start is free that fits somebody who waits and is offered nothing, and every offer can be taken', async () => {
    const seen = { offered: 0, booked: 0, done: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 20, maxLength: 40 }), async (happenings) => {
        const t = await testApp({ desks: [DESK] });
        try {
          const { happen, inState, overlooked, empty } = world(t);
          for (const each of MANY) await happen(each);
          for (const [i, each] of happenings.entries()) {
            if (await happen(each)) seen.done++;
            expect({ i, each, overlooked: await overlooked() }).toEqual({ i, each, overlooked: [] });
            expect({ i, each, empty: await empty() }).toEqual({ i, each, empty: [] });
            seen.offered += (await inState('offered')).length;
          }
          seen.booked += (await inState('booked')).length;
        } finally {
          await t.close();
        }
      }),
      { numRuns: cases(40), endOnFailure: true },
    );
    // Without these the test would say nothing.
    for (const [what, count] of Object.entries(seen)) expect([what, count > 2]).toEqual([what, true]);
  });
});
