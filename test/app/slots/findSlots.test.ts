import { HOLD_MS } from '../../../src/domain/booking/hold';
import { MINUTE } from '../../../src/domain/calendar/interval';
import { CLIENT } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { aRequest, booked } from '../../support/bookings';
import { aDesk, anAdvisor, TUESDAY_NINE } from '../../support/builders';

const NINE = TUESDAY_NINE.start;
const { query } = aRequest();
const search = { deskId: 'expat-desk', query, audience: 'client' } as const;

describe('The result of a search', () => {
  let t: TestApp;
  beforeEach(async () => {
    t = await testApp({ desks: [aDesk({ advisors: [anAdvisor()] })] });
  });
  afterEach(() => t.close());

  const found = async (app = t) => (await app.app.findSlots(search)).slots;
  const isFree = async (start = NINE, app = t) => (await found(app)).some(({ time }) => time.start === start);

  it('is the same for the rest of the minute, and is the same object while nothing changes', async () => {
    t.clock.advance(1);
    const first = await found();
    expect(await found()).toBe(first);
    t.clock.advance(MINUTE - 1);
    expect(await found()).toEqual(first);
  });

  it('is computed again after each change, also by another process', async () => {
    expect(await isFree()).toBe(true);
    const other = await testApp({ databaseUrl: t.databaseUrl, desks: [] });
    expect(await isFree(NINE, other)).toBe(true);
    const { id } = await booked(other);
    expect(await isFree()).toBe(false);
    await t.app.cancelBooking({ bookingId: id, reason: null, who: { kind: 'client' } });
    expect(await isFree(NINE, other)).toBe(true);
    const closed = {
      from: '2026-12-01',
      to: '2026-12-02',
      closed: true,
      windows: [],
      reason: { de: 'zu', en: 'closed' },
    };
    await other.app.addException({ who: { kind: 'system' }, deskId: 'expat-desk', exception: closed });
    expect(await isFree()).toBe(false);
    await other.close();
  });

  it('is computed again at the instant at which a hold expires, although nothing is written', async () => {
    await t.app.holdSlot({ who: CLIENT, deskId: 'expat-desk', query, start: NINE });
    expect(await isFree()).toBe(false);
    t.clock.advance(HOLD_MS - 1);
    expect(await isFree()).toBe(false);
    t.clock.advance(1);
    expect(await isFree()).toBe(true);
  });

  it('leaves a slot out as soon as its lead time begins, to the millisecond', async () => {
    const noon = Date.parse('2026-11-24T12:00:00+01:00');
    expect(await isFree(noon)).toBe(true);
    t.clock.advance(1);
    expect(await isFree(noon)).toBe(false);
    expect(await isFree(noon + 30 * MINUTE)).toBe(true);
  });

  it('gains the next day of the horizon at midnight', async () => {
    const before = (await found()).at(-1)?.time.start ?? 0;
    t.clock.set('2026-11-25T23:59:59.999+01:00');
    const evening = (await found()).at(-1)?.time.start ?? 0;
    t.clock.set('2026-11-26T00:00:00+01:00');
    expect((await found()).at(-1)?.time.start).toBeGreaterThan(evening);
    expect(evening).toBeGreaterThanOrEqual(before);
  });
});

describe('The result of a search at a desk with dozens of advisors', () => {
  const LARGE = 40;

  it('is counted exactly, although not every diary is read for each start', async () => {
    const advisors = Array.from({ length: LARGE }, (_, i) => anAdvisor({ id: `a${i + 10}` }));
    const t = await testApp({ desks: [aDesk({ advisors })] });
    const freeAt = async (start: number) =>
      (await t.app.findSlots(search)).slots.find(({ time }) => time.start === start)?.free ?? 0;
    const said: number[] = [];
    for (let i = 0; i < LARGE; i++) {
      said.push(await freeAt(NINE));
      await booked(t);
    }
    expect(said).toEqual(Array.from({ length: LARGE }, (_, i) => Math.min(10, LARGE - i)));
    expect([await freeAt(NINE), await freeAt(NINE + 30 * MINUTE)]).toEqual([0, 10]);
    await t.close();
  });

  it('leaves out a booking that is about to move, also where further diaries are read after its own', async () => {
    const speaking = (id: string, ...languages: string[]) => anAdvisor({ id, languages, topics: ['residence'] });
    const others = Array.from({ length: LARGE }, (_, i) => speaking(`d${i}`, 'de'));
    // Of those who speak Japanese, one has a consultation in Polish, which only `p` could take over.
    const advisors = [speaking('j', 'ja'), speaking('jp', 'ja', 'pl'), speaking('p', 'pl', 'fr', 'es'), ...others];
    const t = await testApp({ desks: [aDesk({ advisors })] });
    const japanese = { ...query, language: 'ja' };
    const own = await booked(t, { query: japanese });
    const polish = await booked(t, { query: { ...query, language: 'pl' } });
    expect([own.advisorId, polish.advisorId]).toEqual(['j', 'jp']);
    // A program that has just started has read no diary yet.
    const fresh = await testApp({ databaseUrl: t.databaseUrl, desks: [] });
    const { slots } = await fresh.app.findSlots({ ...search, query: japanese, except: own.id });
    expect(slots.find(({ time }) => time.start === NINE)?.free).toBe(2);
    await fresh.close();
    await t.close();
  });
});
