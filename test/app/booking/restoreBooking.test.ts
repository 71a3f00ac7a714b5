import type { Booking } from '../../../src/domain/booking/booking';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { limitsOf } from '../../../src/domain/limits';
import { type TestApp, testApp } from '../../support/app';
import { allBookings, aRequest, booked } from '../../support/bookings';
import { aDesk, aReceptionist, NOW, TUESDAY_NINE } from '../../support/builders';
import { refusal } from '../../support/refusal';

const NINE = TUESDAY_NINE.start;
const client = { kind: 'client' } as const;
const staff = aReceptionist('Empfang');
const query = aRequest().query;

let t: TestApp;
beforeEach(async () => {
  t = await testApp();
});
afterEach(() => t.close());

const cancelled = async (booking: Booking) =>
  (await t.app.cancelBooking({ bookingId: booking.id, reason: null, who: client })).value;
const restored = async (booking: Booking, by: typeof client | typeof staff = client) =>
  (await t.app.restoreBooking({ bookingId: booking.id, who: by })).value;

describe('Restoring a cancelled booking', () => {
  it('takes its time again, also within the lead time', async () => {
    const booking = await booked(t);
    t.clock.set('2026-12-01T08:30:00+01:00');
    await cancelled(booking);
    expect(await t.storage.bookings.busy('expat-desk', booking.time, t.clock.now())).toEqual([]);
    expect(await restored(booking)).toEqual({
      ...booking,
      sequence: 2,
      version: 3,
      changedAt: t.clock.now(),
    });
    const [busy] = await t.storage.bookings.busy('expat-desk', booking.time, t.clock.now());
    expect(busy).toMatchObject({ id: booking.id, advisorId: booking.advisorId });
  });

  it('makes room as booking does, by letting others change advisors', async () => {
    const needsTwo = await booked(t, { query: { ...query, language: 'ja' } });
    expect(needsTwo.advisorId).toBe('a2');
    await cancelled(needsTwo);
    await t.app.addAbsence({
      who: { kind: 'system' },
      deskId: 'expat-desk',
      advisorId: 'a1',
      time: TUESDAY_NINE,
      reason: null,
    });
    const other = await booked(t);
    expect(other.advisorId).toBe('a2');
    await expect(restored(needsTwo)).rejects.toEqual(refusal('slot-unavailable'));
    expect((await t.storage.bookings.find(needsTwo.id))?.status).toBe('cancelled');

    const later = { start: NINE + HOUR };
    const japanese = await booked(t, { ...later, query: { ...query, language: 'ja' } });
    await cancelled(japanese);
    const [first, second] = [await booked(t, later), await booked(t, later)];
    expect([first.advisorId, second.advisorId].sort()).toEqual(['a1', 'a2']);
    await cancelled(first);
    expect((await restored(japanese)).advisorId).toBe('a2');
    expect((await t.storage.bookings.find(second.id))?.advisorId).toBe('a1');
  });

  it('gives no place twice when it races with bookings, and leaves the late one cancelled', async () => {
    for (let round = 0; round < 8; round++) {
      const start = NINE + round * 30 * MINUTE;
      const gone = [await booked(t, { start }), await booked(t, { start })];
      for (const each of gone) await cancelled(each);
      const outcomes = await Promise.allSettled([
        ...gone.map((each) => restored(each)),
        ...gone.map((each) => restored(each, staff)),
        booked(t, { start }),
        booked(t, { start }),
      ]);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toEqual(refusal('slot-unavailable'));
      const there = (await allBookings(t)).filter(({ time, status }) => time.start === start && status === 'confirmed');
      expect(there.map(({ advisorId }) => advisorId).sort()).toEqual(['a1', 'a2']);
      for (const { id } of gone) {
        const { status, sequence, version } = (await t.storage.bookings.find(id)) as Booking;
        const types = (await t.storage.bookings.history(id)).map(({ type }) => type);
        expect(types).toEqual(['booked', 'cancelled', ...(status === 'confirmed' ? ['restored'] : [])]);
        expect([sequence, version]).toEqual([types.length - 1, types.length]);
      }
    }
  });

  it('respects the limit of future bookings of one client, except for staff', async () => {
    const few = await testApp({ desks: [aDesk({ limits: limitsOf({ openBookingsPerAddress: 1 }) })] });
    const gone = await booked(few);
    await few.app.cancelBooking({ bookingId: gone.id, reason: null, who: client });
    await booked(few, { start: NINE + HOUR });
    const again = (by: typeof client | typeof staff) => few.app.restoreBooking({ bookingId: gone.id, who: by });
    await expect(again(client)).rejects.toEqual(refusal('too-many-bookings'));
    expect((await again(staff)).value.status).toBe('confirmed');
    await few.close();
  });

  it('is refused if the desk has closed since', async () => {
    const booking = await cancelled(await booked(t));
    const reason = { de: 'Zu', en: 'Closed' };
    await t.app.addException({
      who: { kind: 'system' },
      deskId: 'expat-desk',
      exception: { from: '2026-12-01', to: '2026-12-02', closed: true, windows: [], reason },
    });
    await expect(restored(booking)).rejects.toEqual(refusal('slot-unavailable'));
    expect(t.clock.now()).toBe(NOW);
  });
});
