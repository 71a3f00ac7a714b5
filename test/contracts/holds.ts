import type { Storage } from '../../src/app/ports/storage';
import { HOLD_MS, type Hold, UNTIL_ANSWERED } from '../../src/domain/booking/hold';
import { HOUR } from '../../src/domain/calendar/interval';
import { aHold, NOW, span, TUESDAY_NINE } from '../support/builders';
import { refusal } from '../support/refusal';
import { add, another } from './bookingStore';
import { type Open, withDesks } from './databases';

const ALWAYS = { start: 0, end: Number.MAX_SAFE_INTEGER };

/** What every store does with holds. */
export function holdsContract(open: Open): void {
  let storage: Storage;
  beforeEach(async () => {
    storage = await withDesks(open);
  });
  afterEach(() => storage.close());

  const hold = (...holds: Hold[]) =>
    storage.write(async ({ bookings }) => {
      for (const one of holds) await bookings.saveHold(one);
    });
  const lapse = (now: number) => storage.write(({ bookings }) => bookings.lapseHolds(now));
  const busyAt = (now: number) => storage.bookings.busy('expat-desk', ALWAYS, now);
  const confirm = (id: string) => storage.write(({ bookings }) => bookings.confirm(another({ id }), `hash of ${id}`));
  const afterwards = NOW + HOLD_MS;

  it('is returned with all its fields, by id and by browser', async () => {
    await hold(aHold());
    expect(await storage.bookings.findHold('a-hold')).toEqual(aHold());
    expect(await storage.bookings.findHoldOf('a-browser')).toEqual(aHold());
    expect(await storage.bookings.findHoldOf('another')).toBeUndefined();
  });

  it('is not returned as a booking', async () => {
    await hold(aHold());
    expect(await storage.bookings.find('a-hold')).toBeUndefined();
    expect(await storage.bookings.within('expat-desk', ALWAYS)).toEqual([]);
    expect((await storage.bookings.search({ deskId: 'expat-desk', limit: 5 })).bookings).toEqual([]);
    expect(await storage.bookings.findBookingOf('a-browser')).toBeUndefined();
  });

  it('ends by no clock if it is offered to somebody who waits', async () => {
    const offered = aHold({ holder: null, heldUntil: UNTIL_ANSWERED });
    await hold(offered);
    for (const now of [0, NOW, NOW + 365 * 24 * HOUR]) {
      await lapse(now);
      expect(await busyAt(now)).toMatchObject([{ id: 'a-hold', heldUntil: UNTIL_ANSWERED }]);
    }
    expect(await storage.bookings.findHold('a-hold')).toEqual(offered);
    await confirm('a-hold');
    expect((await storage.bookings.find('a-hold'))?.status).toBe('confirmed');
  });

  it('moves to the slot that the browser chooses', async () => {
    await hold(aHold());
    const time = span('2026-12-01T14:00:00+01:00', 60);
    const moved = aHold({ time, blockedUntil: time.end, advisorId: 'a2', draft: {}, renewals: 0 });
    await hold(moved);
    expect(await storage.bookings.findHold('a-hold')).toEqual(moved);
    expect(await busyAt(NOW)).toMatchObject([
      { id: 'a-hold', advisorId: 'a2', time, consultation: time, movable: false, urgent: true },
    ]);
  });

  it('blocks its advisor against bookings and holds, and is blocked by them', async () => {
    await hold(aHold());
    await expect(add(storage, another())).rejects.toThrow(refusal('slot-unavailable'));
    await expect(hold(aHold({ id: 'b', holder: null }))).rejects.toThrow(refusal('slot-unavailable'));
    await hold(aHold({ id: 'b', holder: null, advisorId: 'a2' }));
    await expect(hold(aHold({ advisorId: 'a2' }))).rejects.toThrow(refusal('slot-unavailable'));
    expect(await storage.bookings.findHold('a-hold')).toEqual(aHold());
  });

  it('exchanges places with a booking, and becomes one at the other’s place', async () => {
    const booking = another({ time: span('2026-12-01T14:00:00+01:00', 30) });
    await add(storage, booking);
    await hold(aHold());
    const swap = (place: (at: typeof TUESDAY_NINE) => Promise<void>, { bookings }: Pick<Storage, 'bookings'>) =>
      bookings.permute(['a-hold', booking.id], async () => {
        await place(booking.time);
        await bookings.save({ ...booking, time: TUESDAY_NINE, blockedUntil: TUESDAY_NINE.end, version: 2 });
      });
    await storage.write((stores) =>
      swap((time) => stores.bookings.saveHold(aHold({ time, blockedUntil: time.end })), stores),
    );
    expect((await storage.bookings.findHold('a-hold'))?.time).toEqual(booking.time);
    expect((await storage.bookings.find(booking.id))?.time).toEqual(TUESDAY_NINE);
    const back = { ...booking, version: 3 };
    await storage.write(({ bookings }) =>
      bookings.permute([booking.id, 'a-hold'], async () => {
        await bookings.save(back);
        await bookings.confirm(another({ id: 'a-hold' }), 'hash of a-hold');
      }),
    );
    expect((await storage.bookings.find('a-hold'))?.time).toEqual(TUESDAY_NINE);
  });

  it('occupies its advisor until it expires, to the millisecond', async () => {
    await hold(aHold());
    expect(await busyAt(afterwards - 1)).toHaveLength(1);
    expect(await busyAt(afterwards)).toEqual([]);
  });

  it('frees its time when it has lapsed, but keeps its draft', async () => {
    await hold(aHold());
    await lapse(afterwards - 1);
    await expect(add(storage, another())).rejects.toThrow(refusal('slot-unavailable'));
    await lapse(afterwards);
    await add(storage, another());
    expect(await storage.bookings.findHold('a-hold')).toEqual(aHold());
    expect(await storage.bookings.findHoldOf('a-browser')).toEqual(aHold());
  });

  it('keeps what was typed, live or lapsed', async () => {
    await hold(aHold());
    const type = (name: string) => storage.write(({ bookings }) => bookings.saveDraft('a-hold', { name }));
    await type('Ki');
    expect(await storage.bookings.findHold('a-hold')).toEqual(aHold({ draft: { name: 'Ki' } }));
    await lapse(afterwards);
    await type('Kim');
    expect((await storage.bookings.findHold('a-hold'))?.draft).toEqual({ name: 'Kim' });
    expect(await busyAt(NOW)).toEqual([]);
  });

  it('becomes the booking with its id, which the browser finds', async () => {
    await hold(aHold());
    await confirm('a-hold');
    expect(await storage.bookings.findHold('a-hold')).toBeUndefined();
    expect(await storage.bookings.findHoldOf('a-browser')).toBeUndefined();
    expect(await storage.bookings.find('a-hold')).toMatchObject({
      status: 'confirmed',
      mode: 'in_person',
      tied: false,
    });
    expect(await storage.bookings.findByToken('hash of a-hold')).toMatchObject({ id: 'a-hold' });
    expect(await storage.bookings.findBookingOf('a-browser')).toMatchObject({ id: 'a-hold' });
    await expect(confirm('a-hold')).rejects.toThrow(refusal('hold-expired'));
    await lapse(afterwards + HOUR);
    expect(await storage.bookings.find('a-hold')).toMatchObject({ status: 'confirmed' });
  });

  it('becomes a booking even after it expired, if the slot is still free', async () => {
    await hold(aHold());
    await lapse(afterwards);
    await confirm('a-hold');
    expect(await busyAt(afterwards)).toHaveLength(1);
  });

  it('does not become a booking if its slot was taken', async () => {
    await hold(aHold());
    await lapse(afterwards);
    const quicker = another();
    await add(storage, quicker);
    await expect(confirm('a-hold')).rejects.toThrow(refusal('slot-unavailable'));
    expect(await storage.bookings.find('a-hold')).toBeUndefined();
    expect(await storage.bookings.findHold('a-hold')).toEqual(aHold());
    expect(await busyAt(afterwards)).toMatchObject([{ id: quicker.id }]);
    await expect(hold(aHold({ heldUntil: afterwards + HOLD_MS }))).rejects.toThrow(refusal('slot-unavailable'));
  });

  it('is deleted when it is released, and only then', async () => {
    const remove = (id: string) => storage.write(({ bookings }) => bookings.removeHold(id));
    await hold(aHold());
    expect(await remove('a-hold')).toBe(true);
    expect(await remove('a-hold')).toBe(false);
    const booking = another();
    await add(storage, booking);
    expect(await remove(booking.id)).toBe(false);
    expect(await storage.bookings.find(booking.id)).toEqual(booking);
  });

  it('is counted for the address range that it came from, at its desk, while it is live', async () => {
    const from = (range: string, now = NOW, except?: string) =>
      storage.bookings.holdsFrom('expat-desk', { width: 'host', key: range }, now, except);
    const fromWide = (key: string) => storage.bookings.holdsFrom('expat-desk', { width: '/24', key }, NOW);
    const later = aHold({
      id: 'b',
      holder: 'b',
      advisorId: 'a2',
      heldFrom: { host: 'r', '/24': 'wide' },
      heldUntil: afterwards + HOUR / 6,
    });
    await hold(
      later,
      aHold({ heldFrom: { host: 'r', '/24': 'wide' } }),
      aHold({ id: 'c', holder: 'c', deskId: 'wuppertal', heldFrom: { host: 'r', '/24': 'wide' } }),
      aHold({
        id: 'd',
        holder: 'd',
        time: span('2026-12-01T14:00:00+01:00', 60),
        heldFrom: { host: 's', '/24': 'wide' },
      }),
    );
    expect(await from('r')).toEqual([afterwards, later.heldUntil]);
    expect(await from('r', NOW, 'b')).toEqual([afterwards]);
    expect([await from('s'), await from('t'), await from('wide')]).toEqual([[afterwards], [], []]);
    expect([await fromWide('wide'), await fromWide('r')]).toEqual([[afterwards, afterwards, later.heldUntil], []]);
    expect(await from('r', afterwards)).toEqual([later.heldUntil]);
    expect(await from('r', NOW - 24 * HOUR)).toEqual([]);
    await confirm('a-hold');
    expect(await from('r')).toEqual([later.heldUntil]);
    await lapse(later.heldUntil);
    expect(await from('r')).toEqual([]);
  });

  it('is purged after its desk’s period for drafts, and no other hold is', async () => {
    const forget = (deskId: string, until: number) =>
      storage.write(({ retention }) => retention.drafts({ deskId, until }).forget(9));
    const later = aHold({ id: 'b', holder: 'b', advisorId: 'a2', heldUntil: afterwards + 1 });
    await hold(aHold(), later);
    expect(await forget('expat-desk', afterwards - 1)).toBe(0);
    expect(await forget('wuppertal', afterwards)).toBe(0);
    expect(await forget('expat-desk', afterwards)).toBe(1);
    expect(await storage.bookings.findHold('a-hold')).toBeUndefined();
    expect(await storage.bookings.findHold('b')).toEqual(later);
  });
}
