import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import request from 'supertest';
import { HOUR } from '../../src/domain/calendar/interval';
import type { Role } from '../../src/domain/staff/roles';
import { smtpMailer } from '../../src/mail/smtp';
import { type TestApp, testApp } from '../support/app';
import { booked } from '../support/bookings';
import { aDesk, aReceptionist, NOW, TUESDAY_NINE } from '../support/builders';
import { chosenKind, newDatabase } from '../support/databases';
import { type Family, readExposition, sampleOf } from '../support/exposition';
import { smtpPeer } from '../support/smtpPeer';

const refused = (work: Promise<unknown>) =>
  work.then(
    () => Promise.reject(new Error('not refused')),
    (error: unknown) => error,
  );
const CLIENT = { kind: 'client' } as const;
const WEDNESDAY_TEN = Date.parse('2026-12-02T10:00:00+01:00');

describe('The metrics', () => {
  let t: TestApp;
  beforeEach(async () => {
    t = await testApp();
  });
  afterEach(() => t.close());

  const look = async ({ http }: Pick<TestApp, 'http'> = t): Promise<Family[]> => {
    const answer = await request(http).get('/metrics').expect(200);
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    return readExposition(answer.text);
  };

  it('are in the format of Prometheus, with the names and units that it asks for', async () => {
    await request(t.http).get('/de/expat-desk').expect(200);
    const families = await look();
    expect(families.filter(({ name }) => !name.startsWith('sprechstunde_')).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['nodejs_eventloop_lag_seconds', 'process_resident_memory_bytes']),
    );
    expect(families.filter(({ name }) => name.startsWith('sprechstunde_')).map(({ name }) => name)).toEqual([
      'sprechstunde_conflicts_total',
      'sprechstunde_mails_total',
      'sprechstunde_webhook_attempts_total',
      'sprechstunde_incoming_mails_total',
      'sprechstunde_limited_total',
      'sprechstunde_false_bookings_cancelled_total',
      'sprechstunde_http_requests_total',
      'sprechstunde_http_request_duration_seconds',
      'sprechstunde_booking_changes_total',
      'sprechstunde_refusals_total',
      'sprechstunde_event_streams',
      'sprechstunde_database_up',
      'sprechstunde_outbox_waiting_messages',
      'sprechstunde_outbox_oldest_waiting_seconds',
      'sprechstunde_outbox_paused',
      'sprechstunde_webhook_waiting_messages',
      'sprechstunde_webhook_oldest_waiting_seconds',
      'sprechstunde_webhook_failed_messages',
      'sprechstunde_job_runs_total',
      'sprechstunde_job_failures_total',
      'sprechstunde_job_held',
      'sprechstunde_job_last_run_timestamp_seconds',
      'sprechstunde_job_last_success_timestamp_seconds',
    ]);
  });

  it('count requests by part of the program, whatever addresses are asked for', async () => {
    for (const path of ['/de/expat-desk', '/en/expat-desk']) await request(t.http).get(path).expect(200);
    await request(t.http).get('/api/v1/bookings/a-token').expect(404);
    for (const path of ['/a', '/b/guess', '/c/d', '/deskless', '/api/v2/x'])
      await request(t.http).get(path).expect(404);
    const families = await look();
    const series = families.find(({ name }) => name === 'sprechstunde_http_requests_total')?.samples ?? [];
    const asked = series.map(({ labels: { method, route, status }, value }) => `${method} ${route} ${status} ${value}`);
    expect(asked.sort()).toEqual(['GET api 404 2', 'GET manage 404 1', 'GET other 404 3', 'GET pages 200 2']);
    const labels = { method: 'GET', route: 'pages', status: '2xx' };
    expect(sampleOf(families, 'sprechstunde_http_request_duration_seconds_count', labels)).toBe(2);
    const seconds = sampleOf(families, 'sprechstunde_http_request_duration_seconds_sum', labels) ?? 0;
    expect(seconds).toBeGreaterThan(0.001);
    expect(seconds).toBeLessThan(20);
  });

  it('count a request whose client went away', async () => {
    const server = createServer(t.http).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as AddressInfo;
    const headers = { 'Content-Type': 'application/json', 'Content-Length': '1000' };
    const half = httpRequest({ port, method: 'POST', path: '/api/v1/desks/expat-desk/holds', headers });
    half.on('error', () => {});
    half.write('{');
    await new Promise((done) => server.once('request', done));
    half.destroy();
    const labels = { method: 'POST', route: 'api', status: 'aborted' };
    for (let tries = 0; tries < 100; tries++) {
      if (sampleOf(await look(), 'sprechstunde_http_requests_total', labels) === 1) break;
      await new Promise((done) => setTimeout(done, 20));
    }
    expect(sampleOf(await look(), 'sprechstunde_http_requests_total', labels)).toBe(1);
    server.close();
  });

  it('count each change of a booking once, however often it was asked for', async () => {
    const idempotency = { scope: 'test', key: 'one', fingerprint: 'f' };
    const booking = await booked(t, { idempotency });
    await booked(t, { idempotency });
    await booked(t, { source: 'phone', who: aReceptionist('Rezi Empfang') });
    for (const start of [WEDNESDAY_TEN, WEDNESDAY_TEN])
      await t.app.moveBooking({ bookingId: booking.id, start, who: CLIENT });
    for (const reason of ['ill', 'ill again'])
      await t.app.cancelBooking({ bookingId: booking.id, reason, who: CLIENT });

    const families = await look();
    const changed = (change: string, source: string) =>
      sampleOf(families, 'sprechstunde_booking_changes_total', { desk: 'expat-desk', change, source });
    expect([changed('booked', 'web'), changed('booked', 'phone')]).toEqual([1, 1]);
    expect([changed('moved', 'web'), changed('cancelled', 'web')]).toEqual([1, 1]);
  });

  it('count what was refused: taken times apart from all else, and no desk that does not exist', async () => {
    for (const _ of [1, 2]) await booked(t);
    await refused(booked(t));
    await refused(booked(t, { deskId: 'no-such-desk' }));
    const families = await look();
    const conflicts = (action: string) => sampleOf(families, 'sprechstunde_conflicts_total', { action });
    expect([conflicts('bookConsultation'), conflicts('moveBooking'), conflicts('holdSlot')]).toEqual([1, 0, 0]);
    const labels = { action: 'bookConsultation', code: 'not-found' };
    expect(sampleOf(families, 'sprechstunde_refusals_total', labels)).toBe(1);
    expect(JSON.stringify(families)).not.toContain('no-such-desk');
  });

  it('do not count what was rolled back', async () => {
    const before = await t.everything();
    const [busy] = [await booked(t)];
    await refused(t.app.moveBooking({ bookingId: busy.id, start: NOW - 1, who: CLIENT }));
    expect(await t.everything()).not.toEqual(before);
    const labels = { desk: 'expat-desk', change: 'moved', source: 'web' };
    expect(sampleOf(await look(), 'sprechstunde_booking_changes_total', labels)).toBeUndefined();
  });

  it('tell how many messages wait, for how long, and whether they may not go', async () => {
    expect(sampleOf(await look(), 'sprechstunde_outbox_waiting_messages')).toBe(0);
    await booked(t);
    t.clock.advance(90_000);
    let families = await look();
    // To the client and to the advisor.
    expect(sampleOf(families, 'sprechstunde_outbox_waiting_messages')).toBe(2);
    expect(sampleOf(families, 'sprechstunde_outbox_oldest_waiting_seconds')).toBe(90);
    expect(sampleOf(families, 'sprechstunde_outbox_paused')).toBe(0);
    await t.storage.atomically(({ outbox }) => outbox.pause('a restore', t.clock.now()));
    families = await look();
    expect(sampleOf(families, 'sprechstunde_outbox_paused')).toBe(1);
  });

  it('are the same on every machine, as far as the database is concerned', async () => {
    const job = (name: string, families: Family[]) =>
      sampleOf(families, `sprechstunde_job_${name}`, { job: 'sendOutbox' });
    await booked(t);
    await t.storage.atomically(async ({ jobs }) => {
      await jobs.register('sendOutbox');
      await jobs.take('sendOutbox', 'a process', 0);
    });
    const progress = { runs: 3, failures: 1, lastRunAt: NOW + 500, lastSuccessAt: NOW + 250 };
    await t.storage.atomically(({ jobs }) => jobs.beat('sendOutbox', 'a process', progress));

    const other = await testApp({ databaseUrl: t.databaseUrl, desks: [] });
    const [here, there] = [await look(t), await look(other)];
    const shared = (families: Family[]) =>
      families.filter(({ name }) => /^sprechstunde_(outbox|job|database)/.test(name));
    expect(shared(there)).toEqual(shared(here));
    expect([job('runs_total', there), job('failures_total', there), job('held', there)]).toEqual([3, 1, 1]);
    expect(job('last_run_timestamp_seconds', there)).toBe((NOW + 500) / 1000);
    expect(job('last_success_timestamp_seconds', there)).toBe((NOW + 250) / 1000);
    await other.close();
  });

  it('hold nothing of the people whom they count', async () => {
    const booking = await booked(t);
    const token = t.deps.tokens.tokenFor(booking.id);
    await request(t.http).get(`/b/${token}`).expect(200);
    await request(t.http).get('/en/expat-desk/find-booking?name=Kim').expect(200);
    const { text } = await request(t.http).get('/metrics').expect(200);
    for (const secret of [booking.id, booking.reference, token, 'Kim', '@', 'Ada']) expect(text).not.toContain(secret);
  });
});

describe('The metrics of mail', () => {
  it('tell what became of each attempt', async () => {
    const peer = await smtpPeer();
    const mailer = smtpMailer(peer.url);
    const t = await testApp({ mailer });
    await booked(t);
    peer.behave(550, 'kim@client.example');
    await t.run('sendOutbox');
    peer.behave(451);
    await booked(t);
    await t.run('sendOutbox');
    const families = readExposition((await request(t.http).get('/metrics')).text);
    const mails = (outcome: string) => sampleOf(families, 'sprechstunde_mails_total', { outcome });
    expect([mails('sent'), mails('refused'), mails('postponed')]).toEqual([1, 1, 2]);
    mailer.close();
    await t.close();
    await peer.close();
  });
});

describe('Access to the metrics', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await testApp({ desks: [aDesk()] });
  });
  afterAll(() => t.close());

  const withToken = async (role: Role) => {
    const token = `a-token-of-${role}`;
    const hash = t.deps.tokens.hash(token);
    const access = { hash, name: 'Prometheus', role, deskId: 'expat-desk', advisorId: null, endsAt: NOW + HOUR };
    await t.storage.atomically(({ staff }) => staff.addToken(access, NOW));
    return { Authorization: `Bearer ${token}`, 'X-Forwarded-For': '192.0.2.7' };
  };

  it.each(['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'Via'])(
    'is refused to everybody whom a proxy brings with %s',
    async (header) => {
      const answer = await request(t.http).get('/metrics').set(header, '127.0.0.1').expect(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(JSON.parse(answer.text)).toMatchObject({ type: '/problems/unauthenticated', status: 401 });
    },
  );

  it.each<[Role, number]>([
    ['admin', 200],
    ['manager', 200],
    ['receptionist', 403],
    ['advisor', 403],
  ])('with a token of a %s is answered with %d', async (role, status) => {
    const answer = await request(t.http)
      .get('/metrics')
      .set(await withToken(role))
      .expect(status);
    expect(answer.type).toBe(status === 200 ? 'text/plain' : 'application/problem+json');
  });

  it('is refused to a token that is not known, even from this machine', async () => {
    await request(t.http).get('/metrics').set('Authorization', 'Bearer guessed').expect(401);
  });

  const outside = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
  (outside ? it : it.skip)('is refused to another machine', async () => {
    const server = createServer(t.http).listen(0, '0.0.0.0');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as AddressInfo;
    const statusAt = async (host: string) => (await fetch(`http://${host}:${port}/metrics`)).status;
    expect([await statusAt('127.0.0.1'), await statusAt(outside ?? '')]).toEqual([200, 401]);
    server.closeAllConnections();
    server.close();
  });
});

describe('The metrics without a database', () => {
  it('tell of the process, and that the database is away', async () => {
    const database = await newDatabase(chosenKind());
    const t = await testApp({ databaseUrl: database.url });
    await booked(t, { start: TUESDAY_NINE.start });
    await t.close();
    const families = readExposition((await request(t.http).get('/metrics').expect(200)).text);
    expect(sampleOf(families, 'sprechstunde_database_up')).toBe(0);
    expect(families.map(({ name }) => name)).toContain('process_resident_memory_bytes');
    expect(families.filter(({ name }) => /_(outbox|job)_/.test(name))).toEqual([]);
    await database.drop();
  });
});

describe('The reader of the format, on whose word all this is believed', () => {
  const HEAD = '# HELP a_total What.\n# TYPE a_total counter\n';

  it('reads what is written as the format asks', () => {
    expect(readExposition(`${HEAD}a_total{x="1",y="\\"q\\" \\\\ \\n"} 2\n`)).toEqual([
      { name: 'a_total', type: 'counter', help: 'What.', samples: [expect.objectContaining({ value: 2 })] },
    ]);
  });

  it.each([
    ['a line that does not end', `${HEAD}a_total 1`],
    ['a sample of no family', 'a_total 1\n'],
    ['a family that comes twice', `${HEAD}a_total 1\n${HEAD}a_total 2\n`],
    ['a series that comes twice', `${HEAD}a_total{x="1"} 1\na_total{x="1"} 2\n`],
    ['a value that is no number', `${HEAD}a_total one\n`],
    ['a label without quotes', `${HEAD}a_total{x=1} 1\n`],
    ['a quote in a label', `${HEAD}a_total{x="a"b"} 1\n`],
    ['a counter without _total', '# HELP a What.\n# TYPE a counter\na 1\n'],
    ['milliseconds', '# HELP a_milliseconds What.\n# TYPE a_milliseconds gauge\na_milliseconds 1\n'],
    [
      'buckets that fall',
      '# HELP h What.\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n',
    ],
  ])('refuses %s', (_, text) => {
    expect(() => readExposition(text)).toThrow();
  });
});
