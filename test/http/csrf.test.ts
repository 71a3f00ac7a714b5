import request from 'supertest';
import { waitTokenOf } from '../../src/domain/waiting/link';
import { API_ROOT, paths, url } from '../../src/paths';
import type { TestApp } from '../support/app';
import { booked } from '../support/bookings';
import { appWithRoutes, type Route } from '../support/routes';
import { type Browser, hiddenFields, signedInAs } from '../support/staff';

const OWN = 'http://desk.example';
const FOREIGN = 'https://evil.example';
const FORM = '/en/expat-desk/find-booking';
/** What the form says to whom it lets in: its fields are empty, and it is shown again. */
const LET_IN = 303;

let t: TestApp;
let routes: readonly Route[];
beforeAll(async () => {
  ({ app: t, routes } = await appWithRoutes());
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

  it('is not made by a GET, which therefore passes', async () => {
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

describe('Every form', () => {
  const forms = () => routes.filter(({ methods }) => methods.includes('POST')).map(({ path }) => path);
  const pages = () => forms().filter((path) => !path.startsWith(API_ROOT));
  const ofStaff = () => pages().filter((path) => path.startsWith(`${paths.staff}/`) && path !== paths.signIn);
  let address: (path: string) => string;
  let staff: Browser;
  let before: unknown;
  const held = async () => {
    const { rate_limit: _counts, session, ...tables } = await t.everything();
    return { ...tables, sessions: session?.length };
  };
  beforeAll(async () => {
    const { id } = await booked(t, { start: Date.parse('2026-12-01T14:00:00+01:00') });
    const token = t.deps.tokens.tokenFor(id);
    const ofStaff = { advisor: 'a1', key: 'mail.booked.subject', list: 'topics', question: 'visa' };
    const tokens = { token, manageToken: token, waitToken: waitTokenOf(id, t.deps.tokens.tokenFor) };
    const values = { locale: 'en', desk: 'expat-desk', id, page: 'privacy', ...tokens, ...ofStaff };
    address = (path) => url(path, values);
    staff = await signedInAs(t, { role: 'manager' });
    before = await held();
  });

  it('is known to this test, of clients and of staff', () => {
    expect(pages()).toEqual(expect.arrayContaining([paths.findBooking, paths.cancelBooking, paths.signIn]));
    expect(ofStaff().length).toBeGreaterThan(10);
    expect(forms().length).toBeGreaterThan(30);
  });

  it("is refused from another site's page, with or without the visitor's cookies", async () => {
    const passed: unknown[] = [];
    for (const path of forms())
      for (const headers of [
        { 'Sec-Fetch-Site': 'cross-site', Origin: FOREIGN },
        { 'Sec-Fetch-Site': 'same-site', Cookie: 'a=b' },
        { Origin: FOREIGN },
      ] as Record<string, string>[]) {
        const { status } = await post(headers, address(path));
        if (status !== 403) passed.push([path, headers, status]);
      }
    expect(passed).toEqual([]);
  });

  it('of staff is refused to a session without its token, whatever it says', async () => {
    const passed: unknown[] = [];
    for (const path of ofStaff())
      for (const fields of [{}, { _csrf: '' }, { _csrf: 'another' }] as Record<string, string>[]) {
        const { status, text } = await staff.post(address(path), fields);
        if (status !== 403 || !text.includes('Vielleicht war die Seite zu lange offen'))
          passed.push([path, fields, status]);
      }
    expect(passed).toEqual([]);
  });

  it('that was refused has changed nothing', async () => {
    expect(await held()).toEqual(before);
  });
});
