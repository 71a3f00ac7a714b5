import request from 'supertest';
import { frameApp } from './frameApp';

const routes = { baseUrl: 'http://localhost:3000' };
const { app } = frameApp((a) => {
  a.get(['/b/:token', '/page'], (_req, res) => res.send('page'));
}, routes);

describe('Security headers', () => {
  it('let the browser load from us and nowhere else', async () => {
    const { headers } = await request(app).get('/page');
    const policy = headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("img-src 'self' data:");
    expect(policy).not.toMatch(/unsafe|upgrade-insecure-requests|https?:|\*/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('keep referrers inside, and secret addresses to themselves', async () => {
    expect((await request(app).get('/page')).headers['referrer-policy']).toBe('same-origin');
    const secret = await request(app).get('/b/token');
    expect([secret.headers['referrer-policy'], secret.headers['cache-control']]).toEqual(['no-referrer', 'no-store']);
  });

  it('promise https only where the outside is https', async () => {
    expect((await request(app).get('/page')).headers['strict-transport-security']).toBeUndefined();
    const secure = frameApp((a) => a.get('/page', (_req, res) => res.send('')), { baseUrl: 'https://desk.example' });
    expect((await request(secure.app).get('/page')).headers['strict-transport-security']).toMatch(/^max-age=\d+$/);
  });
});

describe('Assets', () => {
  it.each(['/assets/sprechstunde.css', '/assets/kern/kern.min.css', '/assets/event-calendar/event-calendar.min.js'])(
    '%s is kept for a year with its version, else asked for again',
    async (path) => {
      expect((await request(app).get(`${path}?v=1`).expect(200)).headers['cache-control']).toContain('immutable');
      const { headers } = await request(app).get(path).expect(200);
      expect(headers['cache-control']).toBe('no-cache');
      await request(app).get(path).set('If-None-Match', String(headers.etag)).expect(304);
    },
  );

  it('KERN comes with its licence', async () => {
    expect((await request(app).get('/assets/kern/LICENSE.md').expect(200)).text).toContain('EUPL');
  });

  it.each(['/assets/', '/assets/../package.json', '/assets/%2e%2e/layouts/main.hbs', '/assets/kern/package.json'])(
    'nothing but assets is served: %s',
    async (path) => {
      const { status } = await request(app).get(path);
      expect([403, 404]).toContain(status);
    },
  );
});
