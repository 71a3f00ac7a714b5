import { DAY } from '../../../src/domain/calendar/dates';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { CLIENT } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { aRequest, booked } from '../../support/bookings';
import { aDesk, anAdvisor, aReceptionist, NOW, TUESDAY_NINE } from '../../support/builders';

const NINE = TUESDAY_NINE.start;
const STAFF = aReceptionist('Rezi Empfang');
const DESK = aDesk({ advisors: [anAdvisor()], fairRelease: { minutes: [15, 90], notWithinHours: 24 } });

let t: TestApp;
beforeEach(async () => {
  t = await testApp({ desks: [DESK] });
});
afterEach(() => t.close());

const isOffered = async (audience: 'client' | 'staff' = 'client', app = t) => {
  const query = { topicId: 'residence', language: 'en' };
  const found = await app.app.findSlots({ deskId: 'expat-desk', query, audience, from: NINE, to: NINE + 1 });
  return found.slots.length === 1;
};
const places = async () => (await t.storage.desks.find('expat-desk'))?.freedPlaces ?? [];
const givenBack = async () => {
  const { id } = await booked(t);
  await t.app.cancelBooking({ bookingId: id, reason: null, who: CLIENT });
  return id;
};

describe('A start that was given back', () => {
  it('is shown to all at the moment that is drawn, and is bookable from then on', async () => {
    await givenBack();
    expect([await isOffered(), await isOffered('staff')]).toEqual([false, true]);
    await expect(booked(t)).rejects.toMatchObject({ code: 'slot-unavailable' });
    await t.run('drawReleases');
    const [place] = await places();
    const shownAt = place?.shownAt ?? 0;
    expect(shownAt).toBeGreaterThanOrEqual(NOW + 15 * MINUTE);
    expect(shownAt).toBeLessThanOrEqual(NOW + 90 * MINUTE);
    await t.run('drawReleases');
    expect(await places()).toEqual([place]);
    const other = await testApp({ desks: [], databaseUrl: t.databaseUrl });
    try {
      for (const [at, seen] of [
        [shownAt - 1, false],
        [shownAt, true],
      ] as const) {
        for (const app of [t, other]) {
          app.clock.set(new Date(at).toISOString());
          expect(await isOffered('client', app)).toBe(seen);
        }
      }
    } finally {
      await other.close();
    }
    await t.run('drawReleases');
    expect(await places()).toEqual([]);
    await booked(t);
  });

  it('by a move is held back as well, and staff can book it for a caller at once', async () => {
    const { id } = await booked(t);
    await t.app.moveBooking({ bookingId: id, start: NINE + 2 * HOUR, who: STAFF });
    expect(await isOffered()).toBe(false);
    await booked(t, { ...aRequest(), who: STAFF, source: 'phone' });
    await t.run('drawReleases');
    expect([await isOffered(), await isOffered('staff')]).toEqual([false, false]);
  });

  it('can be restored by who gave it back', async () => {
    const id = await givenBack();
    await t.app.restoreBooking({ bookingId: id, who: CLIENT });
    expect((await t.storage.bookings.find(id))?.status).toBe('confirmed');
  });

  it('is shown at the latest moment, also if no process drew one, and at once shortly before its start', async () => {
    await givenBack();
    t.clock.set(new Date(NOW + 90 * MINUTE).toISOString());
    expect(await isOffered()).toBe(true);
    t.clock.set(new Date(NINE - DAY + MINUTE).toISOString());
    await givenBack();
    expect(await isOffered()).toBe(true);
  });
});
