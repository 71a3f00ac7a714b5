import type { SlotQuery } from '../../../src/app/slots/slotQuery';
import { mulberry32 } from '../../../src/demo/random';
import { DAY } from '../../../src/domain/calendar/dates';
import { HOUR, type Instant, MINUTE } from '../../../src/domain/calendar/interval';
import type { Desk } from '../../../src/domain/desk';
import { isRefusal } from '../../../src/domain/errors';
import { CLIENT } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { allBookings, aRequest } from '../../support/bookings';
import { aClient, aDesk, anAdvisor, aReceptionist, aTopic, NOW } from '../../support/builders';
import { cases } from '../../support/cases';

const STEPS = cases(150);
const STAFF = aReceptionist();
const LANGUAGES = ['de', 'en', 'ja'];
const TOPICS = [
  aTopic({ questions: [] }),
  aTopic({ id: 'career', durationMinutes: 60, bufferMinutes: 15, modes: ['phone', 'in_person'], questions: [] }),
];
const plain = aDesk({
  topics: TOPICS,
  gridMinutes: 30,
  leadTimeMinutes: 60,
  fixedMinutes: 6 * 60,
  hours: {
    ...aDesk().hours,
    // Three hours a day, so that the desk is soon full.
    rules: [{ rrule: 'FREQ=DAILY', start: '09:00', end: '12:00' }],
  },
  horizonDays: 15,
  advisors: [
    anAdvisor({ id: 'a1', languages: ['de'], topics: ['residence', 'career'] }),
    anAdvisor({ id: 'a2', languages: ['de', 'en'], topics: ['residence'] }),
    anAdvisor({ id: 'a3', languages: ['en', 'ja'], topics: ['residence', 'career'] }),
    anAdvisor({ id: 'a4', languages: ['de', 'en', 'ja'], topics: ['career'] }),
  ],
});
const reserve = { language: 'ja', topicId: null, urgent: false, startsPerDay: 3, releaseWorkingDays: 2 };
const DESKS: Readonly<Record<string, Desk>> = {
  'that keeps nothing for anybody': plain,
  'with one room, and starts kept for a language': { ...plain, capacities: { in_person: 1 }, reserves: [reserve] },
};

/** Does something at random, and asks at random. */
function doings(t: TestApp, seed: number) {
  const random = mulberry32(seed);
  const question = (): SlotQuery => ({
    topicId: random.pick(TOPICS).id,
    language: random.pick(LANGUAGES),
    ...(random.chance(40) && { mode: random.pick(['phone', 'in_person'] as const) }),
    ...(random.chance(15) && { advisorId: random.pick(plain.advisors).id }),
  });
  const range = () => {
    const from = t.clock.now() + (random.below(14) - 2) * DAY;
    return random.chance(30) ? {} : { from, to: from + random.pick([HOUR, DAY, 9 * DAY]) };
  };
  const some = async () => {
    const audience = random.pick(['client', 'staff'] as const);
    const search = { deskId: 'expat-desk', query: question(), audience, ...range() };
    return random.chance(15)
      ? { ...search, except: random.pick([...(await allBookings(t)), { id: 'none' }]).id }
      : search;
  };
  const free = async (query: SlotQuery): Promise<Instant | undefined> => {
    const { slots } = await t.app.findSlots({ deskId: 'expat-desk', query, audience: 'client' });
    return slots.length > 0 ? random.pick(slots.slice(0, 30)).time.start : undefined;
  };
  const deeds: readonly (() => Promise<unknown>)[] = [
    ...[1, 2, 3].map(() => async () => {
      const asked = question();
      const query = { ...asked, mode: asked.mode ?? ('phone' as const) };
      const start = await free(query);
      const { details } = aRequest();
      const client = aClient({ phone: '+493023125001' });
      if (start !== undefined)
        await t.app.bookConsultation(aRequest({ query, start, details: { ...details, client } }));
    }),
    async () => {
      const query = question();
      const start = await free(query);
      if (start !== undefined)
        await t.app.holdSlot({ who: CLIENT, deskId: 'expat-desk', query, start, holder: `browser ${random.below(3)}` });
    },
    async () => {
      const open = (await allBookings(t)).filter(({ status }) => status === 'confirmed');
      if (open.length > 0) await t.app.cancelBooking({ bookingId: random.pick(open).id, reason: null, who: STAFF });
    },
    async () => t.clock.advance(random.pick([MINUTE, 7 * MINUTE + 1, 16 * MINUTE, 5 * HOUR, DAY])),
    async () => {
      const start = t.clock.now() + random.below(10) * DAY;
      const time = { start, end: start + random.pick([2 * HOUR, DAY]) };
      await t.app.addAbsence({ who: { kind: 'system' }, deskId: 'expat-desk', advisorId: 'a2', time, reason: null });
    },
  ];
  return { some, deed: () => random.pick(deeds)() };
}

describe.each(Object.entries(DESKS))('A search at a desk %s', (_name, desk) => {
  it('finds the same in a program that remembers as in one that has just started', async () => {
    const t = await testApp({ desks: [desk], now: NOW });
    const { some, deed } = doings(t, Number(process.env.SEED ?? Date.now() % 1_000_000));
    let found = 0;
    for (let step = 0; step < STEPS; step++) {
      try {
        await deed();
      } catch (error) {
        if (
          !isRefusal(error, 'slot-unavailable') &&
          !isRefusal(error, 'too-many-requests') &&
          !isRefusal(error, 'no-effect')
        )
          throw error;
      }
      const fresh = await testApp({ databaseUrl: t.databaseUrl, desks: [], now: t.clock.now() });
      for (let i = 0; i < 6; i++) {
        const search = await some();
        const { slots } = await t.app.findSlots(search);
        expect({ step, search, slots }).toEqual({ step, search, slots: (await fresh.app.findSlots(search)).slots });
        found += slots.length;
      }
      await fresh.close();
    }
    // Without these the test would say nothing.
    expect(found).toBeGreaterThan(STEPS);
  });
});
