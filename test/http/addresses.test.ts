import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { DomainError } from '../../src/domain/errors';
import { type TestApp, testApp } from '../support/app';
import { booked } from '../support/bookings';
import { aDesk } from '../support/builders';
import { textOf } from './public/browser';

let t: TestApp;
let server: Server;
let origin: string;
/** Of a booking's own link. */
let token: string;
beforeAll(async () => {
  t = await testApp({ desks: [aDesk(), { ...aDesk(), id: 'second', phone: '+49 202 555 9999' }] });
  token = t.deps.tokens.tokenFor((await booked(t)).id);
  server = createServer(t.http);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await t.close();
});

const get = (path: string, headers: Record<string, string> = {}) => request(t.http).get(path).set(headers);

describe('An address that people type', () => {
  it.each([
    ['/en', 302, '/?lang=en'],
    ['/de/', 302, '/?lang=de'],
    ['/en-GB?from=leaflet', 302, '/?from=leaflet&lang=en'],
    ['/expat-desk', 302, '/de/expat-desk'],
    ['/expat-desk/?from=leaflet', 302, '/de/expat-desk?from=leaflet'],
    ['/Expat-Desk/book/topic?language=en', 302, '/de/expat-desk/book/topic?language=en'],
    ['/en-GB/expat-desk/book/topic?language=en', 308, '/en/expat-desk/book/topic?language=en'],
    ['/DE/expat-desk', 308, '/de/expat-desk'],
    ['/fr-CA/expat-desk', 308, '/fr/expat-desk'],
    ['/pl/expat-desk', 302, '/en/expat-desk'],
    ['/en/expat-desk/?x=1', 308, '/en/expat-desk?x=1'],
    ['/en/expat-desk/find-booking//', 308, '/en/expat-desk/find-booking'],
    ['/b/a-token/', 308, '/b/a-token'],
    ['/staff/sign-in/', 308, '/staff/sign-in'],
  ])('leads from %s by a %d to %s', async (path, status, there) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.location]).toEqual([status, there]);
  });

  it('speaks the language of the reader', async () => {
    await get('/second', { 'Accept-Language': 'en' }).expect('Location', '/en/second');
  });

  it.each([
    '//evil.example/',
    '/\\evil.example/',
    '//evil.example/en/expat-desk/',
    '/xx/expat-desk',
    '/en-GB/nowhere',
    '/nowhere/',
    '/en/nowhere/nothing/',
    '/api/v1/desks/',
  ])('is 404, and never a redirect, as %s', async (path) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.location]).toEqual([404, undefined]);
  });
});

describe('A method that an address does not have', () => {
  it.each([
    ['PUT', '/', 'GET, HEAD, OPTIONS'],
    ['POST', '/en/expat-desk', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/en/expat-desk/book/details', 'GET, HEAD, POST, OPTIONS'],
    ['PATCH', '/b/:token/cancel', 'GET, HEAD, POST, OPTIONS'],
    ['POST', '/b/:token', 'GET, HEAD, OPTIONS'],
    ['PUT', '/staff/sign-in', 'GET, HEAD, POST, OPTIONS'],
    ['POST', '/healthz', 'GET, HEAD, OPTIONS'],
    ['PUT', '/readyz', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/metrics', 'GET, HEAD, OPTIONS'],
    ['POST', '/problems/invalid', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/api/v1/desks', 'GET, HEAD, OPTIONS'],
    ['GET', '/api/v1/desks/expat-desk/bookings', 'POST, OPTIONS'],
  ])('(%s %s) is 405', async (method, path, allow) => {
    const answer = await send(method, path.replace(':token', token));
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    const isForPrograms = /^\/(api|healthz|readyz|metrics)/.test(path);
    expect(answer.headers.get('content-type')).toMatch(isForPrograms ? /^application\/problem\+json/ : /^text\/html/);
  });

  it.each([
    ['POST', '/en/nowhere'],
    ['POST', '/nothing'],
    ['POST', '/nothing/nowhere'],
    ['POST', '/b/unknown'],
    ['PUT', '/api/v1/nothing'],
  ])('(%s %s) is 404, not 405, where there is nothing', async (method, path) => {
    const answer = await send(method, path);
    expect([answer.status, answer.headers.get('allow')]).toEqual([404, null]);
  });

  it.each([
    ['/en/expat-desk/book/details', 'GET, HEAD, POST, OPTIONS'],
    ['/staff/bookings/x/move', 'GET, HEAD, POST, OPTIONS'],
    ['/staff/sign-out', 'POST, OPTIONS'],
    ['/api/v1/staff/bookings', 'GET, HEAD, OPTIONS'],
  ])('is none that OPTIONS names for %s', async (path, allow) => {
    const answer = await send('OPTIONS', path);
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, allow]);
  });

  it('is never HEAD where there is GET: HEAD gets the answer of GET without its body', async () => {
    for (const path of ['/en/expat-desk', '/api/v1/desks']) {
      const [head, full] = [await request(t.http).head(path), await get(path)];
      expect([head.status, head.headers['content-type'], head.text]).toEqual([
        200,
        full.headers['content-type'],
        undefined,
      ]);
    }
  });

  const send = (method: string, path: string) =>
    fetch(new URL(path, origin), { method, headers: { 'Sec-Fetch-Site': 'same-origin' } });
});

describe('An error page', () => {
  it.each(['/en/expat-desk/nothing', '/en/expat-desk/about/nothing'])(
    'at %s has the phone and the legal pages of the desk',
    async (path) => {
      const { text } = await get(path).expect(404);
      expect(text).toContain(`href="tel:`);
      expect(textOf({ text })).toContain(aDesk().phone);
      expect(text).toContain('href="/en/expat-desk/about/privacy"');
      expect(text).toContain('href="/en/expat-desk/about/imprint"');
    },
  );

  it.each(['/nothing', '/b/unknown', '/en/nowhere'])('at %s has phones and legal pages of all desks', async (path) => {
    const { text } = await get(path, { 'Accept-Language': 'en' }).expect(404);
    const read = textOf({ text });
    expect([aDesk().phone, '+49 202 555 9999'].map((phone) => read.includes(phone))).toEqual([true, true]);
    expect(text).toMatch(/href="\/en\/[\w-]+\/about\/privacy"/);
  });

  it('has the phone and the legal pages of the desk also after a form that is too large', async () => {
    const { text } = await request(t.http)
      .post('/en/second/find-booking')
      .set('Sec-Fetch-Site', 'same-origin')
      .type('form')
      .send(`name=${'x'.repeat(70_000)}`)
      .expect(413);
    expect(textOf({ text })).toContain('+49 202 555 9999');
    expect(text).toContain('href="/en/second/about/privacy"');
  });

  it('has those of a desk that was asked for before also while the database is away', async () => {
    await get('/en/second').expect(200);
    // The storage that the program asks, which lies around the test's own.
    const { storage } = t.deps;
    const [{ find, list }, { snapshot }] = [storage.desks, storage];
    const away = async () => {
      throw new DomainError('unavailable');
    };
    Object.assign(storage.desks, { find: away, list: away });
    Object.assign(storage, { snapshot: away });
    try {
      const { text } = await get('/en/second').expect(503);
      expect(textOf({ text })).toContain('+49 202 555 9999');
      expect(text).toContain('href="/en/second/about/privacy"');
    } finally {
      Object.assign(storage.desks, { find, list });
      Object.assign(storage, { snapshot });
    }
  });
});
