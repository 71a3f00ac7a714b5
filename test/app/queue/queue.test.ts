import { screenToken } from '../../../src/app/queue/readQueue';
import type { Booking } from '../../../src/domain/booking/booking';
import { DAY } from '../../../src/domain/calendar/dates';
import { MINUTE } from '../../../src/domain/calendar/interval';
import type { QueueStep } from '../../../src/domain/queue/entry';
import type { Caller } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { aRequest, booked } from '../../support/bookings';
import { aReceptionist, TUESDAY_NINE } from '../../support/builders';

const NINE = TUESDAY_NINE.start;
const STAFF = aReceptionist('Rezi Empfang');
const ADA = aReceptionist('Ada Beispiel', { role: 'advisor', advisorId: 'a1' });

let t: TestApp;
beforeEach(async () => {
  t = await testApp();
});
afterEach(() => t.close());

const came = async (part: { language?: string; urgent?: string | null; topicId?: string; who?: Caller } = {}) => {
  const walkIn = { deskId: 'expat-desk', topicId: 'residence', language: 'en', name: null, urgent: null };
  return (await t.app.addWalkIn({ who: STAFF, ...walkIn, ...part })).value;
};
const step = async (id: string, what: QueueStep, who: Caller = STAFF, advisorId?: string) =>
  (await t.app.stepInQueue({ who, id, what, advisorId })).value;
const queue = async () => (await t.app.readQueue(STAFF, 'expat-desk')).people;
const states = async () => (await queue()).map(({ number, entry }) => [number, entry?.state ?? 'waiting']);
const screen = async () =>
  (await t.app.readScreen(screenToken(t.deps.tokens, 'expat-desk')))?.called.map(({ number }) => number);
const here = async (): Promise<Booking> => {
  const booking = await booked(t, { start: NINE });
  t.clock.set('2026-12-01T08:00:00+01:00');
  await t.app.recordAttendance({ bookingId: booking.id, what: 'check-in', who: STAFF });
  return booking;
};

describe('The queue of a desk', () => {
  it('numbers who comes without an appointment, from one each day, and tells them their turn', async () => {
    const [first, second, third] = [await came(), await came(), await came()];
    expect([first.number, second.number, third.number]).toEqual(['W1', 'W2', 'W3']);
    expect([first.position, third.position]).toEqual([1, 3]);
    expect(first.expected?.start).toBe(t.clock.now());
    expect(third.expected?.start).toBe(t.clock.now() + 30 * MINUTE);
    t.clock.advance(DAY);
    expect((await came()).number).toBe('W1');
    expect(await states()).toEqual([['W1', 'waiting']]);
  });

  it('has appointments from their check-in, before all others, and not after its undo', async () => {
    await came({ urgent: 'of another day' });
    const booking = await here();
    await came({ urgent: 'ends today' });
    const number = booking.reference.split('-')[0];
    expect(await states()).toEqual([
      [number, 'waiting'],
      ['W1', 'waiting'],
    ]);
    await step(booking.id, 'call');
    expect(await states()).toEqual([
      ['W1', 'waiting'],
      [number, 'called'],
    ]);
    await t.app.recordAttendance({ bookingId: booking.id, what: 'undo-check-in', who: STAFF });
    expect(await states()).toEqual([['W1', 'waiting']]);
  });

  it('completes an appointment that is finished, and reopens it when that is undone', async () => {
    const booking = await here();
    t.clock.set('2026-12-01T09:00:00+01:00');
    const { id, advisorId } = await step(booking.id, 'call');
    expect(advisorId).toBe(booking.advisorId);
    await step(booking.id, 'start');
    await step(id, 'finish');
    const status = async () => (await t.storage.bookings.find(booking.id))?.status;
    expect(await status()).toBe('completed');
    await step(id, 'undo');
    expect(await status()).toBe('checked_in');
  });

  it('follows what the board records of an appointment', async () => {
    const booking = await here();
    t.clock.set('2026-12-01T09:00:00+01:00');
    const { number } = await step(booking.id, 'call');
    const record = (what: 'complete' | 'reopen' | 'undo-check-in') =>
      t.app.recordAttendance({ bookingId: booking.id, what, who: STAFF });
    await record('complete');
    expect(await states()).toEqual([[number, 'done']]);
    expect(await screen()).toEqual([]);
    await step(booking.id, 'undo');
    expect((await t.storage.bookings.find(booking.id))?.status).toBe('checked_in');
    await step(booking.id, 'undo');
    expect(await screen()).toEqual([number]);
    await record('undo-check-in');
    expect(await queue()).toEqual([]);
    expect(await screen()).toEqual([]);
    await expect(step(booking.id, 'start')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('reopens nothing when an undo that was done is asked for again', async () => {
    const booking = await here();
    t.clock.set('2026-12-01T09:00:00+01:00');
    const idempotency = { scope: 'staff', key: 'k', fingerprint: 'f' };
    const undo = async () => t.app.stepInQueue({ who: STAFF, id: booking.id, what: 'undo', idempotency });
    await step(booking.id, 'start');
    await step(booking.id, 'finish');
    const first = await undo();
    await step(booking.id, 'finish');
    expect(await undo()).toEqual({ ...first, replayed: true });
    expect((await t.storage.bookings.find(booking.id))?.status).toBe('completed');
  });

  it('is of one day: who came yesterday cannot be called, and an appointment that was moved begins anew', async () => {
    const [{ id }, booking] = [await came(), await here()];
    const entry = await step(booking.id, 'call');
    await t.app.recordAttendance({ bookingId: booking.id, what: 'undo-check-in', who: STAFF });
    const lines = [{ bookingId: booking.id, start: NINE + DAY }];
    await t.app.moveBookings({ who: STAFF, deskId: 'expat-desk', lines });
    t.clock.set('2026-12-02T08:50:00+01:00');
    await expect(step(id, 'call')).rejects.toMatchObject({ code: 'not-found' });
    await expect(step(booking.id, 'call')).rejects.toMatchObject({ code: 'not-found' });
    await t.app.recordAttendance({ bookingId: booking.id, what: 'check-in', who: STAFF });
    expect(await states()).toEqual([[entry.number, 'waiting']]);
    expect(await step(booking.id, 'call')).toMatchObject({ id: entry.id, misses: 0, calledAt: t.clock.now() });
    expect(await states()).toEqual([[entry.number, 'called']]);
  });

  it('calls the next person for an advisor, one after the other', async () => {
    const next = () => t.app.callNext({ who: ADA, deskId: 'expat-desk', advisorId: 'a1' });
    const [ja, en] = [await came({ language: 'ja' }), await came()];
    const called = await next();
    expect(called).toMatchObject({ id: en.id, state: 'called', advisorId: 'a1' });
    expect(await next()).toBeUndefined();
    await step(en.id, 'start', ADA);
    await step(en.id, 'finish', ADA);
    expect(await next()).toBeUndefined();
    expect(await t.app.callNext({ who: STAFF, deskId: 'expat-desk', advisorId: 'a2' })).toMatchObject({ id: ja.id });
  });

  it('lets an advisor call for themselves only', async () => {
    const { id } = await came();
    await expect(step(id, 'call', ADA, 'a2')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(t.app.callNext({ who: ADA, deskId: 'expat-desk', advisorId: 'a2' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await step(id, 'call', ADA)).toMatchObject({ advisorId: 'a1' });
    await expect(step(id, 'call', STAFF, 'nobody')).rejects.toMatchObject({ code: 'invalid' });
  });

  it('is done once of two who call the same person at the same moment', async () => {
    const { id } = await came();
    const both = await Promise.allSettled([step(id, 'call', STAFF, 'a1'), step(id, 'call', STAFF, 'a2')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await t.storage.queue.find(id))?.version).toBe(2);
  });

  it('takes nobody whom no advisor can see', async () => {
    await expect(came({ language: 'uk' })).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ pointer: '/language' }] },
    });
    await expect(came({ topicId: 'cooking' })).rejects.toMatchObject({ details: { errors: [{ pointer: '/topic' }] } });
    expect(await queue()).toEqual([]);
  });

  it('puts somebody into the line once for one key', async () => {
    const idempotency = { scope: 'staff', key: 'k', fingerprint: 'f' };
    const walkIn = { who: STAFF, deskId: 'expat-desk', topicId: 'residence', language: 'en', name: null, urgent: null };
    const first = await t.app.addWalkIn({ ...walkIn, idempotency });
    expect(await t.app.addWalkIn({ ...walkIn, idempotency })).toEqual({ ...first, replayed: true });
    expect(await queue()).toHaveLength(1);
  });

  it('knows nothing of a booking whose client is not here', async () => {
    const { id } = await booked(t, { start: NINE, details: aRequest().details });
    await expect(step(id, 'call')).rejects.toMatchObject({ code: 'not-found' });
    await expect(step('nobody', 'call')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('A ticket', () => {
  it('tells its place until the end of the day, and nothing for another token', async () => {
    await came();
    const { id, token } = await came();
    expect(await t.app.readTicket(token)).toMatchObject({ position: 2, entry: { number: 'W2', state: 'waiting' } });
    await step(id, 'call', STAFF, 'a1');
    expect(await t.app.readTicket(token)).toMatchObject({ position: null, entry: { state: 'called' } });
    expect(await t.app.readTicket(`${token}x`)).toBeUndefined();
    t.clock.advance(DAY);
    expect(await t.app.readTicket(token)).toBeUndefined();
  });
});
