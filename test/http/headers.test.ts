import request from 'supertest';
import { type TestApp, testApp } from '../support/app';
import { booked } from '../support/bookings';

const PAGE = '/en/expat-desk';

let t: TestApp;
let app: TestApp['http'];
beforeAll(async () => {
  t = await testApp();
  app = t.http;
});
afterAll(() => t.close());

describe('Security headers', () => {
  it.each([
    [PAGE, 200],
    ['/en/nowhere', 404],
    ['/problems/invalid', 200],
    ['/staff/sign-in', 200],
    ['/api/v1/openapi.json', 200],
    ['/assets/sprechstunde.css', 200],
  ])('let the browser load from us and nowhere else: %s', async (path, status) => {
    const { headers } = await request(app).get(path).expect(status);
    const policy = headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("img-src 'self' data:");
    expect(policy).not.toMatch(/unsafe|upgrade-insecure-requests|https?:|\*/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('keep referrers inside, and secret addresses to themselves', async () => {
    expect((await request(app).get(PAGE)).headers['referrer-policy']).toBe('same-origin');
    const link = `/b/${t.deps.tokens.tokenFor((await booked(t)).id)}`;
    for (const [path, status] of [
      [link, 200],
      ['/b/unknown', 404],
    ] as const) {
      const { headers } = await request(app).get(path).expect(status);
      expect([headers['referrer-policy'], headers['cache-control']]).toEqual(['no-referrer', 'no-store']);
    }
  });

  it('promise https only where the outside is https', async () => {
    expect((await request(app).get(PAGE)).headers['strict-transport-security']).toBeUndefined();
    const secure = await testApp({ baseUrl: 'https://desk.example' });
    const { headers } = await request(secure.http).get(PAGE);
    await secure.close();
    expect(headers['strict-transport-security']).toMatch(/^max-age=\d+$/);
  });
});

describe('Assets', () => {
  it.each(['/assets/sprechstunde.css', '/assets/kern.css', '/assets/staffDay.js'])(
    '%s is kept for a year with its version, else asked for again',
    async (path) => {
      expect((await request(app).get(`${path}?v=1`).expect(200)).headers['cache-control']).toContain('immutable');
      const { headers } = await request(app).get(path).expect(200);
      expect(headers['cache-control']).toBe('no-cache');
      await request(app).get(path).set('If-None-Match', String(headers.etag)).expect(304);
    },
  );

  it('are asked for by pages with their version', async () => {
    const { text } = await request(app).get(PAGE).expect(200);
    const asked = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(asked.length).toBeGreaterThanOrEqual(3);
    for (const path of asked) {
      const { headers } = await request(app).get(path.replace('&#x3D;', '=')).expect(200);
      expect([path, headers['cache-control']]).toEqual([path, 'public, max-age=31536000, immutable']);
    }
  });

  it('come with the licences of KERN and of the font', async () => {
    expect((await request(app).get('/assets/kern/LICENSE.md').expect(200)).text).toContain('EUPL');
    expect((await request(app).get('/assets/fonts/LICENSE').expect(200)).text).toContain('SIL OPEN FONT LICENSE');
  });

  it.each(['/assets/', '/assets/../package.json', '/assets/%2e%2e/layouts/main.hbs', '/assets/kern/package.json'])(
    'are the only files that are served: %s is not',
    async (path) => {
      const { status } = await request(app).get(path);
      expect([403, 404]).toContain(status);
    },
  );
});

describe('The page of a problem', () => {
  it('explains it to the person who writes the program', async () => {
    const answer = await request(app).get('/problems/slot-unavailable?lang=en').expect(200);
    expect(answer.text).toContain('This time is no longer free');
    expect(answer.text).toContain('Nobody suitable is free at this start');
  });

  it.each(['constructor', 'nothing', '%00'])('is not there for %s', async (code) => {
    await request(app).get(`/problems/${code}`).expect(404);
  });
});
