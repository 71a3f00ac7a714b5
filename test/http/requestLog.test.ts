import { Writable } from 'node:stream';
import { pino } from 'pino';
import request from 'supertest';
import { compose } from '../../src/compose';
import { loggedPath } from '../../src/http/middleware/requestLog';
import { randomIds } from '../../src/identity/ids';
import { argon2Passwords } from '../../src/identity/passwords';
import { SECRET, type TestApp, testApp } from '../support/app';

describe('loggedPath', () => {
  it.each([
    ['/de/desk/find-booking?name=Maria', '/de/desk/find-booking'],
    ['/b/short', '/b/***'],
    ['/b/short/calendar.ics?lang=en', '/b/***/calendar.ics'],
    ['/api/v1/bookings/short/cancel', '/api/v1/bookings/***/cancel'],
    ['/staff/bookings/0b1e7c1c-5e9e-4e57-8f6b-0a1b2c3d4e5f', '/staff/bookings/***'],
    ['/staff/bookings', '/staff/bookings'],
  ])('turns %s into %s', (url, expected) => {
    expect(loggedPath(url)).toBe(expected);
  });
});

describe('The log', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await testApp();
  });
  afterAll(() => t.close());

  /** The whole program, with its log kept. */
  function logged() {
    const lines: Record<string, unknown>[] = [];
    const sink = new Writable({
      write(chunk, _encoding, done) {
        lines.push(JSON.parse(String(chunk)));
        done();
      },
    });
    const { http } = compose({
      config: {
        baseUrl: 'http://desk.example',
        mailFrom: null,
        production: false,
        trustProxy: false,
        calendarAllow: [],
      },
      storage: t.storage,
      now: t.clock.now,
      ids: { ...randomIds, uuid: () => 'request-1' },
      passwords: argon2Passwords,
      logger: pino({}, sink),
      secret: SECRET,
      mailer: t.mailbox,
      mailReader: t.mailbox,
    });
    return { http, lines };
  }

  it('has one line per answer, with nothing of the person in it', async () => {
    const { http, lines } = logged();
    const answer = await request(http)
      .get('/en/expat-desk?name=Maria')
      .set({ 'User-Agent': 'Maria', Cookie: 'lang=en', 'X-Request-Id': 'forged' })
      .expect(200);
    expect(answer.headers['x-request-id']).toBe('request-1');
    expect(lines).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        pid: expect.any(Number),
        hostname: expect.any(String),
        req: { id: 'request-1', method: 'GET', path: '/en/expat-desk' },
        res: { status: 200 },
        responseTime: expect.any(Number),
        msg: 'answered',
      },
    ]);
  });

  it('does not list probes and assets', async () => {
    const { http, lines } = logged();
    await request(http).get('/healthz').expect(200);
    await request(http).get('/assets/sprechstunde.css').expect(200);
    expect(lines).toEqual([]);
  });
});
