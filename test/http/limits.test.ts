import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { REFERENCE_ALPHABET } from '../../src/domain/booking/reference';
import { HOUR, MINUTE } from '../../src/domain/calendar/interval';
import { LIMITS } from '../../src/http/limits';
import { type TestApp, testApp } from '../support/app';
import { booked } from '../support/bookings';
import { followingForms } from '../support/forms';
import { guessed } from '../support/guesses';
import { addStaff, PASSWORD } from '../support/staff';
import { textOf } from './public/browser';

/** Somebody whom the proxy on this machine names. */
const from = (ip: string) => ({ 'X-Forwarded-For': ip });
const ONE = '198.51.100.1';
const OTHER = '198.51.100.2';
/** More than are answered; ten thousand were tried once. */
const GUESSES = 260;

type Served = TestApp & { readonly url: string };
const open: (() => Promise<void>)[] = [];

/** Behind a proxy on this machine, and listening, so that thousands of requests share their connections. */
async function anApp(options: Parameters<typeof testApp>[0] = {}): Promise<Served> {
  const app = await testApp({ trustProxy: 'loopback', ...options });
  const server = createServer(app.http);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  open.push(async () => {
    server.closeAllConnections();
    server.close();
    await app.close();
  });
  return { ...app, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

afterEach(async () => {
  // The last one opened may use the database of the first.
  for (const close of open.splice(0).reverse()) await close();
});

/** Answers to `count` requests, `atOnce` of them at a time. */
async function many<T>(count: number, atOnce: number, ask: (i: number) => PromiseLike<T>): Promise<T[]> {
  const answers: T[] = [];
  for (let i = 0; i < count; i += atOnce)
    answers.push(...(await Promise.all(Array.from({ length: Math.min(atOnce, count - i) }, (_, j) => ask(i + j)))));
  return answers;
}

const statuses = (answers: readonly { status: number }[]) => {
  const counted: Record<number, number> = {};
  for (const { status } of answers) counted[status] = (counted[status] ?? 0) + 1;
  return counted;
};

describe('Guessing secrets', () => {
  const guess = (app: Served, i: number, ip = ONE) =>
    request(app.url)
      .get(i % 10 === 0 ? `/b/guess-${i}` : `/api/v1/bookings/guess-${i}`)
      .set(from(ip));

  it('is answered 200 times; a right secret is answered all the same', async () => {
    const app = await anApp();
    const { id } = await booked(app);
    const link = `/b/${app.deps.tokens.tokenFor(id)}`;
    const answers = await many(GUESSES, 50, (i) => guess(app, i));
    expect(statuses(answers)).toEqual({ 404: LIMITS.wrongSecrets.most, 429: GUESSES - LIMITS.wrongSecrets.most });
    for (const isPage of [true, false]) {
      const refused = answers
        .filter(({ status }, i) => status === 429 && (i % 10 === 0) === isPage)
        .map(({ text }) => text);
      expect(new Set(refused.map((text) => text.replaceAll(/guess-\d+/g, ''))).size).toBe(1);
    }

    const wrong = await guess(app, 0).expect(429);
    expect(wrong.headers['retry-after']).toBe('600');
    expect(textOf(wrong)).toContain('Bitte warten Sie 10 Minuten');
    const inEnglish = await request(app.url).get('/b/guess?lang=en').set(from(ONE)).expect(429);
    expect(textOf(inEnglish)).toContain('Please wait 10 minutes');
    await request(app.url).get(link).set(from(ONE)).expect(200);
    await request(app.url)
      .get(`/api/v1${link.replace('/b/', '/bookings/')}`)
      .set(from(ONE))
      .expect(200);

    await guess(app, 0, OTHER).expect(404);
    app.clock.advance(10 * MINUTE - 1);
    await guess(app, 0).expect(429);
    app.clock.advance(1);
    await guess(app, 0).expect(404);
  });

  it('gets a program a problem document; whoever has the link can cancel meanwhile', async () => {
    const app = await anApp();
    const { id } = await booked(app);
    await many(LIMITS.wrongSecrets.most, 50, (i) => guess(app, i));
    const cancel = (secret: string) => request(app.url).post(`/api/v1/bookings/${secret}/cancel`).set(from(ONE));
    const refused = await cancel('guess').expect(429);
    expect(JSON.parse(refused.text)).toMatchObject({ type: '/problems/too-many-requests', status: 429 });
    expect(refused.type).toBe('application/problem+json');
    expect(refused.headers['retry-after']).toBe('600');
    await cancel(app.deps.tokens.tokenFor(id)).expect(200);
    expect((await app.storage.bookings.find(id))?.status).toBe('cancelled');
  });

  it('is also counted for tokens of programs, and never for a right one', async () => {
    const app = await anApp();
    const hash = app.deps.tokens.hash('known');
    const token = {
      hash,
      name: 'Telefonanlage',
      role: 'receptionist',
      deskId: 'expat-desk',
      advisorId: null,
      endsAt: Number.MAX_SAFE_INTEGER,
    } as const;
    await app.storage.write(({ staff }) => staff.addToken(token, app.clock.now()));
    const ask = (secret: string) =>
      request(app.url)
        .get('/api/v1/staff/bookings?desk=expat-desk')
        .set({ ...from(ONE), Authorization: `Bearer ${secret}` });
    expect(statuses(await many(LIMITS.wrongSecrets.most - 1, 50, (i) => ask(`guess-${i}`)))).toEqual({
      401: LIMITS.wrongSecrets.most - 1,
    });
    expect(statuses(await many(220, 50, () => ask('known')))).toEqual({ 200: 220 });
    expect(statuses([await ask('wrong'), await ask('wrong'), await ask('known')])).toEqual({ 401: 1, 429: 1, 200: 1 });
    // Whoever guesses there could guess here.
    const guess = { ...from(ONE), Authorization: 'Bearer guess' };
    await request(app.url).get('/metrics').set(guess).expect(429);
    // A receptionist's token is right, though it may not look.
    await request(app.url)
      .get('/metrics')
      .set({ ...from(ONE), Authorization: 'Bearer known' })
      .expect(403);
  });

  it('leaves no address in the database', async () => {
    const app = await anApp();
    await guess(app, 0, '203.0.113.77');
    const kept = JSON.stringify(await app.everything());
    expect((await app.everything()).rate_limit).toHaveLength(2);
    expect(kept).not.toContain('203.0.113.77');
    expect(kept).not.toContain(app.deps.tokens.hash('203.0.113.77'));
  });

  it('is counted for IPv6 by its /64, then by /56 and /48 with more room, and for IPv4 the same however it is written', async () => {
    const app = await anApp();
    const hex = (i: number) => i.toString(16);
    const { most } = LIMITS.wrongSecrets;
    // One device that changes its address within its /64; whoever lives beside it is not kept out.
    await many(most, 50, (i) => guess(app, i, `2001:db8:7:ab00::${hex(i + 1)}`));
    expect((await guess(app, 0, '2001:db8:7:ab00:1:2:3:4')).status).toBe(429);
    expect((await guess(app, 0, '2001:db8:7:ab01::1')).status).toBe(404);
    // From /64 to /64 within a /56, and then from /56 to /56: 2.5 and 5 times as many, and no more.
    const round = (answers: { status: number }[]) => statuses(answers)[404];
    expect(round(await many(2 * most, 50, (i) => guess(app, i, `2001:db8:7:ab${hex(16 + (i % 200))}::1`)))).toBe(
      1.5 * most - 1,
    );
    expect(round(await many(3 * most, 50, (i) => guess(app, i, `2001:db8:7:${hex(i % 100)}00::1`)))).toBe(2.5 * most);
    expect((await guess(app, 0, '2001:db8:7:ffff::1')).status).toBe(429);
    expect((await guess(app, 0, '2001:db8:8:ffff::1')).status).toBe(404);
    await many(LIMITS.wrongSecrets.most, 50, (i) => guess(app, i, i % 2 ? `${ONE}:${1024 + i}` : `::ffff:${ONE}`));
    expect((await guess(app, 0, ONE)).status).toBe(429);
  });

  it('is not helped by a header that nobody trusts', async () => {
    const app = await anApp({ trustProxy: 0 });
    const most = LIMITS.wrongSecrets.mostShared;
    const answers = await many(most + 100, 50, (i) =>
      request(app.url)
        .get(`/api/v1/bookings/guess-${i}`)
        .set({ ...from(`198.51.${i >> 8}.${i & 255}`), Forwarded: `for=198.51.100.${i & 255}`, 'X-Real-IP': ONE }),
    );
    expect(statuses(answers)).toEqual({ 404: most, 429: 100 });
  });

  it('is not helped by addresses that a client puts before its own', async () => {
    const app = await anApp();
    await many(LIMITS.wrongSecrets.most, 50, (i) => guess(app, i, `10.0.0.${i}, ${ONE}`));
    expect((await guess(app, 0, `10.0.1.1, 127.0.0.1, ${ONE}`)).status).toBe(429);
    expect((await guess(app, 0, `${ONE}, ${OTHER}`)).status).toBe(404);
  });

  it('is counted in all processes together', async () => {
    const one = await anApp();
    const two = await anApp({ databaseUrl: one.databaseUrl, desks: [] });
    const answers: request.Response[] = [];
    // In turns: two connections of one thread to one SQLite file would wait for each other.
    for (let i = 0; i < LIMITS.wrongSecrets.most + 2; i++) answers.push(await guess(i % 3 ? one : two, i));
    expect(statuses(answers)).toEqual({ 404: LIMITS.wrongSecrets.most, 429: 2 });
    expect((await guess(one, 0)).status).toBe(429);
    expect((await guess(two, 0)).status).toBe(429);
  });
});

describe('Signing in', () => {
  const EMAIL = 'receptionist@expat-desk.example';
  const signIn = (app: Served, password: string, { ip = ONE, email = EMAIL } = {}) =>
    followingForms(request.agent(app.url).post('/staff/sign-in'))
      .set({ ...from(ip), 'Accept-Language': 'de' })
      .type('form')
      .send({ email, password });

  it('is refused after ten wrong passwords of one account from one range, with what was typed; elsewhere it still works', async () => {
    const app = await anApp();
    await addStaff(app);
    const wrong = await many(40, 40, (i) => signIn(app, `guess ${i}`, { email: i % 2 ? EMAIL : EMAIL.toUpperCase() }));
    expect(statuses(wrong)).toEqual({ 200: 10, 429: 30 });
    const refused = await signIn(app, PASSWORD).expect(429);
    expect(refused.headers['retry-after']).toBe('900');
    expect(refused.headers['set-cookie']).toBeUndefined();
    expect(textOf(refused)).toContain('Das waren zu viele Versuche. Bitte warten Sie 15 Minuten');
    expect(refused.text).toContain(`value="${EMAIL}"`);

    await signIn(app, PASSWORD, { ip: OTHER }).expect(303);
    await addStaff(app, { role: 'manager', id: 'm', email: 'manager@expat-desk.example' });
    await signIn(app, PASSWORD, { email: 'manager@expat-desk.example' }).expect(303);
    app.clock.advance(15 * MINUTE);
    await signIn(app, PASSWORD).expect(303);
  });

  it('says the same for an address that nobody has', async () => {
    const app = await anApp();
    await addStaff(app);
    const said = async (email: string) => {
      const answers = await many(12, 1, () => signIn(app, 'wrong', { email }));
      return answers.map(({ status, text }) => [status, text.replaceAll(email, '')]);
    };
    expect(await said('nobody@expat-desk.example')).toEqual(await said(EMAIL));
  });

  it('does not count right passwords, however many', async () => {
    const app = await anApp();
    await addStaff(app);
    for (let i = 0; i < 15; i++) await signIn(app, PASSWORD).expect(303);
    expect(statuses(await many(11, 1, () => signIn(app, 'wrong')))).toEqual({ 200: 10, 429: 1 });
  });

  it('is refused for a range that tries a list of addresses', async () => {
    const app = await anApp();
    await addStaff(app);
    const answers = await many(104, 8, (i) => signIn(app, 'spring2026', { email: `user${i}@expat-desk.example` }));
    expect(statuses(answers)).toEqual({ 200: 100, 429: 4 });
    await signIn(app, PASSWORD).expect(429);
    await signIn(app, PASSWORD, { ip: OTHER }).expect(303);
  });

  it('is refused for an account that many ranges guess at together, but for an hour at most', async () => {
    const app = await anApp();
    await addStaff(app);
    await guessed(app, LIMITS.signInOfAccount.most - 60, EMAIL);
    // A range that was refused does not use up what the account has from elsewhere.
    const answers = await many(6 * 12, 12, (i) => signIn(app, 'wrong', { ip: `203.0.${Math.floor(i / 12)}.1` }));
    expect(statuses(answers)).toEqual({ 200: 60, 429: 12 });
    await signIn(app, PASSWORD, { ip: OTHER }).expect(429);
    app.clock.advance(HOUR - 1);
    await signIn(app, PASSWORD, { ip: OTHER }).expect(429);
    app.clock.advance(1);
    await signIn(app, PASSWORD, { ip: OTHER }).expect(303);
  });
});

describe('Asking for the link of a lost mail', () => {
  const find = '/en/expat-desk/find-booking';
  const ask = (app: Served, fields: { reference: string; email: string }, ip = ONE) =>
    followingForms(request.agent(app.url).post(find)).set(from(ip)).type('form').send(fields);
  const email = 'kim@client.example';

  it('is done five times an hour for one booking, from wherever; what was typed stays', async () => {
    const app = await anApp();
    const { id, reference } = await booked(app);
    for (let i = 0; i < 5; i++) {
      await ask(app, { reference, email }, `203.0.113.${i}`).expect(303);
      app.clock.advance(1000);
    }
    const refused = await ask(app, { reference: reference.toLowerCase(), email }, OTHER).expect(429);
    expect(refused.headers['retry-after']).toBe('3595');
    expect(textOf(refused)).toContain('Please wait 60 minutes and then try again, or call us');
    for (const typed of [reference.toLowerCase(), email]) expect(refused.text).toContain(`value="${typed}"`);
    expect((await app.outbox(id)).filter(({ kind }) => kind === 'link')).toHaveLength(5);
    app.clock.advance(HOUR);
    await ask(app, { reference, email }).expect(303);
  });

  it('is refused alike for a mail address and a reference that do not exist', async () => {
    const app = await anApp();
    const sixth = async (fields: (i: number) => { reference: string; email: string }) =>
      (await many(6, 1, (i) => ask(app, fields(i), `203.0.113.${i}`))).map(({ status }) => status);
    const refused = [303, 303, 303, 303, 303, 429];
    expect(await sixth((i) => ({ reference: `AAAA-AAA${REFERENCE_ALPHABET[i]}`, email: 'nobody@x.example' }))).toEqual(
      refused,
    );
    expect(await sixth((i) => ({ reference: 'CCCC-CCCC', email: `nobody${i}@x.example` }))).toEqual(refused);
  });

  it('is done twenty times an hour from one range, whatever is asked', async () => {
    const app = await anApp();
    const answers = await many(22, 1, (i) =>
      ask(app, { reference: `AAAA-AAA${REFERENCE_ALPHABET[i]}`, email: `nobody${i}@x.example` }),
    );
    expect(statuses(answers)).toEqual({ 303: 20, 429: 2 });
  });

  it('is not used up by a form that was not filled in right', async () => {
    const app = await anApp();
    for (let i = 0; i < 8; i++) await ask(app, { reference: 'K7MQ-4XWT', email: 'nobody' }).expect(200);
    await ask(app, { reference: 'K7MQ-4XWT', email }).expect(303);
  });
});
