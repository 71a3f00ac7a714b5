import type { StaffUser } from '../../../src/app/ports/staffStore';
import type { Booking } from '../../../src/domain/booking/booking';
import { type TestApp, testApp } from '../../support/app';
import { aRequest, booked } from '../../support/bookings';
import { aBrowser, type Browser, hiddenFields, signedInAs, wordsIn } from '../../support/staff';

let app: TestApp;
let ofA1: Booking;
let ofA2: Booking;
beforeEach(async () => {
  app = await testApp();
  ofA1 = await booked(app, { query: { ...aRequest().query, advisorId: 'a1' } });
  ofA2 = await booked(app, { query: { ...aRequest().query, advisorId: 'a2' } });
});
afterEach(() => app.close());

const ACTIONS = ['check-in', 'complete', 'no-show', 'undo-check-in', 'reopen', 'restore', 'move', 'cancel'];
const PAGES = ['day', 'bookings', 'bookings/new', 'tasks'];
const csrfOf = async (browser: Browser) =>
  hiddenFields((await browser.get('/staff/expat-desk/tasks')).text, '/staff/sign-out')._csrf ?? '';

describe.each<Pick<StaffUser, 'role' | 'advisorId'>>([
  { role: 'advisor', advisorId: 'a1' },
  { role: 'receptionist', advisorId: null },
  { role: 'manager', advisorId: null },
])('$role', (who) => {
  it('sends no form without the token of the own session', async () => {
    const browser = await signedInAs(app, who);
    const foreign = await csrfOf(await signedInAs(app, { ...who, email: 'foreign@expat-desk.example' }));
    for (const action of ACTIONS)
      for (const token of [{}, { _csrf: '' }, { _csrf: foreign }])
        await browser.post(`/staff/bookings/${ofA1.id}/${action}`, { reason: 'x', ...token }).expect(403);
    for (const path of ['/staff/expat-desk/bookings/new', '/staff/expat-desk/tasks', '/staff/sign-out'])
      await browser.post(path, { _csrf: foreign }).expect(403);
    expect(await app.storage.bookings.find(ofA1.id)).toEqual(ofA1);
  });
});

describe('An advisor', () => {
  it('changes the own bookings', async () => {
    const page = `/staff/bookings/${ofA1.id}`;
    app.clock.set('2026-12-01T08:30:00+01:00');
    const browser = await signedInAs(app, { role: 'advisor', advisorId: 'a1' });
    await browser.submit(page, `${page}/check-in`).expect(303);
    await browser.submit(page, `${page}/undo-check-in`).expect(303);
    await browser.submit(`${page}/move`, `${page}/move`, { start: '2026-12-01T10:00:00+01:00' }).expect(303);
    await browser.submit(`${page}/cancel`, `${page}/cancel`, { reason: 'krank' }).expect(303);
    await browser.submit(page, `${page}/restore`).expect(303);
    expect(await app.storage.bookings.find(ofA1.id)).toMatchObject({ status: 'confirmed', advisorId: 'a1' });
  });

  it('is told that it is not theirs to do, not that the page is too old', async () => {
    const browser = await signedInAs(app, { role: 'advisor', advisorId: 'a1' });
    const _csrf = await csrfOf(browser);
    const query = 'topic=residence&language=en&mode=in_person';
    const refused = [
      await browser.post(`/staff/bookings/${ofA2.id}/cancel`, { _csrf, reason: 'x' }).expect(403),
      await browser.post(`/staff/bookings/${ofA1.id}/move`, { _csrf, start: 'x', advisor: 'a2' }).expect(403),
      await browser.get(`/staff/bookings/${ofA2.id}/move`).expect(403),
      await browser.get(`/staff/expat-desk/bookings/new?${query}`).expect(403),
    ];
    for (const { text } of refused) {
      expect(wordsIn(text)).toContain('Beraterinnen und Berater ändern ihre eigenen Termine');
      expect(wordsIn(text)).not.toContain('zu lange offen');
    }
    const { text } = await browser.post(`/staff/bookings/${ofA1.id}/cancel`, { _csrf: 'old', reason: 'x' }).expect(403);
    expect(wordsIn(text)).toContain('Vielleicht war die Seite zu lange offen');
  });

  it("reads a colleague's booking, without buttons, and every change of it is refused", async () => {
    const browser = await signedInAs(app, { role: 'advisor', advisorId: 'a1' });
    const { text } = await browser.get(`/staff/bookings/${ofA2.id}`).expect(200);
    for (const action of ACTIONS) expect(text).not.toContain(`/${action}"`);
    const _csrf = await csrfOf(browser);
    for (const action of ACTIONS)
      await browser.post(`/staff/bookings/${ofA2.id}/${action}`, { _csrf, reason: 'x', start: 'x' }).expect(403);
    for (const action of ['move', 'cancel']) await browser.get(`/staff/bookings/${ofA2.id}/${action}`).expect(403);
    expect(await app.storage.bookings.find(ofA2.id)).toEqual(ofA2);
  });

  it('is offered no calendar but the own', async () => {
    const browser = await signedInAs(app, { role: 'advisor', advisorId: 'a1' });
    expect((await browser.get(`/staff/bookings/${ofA1.id}/move`)).text).not.toContain('Bo Muster</option>');
  });
});

describe('Somebody who is not signed in', () => {
  it('is sent to sign in, and back to the page with the form', async () => {
    const browser = aBrowser(app);
    for (const page of PAGES) await browser.get(`/staff/expat-desk/${page}`).expect(303);
    const { headers } = await browser.post(`/staff/bookings/${ofA1.id}/check-in`, {}).expect(303);
    expect(headers.location).toBe('/staff/sign-in');
    const from = await browser
      .post(`/staff/bookings/${ofA1.id}/check-in`, {})
      .set('Referer', `http://desk.example/staff/bookings/${ofA1.id}`);
    expect(from.headers.location).toBe(`/staff/sign-in?next=${encodeURIComponent(`/staff/bookings/${ofA1.id}`)}`);
  });
});
