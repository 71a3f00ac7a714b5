import { type TestApp, testApp } from '../../support/app';
import { booked } from '../../support/bookings';
import { type Browser, hiddenFields, signedInAs } from '../../support/staff';

let app: TestApp;
let receptionist: Browser;
beforeEach(async () => {
  app = await testApp();
  receptionist = await signedInAs(app);
});
afterEach(() => app.close());

describe('A staff page that is asked for with the header Fragment: main', () => {
  it('is its main part alone, the same as on the whole page', async () => {
    const { id } = await booked(app);
    const page = `/staff/bookings/${id}`;
    const { text: whole, headers } = await receptionist.get(page).expect(200);
    const { text: part } = await receptionist.get(page).set('Fragment', 'main').expect(200);
    expect(part).not.toMatch(/<html|<head|<nav class="staff-nav"/);
    expect(whole).toContain(part.trim());
    expect(headers.vary).toContain('Fragment');
    expect((await receptionist.get(page).set('Fragment', 'head').expect(200)).text).toContain('<html');
  });

  it('is also what a form leads to, and the page of a refusal', async () => {
    const { id } = await booked(app);
    app.clock.set('2026-12-01T08:50:00+01:00');
    receptionist = await signedInAs(app, { email: 'later@expat-desk.example' });
    const page = `/staff/bookings/${id}`;
    const form = hiddenFields((await receptionist.get(page)).text, `${page}/check-in`);
    const { headers } = await receptionist.post(`${page}/check-in`, form).expect(303);
    const done = await receptionist.get(String(headers.location)).set('Fragment', 'main').expect(200);
    expect(done.text).toContain('Vermerkt: Die Person ist da.');
    expect(done.text).not.toContain('<html');
    const missing = await receptionist.get('/staff/bookings/nobody').set('Fragment', 'main').expect(404);
    expect(missing.text).not.toContain('<html');
  });
});
