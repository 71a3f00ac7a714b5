import request from 'supertest';
import { requireCsrfToken } from '../../src/http/middleware/csrf';
import { frameApp } from './frameApp';

const { app } = frameApp((a) => {
  a.all(['/form', '/b/:token/cancel'], (_req, res) => res.send('done'));
  a.post(
    '/staff/form',
    (_req, res, next) => {
      res.locals.csrfToken = 'the-token';
      next();
    },
    requireCsrfToken,
    (_req, res) => res.send('done'),
  );
});
const post = (headers: Record<string, string>, path = '/form') => request(app).post(path).set(headers);

describe('A change', () => {
  it.each([
    ['from our own page', { 'Sec-Fetch-Site': 'same-origin', Cookie: 'a=b' }],
    ['typed by the visitor', { 'Sec-Fetch-Site': 'none', Cookie: 'a=b' }],
    ['from our page, by an older browser', { Origin: 'http://localhost:3000', Cookie: 'a=b' }],
    ['from the host that was asked', { Origin: 'http://desk.lan:8080', Host: 'desk.lan:8080', Cookie: 'a=b' }],
    ['by a program without cookies', {}],
    ['by a program with a token', { Authorization: 'Bearer x', Cookie: 'a=b' }],
  ])('%s passes', async (_, headers) => {
    await post(headers).expect(200);
  });

  it.each([
    ['from another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['from a sister site', { 'Sec-Fetch-Site': 'same-site', Origin: 'http://localhost:3000' }],
    ['from another origin', { Origin: 'https://evil.example' }],
    ['from a frame without origin', { Origin: 'null' }],
    ['with an origin that is none', { Origin: 'x' }],
    ['with cookies, from who knows where', { Cookie: 'a=b' }],
  ])('%s is refused', async (_, headers) => {
    await post(headers).expect(403);
  });

  it('on a secret address passes without origin, because its pages send none', async () => {
    await post({ Origin: 'null', Cookie: 'a=b' }, '/b/token/cancel').expect(200);
    await post({ Origin: 'https://evil.example' }, '/b/token/cancel').expect(403);
  });

  it('is not what a GET makes', async () => {
    await request(app).get('/form').set('Sec-Fetch-Site', 'cross-site').expect(200);
  });
});

describe("A form's token", () => {
  const send = (body: object) => request(app).post('/staff/form').type('form').send(body);

  it('must be the one of the session', async () => {
    await send({ _csrf: 'the-token' }).expect(200);
    await send({ _csrf: 'another-token' }).expect(403);
    await send({}).expect(403);
    await send({ _csrf: ['the-token', 'the-token'] }).expect(403);
  });
});
