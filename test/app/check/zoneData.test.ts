import request from 'supertest';
import { compareZoneData, zoneDataAgree } from '../../../src/app/check/zoneData';
import { calendarAgrees } from '../../../src/feeds/vtimezone';
import { type TestApp, testApp } from '../../support/app';
import { booked } from '../../support/bookings';
import { TUESDAY_NINE } from '../../support/builders';

const NINE = TUESDAY_NINE.start;
let t: TestApp;
beforeAll(async () => {
  t = await testApp();
  await booked(t);
  await booked(t);
  const off = await booked(t, { start: NINE + 3_600_000 });
  await t.app.cancelBooking({ bookingId: off.id, reason: null, who: { kind: 'client' } });
});
afterAll(() => t.close());

const compare = (part: Partial<Parameters<typeof compareZoneData>[0]> = {}) =>
  compareZoneData({ storage: t.storage, now: t.clock.now, calendarAgrees, ...part })();

describe('Time zone data', () => {
  it('agree about the future bookings', async () => {
    expect(await compare()).toEqual({ looked: 2, disagreements: [] });
    await t.run('watchZoneData');
    expect((await request(t.http).get('/readyz').expect(200)).body).toEqual({ status: 'ok' });
  });

  it('that disagree are counted by their source', async () => {
    const law = { ...t.storage, zoneOffsets: async (_: string, at: readonly number[]) => at.map(() => 120) };
    const found = await compare({ storage: law, calendarAgrees: () => false });
    expect(found.disagreements).toEqual([
      { source: 'calendar entries', bookings: 2 },
      { source: 'PostgreSQL', bookings: 2 },
    ]);
    const verdict = zoneDataAgree(found);
    expect(verdict.violations).toEqual([
      expect.stringMatching(/^calendar entries: .* at 2 bookings/),
      expect.stringMatching(/^PostgreSQL: .* at 2 bookings/),
    ]);
  });

  it('of calendars are compared only if the zone is written into calendar files', () => {
    expect(calendarAgrees(NINE, 'Europe/Berlin')).toBe(true);
    expect(calendarAgrees(NINE, 'UTC')).toBe(true);
  });

  it('include those of the database, if it has any', async () => {
    const [summer, winter] = [Date.parse('2027-07-01T10:00:00Z'), Date.parse('2027-01-01T10:00:00Z')];
    const offsets = await t.storage.zoneOffsets('Europe/Berlin', [summer, winter]);
    expect([null, [120, 60]]).toContainEqual(offsets);
  });
});
