import fc from 'fast-check';
import type { Alternatives } from '../../src/app/slots/alternatives';
import { HOUR, MINUTE, overlaps } from '../../src/domain/calendar/interval';
import { DomainError } from '../../src/domain/errors';
import { CLIENT } from '../../src/domain/staff/caller';
import { type TestApp, testApp } from '../support/app';
import { allBookings, aRequest, booked } from '../support/bookings';
import { aDesk, anAdvisor, aReceptionist, NOW, TUESDAY_NINE } from '../support/builders';
import { cases } from '../support/cases';
import { refusal } from '../support/refusal';

const NINE = TUESDAY_NINE.start;
const WEDNESDAY_TEN = Date.parse('2026-12-02T10:00:00+01:00');
const client = { kind: 'client' } as const;
const query = aRequest().query;

let t: TestApp;
beforeEach(async () => {
  t = await testApp();
});
afterEach(() => t.close());

const freeAt = async (start: number, language = 'en') => {
  const { slots } = await t.app.findSlots({ deskId: 'expat-desk', query: { ...query, language }, audience: 'client' });
  return slots.find(({ time }) => time.start === start)?.free ?? 0;
};
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof DomainError ? error : undefined),
  );
const alternativesOf = (error: DomainError | undefined) =>
  (error?.details.alternatives as Alternatives | undefined)?.slots;

describe('Booking a consultation', () => {
  it('chooses the least flexible suitable advisor, and leaves one place fewer free', async () => {
    expect(await freeAt(NINE)).toBe(2);
    const booking = await booked(t);
    expect(booking).toMatchObject({ advisorId: 'a1', status: 'confirmed', sequence: 0, version: 1, tied: false });
    expect(await freeAt(NINE)).toBe(1);
    expect(await freeAt(NINE, 'ja')).toBe(1);
  });

  it('is refused for a slot that is not offered, with the nearest alternatives, and leaves nothing behind', async () => {
    await booked(t);
    await booked(t);
    for (const start of [NINE, NINE + 7 * MINUTE, NINE - 12 * HOUR, NOW, NOW - HOUR, NINE + 400 * 24 * HOUR]) {
      const error = await refusalOf(t.app.bookConsultation(aRequest({ start })));
      expect(error?.code).toBe('slot-unavailable');
    }
    const error = await refusalOf(t.app.bookConsultation(aRequest()));
    expect(alternativesOf(error)).toHaveLength(5);
    expect(alternativesOf(error)?.map(({ time }) => time.start)).toContain(NINE + 30 * MINUTE);
    expect(await allBookings(t)).toHaveLength(2);
  });

  it('succeeds for every slot that the search shows, and for no other start', async () => {
    const to = Date.parse('2026-11-26T00:00:00+01:00');
    const { slots } = await t.app.findSlots({ deskId: 'expat-desk', query, audience: 'client', to });
    const offered = new Set(slots.map(({ time }) => time.start));
    const starts = fc
      .integer({ min: 0, max: 2 * 24 * 4 })
      .map((quarter) => Date.parse('2026-11-24T00:00:00+01:00') + quarter * 15 * MINUTE);
    await fc.assert(
      fc.asyncProperty(starts, async (start) => {
        const free = await freeAt(start);
        const error = await refusalOf(t.app.bookConsultation(aRequest({ start })));
        expect(error?.code).toBe(free > 0 ? undefined : 'slot-unavailable');
        if (!offered.has(start)) expect(error?.code).toBe('slot-unavailable');
      }),
      { numRuns: cases(80) },
    );
    const all = await allBookings(t);
    for (const a of all)
      for (const b of all)
        if (a.id !== b.id && a.advisorId === b.advisorId) expect(overlaps(a.time, b.time)).toBe(false);
  });

  it('ties the booking to the advisor whom the client asked for', async () => {
    const booking = await booked(t, { query: { ...query, advisorId: 'a2' } });
    expect(booking).toMatchObject({ advisorId: 'a2', tied: true });
    await expect(t.app.bookConsultation(aRequest({ query: { ...query, advisorId: 'a2' } }))).rejects.toEqual(
      refusal('slot-unavailable'),
    );
  });

  it('happens once for an idempotency key, also for 50 at the same time', async () => {
    const idempotency = { scope: 'test', key: 'k1', fingerprint: 'f' };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => t.app.bookConsultation(aRequest({ idempotency }))),
    );
    expect(new Set(answers.map(({ value }) => value.id)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await allBookings(t)).toHaveLength(1);
    const other = aRequest({ idempotency: { ...idempotency, fingerprint: 'another body' } });
    await expect(t.app.bookConsultation(other)).rejects.toEqual(refusal('idempotency-key-reused'));
  });

  it('gives each place once when fifty clients want it', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => booked(t)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await allBookings(t)).toHaveLength(2);
  });

  it('takes the same number of statements in its search for one advisor as for fifty', async () => {
    const count = async (advisors: number, from: number) => {
      const statements: string[] = [];
      const desks = [aDesk({ advisors: Array.from({ length: advisors }, (_, i) => anAdvisor({ id: `a${i}` })) })];
      const big = await testApp({ desks, onStatement: (sql) => statements.push(sql) });
      statements.length = 0;
      await big.app.findSlots({ deskId: 'expat-desk', query, audience: 'client', from });
      await big.close();
      return statements.length;
    };
    const few = await count(1, NINE);
    expect(few).toBeGreaterThan(0);
    expect(await count(50, NOW)).toBe(few);
  });
});

describe('A hold', () => {
  it('reserves the slot for 15 minutes, and no longer', async () => {
    await booked(t);
    const { value: hold } = await t.app.holdSlot({ who: CLIENT, deskId: 'expat-desk', query, start: NINE });
    expect(hold.heldUntil).toBe(NOW + 15 * MINUTE);
    expect(await freeAt(NINE)).toBe(0);
    t.clock.advance(15 * MINUTE);
    expect(await freeAt(NINE)).toBe(1);
    await expect(booked(t)).resolves.toMatchObject({ advisorId: 'a2' });
  });

  it('becomes the booking, with the advisor that it reserved', async () => {
    const { value: hold } = await t.app.holdSlot({ who: CLIENT, deskId: 'expat-desk', query, start: NINE });
    const booking = await booked(t, { holdId: hold.id });
    expect(booking).toMatchObject({ id: hold.id, advisorId: hold.advisorId, status: 'confirmed' });
    await expect(booked(t, { holdId: hold.id })).rejects.toEqual(refusal('hold-expired'));
  });

  it('that has expired can still be booked if the slot is free, and is clearly refused if it is not', async () => {
    const { value: first } = await t.app.holdSlot({ who: CLIENT, deskId: 'expat-desk', query, start: NINE });
    const { value: second } = await t.app.holdSlot({ who: CLIENT, deskId: 'expat-desk', query, start: NINE });
    t.clock.advance(16 * MINUTE);
    await expect(booked(t, { holdId: first.id })).resolves.toMatchObject({ id: first.id });
    await booked(t);
    await expect(booked(t, { holdId: second.id })).rejects.toEqual(refusal('slot-unavailable'));
  });

  it('exists once for each browser: a second slot replaces the first, and what was typed stays', async () => {
    const asked = { deskId: 'expat-desk', query, holder: 'browser', journey: 'one' };
    const { value: first } = await t.app.holdSlot({ who: CLIENT, ...asked, start: NINE });
    await t.app.keepDraft(first, CLIENT, { ...first.draft, name: 'Kim' });
    const { value: second } = await t.app.holdSlot({ who: CLIENT, ...asked, start: WEDNESDAY_TEN });
    expect(second).toMatchObject({ id: first.id, draft: { name: 'Kim' } });
    const { value: another } = await t.app.holdSlot({ who: CLIENT, ...asked, journey: 'two', start: WEDNESDAY_TEN });
    expect(another.draft).toEqual({ journey: 'two' });
    expect(await freeAt(NINE)).toBe(2);
    expect(await freeAt(WEDNESDAY_TEN)).toBe(1);
  });

  it('can be renewed at least ten times, but not for ever', async () => {
    const { value: hold } = await t.app.holdSlot({ who: CLIENT, deskId: 'expat-desk', query, start: NINE });
    for (let i = 0; i < 12; i++) {
      t.clock.advance(14 * MINUTE);
      await t.app.renewHold({ ...hold, who: CLIENT });
    }
    t.clock.advance(14 * MINUTE);
    await t.app.renewHold({ ...hold, who: CLIENT });
    t.clock.advance(2 * MINUTE);
    await expect(t.app.renewHold({ ...hold, who: CLIENT })).rejects.toEqual(refusal('hold-expired'));
  });

  it('can be released', async () => {
    const { value: hold } = await t.app.holdSlot({ who: CLIENT, deskId: 'expat-desk', query, start: NINE });
    await t.app.releaseHold({ ...hold, who: CLIENT });
    expect(await freeAt(NINE)).toBe(2);
    await expect(t.app.releaseHold({ ...hold, who: CLIENT })).rejects.toEqual(refusal('not-found'));
  });
});

describe('Moving a booking', () => {
  it('happens in one step, and frees the old time', async () => {
    const booking = await booked(t);
    const { value: moved } = await t.app.moveBooking({ bookingId: booking.id, start: WEDNESDAY_TEN, who: client });
    expect(moved).toMatchObject({
      id: booking.id,
      reference: booking.reference,
      uid: booking.uid,
      sequence: 1,
      version: 2,
    });
    expect(await freeAt(NINE)).toBe(2);
    expect(await freeAt(WEDNESDAY_TEN)).toBe(1);
  });

  it('may overlap the time that it leaves', async () => {
    const { desk } = await t.app.findSlots({ deskId: 'expat-desk', query, audience: 'client' });
    expect(desk.gridMinutes).toBe(30);
    const career = { topicId: 'career', language: 'ja', mode: 'phone' } as const;
    const booking = await booked(t, { query: career });
    const { value: moved } = await t.app.moveBooking({ bookingId: booking.id, start: NINE + 30 * MINUTE, who: client });
    expect(moved).toMatchObject({ advisorId: 'a2', time: { start: NINE + 30 * MINUTE } });
  });

  it('to a slot that has just been taken leaves it unchanged and offers the nearest slots', async () => {
    const booking = await booked(t);
    await booked(t, { start: WEDNESDAY_TEN });
    await booked(t, { start: WEDNESDAY_TEN });
    const error = await refusalOf(t.app.moveBooking({ bookingId: booking.id, start: WEDNESDAY_TEN, who: client }));
    expect(error?.code).toBe('slot-unavailable');
    expect(alternativesOf(error)).toHaveLength(5);
    expect(await t.storage.bookings.find(booking.id)).toEqual(booking);
  });

  it('is refused as stale when another person changed it first', async () => {
    const booking = await booked(t);
    await t.app.moveBooking({ bookingId: booking.id, start: WEDNESDAY_TEN, who: client });
    const late = t.app.moveBooking({
      bookingId: booking.id,
      start: NINE,
      who: aReceptionist('Empfang'),
      ifVersion: 1,
    });
    await expect(late).rejects.toEqual(refusal('version-moved-on'));
  });

  it('keeps a tied booking with its advisor, unless staff choose another', async () => {
    const booking = await booked(t, { query: { ...query, advisorId: 'a2' } });
    const { value: moved } = await t.app.moveBooking({ bookingId: booking.id, start: WEDNESDAY_TEN, who: client });
    expect(moved.advisorId).toBe('a2');
    const staff = aReceptionist('Empfang');
    const { value: given } = await t.app.moveBooking({
      bookingId: booking.id,
      start: WEDNESDAY_TEN,
      advisorId: 'a1',
      who: staff,
    });
    expect(given).toMatchObject({ advisorId: 'a1', sequence: moved.sequence });
  });

  it('and cancelling at the same time happen in one order or the other, and leave a consistent booking', async () => {
    for (let round = 0; round < 10; round++) {
      const booking = await booked(t, { start: NINE + round * 30 * MINUTE });
      const moving = t.app.moveBooking({
        bookingId: booking.id,
        start: WEDNESDAY_TEN + round * 30 * MINUTE,
        who: aReceptionist('E'),
        ifVersion: 1,
      });
      const cancelling = t.app.cancelBooking({ bookingId: booking.id, reason: null, who: client });
      await Promise.allSettled([moving, cancelling]);
      const after = await t.storage.bookings.find(booking.id);
      const history = await t.storage.bookings.history(booking.id);
      expect(after?.status).toBe('cancelled');
      expect(after?.sequence).toBe(history.length - 1);
      expect(after?.version).toBe(history.length);
    }
  });
});
