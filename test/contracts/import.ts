import type { ImportedBooking } from '../../src/app/ports/bookingStore';
import type { Storage } from '../../src/app/ports/storage';
import type { Booking } from '../../src/domain/booking/booking';
import { HOUR, MINUTE } from '../../src/domain/calendar/interval';
import { anEvent, NOW, TUESDAY_NINE } from '../support/builders';
import { refusal } from '../support/refusal';
import { add, another } from './bookingStore';
import { type Open, withDesks } from './databases';

const ALWAYS = { start: 0, end: Number.MAX_SAFE_INTEGER };

function told(booking: Booking, importKey = `key of ${booking.id}`): ImportedBooking {
  const event = anEvent({ bookingId: booking.id, by: { kind: 'system' } });
  return { booking, tokenHash: `hash of ${booking.id}`, importKey, event };
}

/** At nine on as many days, each half an hour long. */
function days(count: number, part: Partial<Booking> = {}): Booking[] {
  return Array.from({ length: count }, (_, day) => {
    const start = TUESDAY_NINE.start + day * 24 * HOUR;
    return another({ source: 'import', ...part, time: { start, end: start + 30 * MINUTE } });
  });
}

/** What every store of bookings does with those of another system. */
export function importContract(open: Open): void {
  let storage: Storage;
  beforeEach(async () => {
    storage = await withDesks(open);
  });
  afterEach(() => storage.close());

  const addImported = (imported: readonly ImportedBooking[], deskId = 'expat-desk') =>
    storage.write(({ bookings }) => bookings.addImported(deskId, imported), { desk: deskId });
  const atDesk = (deskId = 'expat-desk') => storage.bookings.within(deskId, ALWAYS);

  it('adds many bookings at once, each complete and with its first event', async () => {
    const bookings = days(120);
    await addImported(bookings.map((booking) => told(booking)));
    expect(await atDesk()).toEqual(bookings);
    const [first] = bookings as [Booking];
    expect(await storage.bookings.findByToken(`hash of ${first.id}`)).toEqual(first);
    expect(await storage.bookings.history(first.id)).toEqual([
      anEvent({ bookingId: first.id, by: { kind: 'system' } }),
    ]);
  });

  it('adds nothing without bookings', async () => {
    await addImported([]);
    expect(await atDesk()).toEqual([]);
  });

  it('adds nothing if an advisor is occupied, by a booking or by another of the same import', async () => {
    const [there, ...free] = days(3) as [Booking, Booking, Booking];
    await add(storage, there);
    const again = another({ time: there.time });
    await expect(addImported([...free, again].map((booking) => told(booking)))).rejects.toThrow(
      refusal('slot-unavailable'),
    );
    const both = [another({ advisorId: 'a2' }), another({ advisorId: 'a2' })];
    await expect(addImported(both.map((booking) => told(booking)))).rejects.toThrow(refusal('slot-unavailable'));
    expect(await atDesk()).toEqual([there]);
  });

  it('recognises a key whatever happened to the booking, at its desk only', async () => {
    const [kept, changed] = days(2) as [Booking, Booking];
    await addImported([told(kept, 'one'), told(changed, 'two')]);
    await addImported([told(another({ deskId: 'wuppertal' }), 'three')], 'wuppertal');
    const cancelled = { ...changed, status: 'cancelled', sequence: 1, version: 2 } as const;
    await storage.write(({ bookings }) => bookings.save(cancelled));
    const asked = ['one', 'two', 'three', 'four', ...Array.from({ length: 2500 }, (_, i) => `more ${i}`)];
    expect(await storage.bookings.importedKeys('expat-desk', asked)).toEqual(new Set(['one', 'two']));
    expect(await storage.bookings.importedKeys('expat-desk', [])).toEqual(new Set());
  });

  it('never has two bookings of one key at one desk', async () => {
    const [first, second] = days(2) as [Booking, Booking];
    await addImported([told(first, 'same')]);
    await expect(addImported([told(second, 'same')])).rejects.toBeDefined();
    expect(await atDesk()).toEqual([first]);
    await addImported([told(another({ deskId: 'wuppertal' }), 'same')], 'wuppertal');
  });

  it('returns the references that exist at the desk', async () => {
    const [booking] = days(1, { reference: 'K7MQ-4XWT' }) as [Booking];
    await addImported([told(booking)]);
    const asked = ['K7MQ-4XWT', 'AAAA-AAAA'];
    expect(await storage.bookings.takenReferences('expat-desk', asked)).toEqual(new Set(['K7MQ-4XWT']));
    expect(await storage.bookings.takenReferences('wuppertal', asked)).toEqual(new Set());
  });

  it('refuses a booking that blocks its advisor for more than a day', async () => {
    const time = { start: TUESDAY_NINE.start, end: TUESDAY_NINE.start + 24 * HOUR };
    await expect(add(storage, another({ time, blockedUntil: time.end + 1 }))).rejects.toBeDefined();
    await add(storage, another({ time }));
    expect(await storage.bookings.busy('expat-desk', { start: time.end - 1, end: time.end }, NOW)).toHaveLength(1);
    await expect(add(storage, another({ time: { start: time.end - MINUTE, end: time.end + MINUTE } }))).rejects.toThrow(
      refusal('slot-unavailable'),
    );
  });
}
