import request from 'supertest';
import { loggedPath } from '../../src/http/middleware/requestLog';
import { frameApp } from './frameApp';

describe('loggedPath', () => {
  it.each([
    ['/de/desk/find-booking?name=Maria', '/de/desk/find-booking'],
    ['/b/short', '/b/***'],
    ['/b/short/calendar.ics?lang=en', '/b/***/calendar.ics'],
    ['/api/v1/bookings/short/cancel', '/api/v1/bookings/***/cancel'],
    ['/calendars/short.ics', '/calendars/***'],
    ['/staff/bookings/0b1e7c1c-5e9e-4e57-8f6b-0a1b2c3d4e5f', '/staff/bookings/***'],
    ['/staff/bookings', '/staff/bookings'],
  ])('%s is logged as %s', (url, expected) => {
    expect(loggedPath(url)).toBe(expected);
  });
});

describe('The log', () => {
  it('has one line per answer, with nothing of the person in it', async () => {
    const { app, lines } = frameApp((a) => a.get('/page', (_req, res) => res.send('')));
    const answer = await request(app)
      .get('/page?name=Maria')
      .set({ 'User-Agent': 'Maria', Cookie: 'lang=en', 'X-Request-Id': 'forged' });
    expect(answer.headers['x-request-id']).toBe('request-1');
    expect(lines).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        pid: expect.any(Number),
        hostname: expect.any(String),
        req: { id: 'request-1', method: 'GET', path: '/page' },
        res: { status: 200 },
        responseTime: expect.any(Number),
        msg: 'answered',
      },
    ]);
  });

  it('does not list probes and assets', async () => {
    const { app, lines } = frameApp((a) => a.get('/healthz', (_req, res) => res.send('')));
    await request(app).get('/healthz');
    await request(app).get('/assets/sprechstunde.css');
    expect(lines).toEqual([]);
  });
});
