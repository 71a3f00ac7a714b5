import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { DAY } from '../../src/domain/calendar/dates';
import { MINUTE } from '../../src/domain/calendar/interval';
import { FOREIGN_SECRET, settleSecret } from '../../src/settleSecret';
import { SECRET, type TestApp, testApp } from '../support/app';
import { allBookings, booked } from '../support/bookings';
import { aDesk, anAdvisor } from '../support/builders';
import { kinds, newDatabase, openUrl, type TestDatabase } from '../support/databases';
import { operate } from '../support/operator';
import { aBrowser, addStaff, PASSWORD } from '../support/staff';

const EMAIL = 'receptionist@expat-desk.example';
const DAY_PAGE = '/staff/expat-desk/day';
const PRODUCTION = {
  NODE_ENV: 'production',
  SECRET: '9f2c61d07be84a35c1d8e6f4a7b3025e',
  SMTP_URL: 'smtp://127.0.0.1:9',
  BASE_URL: 'https://desk.example',
  ALLOW_HTTP: '1',
};

/** The commands as another process beside a running program, on a database of either kind. */
describe.each(kinds())('Accounts, on %s', (kind) => {
  let place: TestDatabase;
  let app: TestApp;
  beforeEach(async () => {
    place = await newDatabase(kind);
    const opened = await openUrl(place.url, { now: 0 });
    await opened.storage.write(({ desks }) => desks.add(aDesk()));
    await opened.storage.write(({ desks }) =>
      desks.add(aDesk({ id: 'other-desk', advisors: [anAdvisor({ id: 'b1' })] })),
    );
    await opened.storage.close();
    app = await testApp({ databaseUrl: place.url, desks: [], now: Date.now() });
  });
  afterEach(async () => {
    await app.close();
    await place.drop();
  });

  const cli = (args: string, env: Record<string, string> = {}, input = '') =>
    operate(place.url, args.split(' '), env, input);
  const signIn = (password = PASSWORD, email = EMAIL) => aBrowser(app).post('/staff/sign-in', { email, password });
  const session = async () => {
    const answer = await signIn().expect(303);
    return { Cookie: String(answer.headers['set-cookie']?.[0]).split(';')[0] ?? '' };
  };
  const page = (cookie: { Cookie: string }) => request(app.http).get(DAY_PAGE).set(cookie);

  it('are listed, disabled with all their sessions, and enabled again', async () => {
    await addStaff(app, { advisorId: 'a1' });
    const cookie = await session();
    await page(cookie).expect(200);
    expect(await cli(`user disable --email ${EMAIL.toUpperCase()}`)).toEqual({
      code: 0,
      out: `${EMAIL} can sign in no longer; 1 session has ended.`,
      err: '',
    });
    await page(cookie).expect(303);
    await signIn().expect(200);
    const { out } = await cli('user list');
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['email', 'role', 'desk', 'advisor', 'state', 'name'],
      [EMAIL, 'receptionist', 'expat-desk', 'a1', 'disabled', 'Rezi Empfang'],
    ]);
    expect((await cli('user list --desk other-desk')).out).not.toContain('@');
    await cli(`user enable --email ${EMAIL}`);
    await page(cookie).expect(303);
    await page(await session()).expect(200);
  });

  it('get another password, and the old one and its sessions end', async () => {
    await addStaff(app);
    const cookie = await session();
    const changed = await cli(`user password --email ${EMAIL} --password-stdin`, {}, 'four other words here\n');
    expect(changed).toEqual({ code: 0, out: `${EMAIL} has a new password; 1 session has ended.`, err: '' });
    await page(cookie).expect(303);
    await signIn().expect(200);
    await signIn('four other words here').expect(303);
    expect((await cli(`user password --email ${EMAIL}`)).code).toBe(2);
    expect(await cli(`user password --email ${EMAIL} --password-stdin`, {}, 'short')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^The password has 5 characters/),
    });
  });

  it('get another role, desk and advisor, and have to sign in again', async () => {
    await addStaff(app, { role: 'advisor', email: EMAIL, advisorId: 'a1' });
    const cookie = await session();
    await cli(`user role --email ${EMAIL} --role receptionist`);
    await page(cookie).expect(303);
    expect(await app.storage.staff.findUserByEmail(EMAIL)).toMatchObject({ role: 'receptionist', advisorId: 'a1' });
    const moved = await cli(`user role --email ${EMAIL} --role advisor --desk other-desk --advisor b1`);
    expect(moved.out).toBe(`${EMAIL} is advisor of other-desk now; no session was open.`);
    expect(await app.storage.staff.findUserByEmail(EMAIL)).toMatchObject({
      role: 'advisor',
      deskId: 'other-desk',
      advisorId: 'b1',
    });
    await cli(`user role --email ${EMAIL} --role manager --desk expat-desk`);
    expect(await app.storage.staff.findUserByEmail(EMAIL)).toMatchObject({ role: 'manager', advisorId: null });
    for (const [wrong, err] of [
      ['--role boss', /^There is no role boss/],
      ['--role admin --desk nowhere', /^There is no desk nowhere/],
      ['--role advisor --advisor b1', /^There is no advisor b1 at expat-desk/],
    ] as const)
      expect(await cli(`user role --email ${EMAIL} ${wrong}`)).toMatchObject({
        code: 1,
        err: expect.stringMatching(err),
      });
  });

  it.each([
    'user disable --email x@y.example',
    'user enable --email x@y.example',
    'user role --role admin --email x@y.example',
  ])('that do not exist are refused in one line: %s', async (args) => {
    expect(await cli(args)).toEqual({
      code: 1,
      out: '',
      err: 'There is no user x@y.example; "user list" lists them.',
    });
  });

  it('of the demo are listed by check in production, and can be removed', async () => {
    await addStaff(app, { demo: true });
    await addStaff(app, { email: 'kim@stadt.example' });
    await session();
    expect(await cli('check')).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 demo account, for development'),
    });
    const checked = await cli('check', PRODUCTION);
    expect(checked.code).toBe(1);
    expect(checked.out).toContain(`  user ${EMAIL}: a demo account, see "user remove-demo"`);
    expect(await cli(`user password --email ${EMAIL} --password-stdin`, {}, 'four other words here')).toMatchObject({
      code: 1,
      err: `${EMAIL} is a demo account, and stays one: add a user in its place.`,
    });
    expect((await cli('user list')).out).toMatch(/ demo +Rezi Empfang$/m);

    expect(await cli('user remove-demo', PRODUCTION)).toEqual({ code: 0, out: `${EMAIL}: removed`, err: '' });
    expect((await app.storage.staff.listUsers()).map(({ email }) => email)).toEqual(['kim@stadt.example']);
    expect(await app.storage.staff.listSessions()).toEqual([]);
    expect((await cli('check', PRODUCTION)).code).toBe(0);
    expect((await cli('user remove-demo')).out).toBe('There are no demo accounts.');
  });

  it('Tokens end after --days, are listed, and revoked by name or id', async () => {
    const add = async (name: string, more = '') =>
      (await cli(`token add --role manager --desk expat-desk --name ${name} ${more}`.trim())).out;
    const ask = (token: string) =>
      request(app.http).get('/api/v1/staff/bookings?desk=expat-desk').auth(token, { type: 'bearer' });
    const [year, month, twin] = [await add('year'), await add('month', '--days 30'), await add('month')];
    await ask(year).expect(200);
    const lines = (await cli('token list')).out.split('\n').map((line) => line.split(/ {2,}/));
    expect(lines.map((cells) => [...cells.slice(1, 3), cells.at(-1)])).toEqual([
      ['role', 'desk', 'name'],
      ['manager', 'expat-desk', 'month'],
      ['manager', 'expat-desk', 'month'],
      ['manager', 'expat-desk', 'year'],
    ]);
    const days = lines.slice(1).map(([, , , made = '', ends = '']) => (Date.parse(ends) - Date.parse(made)) / DAY);
    expect(days).toEqual([30, 365, 365]);
    expect(lines.slice(1).map((cells) => cells[5] === 'never')).toEqual([true, true, false]);

    const ambiguous = await cli('token revoke month');
    expect(ambiguous).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^2 tokens are named month: say which, \w{12} or \w{12}\.$/),
    });
    await cli(`token revoke ${lines[1]?.[0]}`);
    await ask(month).expect(401);
    await ask(twin).expect(200);
    expect(await cli('token revoke year')).toEqual({ code: 0, out: 'year, manager of expat-desk: revoked.', err: '' });
    await ask(year).expect(401);
    expect(await cli('token revoke year')).toMatchObject({
      code: 1,
      err: 'There is no token year; "token list" lists them.',
    });

    app.clock.advance(365 * DAY + MINUTE);
    await ask(twin).expect(401);
    for (const days of ['0', '-1', '1.5', 'x', '3651'])
      expect((await cli(`token add --role manager --desk expat-desk --name n --days=${days}`)).code).toBe(2);
  });

  it('Sessions are listed, and end by id, by address or all', async () => {
    await addStaff(app);
    await addStaff(app, { id: 'kim', email: 'kim@stadt.example' });
    const cookies = [await session(), await session()];
    await signIn(PASSWORD, 'kim@stadt.example').expect(303);
    const listed = async (args = 'session list') =>
      (await cli(args)).out
        .split('\n')
        .slice(1)
        .map((line) => line.split(/ {2,}/));
    expect((await listed()).map((cells) => cells.at(-1)).sort()).toEqual(['kim@stadt.example', EMAIL, EMAIL]);
    const [[id = ''] = []] = await listed(`session list --email ${EMAIL}`);
    expect(await cli(`session end ${id}`)).toEqual({ code: 0, out: '1 session has ended.', err: '' });
    expect((await Promise.all(cookies.map((cookie) => page(cookie)))).map(({ status }) => status).sort()).toEqual([
      200, 303,
    ]);
    expect((await cli(`session end ${EMAIL}`)).out).toBe('1 session has ended.');
    expect(await cli(`session end ${id}`)).toMatchObject({
      code: 1,
      err: `There is no session ${id}; "session list" lists them.`,
    });
    expect((await cli('session end --all')).out).toBe('1 session has ended.');
    expect(await listed()).toEqual([]);
    for (const wrong of ['session end', `session end ${id} --all`, 'session end a b'])
      expect((await cli(wrong)).code).toBe(2);
  });

  it('secret rotate renews the links of all bookings, and says which of the old ones stay valid', async () => {
    const { id } = await booked(app, { start: await firstFree() });
    const SECRETS = {
      SECRET: '5d1f0ac27e93b846f0127ce89ab4d356',
      SECRET_PREVIOUS: 'a secret of the tests, at least 32 letters long',
    };
    expect(await cli('secret rotate', SECRETS)).toEqual({
      code: 0,
      out: [
        '1 of 1 bookings have links made with another secret now than before.',
        'Links in mails that were sent open their bookings while SECRET_PREVIOUS is set.',
      ].join('\n'),
      err: '',
    });
    // The program that still runs with the old one goes on.
    await request(app.http)
      .get(`/b/${app.deps.tokens.tokenFor(id)}`)
      .expect(200);
    const { SECRET_PREVIOUS: _, ...alone } = SECRETS;
    expect((await cli('secret rotate', alone)).out).toMatch(/^0 of 1 .*\nLinks that another SECRET made are dead\.$/);
    expect(await cli('secret rotate')).toEqual({ code: 1, out: '', err: 'SECRET: expected, the new one' });
    expect(await cli('secret rotate', { ...SECRETS, SECRET_PREVIOUS: SECRETS.SECRET })).toMatchObject({
      code: 1,
      err: 'SECRET_PREVIOUS: expected the secret before SECRET, not the same',
    });
  });

  it('import refuses to run with another SECRET than the server’s', async () => {
    await settleSecret(app.deps);
    const dir = mkdtempSync(join(tmpdir(), 'accounts-'));
    const file = join(dir, 'bookings.json');
    const booking = {
      advisor: 'a1',
      topic: 'residence',
      language: 'en',
      mode: 'in_person',
      start: new Date(await firstFree()),
    };
    writeFileSync(file, JSON.stringify([{ ...booking, client: { name: 'Kim Probe', email: 'kim@client.example' } }]));
    const args = `import ${file} --desk expat-desk`;
    expect(await cli(args, { SECRET: '5d1f0ac27e93b846f0127ce89ab4d356' })).toMatchObject({
      code: 1,
      err: FOREIGN_SECRET,
    });
    expect(await allBookings(app)).toEqual([]);
    expect(await cli(args, { SECRET })).toMatchObject({ code: 0 });
    const [imported] = await allBookings(app);
    await request(app.http)
      .get(`/b/${app.deps.tokens.tokenFor(imported?.id ?? '')}`)
      .expect(200);
    rmSync(dir, { recursive: true });
  });

  /** Something that is free, by the real clock: commands read it. */
  async function firstFree(): Promise<number> {
    const { body } = await request(app.http)
      .get('/api/v1/desks/expat-desk/slots?topic=residence&language=en&mode=in_person')
      .expect(200);
    return Date.parse(body.slots[0].start);
  }
});
