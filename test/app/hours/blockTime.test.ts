import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { CLIENT } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { booked } from '../../support/bookings';
import { aReceptionist, NOW, TUESDAY_NINE } from '../../support/builders';
import { refusal } from '../../support/refusal';

const ADA = aReceptionist('Ada Beispiel', { role: 'advisor', advisorId: 'a1' });
const { start: NINE } = TUESDAY_NINE;

let t: TestApp;
beforeEach(async () => {
  t = await testApp();
});
afterEach(() => t.close());

const block = (from: number, minutes: number, who = ADA, advisorId = 'a1') =>
  t.app.blockTime({ who, deskId: 'expat-desk', advisorId, time: { start: from, end: from + minutes * MINUTE } });
const absences = () => t.storage.desks.absences('expat-desk', { start: 0, end: Number.MAX_SAFE_INTEGER });
const starts = async () => {
  const query = { topicId: 'residence', language: 'de', mode: 'in_person', advisorId: 'a1' } as const;
  const range = { from: NINE, to: NINE + 4 * HOUR };
  const { slots } = await t.app.findSlots({ deskId: 'expat-desk', query, ...range, audience: 'staff' });
  return slots.map(({ time }) => (time.start - NINE) / MINUTE);
};

describe('Blocking a free time', () => {
  it('takes it from what can be booked, and gives it back', async () => {
    const before = await starts();
    expect(before).toContain(60);
    const { value } = await block(NINE + HOUR, 30);
    expect(await absences()).toEqual([
      { id: value.id, advisorId: 'a1', reason: null, time: { start: NINE + HOUR, end: NINE + HOUR + 30 * MINUTE } },
    ]);
    expect(await starts()).not.toContain(60);
    const entry = await t.storage.desks.findAbsence(value.id);
    if (entry) await t.app.removeAbsence({ who: ADA, entry, ifVersion: undefined });
    expect(await starts()).toEqual(before);
  });

  it('never takes the time of a booking, nor of a client who is booking just now', async () => {
    await booked(t);
    await expect(block(NINE, 60)).rejects.toThrow(refusal('slot-unavailable'));
    const query = { topicId: 'residence', language: 'en', mode: 'in_person', advisorId: 'a1' } as const;
    await t.app.holdSlot({ who: CLIENT, deskId: 'expat-desk', query, start: NINE + HOUR });
    await expect(block(NINE + HOUR, 30)).rejects.toThrow(refusal('slot-unavailable'));
    expect(await absences()).toEqual([]);
    expect(await t.storage.tasks.open('expat-desk')).toEqual([]);
  });

  it('is refused where it would change nothing', async () => {
    await block(NINE + HOUR, 60);
    await expect(block(NINE + HOUR, 30)).rejects.toThrow(refusal('no-effect'));
    await expect(block(NOW - 2 * HOUR, 60)).rejects.toThrow(refusal('no-effect'));
  });

  it("is an advisor's own deed, and nobody's of another desk", async () => {
    await expect(block(NINE, 30, ADA, 'a2')).rejects.toThrow(refusal('forbidden'));
    const other = { ...ADA, deskId: 'wuppertal' };
    await expect(block(NINE, 30, other)).rejects.toThrow(refusal('not-found'));
  });
});
