import fc from 'fast-check';
import { HOUR, MINUTE, overlaps } from '../../../src/domain/calendar/interval';
import { isRefusal } from '../../../src/domain/errors';
import { CLIENT } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { allBookings, aRequest, booked } from '../../support/bookings';
import { aDesk, anAdvisor, TUESDAY_NINE } from '../../support/builders';
import { cases } from '../../support/cases';
import { refusal } from '../../support/refusal';

const NINE = TUESDAY_NINE.start;
const { query } = aRequest();
const english = query;
const japanese = { ...query, language: 'ja' };
const client = { kind: 'client' } as const;

let t: TestApp;
beforeEach(async () => {
  t = await testApp();
});
afterEach(() => t.close());

/** Only a2 speaks Japanese, and has an English consultation that a1, who is free, could do as well. */
async function greedilyFull(app = t) {
  const [first, second] = [await booked(app), await booked(app)];
  expect([first.advisorId, second.advisorId]).toEqual(['a1', 'a2']);
  await app.app.cancelBooking({ bookingId: first.id, reason: null, who: client });
  return second;
}
const freeAt = async (of: typeof query, start = NINE) =>
  (await t.app.findSlots({ deskId: 'expat-desk', query: of, audience: 'client' })).slots.find(
    ({ time }) => time.start === start,
  )?.free ?? 0;

describe('A consultation for which another must change its advisor', () => {
  it('is offered and booked without a mail to the other client; both advisors are told, and the history says why', async () => {
    const before = await greedilyFull();
    await t.run('sendOutbox');
    const mailsBefore = await t.outbox(before.id);
    expect(await freeAt(japanese)).toBe(1);
    const newcomer = await booked(t, { query: japanese });
    expect(newcomer).toMatchObject({ advisorId: 'a2', tied: false });

    const moved = await t.storage.bookings.find(before.id);
    expect(moved).toEqual({ ...before, advisorId: 'a1', version: before.version + 1, changedAt: t.clock.now() });
    expect((await t.storage.bookings.history(before.id)).at(-1)).toMatchObject({
      type: 'reassigned',
      by: { kind: 'system' },
      from: { time: before.time, advisorId: 'a2' },
    });
    const told = (await t.outbox(before.id)).slice(mailsBefore.length);
    expect(told.map(({ recipient }) => recipient)).toEqual(['staff', 'staff']);
    expect(await freeAt(japanese)).toBe(0);
    expect(await freeAt(english)).toBe(0);
  });

  it('is counted: one more English booking fits as long as no Japanese one was made', async () => {
    expect([await freeAt(english), await freeAt(japanese)]).toEqual([2, 1]);
    await greedilyFull();
    expect([await freeAt(english), await freeAt(japanese)]).toEqual([1, 1]);
  });

  it('can be held first: a hold moves others, and is moved itself', async () => {
    const before = await greedilyFull();
    const { value: hold } = await t.app.holdSlot({ who: CLIENT, deskId: 'expat-desk', query: japanese, start: NINE });
    expect(hold.advisorId).toBe('a2');
    expect((await t.storage.bookings.find(before.id))?.advisorId).toBe('a1');

    const start = NINE + HOUR;
    await booked(t, { start });
    const { value: other } = await t.app.holdSlot({ who: CLIENT, deskId: 'expat-desk', query: english, start });
    expect(other.advisorId).toBe('a2');
    await t.app.cancelBooking({ bookingId: (await allBookings(t)).at(-1)?.id ?? '', reason: null, who: client });
    expect((await booked(t, { query: japanese, start })).advisorId).toBe('a2');
    expect((await t.storage.bookings.findHold(other.id))?.advisorId).toBe('a1');
    expect((await booked(t, { start, holdId: other.id })).advisorId).toBe('a1');
  });

  it('can also be reached by moving a booking', async () => {
    await greedilyFull();
    const { id } = await booked(t, { query: japanese, start: NINE + HOUR });
    const { value } = await t.app.moveBooking({ bookingId: id, start: NINE, who: client });
    expect(value).toMatchObject({ advisorId: 'a2', time: { start: NINE } });
  });

  it('is not booked if the other is tied to its advisor', async () => {
    await booked(t, { query: { ...english, advisorId: 'a2' } });
    expect(await freeAt(japanese)).toBe(0);
    await expect(booked(t, { query: japanese })).rejects.toEqual(refusal('slot-unavailable'));
    expect(await freeAt(english)).toBe(1);
  });

  it('is not booked so shortly before that the other’s advisor has prepared', async () => {
    await t.close();
    t = await testApp({ desks: [aDesk({ fixedMinutes: 180 })] });
    const before = await greedilyFull();
    t.clock.set('2026-12-01T06:00:00.001+01:00');
    expect(await freeAt(japanese)).toBe(0);
    t.clock.set('2026-12-01T06:00:00+01:00');
    expect(await freeAt(japanese)).toBe(1);
    expect((await t.storage.bookings.find(before.id))?.advisorId).toBe('a2');
  });

  it('respects hours and absences of the advisor who takes over', async () => {
    await greedilyFull();
    const time = { start: NINE + 15 * MINUTE, end: NINE + HOUR };
    await t.app.addAbsence({ who: { kind: 'system' }, deskId: 'expat-desk', advisorId: 'a1', time, reason: null });
    expect(await freeAt(japanese)).toBe(0);
  });

  it('can be booked if and only if it is offered, whatever was booked before', async () => {
    const desk = aDesk({
      advisors: [
        anAdvisor({ id: 'a1', languages: ['de'] }),
        anAdvisor({ id: 'a2', languages: ['de', 'en'] }),
        anAdvisor({ id: 'a3', languages: ['en', 'ja'], topics: ['residence'] }),
      ],
    });
    const asked = fc.record({
      language: fc.constantFrom('de', 'en', 'ja'),
      topicId: fc.constantFrom('residence', 'career'),
      half: fc.integer({ min: 0, max: 3 }),
      cancels: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { minLength: 4, maxLength: 16 }), async (all) => {
        await t.close();
        t = await testApp({ desks: [desk] });
        for (const { language, topicId, half, cancels } of all) {
          const [of, start] = [{ ...query, language, topicId }, NINE + half * 30 * MINUTE];
          const free = await freeAt(of, start);
          const given = await booked(t, { query: of, start }).catch((error: unknown) => {
            if (!isRefusal(error, 'slot-unavailable')) throw error;
          });
          expect(given !== undefined).toBe(free > 0);
          if (given && cancels) await t.app.cancelBooking({ bookingId: given.id, reason: null, who: client });
        }
        const live = (await allBookings(t)).filter(({ status }) => status === 'confirmed');
        for (const a of live) {
          const advisor = desk.advisors.find(({ id }) => id === a.advisorId);
          expect(advisor?.languages).toContain(a.language);
          expect(advisor?.topics).toContain(a.topicId);
          for (const b of live)
            if (a.id !== b.id && a.advisorId === b.advisorId) expect(overlaps(a.time, b.time)).toBe(false);
        }
      }),
      { numRuns: cases(25) },
    );
  });
});

describe('Places of a desk', () => {
  const inPerson = { ...query, mode: 'in_person' as const };
  const anyMode = { topicId: 'residence', language: 'en' };
  beforeEach(async () => {
    await t.close();
    t = await testApp({ desks: [aDesk({ capacities: { in_person: 1, video: 0 } })] });
  });

  it('are as many as there are rooms, however many advisors are free', async () => {
    expect(await freeAt(inPerson)).toBe(1);
    await booked(t, { query: inPerson });
    expect(await freeAt(inPerson)).toBe(0);
    await expect(booked(t, { query: inPerson })).rejects.toEqual(refusal('slot-unavailable'));
    expect(await freeAt({ ...query, mode: 'video' })).toBe(0);
    expect(await freeAt({ ...query, mode: 'phone' })).toBe(1);
  });

  it('leave another mode to a client who named none', async () => {
    expect(await booked(t, { query: anyMode })).toMatchObject({ mode: 'in_person' });
    const { details } = aRequest({ query: { ...anyMode, mode: 'phone' } });
    expect(await booked(t, { query: anyMode, details })).toMatchObject({ mode: 'phone' });
    await expect(booked(t, { query: anyMode })).rejects.toEqual(refusal('slot-unavailable'));
  });

  it('are occupied for the duration of the consultation', async () => {
    await booked(t, { query: { ...inPerson, topicId: 'career' } });
    expect(await freeAt(inPerson, NINE + 30 * MINUTE)).toBe(0);
    expect(await freeAt(inPerson, NINE + 60 * MINUTE)).toBe(1);
  });
});
