import { mulberry32 } from '../../../src/demo/random';
import type { Booking } from '../../../src/domain/booking/booking';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { isRefusal } from '../../../src/domain/errors';
import { type TestApp, testApp } from '../../support/app';
import { allBookings, aRequest, booked } from '../../support/bookings';
import { aDesk, anAdvisor, aReceptionist, aTopic, NOW, TUESDAY_NINE } from '../../support/builders';
import { refusal } from '../../support/refusal';

const NINE = TUESDAY_NINE.start;
const HALF = 30 * MINUTE;
const STAFF = aReceptionist('Rezi Empfang');
const { query } = aRequest();

let t: TestApp;
afterEach(() => t.close());

const move = async (...lines: Parameters<TestApp['app']['moveBookings']>[0]['lines']) =>
  (await t.app.moveBookings({ deskId: 'expat-desk', lines, who: STAFF })).value;
const undo = async (operationId = '') => (await t.app.undoMoves({ operationId, who: STAFF })).value;
const find = async ({ id }: Pick<Booking, 'id'>) => (await t.storage.bookings.find(id)) as Booking;
/** A booking without what rises with each change. */
const content = ({ version: _version, sequence: _sequence, changedAt: _changedAt, ...rest }: Booking) => rest;

describe('Moves that are undone', () => {
  beforeEach(async () => {
    t = await testApp();
  });

  it('are back where they were, two that swapped and whoever made room, with a line in each history', async () => {
    const [a, b] = [await booked(t), await booked(t, { start: NINE + HOUR })];
    const other = await booked(t, { start: NINE + HOUR });
    const { undo: done } = await move(
      { bookingId: a.id, start: b.time.start, advisorId: 'a1' },
      { bookingId: b.id, start: a.time.start, advisorId: 'a1' },
    );
    const result = await undo(done?.id);
    expect(result.results).toEqual([a, b].map(({ id }) => ({ booking: id, outcome: 'moved', mail: true })));
    for (const each of [a, b, other]) expect(content(await find(each))).toEqual(content(each));
    const types = async ({ id }: Booking) => (await t.storage.bookings.history(id)).map(({ type }) => type);
    expect(await types(a)).toEqual(['booked', 'moved', 'move_undone']);
    expect((await t.storage.bookings.history(a.id)).at(-1)).toMatchObject({
      by: { kind: 'staff' },
      from: { time: b.time, advisorId: 'a1' },
    });
    expect((await find(a)).sequence).toBe(2);
  });

  it('can be moved again by undoing the undoing', async () => {
    const a = await booked(t);
    const { undo: done } = await move({ bookingId: a.id, start: NINE + HOUR });
    const { undo: again } = await undo(done?.id);
    await undo(again?.id);
    expect(await find(a)).toMatchObject({ time: { start: NINE + HOUR }, version: 4 });
  });

  it('give back a check-in and take back a promise', async () => {
    const a = await booked(t);
    t.clock.advance(NINE - NOW);
    await t.app.recordAttendance({ bookingId: a.id, what: 'check-in', who: STAFF });
    const here = await find(a);
    const { undo: done } = await move({ bookingId: a.id, start: NINE + 2 * HOUR, advisorId: 'a2', tie: true });
    expect(await find(a)).toMatchObject({ status: 'confirmed', tied: true });
    await undo(done?.id);
    expect(content(await find(a))).toEqual(content(here));
  });

  it('are undone once, however often that is asked', async () => {
    const a = await booked(t);
    const { undo: done } = await move({ bookingId: a.id, start: NINE + HOUR });
    await undo(done?.id);
    const before = await t.everything();
    expect(await undo(done?.id)).toEqual({
      results: [{ booking: a.id, outcome: 'unchanged', mail: false }],
      others: [],
    });
    expect(await t.everything()).toEqual(before);
  });

  it('stay if fifteen minutes are over', async () => {
    const a = await booked(t);
    const { undo: done } = await move({ bookingId: a.id, start: NINE + HOUR });
    expect(done?.until).toBe(NOW + 15 * MINUTE);
    t.clock.advance(15 * MINUTE);
    await expect(undo(done?.id)).rejects.toThrow(refusal('undo-expired'));
    expect(await find(a)).toMatchObject({ version: 2 });
  });

  it('all stay if one of them was changed since, or somebody is at its old place', async () => {
    const [a, b] = [await booked(t), await booked(t, { start: NINE + HOUR })];
    const { undo: done } = await move(
      { bookingId: a.id, start: NINE + 2 * HOUR, advisorId: 'a1' },
      { bookingId: b.id, start: NINE + 3 * HOUR, advisorId: 'a1' },
    );
    await booked(t, { query: { ...query, advisorId: 'a1' }, start: NINE });
    const taken = [{ booking: a.id, code: 'slot-unavailable' }];
    await expect(undo(done?.id)).rejects.toMatchObject({ code: 'moves-refused', details: { errors: taken } });
    await t.app.cancelBooking({ bookingId: b.id, reason: null, who: STAFF });
    const changed = [{ booking: b.id, code: 'version-moved-on' }];
    await expect(undo(done?.id)).rejects.toMatchObject({ code: 'moves-refused', details: { errors: changed } });
    expect(await find(a)).toMatchObject({ time: { start: NINE + 2 * HOUR } });
  });

  it('leave those who made room with their new advisor if their old place is taken', async () => {
    const a = await booked(t);
    const other = await booked(t, { start: NINE + HOUR });
    const { undo: done } = await move({ bookingId: a.id, start: NINE + HOUR, advisorId: 'a1', tie: true });
    expect((await find(other)).advisorId).toBe('a2');
    await move({ bookingId: other.id, start: NINE + 4 * HOUR, advisorId: 'a2' });
    await undo(done?.id);
    expect(await find(a)).toMatchObject({ time: { start: NINE }, advisorId: 'a1', tied: false });
    expect(await find(other)).toMatchObject({ time: { start: NINE + 4 * HOUR }, advisorId: 'a2' });
  });

  it('are undone by those who may move them, and nobody else', async () => {
    const a = await booked(t);
    const { undo: done } = await move({ bookingId: a.id, start: NINE + HOUR });
    const operationId = done?.id ?? '';
    const as = (role: 'advisor' | 'receptionist', deskId: string, advisorId: string | null = null) =>
      t.app.undoMoves({ operationId, who: { ...STAFF, role, deskId, advisorId } });
    await expect(as('receptionist', 'wuppertal')).rejects.toThrow(refusal('not-found'));
    await expect(as('advisor', 'expat-desk', 'a2')).rejects.toThrow(refusal('forbidden'));
    await expect(undo('nothing')).rejects.toThrow(refusal('not-found'));
    await as('advisor', 'expat-desk', 'a1');
    expect(await find(a)).toMatchObject({ time: { start: NINE } });
  });

  it('are forgotten after a day, and with their bookings', async () => {
    const a = await booked(t);
    const { undo: done } = await move({ bookingId: a.id, start: NINE + HOUR });
    expect(await t.storage.operations.lastOf(a.id)).toMatchObject({ id: done?.id });
    t.clock.advance(25 * HOUR);
    await t.run('tidyUp');
    expect(await t.storage.operations.lastOf(a.id)).toBeUndefined();
    expect((await t.everything()).staff_operation_line).toEqual([]);
  });
});

describe('A move that overrides', () => {
  beforeEach(async () => {
    const advisors = [
      anAdvisor(),
      anAdvisor({ id: 'a2', languages: ['ja'] }),
      anAdvisor({ id: 'a3', topics: ['career'] }),
    ];
    t = await testApp({ desks: [aDesk({ advisors, capacities: { in_person: 2 } })] });
  });
  const override = (bookingId: string, hours: number, advisorId: string, part: object = {}) =>
    move({ bookingId, start: NINE + hours * HOUR, advisorId, override: true, reason: 'as agreed', ...part });

  it.each([
    ['language', 1, 'a2'],
    ['topic', 1, 'a3'],
    ['hours', 9, 'a1'],
    ['grid', 0.2, 'a1'],
  ])('may leave the %s', async (_, hours, advisorId) => {
    const a = await booked(t);
    await override(a.id, hours, advisorId);
    expect(await find(a)).toMatchObject({ time: { start: NINE + hours * HOUR }, advisorId });
  });

  it('never sits on another booking, its buffer or a held slot, takes no room that is not there, and leaves no past', async () => {
    const a = await booked(t);
    await booked(t, { start: NINE + HOUR });
    await t.app.holdSlot({ deskId: 'expat-desk', query, start: NINE + 2 * HOUR, who: { kind: 'client' }, holder: 'h' });
    for (const hours of [1, 1.25, 2])
      await expect(override(a.id, hours, 'a1')).rejects.toThrow(refusal('moves-refused'));
    const other = await booked(t, { start: NINE + 3 * HOUR });
    const second = await booked(t, { start: NINE + 5 * HOUR });
    await override(second.id, 3, 'a2');
    expect(other.time).toEqual((await find(second)).time);
    await expect(override(a.id, 3, 'a3')).rejects.toThrow(refusal('moves-refused'));
    t.clock.advance(NINE - HOUR - NOW);
    await expect(override(a.id, -2, 'a1')).rejects.toThrow(refusal('moves-refused'));
  });

  it('needs a reason', async () => {
    const a = await booked(t);
    await expect(override(a.id, 9, 'a1', { reason: null })).rejects.toThrow(refusal('invalid'));
  });

  it('is no open task, because staff decided it', async () => {
    const a = await booked(t);
    await override(a.id, 9, 'a1');
    expect(await t.storage.tasks.open('expat-desk')).toEqual([]);
    expect(await t.storage.tasks.bookingsWith('expat-desk', 'outside_hours')).toEqual(new Set([a.id]));
  });
});

describe('Whatever staff move together', () => {
  const desk = aDesk({
    fixedMinutes: 0,
    hours: { ...aDesk().hours, rules: [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '09:00', end: '12:00' }] },
    topics: [aTopic(), aTopic({ id: 'career', durationMinutes: 60 }), aTopic({ id: 'school', bufferMinutes: 15 })],
    capacities: { in_person: 2 },
    advisors: ['a1', 'a2', 'a3'].map((id, i) =>
      anAdvisor({ id, languages: i === 2 ? ['en', 'ja'] : ['de', 'en'], topics: ['residence', 'career', 'school'] }),
    ),
  });
  const [ROUNDS, BOOKINGS, OPERATIONS, ENOUGH_UNDONE] = [4, 10, 90, 20];

  it('leaves every booking as it was when it is undone, but for version, SEQUENCE and history', async () => {
    const random = mulberry32(13);
    t = await testApp({ desks: [desk] });
    let [done, withOthers, several] = [0, 0, 0];
    // Bookings have other ids each time, and so another order: some runs need more rounds until enough was undone.
    for (let round = 0; round < ROUNDS || (done <= ENOUGH_UNDONE && round < 3 * ROUNDS); round++) {
      for (let i = 0; i < BOOKINGS; i++) {
        const topicId = random.pick(['residence', 'career', 'school']);
        const mode = random.pick(['phone', 'in_person'] as const);
        const start = NINE + random.below(6) * HALF;
        const request = { query: { topicId, language: random.pick(['de', 'en', 'ja']), mode }, start };
        await booked(t, request).catch(refused);
      }
      for (let i = 0; i < OPERATIONS; i++) {
        const before = (await allBookings(t)).sort((a, b) => (a.id < b.id ? -1 : 1));
        const picked = new Set(Array.from({ length: 1 + random.below(3) }, () => random.pick(before)));
        const places = random.chance(50) ? [...picked].reverse() : undefined;
        const lines = [...picked].map(({ id }, n) => ({
          bookingId: id,
          start: places?.[n]?.time.start ?? NINE + random.below(8) * HALF,
          advisorId: places?.[n]?.advisorId ?? random.pick([undefined, 'a1', 'a2', 'a3']),
          ...(random.chance(20) && { override: true, reason: 'agreed' }),
        }));
        const result = await move(...lines).catch(refused);
        if (!result?.undo) continue;
        done++;
        if (result.others.length > 0) withOthers++;
        if (result.results.length > 1) several++;
        await undo(result.undo.id);
        const after = (await allBookings(t)).sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(after.map(content)).toEqual(before.map(content));
      }
      for (const { id, status } of await allBookings(t))
        if (status !== 'cancelled' && random.chance(60))
          await t.app.cancelBooking({ bookingId: id, reason: null, who: STAFF });
    }
    expect([done > ENOUGH_UNDONE, withOthers > 0, several > 5]).toEqual([true, true, true]);
  });
});

function refused(error: unknown): undefined {
  if (!isRefusal(error, 'slot-unavailable') && !isRefusal(error, 'moves-refused')) throw error;
  return undefined;
}
