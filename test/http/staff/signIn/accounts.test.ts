import request from 'supertest';
import type { StaffUser } from '../../../../src/app/ports/staffStore';
import { DAY } from '../../../../src/domain/calendar/dates';
import { HOUR } from '../../../../src/domain/calendar/interval';
import { argon2Passwords } from '../../../../src/identity/passwords';
import { type TestApp, testApp } from '../../../support/app';
import { followingForms } from '../../../support/forms';
import { aBrowser, addStaff, PASSWORD, signedInAs } from '../../../support/staff';

const open: TestApp[] = [];
const anApp = async (options: Parameters<typeof testApp>[0] = {}) => {
  const app = await testApp(options);
  open.push(app);
  return app;
};
afterEach(async () => {
  // The last one opened may use the database of the first.
  for (const app of open.splice(0).reverse()) await app.close();
});

const DAY_PAGE = '/staff/expat-desk/day';
const EMAIL = 'receptionist@expat-desk.example';
const signIn = (app: TestApp, headers: Record<string, string> = {}, password = PASSWORD) =>
  followingForms(request.agent(app.http).post('/staff/sign-in'))
    .set({ 'Sec-Fetch-Site': 'same-origin', ...headers })
    .type('form')
    .send({ email: EMAIL, password });
/** What the answer says, without the id of the request. */
const said = ({ status, text, headers }: request.Response) => ({
  status,
  text,
  headers: { ...headers, 'x-request-id': '', date: '', etag: '' },
});

describe('A demo account', () => {
  const BY_PROXY = [
    { 'X-Forwarded-For': '192.0.2.7' },
    { 'X-Forwarded-Proto': 'https' },
    { Forwarded: 'for=192.0.2.7' },
    { 'X-Real-IP': '192.0.2.7' },
    { Via: '1.1 proxy' },
    { Host: 'desk.example' },
  ];

  it('is open in development to whoever sits at this machine, and to nobody who comes by a proxy', async () => {
    const app = await anApp();
    await addStaff(app, { demo: true });
    const answer = await signIn(app).expect(303);
    const cookie = { Cookie: String(answer.headers['set-cookie']?.[0]).split(';')[0] ?? '' };
    await request(app.http).get(DAY_PAGE).set(cookie).expect(200);
    const wrong = said(await signIn(app, {}, 'wrong').expect(200));
    for (const headers of BY_PROXY) {
      expect(said(await signIn(app, headers))).toEqual(wrong);
      await request(app.http)
        .get(DAY_PAGE)
        .set({ ...cookie, ...headers })
        .expect(303);
    }
  });

  it('is closed where the outside is https, since a proxy stands in front, whether it says so or not', async () => {
    const app = await anApp({ baseUrl: 'https://desk.example' });
    await addStaff(app, { demo: true });
    // Over http no cookie of theirs comes back, so what is looked at is where the answer leads: to the form, and not into the house.
    const { headers } = await request(app.http)
      .post('/staff/sign-in')
      .set('Sec-Fetch-Site', 'same-origin')
      .type('form')
      .send({ email: EMAIL, password: PASSWORD })
      .expect(303);
    expect(headers.location).toBe('/staff/sign-in?again=1#error-summary');
  });

  it('of a database that began in development is dead in production: sign-in, and sessions that are there', async () => {
    const before = await anApp();
    const browser = await signedInAs(before, { demo: true });
    await browser.get(DAY_PAGE).expect(200);
    const session = String((await signIn(before)).headers['set-cookie']?.[0]).split(';')[0] ?? '';

    const now = await anApp({ databaseUrl: before.databaseUrl, desks: [], production: true });
    await request(now.http).get(DAY_PAGE).set('Cookie', session).expect(303);
    const verified: unknown[] = [];
    const verify = argon2Passwords.verify;
    jest.spyOn(argon2Passwords, 'verify').mockImplementation((password, hash) => {
      verified.push(hash);
      return verify(password, hash);
    });
    const right = await signIn(now);
    const wrong = await signIn(now, {}, 'wrong');
    jest.restoreAllMocks();
    expect(said(right)).toEqual(said(wrong));
    // The same hash is verified, so it takes as long.
    expect(verified).toEqual([expect.stringMatching(/^\$argon2id\$/), verified[0]]);
  });

  it('counts as a wrong password does', async () => {
    const app = await anApp({ production: true });
    await addStaff(app, { demo: true });
    await signIn(app);
    const rows = (await app.everything()).rate_limit as { hits: number }[];
    expect(new Set(rows.map(({ hits }) => hits))).toEqual(new Set([1]));
  });
});

describe('What is taken back in one process', () => {
  let [one, other]: TestApp[] = [];
  beforeEach(async () => {
    one = await anApp();
    other = await anApp({ databaseUrl: one.databaseUrl, desks: [] });
  });

  const sessionAt = async (app: TestApp, part: Partial<StaffUser> = {}) => {
    const user = await addStaff(app, part);
    const answer = await aBrowser(app).post('/staff/sign-in', { email: user.email, password: PASSWORD }).expect(303);
    return { user, session: { Cookie: String(answer.headers['set-cookie']?.[0]).split(';')[0] ?? '' } };
  };

  it('is dead in the other at the next request: somebody who is disabled', async () => {
    const [here, there] = [one as TestApp, other as TestApp];
    const { user, session } = await sessionAt(here);
    await request(there.http).get(DAY_PAGE).set(session).expect(200);
    await here.storage.write(({ staff }) => staff.changeUser(user.id, { disabledAt: here.clock.now() }));
    await request(there.http).get(DAY_PAGE).set(session).expect(303);
    await request(there.http).get('/api/v1/staff/bookings?desk=expat-desk').set(session).expect(401);
    expect(said(await signIn(there))).toEqual(said(await signIn(there, {}, 'wrong')));
  });

  it('is dead in the other at the next request: a token that is revoked, or ends', async () => {
    const [here, there] = [one as TestApp, other as TestApp];
    const add = (secret: string, endsAt: number) =>
      here.storage.write(({ staff }) =>
        staff.addToken(
          {
            hash: here.deps.tokens.hash(secret),
            name: secret,
            role: 'manager',
            deskId: 'expat-desk',
            advisorId: null,
            endsAt,
          },
          here.clock.now(),
        ),
      );
    const ask = (secret: string, path = '/api/v1/staff/bookings?desk=expat-desk') =>
      request(there.http).get(path).set('Authorization', `Bearer ${secret}`);
    await add('revoked', here.clock.now() + 30 * DAY);
    await add('ending', here.clock.now() + HOUR);
    await ask('revoked').expect(200);
    await ask('ending', '/metrics').expect(200);

    await here.storage.write(({ staff }) => staff.removeToken(here.deps.tokens.hash('revoked')));
    await ask('revoked').expect(401);
    there.clock.advance(HOUR - 1);
    await ask('ending').expect(200);
    there.clock.advance(1);
    await ask('ending').expect(401);
    await ask('ending', '/metrics').expect(401);
  });

  it('tells when a token was used last, with a write an hour', async () => {
    const [here, there] = [one as TestApp, other as TestApp];
    const hash = here.deps.tokens.hash('figures');
    const token = { hash, name: 'f', role: 'manager', deskId: 'expat-desk', advisorId: null } as const;
    await here.storage.write(({ staff }) => staff.addToken({ ...token, endsAt: here.clock.now() + DAY }, 0));
    const used = async () => {
      await request(there.http).get('/metrics').set('Authorization', 'Bearer figures').expect(200);
      return (await here.storage.staff.findToken(hash))?.lastUsedAt;
    };
    const first = there.clock.now();
    expect(await used()).toBe(first);
    there.clock.advance(HOUR - 1);
    expect(await used()).toBe(first);
    there.clock.advance(1);
    expect(await used()).toBe(first + HOUR);
  });
});
