import type { SlotQuery } from '../../../src/app/slots/slotQuery';
import { HOLD_MS } from '../../../src/domain/booking/hold';
import { MINUTE } from '../../../src/domain/calendar/interval';
import { isRefusal } from '../../../src/domain/errors';
import { CLIENT } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { aRequest, booked } from '../../support/bookings';
import { aDesk, anAdvisor, aReceptionist, TUESDAY_NINE } from '../../support/builders';

const NINE = TUESDAY_NINE.start;
const HALF_PAST = NINE + 30 * MINUTE;
const { query: english } = aRequest();
const japanese = { ...english, language: 'ja' };
const staff = aReceptionist('Rezi Empfang');
/** Of the sixteen half hours of a Tuesday, all but one. */
const KEPT = { language: 'ja', topicId: null, urgent: false, startsPerDay: 15, releaseWorkingDays: 3 };

let t: TestApp;
afterEach(() => t.close());

const speaking = (id: string) => anAdvisor({ id, languages: ['en', 'ja'], topics: ['residence'] });
async function start(part: object = {}, advisors = [speaking('a2')]): Promise<void> {
  t = await testApp({ desks: [aDesk({ advisors, reserves: [{ ...KEPT, ...part }] })] });
}
const freeAt = async (query: SlotQuery, at: number, audience: 'client' | 'staff' = 'client') =>
  (await t.app.findSlots({ deskId: 'expat-desk', query, audience })).slots.find(({ time }) => time.start === at)
    ?.free ?? 0;
const isRefused = (part: Parameters<typeof booked>[1]) =>
  booked(t, part).then(
    () => false,
    (error: unknown) => isRefusal(error, 'slot-unavailable'),
  );

describe('A slot reserved for a language', () => {
  it('is neither offered nor given to others until its release', async () => {
    await start();
    expect([await freeAt(english, NINE), await freeAt(english, HALF_PAST)]).toEqual([1, 1]);
    await booked(t);
    expect([await freeAt(english, HALF_PAST), await freeAt(japanese, HALF_PAST)]).toEqual([0, 1]);
    expect(await freeAt(english, HALF_PAST, 'staff')).toBe(0);
    expect(await isRefused({ start: HALF_PAST })).toBe(true);
    expect(await isRefused({ start: HALF_PAST, who: staff })).toBe(true);

    t.clock.set('2026-11-26T00:00:00+01:00');
    expect(await freeAt(english, HALF_PAST)).toBe(1);
    expect(await isRefused({ start: HALF_PAST })).toBe(false);
  });

  it('counts as taken by a hold of its kind, as long as that is live', async () => {
    await start({ startsPerDay: 1 });
    for (let i = 0; i < 14; i++) await booked(t, { start: NINE + i * 30 * MINUTE });
    const [one, other] = [NINE + 14 * 30 * MINUTE, NINE + 15 * 30 * MINUTE];
    await t.app.holdSlot({ who: CLIENT, deskId: 'expat-desk', query: japanese, start: one });
    expect(await freeAt(english, other)).toBe(1);
    t.clock.advance(HOLD_MS);
    expect(await freeAt(english, other)).toBe(1);
    await booked(t, { start: other });
    expect(await freeAt(english, one)).toBe(0);
  });

  it('limits how many more are said to fit', async () => {
    await start({ startsPerDay: 16 }, [speaking('a2'), speaking('a3')]);
    expect([await freeAt(english, NINE), await freeAt(japanese, NINE)]).toEqual([1, 2]);
  });
});

describe('A slot reserved for urgent matters', () => {
  it('can be booked by staff who mark the matter as urgent, and the mark stays when the booking moves', async () => {
    await start({ language: null, urgent: true, startsPerDay: 16 });
    expect(await isRefused({ who: staff })).toBe(true);
    const urgent = await booked(t, { who: staff, query: { ...english, urgent: true } });
    expect(urgent).toMatchObject({ urgent: true });
    const moved = await t.app.moveBooking({ bookingId: urgent.id, start: HALF_PAST, who: { kind: 'client' } });
    expect(moved.value).toMatchObject({ urgent: true, time: { start: HALF_PAST } });
  });
});
