import fc from 'fast-check';
import request from 'supertest';
import { cases } from '../../support/cases';
import { type ApiApp, aBookingRequest, apiApp, book, problem } from './apiClient';

let api: ApiApp;
let before: Record<string, number>;
beforeAll(async () => {
  api = await apiApp();
  await api.as('manager');
});
afterAll(() => api.close());
beforeEach(async () => {
  before = await api.rows();
});

/** What backtracks or copies without end takes far longer, also on a fast machine. */
const AT_ONCE = 2000;
const BOOKINGS = '/desks/expat-desk/bookings';
const raw = (body: string | Buffer, headers: Record<string, string> = { 'Content-Type': 'application/json' }) =>
  fetch(`${api.url}/api/v1${BOOKINGS}`, { method: 'POST', body, headers });

/** The refusal's status and kind; nothing was left behind. */
async function refused(answer: Response | Promise<Response>) {
  const { status, headers, ...rest } = await Promise.resolve(answer).then(async (a) => ({
    status: a.status,
    headers: a.headers,
    body: JSON.parse(await a.text()),
  }));
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(await api.rows()).toEqual(before);
  return [status, rest.body.type];
}

describe('Bodies', () => {
  const json = { 'Content-Type': 'application/json' };

  it.each<[string, string, Record<string, string>, number, string]>([
    ['breaks off', '{"a":', json, 400, 'bad-request'],
    ['is a bare word', 'hello', json, 400, 'bad-request'],
    ['is null', 'null', json, 400, 'bad-request'],
    ['is a list', '[]', json, 422, 'invalid'],
    ['is empty', '', json, 422, 'invalid'],
    ['is nested 30,000 deep', '['.repeat(30_000) + ']'.repeat(30_000), json, 422, 'invalid'],
    ['is nested 30,000 deep and breaks off', '{"a":'.repeat(12_000), json, 400, 'bad-request'],
    [
      'has thousands of keys',
      JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, 1]))),
      json,
      422,
      'invalid',
    ],
    [
      'has 100,000 keys',
      JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, 1]))),
      json,
      413,
      'too-large',
    ],
    ['is larger than 64 kB', `{"note":"${'x'.repeat(65_536)}"}`, json, 413, 'too-large'],
    ['is 2 MB', `{"note":"${'x'.repeat(2_000_000)}"}`, json, 413, 'too-large'],
    [
      'is a form',
      'topic=residence',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported-media-type',
    ],
    ['is text', JSON.stringify(aBookingRequest()), { 'Content-Type': 'text/plain' }, 415, 'unsupported-media-type'],
    [
      'has an unknown charset',
      '{}',
      { 'Content-Type': 'application/json; charset=x-no' },
      415,
      'unsupported-media-type',
    ],
    ['has an unknown encoding', '{}', { ...json, 'Content-Encoding': 'x-no' }, 415, 'unsupported-media-type'],
    ['is not gzip', '{}', { ...json, 'Content-Encoding': 'gzip' }, 400, 'bad-request'],
  ])('are refused at once if one %s', async (_what, body, headers, status, code) => {
    const started = performance.now();
    expect(await refused(raw(body, headers))).toEqual([status, `/problems/${code}`]);
    expect(performance.now() - started).toBeLessThan(AT_ONCE);
  });

  it('cannot reach the prototype', async () => {
    const body = JSON.stringify(aBookingRequest()).replace(/^\{/, '{"__proto__":{"role":"admin"},');
    const nested = JSON.stringify(aBookingRequest({ answers: { a: 'b' } })).replace(
      '"answers":{',
      '"answers":{"__proto__":{"x":"y"},"constructor":"c",',
    );
    const statuses = [(await raw(body)).status, (await raw(nested)).status];
    for (const status of statuses) expect([201, 422]).toContain(status);
    expect(({} as Record<string, unknown>).role ?? ({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('Fields', () => {
  const client = (part: object) => ({ client: { name: 'Kim', email: 'kim@client.example', ...part } });

  const wrong: [Record<string, unknown>, string][] = [
    [{ status: 'completed' }, '/status'],
    [{ role: 'admin' }, '/role'],
    [{ source: 'walk_in' }, '/source'],
    [{ tied: true }, '/tied'],
    [{ urgent: true }, '/urgent'],
    [{ 'a/b~c': 1 }, '/a~1b~0c'],
    [{ consent: false }, '/consent'],
    [{ consent: undefined }, '/consent'],
    [{ consent: 'true' }, '/consent'],
    [{ topic: undefined }, '/topic'],
    [{ topic: ['residence'] }, '/topic'],
    [{ topic: 'cooking' }, '/topic'],
    [{ mode: 'letter' }, '/mode'],
    [{ language: 'klingonisch-und-mehr' }, '/language'],
    [{ language: 'de_DE' }, '/language'],
    [{ start: '2026-12-01T09:00:00' }, '/start'],
    [{ start: '2026-12-01' }, '/start'],
    [{ start: 1_796_112_000_000 }, '/start'],
    [{ start: '9999-12-31T23:59:59-23:59' }, '/start'],
    [{ start: '2026-02-30T09:00:00Z' }, '/start'],
    [{ hold: {} }, '/hold'],
    [{ attendees: 0 }, '/attendees'],
    [{ attendees: 1e9 }, '/attendees'],
    [{ attendees: 1.5 }, '/attendees'],
    [{ ...client({ phone: null }), mode: 'phone' }, '/client/phone'],
    [{ note: 'x'.repeat(501) }, '/note'],
    [{ note: 'a\u0000b' }, '/note'],
    [{ answers: { a: 1 } }, '/answers/a'],
    [{ answers: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`k${i}`, 'x'])) }, '/answers'],
    [{ onBehalfOf: { organisation: 'Werk' } }, '/onBehalfOf/name'],
    [{ client: undefined }, '/client'],
    [client({ role: 'admin' }), '/client/role'],
    [client({ name: '' }), '/client/name'],
    [client({ name: '\u200b' }), '/client/name'],
    [client({ name: 'a\r\nBcc: x@y.example' }), '/client/name'],
    [client({ name: 'a\ud800' }), '/client/name'],
    [client({ name: 'x'.repeat(201) }), '/client/name'],
    [client({ name: `a${'\u0301'.repeat(10_000)}` }), '/client/name'],
    [client({ email: 'a@b.de, c@d.de' }), '/client/email'],
    [client({ email: 'a@b.de\r\nBcc:x' }), '/client/email'],
    [client({ email: '"x" <a@b.de>' }), '/client/email'],
    [client({ email: `${'a'.repeat(300)}@b.de` }), '/client/email'],
    [client({ email: 'а@b.de' }), '/client/email'],
    [client({ email: `${'a'.repeat(50_000)}!` }), '/client/email'],
    [client({ email: undefined }), '/client/email'],
    [client({ phone: '+'.repeat(60_000) }), '/client/phone'],
    [client({ phone: 'call me' }), '/client/phone'],
    [client({ language: 'x' }), '/client/language'],
  ];

  it.each(wrong.map(([part, pointer]) => [pointer, part] as const))(
    'that are wrong are refused at %s',
    async (pointer, part) => {
      const started = performance.now();
      const { errors } = problem(await api.post(BOOKINGS, aBookingRequest(part)), 422, 'invalid');
      expect(performance.now() - started).toBeLessThan(AT_ONCE);
      expect(errors?.map((error) => error.pointer)).toEqual([pointer]);
      expect(await api.rows()).toEqual(before);
    },
  );

  it('name all that is wrong at once, but no more than anybody reads', async () => {
    const answer = await api.post(BOOKINGS, { client: {}, start: 5, x: 1 });
    expect(
      problem(answer, 422, 'invalid')
        .errors?.map((error) => error.pointer)
        .sort(),
    ).toEqual(['/client/email', '/client/name', '/consent', '/language', '/start', '/topic', '/x']);
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, 1]));
    expect(problem(await api.post(BOOKINGS, many), 422, 'invalid').errors?.length).toBeLessThanOrEqual(20);
  });

  it.each([
    "' OR 1=1--",
    "O'Neill",
    'Null',
    'X',
    '山田 太郎',
    'محمد',
    'a\u202egnp.exe',
    'Zoë\u200dx',
    '👩‍👩‍👧‍👦',
    '<script>alert(1)</script>',
    '{{constructor}}',
    '𞤀'.repeat(200),
  ])('take %j as a name', async (name) => {
    const own = await apiApp();
    const { client, token } = await book(own, {
      client: { name, email: 'kim@client.example' },
      note: name.slice(0, 500),
    });
    expect(client.name).toBe(name);
    expect((await own.get(`/bookings/${token}`)).body.client.name).toBe(name);
    await own.get(`/bookings/${token}/calendar.ics`).expect(200);
    await own.close();
  });
});

describe('Addresses', () => {
  it.each([
    '/nothing',
    '/desks/expat-desk/nothing',
    '/desks/',
    '/Desks',
    '/desks/expat-desk/',
    '/desks/..%2f..%2fetc%2fpasswd',
    '/desks/%00',
    '/.env',
  ])('are 404 where there is nothing: %s', async (path) => {
    problem(await api.get(path), 404, 'not-found');
  });

  it('that cannot be decoded are broken requests', async () => {
    // Without the check of answers, which could not read the address either.
    problem(await request(api.http).get('/api/v1/desks/%zz'), 400, 'bad-request');
  });

  it('answer the methods that they have', async () => {
    const refused = (answer: Parameters<typeof problem>[0], allow: string) => {
      problem(answer, 405, 'method-not-allowed');
      expect(answer.headers.allow).toBe(allow);
    };
    refused(await api.put(BOOKINGS, {}), 'POST, OPTIONS');
    refused(await api.del('/desks/expat-desk'), 'GET, HEAD, OPTIONS');
    refused(await api.get(`${BOOKINGS}?_method=POST`), 'POST, OPTIONS');
    problem(await api.put('/nothing', {}), 404, 'not-found');
    expect(await api.rows()).toEqual(before);
  });

  it('know one spelling only', async () => {
    expect((await fetch(`${api.url}/API/v1/desks`)).status).toBe(404);
    expect((await fetch(`${api.url}/API/v1/staff/bookings?desk=expat-desk`, { redirect: 'manual' })).status).toBe(404);
  });

  it('build no link on the Host header', async () => {
    const answer = await api
      .post(BOOKINGS, aBookingRequest({ start: '2026-12-03T09:00:00+01:00' }), {
        Host: 'evil.example',
        'X-Forwarded-Host': 'evil.example',
      })
      .expect(201);
    expect(`${answer.text} ${answer.headers.location}`).not.toContain('evil.example');
  });

  it('refuse a foreign page that borrows a visitor', async () => {
    problem(await api.post(BOOKINGS, aBookingRequest(), { Origin: 'https://evil.example' }), 403, 'forbidden');
    expect(await api.rows()).toEqual(before);
  });
});

describe('Any JSON in any field', () => {
  const fields = Object.keys(
    aBookingRequest({ hold: 1, advisor: 1, attendees: 1, onBehalfOf: 1, note: 1, answers: 1 }),
  );
  const hostile = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '\u0000',
      '\ud800',
      '__proto__',
      '9999-12-31T23:59:59Z',
      '2026-12-01T09:00:00+01:00',
      '-1',
      `${'('.repeat(5000)}`,
    ),
  );

  it('of a booking is booked or refused, and a refusal leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fields), hostile, async (field, value) => {
        const rows = await api.rows();
        const answer = await api.post(
          BOOKINGS,
          aBookingRequest({ start: '2026-12-08T09:00:00+01:00', [field]: value }),
        );
        if (answer.status === 201) return;
        expect([400, 409, 422]).toContain(answer.status);
        expect(answer.type).toBe('application/problem+json');
        expect(await api.rows()).toEqual(rows);
      }),
      { numRuns: cases(120) },
    );
  });

  it('of the client is booked or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('name', 'email', 'phone', 'language'), hostile, async (field, value) => {
        const client = { name: 'Kim', email: 'kim@client.example', [field]: value };
        const answer = await api.post(BOOKINGS, aBookingRequest({ start: '2026-12-09T09:00:00+01:00', client }));
        expect([201, 409, 422]).toContain(answer.status);
      }),
      { numRuns: cases(120) },
    );
  });

  it('of what staff send is taken or refused', async () => {
    const manager = await api.as('manager');
    const { id } = await book(api, { start: '2026-12-10T09:00:00+01:00' });
    const requests: [string, Record<string, unknown>][] = [
      [
        '/staff/desks/expat-desk/bookings',
        { ...aBookingRequest({ start: '2026-12-10T09:00:00+01:00' }), source: 'phone', advisor: 'a1' },
      ],
      [`/staff/bookings/${id}/reschedule`, { start: '2026-12-10T10:00:00+01:00', advisor: 'a2' }],
      [`/staff/bookings/${id}/cancel`, { reason: 'x' }],
      [
        '/staff/desks/expat-desk/exceptions',
        { from: '2027-12-01', to: '2027-12-02', closed: true, windows: [], reason: { de: 'x', en: 'y' } },
      ],
      [
        '/staff/advisors/a1/absences',
        { start: '2027-12-10T10:00:00Z', end: '2027-12-10T11:00:00Z', reason: 'x', desk: 'expat-desk' },
      ],
    ];
    const wrong = fc.constantFrom(...requests).chain(([path, body]) =>
      fc.record({
        path: fc.constant(path),
        body: fc.constant(body),
        field: fc.constantFrom(...Object.keys(body)),
        value: hostile,
      }),
    );
    await fc.assert(
      fc.asyncProperty(wrong, async ({ path, body, field, value }) => {
        const answer = await api.post(path, { ...body, [field]: value }, manager);
        // 404: `desk` of an absence names none.
        expect([200, 201, 404, 409, 422]).toContain(answer.status);
      }),
      { numRuns: cases(120) },
    );
  });

  it('of the opening rules is taken or refused, and slots are still found', async () => {
    const own = await apiApp();
    const manager = await own.as('manager');
    const rule = {
      rrule: 'FREQ=WEEKLY;BYDAY=MO',
      start: '09:00',
      end: '17:00',
      from: '2026-01-01',
      until: '2027-01-01',
    };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(rule)), hostile, async (field, value) => {
        const answer = await own.put(
          '/staff/desks/expat-desk/opening-rules',
          { rules: [{ ...rule, [field]: value }] },
          manager,
        );
        expect([200, 422]).toContain(answer.status);
      }),
      { numRuns: cases(100) },
    );
    await own.get('/desks/expat-desk/slots?topic=residence&language=en').expect(200);
    await own.close();
  });

  it('in a query is answered or refused', async () => {
    const manager = await api.as('manager');
    const queries = fc.dictionary(
      fc.oneof(
        fc.constantFrom(
          'topic',
          'language',
          'mode',
          'advisor',
          'from',
          'to',
          'desk',
          'q',
          'status',
          'cursor',
          'limit',
          'date',
        ),
        fc.string(),
      ),
      fc.string({ unit: 'binary' }),
      { maxKeys: 4 },
    );
    const addresses = fc.constantFrom(
      '/desks/expat-desk/slots?topic=residence&language=en&',
      '/desks/expat-desk/opening-hours?',
      '/staff/bookings?desk=expat-desk&',
      '/staff/desks/expat-desk/day?',
    );
    const encode = (text: string) => encodeURIComponent(Buffer.from(text).toString());
    await fc.assert(
      fc.asyncProperty(addresses, queries, async (address, query) => {
        const text = Object.entries(query)
          .map(([key, value]) => `${encode(key)}=${encode(value)}`)
          .join('&');
        expect([200, 422]).toContain((await api.get(address + text, manager)).status);
      }),
      { numRuns: cases(120) },
    );
  });

  it('in a path or a header is answered or refused', async () => {
    const manager = await api.as('manager');
    const bytes = fc.string({
      unit: fc.constantFrom('a', '%', '/', '\u00fc', '"', ',', '*', '-', '0', ' ', "'"),
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(bytes, bytes, async (segment, header) => {
        const path = encodeURIComponent(segment);
        for (const answer of [
          await api.get(`/staff/bookings/${path}`, { ...manager, 'If-None-Match': header }),
          await api.post(
            `/staff/bookings/${path}/check-in`,
            {},
            { ...manager, 'If-Match': header, 'Idempotency-Key': header },
          ),
          await api.get(`/desks/${path}/slots`, { 'Accept-Language': header.repeat(500) }),
        ])
          expect([400, 404, 422, 431, 200]).toContain(answer.status);
      }),
      { numRuns: cases(40) },
    );
  });
});
