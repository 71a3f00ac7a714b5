import type { Storage } from '../../src/app/ports/storage';
import { HOUR } from '../../src/domain/calendar/interval';
import { aClient, NOW, span, TUESDAY_NINE } from '../support/builders';
import { add, another } from './bookingStore';
import { type Open, withDesks } from './databases';

/** What every store of reminders does. */
export function remindersContract(open: Open): void {
  const NINE = TUESDAY_NINE.start;
  const TUESDAY = { start: NINE - 9 * HOUR, end: NINE + 15 * HOUR };
  const asked = { range: TUESDAY, madeBefore: NOW + 1, daysBefore: 2 };
  const first = another();
  const second = another({ time: span('2026-12-01T14:00:00+01:00', 30) });
  let storage: Storage;
  beforeEach(async () => {
    storage = await withDesks(open);
    await add(storage, second, first);
  });
  afterEach(() => storage.close());

  const missing = (part: Partial<typeof asked> = {}) => storage.reminders.missing('expat-desk', { ...asked, ...part });
  const note = (bookingId: string, start = NINE, daysBefore = 2) =>
    storage.write(({ reminders }) => reminders.note({ bookingId, start, daysBefore, at: NOW }));

  it('finds whom nobody has reminded, by start', async () => {
    expect(await missing()).toEqual([first.id, second.id]);
    expect(await missing({ range: { start: NINE + 1, end: TUESDAY.end } })).toEqual([second.id]);
    expect(await missing({ range: { start: TUESDAY.start, end: NINE } })).toEqual([]);
    expect(await missing({ madeBefore: NOW })).toEqual([]);
    expect(await storage.reminders.missing('wuppertal', asked)).toEqual([]);
  });

  it('notes each reminder once for a start', async () => {
    expect(await note(first.id)).toBe(true);
    expect(await note(first.id)).toBe(false);
    expect(await missing()).toEqual([second.id]);
    expect(await missing({ daysBefore: 0 })).toEqual([first.id, second.id]);
    expect(await note(first.id, NINE, 0)).toBe(true);
    expect(await note(second.id, NINE)).toBe(true);
    expect(await missing()).toEqual([second.id]);
  });

  it('finds nobody who is not confirmed, or has no mail address', async () => {
    const other = span('2026-12-01T15:00:00+01:00', 30);
    await add(storage, another({ time: other, client: aClient({ email: null, phone: '+4921112345' }) }));
    await storage.write(({ bookings }) => bookings.save({ ...first, status: 'cancelled', version: 2 }));
    expect(await missing()).toEqual([second.id]);
  });
}
