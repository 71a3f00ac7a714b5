import request from 'supertest';
import { type TestApp, testApp } from '../support/app';
import { booked } from '../support/bookings';
import { hiddenFields, signedInAs } from '../support/staff';

const OWN = 'http://desk.example';
const FORM = '/en/expat-desk/find-booking';
/** What the form says to whom it lets in: its fields are empty, and it is shown again. */
const LET_IN = 303;

let t: TestApp;
beforeAll(async () => {
  t = await testApp({ baseUrl: OWN });
});
afterAll(() => t.close());

const post = (headers: Record<string, string>, path = FORM) => request(t.http).post(path).set(headers);

describe('A change', () => {
  it.each([
    ['from our own page', { 'Sec-Fetch-Site': 'same-origin', Cookie: 'a=b' }],
    ['typed by the visitor', { 'Sec-Fetch-Site': 'none', Cookie: 'a=b' }],
    ['from our page, by an older browser', { Origin: OWN, Cookie: 'a=b' }],
    ['from the host that was asked', { Origin: 'http://desk.lan:8080', Host: 'desk.lan:8080', Cookie: 'a=b' }],
    ['by a program without cookies', {}],
    ['by a program with a token', { Authorization: 'Bearer x', Cookie: 'a=b' }],
  ])('%s passes', async (_, headers) => {
    await post(headers).expect(LET_IN);
  });

  it.each([
    ['from another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['from a sister site', { 'Sec-Fetch-Site': 'same-site', Origin: OWN }],
    ['from another origin', { Origin: 'https://evil.example' }],
    ['from a frame without origin', { Origin: 'null' }],
    ['with an origin that is none', { Origin: 'x' }],
    ['with cookies, from who knows where', { Cookie: 'a=b' }],
  ])('%s is refused', async (_, headers) => {
    await post(headers).expect(403);
  });

  it('on a secret address passes without origin, because its pages send none', async () => {
    const link = `/b/${t.deps.tokens.tokenFor((await booked(t)).id)}`;
    await post({ Origin: 'https://evil.example' }, `${link}/cancel`).expect(403);
    await post({ Origin: 'null', Cookie: 'a=b' }, `${link}/cancel`).type('form').send({ why: 'none' }).expect(303);
  });

  it('is not what a GET makes', async () => {
    await request(t.http).get(FORM).set('Sec-Fetch-Site', 'cross-site').expect(200);
  });
});

describe("A form's token", () => {
  it('must be the one of the session', async () => {
    const browser = await signedInAs(t);
    const page = await browser.get('/staff/expat-desk/day').expect(200);
    const { _csrf = '' } = hiddenFields(page.text, '/staff/sign-out');
    expect(_csrf).not.toBe('');
    for (const fields of [{ _csrf: 'another-token' }, {}, { _csrf: [_csrf, _csrf] as unknown as string }])
      await browser.post('/staff/sign-out', fields as Record<string, string>).expect(403);
    await browser.post('/staff/sign-out', { _csrf }).expect(303);
  });
});
