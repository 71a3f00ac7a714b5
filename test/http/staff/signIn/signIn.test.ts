import request from 'supertest';
import { HOUR, MINUTE } from '../../../../src/domain/calendar/interval';
import { argon2Passwords } from '../../../../src/identity/passwords';
import { type TestApp, testApp } from '../../../support/app';
import { aBrowser, addStaff, PASSWORD, signedInAs } from '../../../support/staff';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});
afterEach(() => app.close());

const EMAIL = 'receptionist@expat-desk.example';

describe('Signing in', () => {
  it('leads to the day of the own desk', async () => {
    const browser = await signedInAs(app);
    const { headers } = await browser.get('/staff').expect(303);
    expect(headers.location).toBe('/staff/expat-desk/day');
    const { text } = await browser.get('/staff/expat-desk/day').expect(200);
    expect(text).toContain('Rezi Empfang');
  });

  it('does not mind how the address is written', async () => {
    await addStaff(app);
    await aBrowser(app)
      .post('/staff/sign-in', { email: ' Receptionist@Expat-Desk.EXAMPLE ', password: PASSWORD })
      .expect(303);
  });

  it('answers a wrong password and an unknown address alike', async () => {
    await addStaff(app);
    const send = (email: string, password: string) =>
      aBrowser(app).post('/staff/sign-in', { email, password }).expect(200);
    const wrong = await send(EMAIL, 'wrong');
    const unknown = await send('nobody@expat-desk.example', 'wrong');
    const withoutAddress = (text: string) => text.replace(/value="[^"]*@[^"]*"/, '');
    expect(withoutAddress(unknown.text)).toBe(withoutAddress(wrong.text));
    expect(wrong.text).toContain('passen nicht zusammen');
    expect(wrong.text).toContain(`value="${EMAIL}"`);
    expect(wrong.headers['set-cookie']).toBeUndefined();
  });

  it('verifies a password also for an address that nobody has', async () => {
    const verified: unknown[] = [];
    const before = argon2Passwords.verify;
    jest.spyOn(argon2Passwords, 'verify').mockImplementation((password, hash) => {
      verified.push(hash);
      return before(password, hash);
    });
    await aBrowser(app).post('/staff/sign-in', { email: 'nobody@x.example', password: 'guess' }).expect(200);
    jest.restoreAllMocks();
    expect(verified).toEqual([undefined]);
  });

  it('refuses a form with fields that are lists or missing', async () => {
    await addStaff(app);
    await aBrowser(app).post('/staff/sign-in', {}).expect(200);
    await request(app.http)
      .post('/staff/sign-in')
      .type('form')
      .send(`email=a&email=b&password=c`)
      .expect('Location', /again=/);
  });

  it('goes back to where one wanted to go', async () => {
    await addStaff(app);
    const browser = aBrowser(app);
    const { headers } = await browser.get('/staff/expat-desk/day/2026-12-01?view=table').expect(303);
    const { text } = await browser.get(headers.location as string);
    expect(text).toContain('name="next" value="/staff/expat-desk/day/2026-12-01?view&#x3D;table"');
    const next = '/staff/expat-desk/day/2026-12-01?view=table';
    const done = await browser.post('/staff/sign-in', { email: EMAIL, password: PASSWORD, next }).expect(303);
    expect(done.headers.location).toBe(next);
  });

  it.each([
    'https://evil.example/staff/x',
    '//evil.example/staff/x',
    '/\\evil.example/staff',
    '/staff/../../evil',
    '/staffroom',
    'javascript:alert(1)',
    '/staff/sign-out',
    '/staff\n/x',
  ])('never leads to %j', async (next) => {
    await addStaff(app);
    const { headers } = await aBrowser(app)
      .post('/staff/sign-in', { email: EMAIL, password: PASSWORD, next })
      .expect(303);
    expect(['/staff', '/staff/x']).toContain(headers.location);
  });
});

describe('A session', () => {
  const cookieOf = (answer: request.Response) => String(answer.headers['set-cookie']?.[0]);

  it('gets a new id at sign-in, and the one that the browser came with is worth nothing', async () => {
    await addStaff(app);
    const first = await aBrowser(app).post('/staff/sign-in', { email: EMAIL, password: PASSWORD });
    const planted = cookieOf(first).split(';')[0] ?? '';
    const second = await request(app.http)
      .post('/staff/sign-in')
      .set({ Cookie: planted, 'Sec-Fetch-Site': 'same-origin' })
      .type('form')
      .send({ email: EMAIL, password: PASSWORD });
    expect(cookieOf(second).split(';')[0]).not.toBe(planted);
    await request(app.http).get('/staff/expat-desk/day').set('Cookie', planted).expect(303);
    await request(app.http).get('/staff/expat-desk/day').set('Cookie', cookieOf(second)).expect(200);
  });

  it('is a cookie that no script reads and no other site sends', async () => {
    await addStaff(app);
    const answer = await aBrowser(app).post('/staff/sign-in', { email: EMAIL, password: PASSWORD });
    expect(cookieOf(answer)).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('is bound to the host where the outside is https', async () => {
    const secure = await testApp({ baseUrl: 'https://desk.example' });
    await addStaff(secure);
    const answer = await aBrowser(secure).post('/staff/sign-in', { email: EMAIL, password: PASSWORD });
    expect(cookieOf(answer)).toMatch(/^__Host-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    await secure.close();
  });

  it('is kept as a hash only', async () => {
    await addStaff(app);
    const answer = await aBrowser(app).post('/staff/sign-in', { email: EMAIL, password: PASSWORD });
    const secret = cookieOf(answer).split(/[=;]/)[1] ?? '';
    expect(await app.storage.staff.findSession(secret)).toBeUndefined();
  });

  it('ends after two hours without a page, and not before', async () => {
    const browser = await signedInAs(app);
    app.clock.advance(2 * HOUR - MINUTE);
    await browser.get('/staff/expat-desk/day').expect(200);
    app.clock.advance(2 * HOUR - MINUTE);
    await browser.get('/staff/expat-desk/day').expect(200);
    app.clock.advance(2 * HOUR);
    await browser.get('/staff/expat-desk/day').expect(303);
  });

  it('ends after twelve hours, however busy it was', async () => {
    const browser = await signedInAs(app);
    for (let hour = 1; hour < 12; hour++) {
      app.clock.advance(HOUR);
      await browser.get('/staff/expat-desk/day').expect(200);
    }
    app.clock.advance(HOUR);
    await browser.get('/staff/expat-desk/day').expect(303);
  });

  it('outlives a clock that is set back by two hours, and no longer than it would have', async () => {
    const browser = await signedInAs(app);
    app.clock.advance(-2 * HOUR);
    await browser.get('/staff/expat-desk/day').expect(200);
    app.clock.advance(2 * HOUR);
    await browser.get('/staff/expat-desk/day').expect(303);
  });

  it('does not last until a clock that was a day ahead has come to where it was', async () => {
    const browser = await signedInAs(app);
    app.clock.advance(-24 * HOUR);
    await browser.get('/staff/expat-desk/day').expect(303);
  });

  it('ends with signing out, also for a copy of the cookie', async () => {
    await addStaff(app);
    const answer = await aBrowser(app).post('/staff/sign-in', { email: EMAIL, password: PASSWORD });
    const copy = { Cookie: cookieOf(answer).split(';')[0] ?? '', 'Sec-Fetch-Site': 'same-origin' };
    const { text } = await request(app.http).get('/staff/expat-desk/day').set(copy);
    const token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1];
    await request(app.http).post('/staff/sign-out').set(copy).type('form').send({}).expect(403);
    await request(app.http).post('/staff/sign-out').set(copy).type('form').send({ _csrf: token }).expect(303);
    await request(app.http).get('/staff/expat-desk/day').set(copy).expect(303);
  });

  it('leaves nothing in the memory of the browser', async () => {
    const browser = await signedInAs(app);
    const { headers } = await browser.get('/staff/expat-desk/day');
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('A bearer token', () => {
  it('is a role at a desk; an unknown one is refused', async () => {
    const hash = (secret: string) => app.deps.tokens.hash(secret);
    const token = {
      hash: hash('known'),
      name: 'Telefonanlage',
      role: 'receptionist' as const,
      deskId: 'expat-desk',
      advisorId: null,
      endsAt: Number.MAX_SAFE_INTEGER,
    };
    await app.storage.write(({ staff }) => staff.addToken(token, app.clock.now()));
    await request(app.http).get('/staff/expat-desk/day').set('Authorization', 'Bearer known').expect(200);
    await request(app.http).get('/staff/expat-desk/day').set('Authorization', 'Bearer other').expect(401);
    const refused = await request(app.http)
      .get('/api/v1/staff/bookings?desk=expat-desk')
      .set('Authorization', 'Bearer x')
      .expect(401);
    expect(refused.headers['content-type']).toContain('application/problem+json');
  });
});
