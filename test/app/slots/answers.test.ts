import { HOLD_MS } from '../../../src/domain/booking/hold';
import { MINUTE } from '../../../src/domain/calendar/interval';
import { CLIENT } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { aRequest, booked } from '../../support/bookings';
import { aDesk, anAdvisor, TUESDAY_NINE } from '../../support/builders';

const NINE = TUESDAY_NINE.start;
const { query } = aRequest();
const explained = { deskId: 'expat-desk', query };

describe('A remembered result', () => {
  let t: TestApp;
  beforeEach(async () => {
    const desk = aDesk({ advisors: [anAdvisor()] });
    t = await testApp({ desks: [desk, { ...desk, id: 'other' }] });
  });
  afterEach(() => t.close());

  const explain = () => t.app.explainSlots(explained);
  const firstFree = () => t.app.findFirstFree('expat-desk');
  const firstOf = async () => (await firstFree()).firstFree[0]?.start;
  const refused = () =>
    booked(t).catch(
      (error: unknown) => (error as { details: { alternatives: { slots: unknown } } }).details.alternatives.slots,
    );

  it('is returned again while nothing changes, and is computed once for many callers', async () => {
    await booked(t);
    for (const ask of [explain, firstFree, refused]) {
      const all = await Promise.all([ask(), ask(), ask()]);
      expect([all[1] === all[0], all[2] === all[0], (await ask()) === all[0]]).toEqual([true, true, true]);
      t.clock.advance(MINUTE);
      expect((await ask()) === all[0]).toBe(false);
    }
  });

  it('is computed again after a change at any desk', async () => {
    const [before, first] = [await explain(), await firstOf()];
    await booked(t, { start: first ?? 0 });
    const after = await explain();
    expect(after.first).toBeGreaterThan(before.first ?? 0);
    expect(await firstOf()).toBeGreaterThan(first ?? 0);
    await booked(t, { deskId: 'other', start: first ?? 0 });
    expect(await explain()).not.toBe(after);
  });

  it('is computed again at the instant at which a hold expires', async () => {
    const first = (await firstOf()) ?? 0;
    await t.app.holdSlot({ who: CLIENT, deskId: 'expat-desk', query, start: first });
    expect([await firstOf(), (await explain()).first]).toEqual([first + 30 * MINUTE, first + 30 * MINUTE]);
    t.clock.advance(HOLD_MS - 1);
    expect([await firstOf(), (await explain()).first]).not.toContain(first);
    t.clock.advance(1);
    const lead = (await firstOf()) === first;
    // A quarter of an hour has passed: it may be too late to book it.
    expect(lead).toBe(t.clock.now() + 120 * MINUTE <= first);
    expect((await explain()).first === first).toBe(lead);
  });

  it('is not remembered if computing it failed', async () => {
    await expect(t.app.findFirstFree('nowhere')).rejects.toMatchObject({ code: 'not-found' });
    await expect(t.app.findFirstFree('nowhere')).rejects.toMatchObject({ code: 'not-found' });
    expect((await firstFree()).desk.id).toBe('expat-desk');
  });

  it('of alternatives is near the time that was refused', async () => {
    await booked(t);
    expect(await refused()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ time: { start: NINE + 30 * MINUTE, end: NINE + 60 * MINUTE } }),
      ]),
    );
  });
});
