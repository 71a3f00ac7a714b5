import pg from 'pg';
import request, { type Response } from 'supertest';
import { screenToken } from '../src/app/queue/readQueue';
import { waitTokenOf } from '../src/domain/waiting/link';
import { manageTokens, sha256 } from '../src/identity/manageTokens';
import { apiPaths, apiUrl, paths, url } from '../src/paths';
import { openPostgres } from '../src/storage/postgres/open';
import { BOOK, DETAILS, QUERY, TIME } from './http/public/browser';
import {
  aFeed,
  anAdvisor,
  anHoursVersion,
  aPartner,
  aPlan,
  aQuestion,
  aQueueEntry,
  aTopic,
  aWaitingEntry,
  span,
} from './support/builders';
import { readEvents } from './support/eventReader';
import { readExposition, sampleOf } from './support/exposition';
import { type PostgresServer, postgresServer } from './support/postgres';
import {
  buildProgram,
  endPrograms,
  freePort,
  ready,
  type StartedProgram,
  startProgram,
  until,
} from './support/program';
import { type SmtpPeer, smtpPeer } from './support/smtpPeer';
import { addStaff, PASSWORD } from './support/staff';
import { aWebhook } from './support/webhooks';

/** Nobody waits longer for an answer, whatever it says. */
const MOST_MS = 5_000;
const TOKEN = 'a-token-of-the-manager';
const BEARER = { Authorization: `Bearer ${TOKEN}` };

/** What needs no database, and says the same while it is away. */
const UNTOUCHED = { problem: 200, signIn: 200, metrics: 200 };
/** What there is not in production, or only begins others; and probes and assets, which are asked on their own. */
const ABSENT = [
  'mailbox',
  'mail',
  'mailHtml',
  'mailMessage',
  'mailInvite',
  'journey',
  'liveness',
  'readiness',
  'asset',
];
/** Refused to a manager, or before a consultation, also while the database is there. */
const REFUSED = [
  ...['staffCases', 'staffNewCase', 'staffCase', 'staffCaseStrategy', 'staffCaseData', 'staffCaseErasure'],
  ...['staffOutcome', 'staffFollowUp', 'staffElsewhere'],
];
/** Reached by a form only. */
const FORMS = [
  ...['staffFind', 'forget', 'giveBack', 'signOut', 'staffCheckIn', 'staffComplete', 'staffNoShow', 'waitForEarlier'],
  ...['acceptOffer', 'passOffer', 'leaveWaitingList', 'stayOnWaitingList', 'forgetWaiting'],
];

/** Whoever books, or waits. */
const WHO = { client: { name: 'Kim', email: 'k@c.example', phone: '+49 30 23125 001' }, consent: true };

const SECRET = 'the secret of a test, which nobody else has';

const here = process.env.TEST_POSTGRES_URL ? describe : describe.skip;

here('The program whose database goes away', () => {
  let server: PostgresServer;
  let peer: SmtpPeer;
  let program: StartedProgram;
  let origin: string;
  let client: ReturnType<typeof request.agent>;
  let staff: ReturnType<typeof request.agent>;
  /** Values for the names in paths. */
  let params: Record<string, string>;
  let operations: { method: string; path: string }[];

  beforeAll(async () => {
    await buildProgram();
    const [started, mail, port] = [await postgresServer(), await smtpPeer(), await freePort()];
    if (!started) throw new Error('no PostgreSQL');
    [server, peer, origin] = [started, mail, `http://127.0.0.1:${port}`];
    program = startProgram({
      NODE_ENV: 'production',
      ALLOW_HTTP: '1',
      SECRET,
      BASE_URL: origin,
      PORT: String(port),
      DATABASE_URL: server.url(),
      SMTP_URL: peer.url,
    });
    await ready(origin);
    const storage = await openPostgres(server.url(), { now: Date.now() });
    // Who gives consultations as well has a day of their own.
    await addStaff({ storage }, { role: 'manager', advisorId: 'tannhoff' });
    const access = {
      hash: sha256(TOKEN),
      name: 'Prometheus',
      role: 'manager',
      deskId: 'expat-desk',
      advisorId: null,
      endsAt: Number.MAX_SAFE_INTEGER,
    };
    await storage.atomically((stores) => stores.staff.addToken({ ...access, role: 'manager' }, Date.now()));
    await storage.close();

    const sameOrigin = { 'Sec-Fetch-Site': 'same-origin' };
    [client, staff] = [request.agent(origin).set(sameOrigin), request.agent(origin).set(sameOrigin)];
    const signIn = { email: 'manager@expat-desk.example', password: PASSWORD };
    await staff.post(paths.signIn).type('form').send(signIn).expect(303);
    const slots = await request(origin).get(`/api/v1/desks/expat-desk/slots?${QUERY}`).expect(200);
    const [first, second] = slots.body.slots as { start: string }[];
    const booking = await book(first?.start).expect(201);
    await client.post(TIME).type('form').send({ start: second?.start }).expect(303);
    await client.post(`${BOOK}/details`).type('form').send(DETAILS).expect(303);

    const token = String(booking.body.manageUrl).split('/b/')[1] ?? '';
    const common = {
      locale: 'en',
      desk: 'expat-desk',
      page: 'imprint',
      code: 'unavailable',
      table: 'topics',
      list: 'topics',
    };
    const waitToken = waitTokenOf(String(booking.body.id), manageTokens(SECRET).tokenFor);
    const screen = screenToken(manageTokens(SECRET), 'expat-desk');
    const tokens = { token, manageToken: token, ticketToken: token, feedToken: token, screenToken: screen, waitToken };
    const own = { advisor: 'a1', date: '2026-12-01', key: 'mail.booked.subject', question: 'visa' };
    params = { ...common, ...tokens, id: String(booking.body.id), ...own };
    const again = await openPostgres(server.url(), { now: Date.now() });
    const now = Date.now();
    await again.write(async ({ desks, feeds, hoursVersions, plans, queue, waiting, webhooks }) => {
      const closed = { closed: true, windows: [], reason: { de: 'x', en: 'y' } };
      const days = { from: '2030-12-03', to: '2030-12-04' };
      await desks.addException('expat-desk', { id: String(booking.body.id), ...days, ...closed }, 'staff');
      await desks.putTopic('expat-desk', aTopic({ id: booking.body.id, questions: [aQuestion()] }), 'staff');
      await desks.putPartner('expat-desk', aPartner({ id: booking.body.id }), 'staff');
      await desks.putAdvisor('expat-desk', anAdvisor({ id: booking.body.id, languages: [], topics: [] }), 'staff');
      const time = span('2030-12-03T09:00:00+01:00', 60);
      const own = { id: String(booking.body.id), advisorId: String(booking.body.id) };
      await desks.addAbsence('expat-desk', { ...own, time, reason: null });
      await plans.save(aPlan({ id: booking.body.id, createdAt: now }));
      await webhooks.add(aWebhook({ id: booking.body.id }));
      await feeds.add(aFeed({ id: booking.body.id, advisorId: null }), sha256(token));
      await hoursVersions.add(anHoursVersion({ id: booking.body.id, at: now }));
      await waiting.add(aWaitingEntry({ id: booking.body.id, state: 'lapsed', endedAt: now }));
      // Their ticket opens as the booking does, by the same id.
      await queue.add(aQueueEntry({ id: booking.body.id, arrivedAt: now }), sha256(token));
    });
    await again.close();
    const { body } = await request(origin).get('/api/v1/openapi.json').expect(200);
    operations = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method, path })),
    );
  });
  afterAll(async () => {
    endPrograms();
    await peer.close();
    await server.close();
  });

  function book(start: string | undefined) {
    const client = { name: 'Kim Probe', email: 'kim@client.example', phone: '+49 30 23125 001' };
    const wish = { topic: 'residence', language: 'en', mode: 'phone', start };
    return request(origin)
      .post('/api/v1/desks/expat-desk/bookings')
      .send({ ...wish, client, consent: true });
  }

  const pages = () => Object.entries(paths).filter(([name]) => !ABSENT.includes(name));
  const browserFor = (path: string) => (path.startsWith(`${paths.staff}/`) || path === paths.staff ? staff : client);
  const addressOf = (path: string) => {
    const filled = url(path, params);
    return filled.startsWith(BOOK) ? `${filled}?${QUERY}` : filled;
  };

  /** Every page that can be looked at, and what it answers. */
  async function looks(): Promise<Record<string, Response>> {
    const answers: Record<string, Response> = {};
    for (const [name, path] of pages())
      if (!FORMS.includes(name))
        answers[name] = await (name === 'signIn' ? request(origin) : browserFor(path)).get(addressOf(path));
    return answers;
  }

  /** Every form, sent with nothing in it but what could not be refused without the database. */
  async function forms(): Promise<Record<string, Response>> {
    const takingForms = pages().filter(
      ([name]) =>
        FORMS.includes(name) ||
        /^(chooseTime|yourDetails|checkAnswers|findBooking|.*move|.*cancel|.*correct|sayLate|bookingData|.*restore|staff.*)/i.test(
          name,
        ),
    );
    const answers: Record<string, Response> = {};
    for (const [name, path] of [...takingForms, ['signIn', paths.signIn] as const])
      answers[name] = await browserFor(path)
        .post(addressOf(path))
        .type('form')
        .send({ email: 'a@b.example', password: 'x', start: '2026-12-01T09:00:00+01:00' });
    return answers;
  }

  /** Every operation of the API, with a body and a query that can be read. */
  async function calls(): Promise<Record<string, Response>> {
    const answers: Record<string, Response> = {};
    const wish = { topic: 'residence', language: 'en', mode: 'phone', start: '2026-12-01T09:00:00+01:00' };
    for (const { method, path } of operations) {
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? name);
      const address = `/api/v1${filled.replace(/^\/api\/v1/, '')}`;
      const query = /\/slots(\/explain)?$/.test(path)
        ? `?${QUERY}`
        : path.endsWith('/opening-hours')
          ? '?from=2026-12-01&to=2026-12-08'
          : '';
      const asked = request(origin)
        [method as 'get'](address + query)
        .set(path.includes('/staff/') ? BEARER : {});
      const body = path.endsWith('/reschedule')
        ? { start: wish.start }
        : method === 'patch' && path.includes('{manageToken}')
          ? { version: 1, note: 'A word' }
          : /\/(cancel|restore|renewal)$|^\/waiting-list\//.test(path)
            ? {}
            : path.endsWith('desks/{desk}/waiting-list')
              ? { topic: wish.topic, languages: [wish.language], ...WHO }
              : { ...wish, ...(path.endsWith('/bookings') && WHO) };
      answers[`${method} ${path}`] = await (method === 'get' || method === 'delete' ? asked : asked.send(body));
    }
    return answers;
  }

  const statuses = (answers: Record<string, Response>) =>
    Object.fromEntries(Object.entries(answers).map(([name, { status }]) => [name, status]));
  const defects = () => program.log().filter(({ msg }) => msg === 'defect');
  const saidByJobs = () =>
    program.log().filter(({ job, msg }) => job !== undefined || msg === 'database available again');

  it('makes every page that needs it answer 503 with a fitting text, and ends without a restart', async () => {
    const before = await looks();
    const refused = Object.entries(statuses(before)).filter(([, status]) => status >= 400);
    expect(refused.map(([name]) => name).sort()).toEqual([...REFUSED].sort());
    const scrape = () =>
      request(origin)
        .get('/metrics')
        .set({ ...BEARER, 'X-Forwarded-For': '192.0.2.1' });
    await scrape().expect(200);
    const followed = await readEvents(origin + apiUrl(apiPaths.staffEvents, { desk: 'expat-desk' }), BEARER);
    await followed.until((read) => read.includes('id: '));

    await server.crash();
    const began = performance.now();
    const [pagesNow, formsNow, callsNow] = [await looks(), await forms(), await calls()];
    const asked = Object.keys({ ...pagesNow }).length + Object.keys(formsNow).length + Object.keys(callsNow).length;
    expect((performance.now() - began) / asked).toBeLessThan(MOST_MS / 5);

    const expected = (answers: Record<string, Response>) =>
      Object.fromEntries(Object.keys(answers).map((name) => [name, name in UNTOUCHED ? 200 : 503]));
    expect(statuses(pagesNow)).toEqual(expected(pagesNow));
    expect(statuses(formsNow)).toEqual(Object.fromEntries(Object.keys(formsNow).map((name) => [name, 503])));
    expect(statuses(callsNow)).toEqual(Object.fromEntries(Object.keys(callsNow).map((name) => [name, 503])));
    expect(Object.keys(callsNow).length).toBeGreaterThan(20);
    for (const answer of [pagesNow, formsNow, callsNow].flatMap((each) => Object.values(each)))
      if (answer.status === 503) {
        expect(answer.headers['retry-after']).toBe('5');
        expect(answer.headers['cache-control']).toBe('no-store');
      }
    for (const answer of Object.values(callsNow))
      expect([answer.type, JSON.parse(answer.text).type]).toEqual([
        'application/problem+json',
        '/problems/unavailable',
      ]);

    const english = await client.get('/en/expat-desk/book/topic').expect(503);
    expect(english.text).toMatch(
      /<html lang="en"[\s\S]*We will be back shortly[\s\S]*href="\/en\/expat-desk\/book\/topic"[^>]*>.*Try again/,
    );
    const german = await client.get('/de/expat-desk').expect(503);
    expect(german.text).toMatch(/<html lang="de"[\s\S]*Wir sind gleich wieder da[\s\S]*Noch einmal versuchen/);
    expect(formsNow.checkAnswers?.text).toMatch(/go back one step and send the form again/);
    expect(formsNow.checkAnswers?.text).not.toMatch(/Try again/);

    await request(origin).get('/healthz').expect(200);
    await request(origin).get('/readyz').expect(503, { status: 'unavailable' });
    await request(origin).get('/assets/sprechstunde.css').expect(200);
    const { text } = await scrape().expect(200);
    expect(sampleOf(readExposition(text), 'sprechstunde_database_up')).toBe(0);
    await request(origin).get('/metrics').set({ Authorization: 'Bearer never-seen' }).expect(503);
    await until('two looks of the jobs', () => saidByJobs().length > 0);
    await new Promise((done) => setTimeout(done, 11_000));
    expect(saidByJobs()).toEqual([expect.objectContaining({ level: 40, msg: 'database unavailable' })]);

    await server.start();
    const restarted = performance.now();
    await ready(origin);
    expect(performance.now() - restarted).toBeLessThan(MOST_MS);
    expect(statuses(await looks())).toEqual(statuses(before));
    await until('the jobs say so', () => saidByJobs().length === 2);
    expect(saidByJobs()[1]).toMatchObject({ level: 30, msg: 'database available again' });
    const slots = await request(origin).get(`/api/v1/desks/expat-desk/slots?${QUERY}`).expect(200);
    expect(followed.events()).toEqual([]);
    const { body } = await book(slots.body.slots[0].start).expect(201);
    expect((await followed.first(1))[0]?.data).toMatchObject({ id: body.id });
    followed.close();
    expect(defects()).toEqual([]);
    expect(program.child.exitCode).toBeNull();
  });

  it('does not affect the next request if all connections were closed', async () => {
    for (let round = 0; round < 10; round++) {
      const ask = () => request(origin).get('/api/v1/desks/expat-desk');
      await Promise.all(Array.from({ length: 12 }, ask));
      await server.run(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname is not null',
      );
      const answers = await Promise.all(Array.from({ length: 12 }, ask));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    }
    expect(defects()).toEqual([]);
  });

  it('is answered by 503 while another session locks a table, and ends when the lock is released', async () => {
    const other = new pg.Client({ connectionString: server.url() });
    await other.connect();
    await other.query('begin');
    await other.query('lock table booking in access exclusive mode');
    const began = performance.now();
    const answers = await Promise.all([
      client.get('/en/expat-desk'),
      request(origin).get(`/api/v1/desks/expat-desk/slots?${QUERY}`),
      book('2026-12-01T09:00:00+01:00'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(answers.map(({ headers }) => headers['retry-after'])).toEqual(['5', '5', '5']);
    // Ten seconds for the lock, and before that perhaps as long for a job that waits for the same.
    expect(performance.now() - began).toBeLessThan(25_000);
    await request(origin).get('/readyz').expect(200);
    await other.query('rollback');
    await other.end();
    await request(origin).get(`/api/v1/desks/expat-desk/slots?${QUERY}`).expect(200);
    expect(defects()).toEqual([]);
  });

  it('does not keep the program from stopping', async () => {
    await server.crash();
    const began = performance.now();
    program.child.kill('SIGTERM');
    expect(await program.exit).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(defects()).toEqual([]);
    await server.start();
  });
});
