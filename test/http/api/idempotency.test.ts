import { type ApiApp, aBookingRequest, apiApp, book, problem } from './apiClient';

const BOOKINGS = '/desks/expat-desk/bookings';
const TEN = '2026-12-01T10:00:00+01:00';
const KEY = { 'Idempotency-Key': 'b7c1a3de-55f0-4c43-a2ee-1f9c1d5b9d0e' };

let api: ApiApp;
let manager: { Authorization: string };
beforeEach(async () => {
  api = await apiApp();
  manager = await api.as('manager');
});
afterEach(() => api.close());

describe('An Idempotency-Key', () => {
  it('gets the first answer again, whatever has happened since', async () => {
    const first = await api.post(BOOKINGS, aBookingRequest(), KEY).expect(201);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    const token = first.body.manageUrl.split('/b/')[1];
    await api.post(`/bookings/${token}/cancel`).expect(200);
    const rows = await api.rows();

    const again = await api.post(BOOKINGS, aBookingRequest(), KEY).expect(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect([again.text, again.headers.location]).toEqual([first.text, first.headers.location]);
    expect(await api.rows()).toEqual(rows);
  });

  it('does not mind the order of fields or the spelling of a time', async () => {
    const first = await api.post(BOOKINGS, aBookingRequest(), KEY).expect(201);
    const { topic, ...rest } = aBookingRequest({ start: '2026-12-01T08:00:00Z' });
    const again = await api.post(BOOKINGS, { ...rest, topic }, KEY).expect(201);
    expect(again.text).toBe(first.text);
  });

  it('is refused with another body', async () => {
    await api.post(BOOKINGS, aBookingRequest(), KEY).expect(201);
    const before = await api.rows();
    problem(await api.post(BOOKINGS, aBookingRequest({ start: TEN }), KEY), 422, 'idempotency-key-reused');
    expect(await api.rows()).toEqual(before);
  });

  it('makes one booking of many requests at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => api.post(BOOKINGS, aBookingRequest(), KEY)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(1);
    expect((await api.rows()).booking).toBe(1);
  });

  it('can be used again after a refusal, which changed nothing', async () => {
    await book(api);
    await book(api);
    problem(await api.post(BOOKINGS, aBookingRequest(), KEY), 409, 'slot-unavailable');
    await api.post(BOOKINGS, aBookingRequest({ start: TEN }), KEY).expect(201);
  });

  it('belongs to one address and one sender', async () => {
    const { token } = await book(api);
    const hold = { topic: 'residence', language: 'en', start: TEN };
    await api.post(BOOKINGS, aBookingRequest(), KEY).expect(201);
    await api.post('/desks/expat-desk/holds', hold, KEY).expect(201);
    await api.post(`/bookings/${token}/cancel`, {}, KEY).expect(200);
    const staff = { ...aBookingRequest({ start: TEN }), source: 'phone' };
    const first = await api.post(`/staff${BOOKINGS}`, staff, { ...manager, ...KEY }).expect(201);
    const second = await api.post(`/staff${BOOKINGS}`, staff, { ...(await api.as('receptionist')), ...KEY });
    problem(second, 409, 'slot-unavailable');
    expect(first.headers['idempotency-replayed']).toBeUndefined();
  });

  it('is never kept together with a secret', async () => {
    const { token } = await book(api);
    await api.post(`/bookings/${token}/cancel`, {}, KEY).expect(200);
    expect(JSON.stringify(await api.dump('idempotency_key'))).not.toContain(token);
  });

  it.each([
    ['a hold', '/desks/expat-desk/holds', { topic: 'residence', language: 'en', start: TEN }],
    [
      'an exception',
      '/staff/desks/expat-desk/exceptions',
      { from: '2026-12-01', to: '2026-12-02', closed: true, reason: { de: 'x', en: 'y' } },
    ],
    ['an absence', '/staff/advisors/a1/absences', { start: TEN, end: '2026-12-01T11:00:00Z' }],
  ])('holds for %s too', async (_, path, body) => {
    const headers = path.startsWith('/staff') ? { ...manager, ...KEY } : KEY;
    const first = await api.post(path, body, headers).expect(201);
    const again = await api.post(path, body, headers).expect(201);
    expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true']);
  });

  it.each([
    ['reschedule', { start: TEN }],
    ['cancel', { reason: 'ill' }],
    ['check-in', {}],
    ['complete', {}],
  ])('holds for %s too, whatever version it was', async (what, body) => {
    const { id, token } = await book(api);
    const headers = { ...manager, ...KEY, 'If-Match': '"1"' };
    api.clock.set('2026-12-01T09:10:00+01:00');
    const first = await api.post(`/staff/bookings/${id}/${what}`, body, headers).expect(200);
    const again = await api.post(`/staff/bookings/${id}/${what}`, body, headers).expect(200);
    expect([again.text, again.headers['idempotency-replayed'], again.headers.etag]).toEqual([
      first.text,
      'true',
      '"2"',
    ]);
    const other = (await book(api, { start: '2026-12-03T09:00:00+01:00' })).id;
    problem(await api.post(`/staff/bookings/${other}/${what}`, body, headers), 422, 'idempotency-key-reused');
    expect((await api.get(`/bookings/${token}`)).body.version).toBe(2);
  });

  it.each(['', 'ü', 'x'.repeat(256), 'a\tb', 'x'.repeat(15)])('is refused as %j', async (key) => {
    const answer = await api.post(BOOKINGS, aBookingRequest(), { 'Idempotency-Key': key });
    const { detail, errors } = problem(answer, 422, 'invalid');
    expect(detail).toContain('Idempotency-Key');
    expect(errors).toEqual([{ pointer: '/Idempotency-Key', detail: 'expected 16 to 255 printable ASCII characters' }]);
    expect((await api.rows()).booking).toBe(0);
  });

  it('may be short if it comes from staff, because nobody else can act as them', async () => {
    const staff = { ...aBookingRequest(), source: 'phone' };
    const headers = { ...manager, 'Idempotency-Key': 'x' };
    const first = await api.post(`/staff${BOOKINGS}`, staff, headers).expect(201);
    const again = await api.post(`/staff${BOOKINGS}`, staff, headers).expect(201);
    expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true']);
  });
});

describe('An Idempotency-Key of the public', () => {
  const from = (address: string) => ({ ...KEY, 'X-Forwarded-For': address });
  beforeEach(async () => {
    await api.close();
    api = await apiApp({ trustProxy: 'loopback' });
  });

  it('belongs to its network: elsewhere nobody gets the answer, and the same is not done twice', async () => {
    const first = await api.post(BOOKINGS, aBookingRequest(), from('192.0.2.7')).expect(201);
    const rows = await api.rows();
    const elsewhere = await api.post(BOOKINGS, aBookingRequest(), from('198.51.100.7'));
    expect(JSON.stringify(problem(elsewhere, 409, 'already-done'))).not.toContain(first.body.manageUrl);
    expect(await api.rows()).toEqual(rows);
    const again = await api.post(BOOKINGS, aBookingRequest(), from('192.0.2.7')).expect(201);
    expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true']);
  });

  it('keeps nobody from another request who happens to have the same one in another network', async () => {
    await api.post(BOOKINGS, aBookingRequest(), from('192.0.2.7')).expect(201);
    const other = await api.post(BOOKINGS, aBookingRequest({ start: TEN }), from('198.51.100.7')).expect(201);
    expect(other.headers['idempotency-replayed']).toBeUndefined();
    problem(await api.post(BOOKINGS, aBookingRequest({ start: TEN }), from('203.0.113.7')), 409, 'already-done');
    expect((await api.rows()).booking).toBe(2);
  });

  it('is the same for all addresses of a device that changes them within its network', async () => {
    const first = await api.post(BOOKINGS, aBookingRequest(), from('2001:db8:1:1::7')).expect(201);
    expect((await api.post(BOOKINGS, aBookingRequest(), from('2001:db8:1:1:a:b:c:d')).expect(201)).text).toBe(
      first.text,
    );
    problem(await api.post(BOOKINGS, aBookingRequest(), from('2001:db8:2:1::7')), 409, 'already-done');
  });

  it('goes with the secret of a booking, from wherever', async () => {
    const { token } = await book(api);
    for (const [what, body] of [
      ['reschedule', { start: TEN }],
      ['cancel', { reason: 'ill' }],
    ] as const) {
      const first = await api.post(`/bookings/${token}/${what}`, body, from('192.0.2.7')).expect(200);
      const again = await api.post(`/bookings/${token}/${what}`, body, from('198.51.100.7')).expect(200);
      expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true']);
    }
  });

  it('is kept with no address', async () => {
    await api.post(BOOKINGS, aBookingRequest(), from('192.0.2.7')).expect(201);
    const kept = (await api.dump('idempotency_key')) as { scope: string }[];
    expect(kept.map(({ scope }) => scope).join()).not.toContain('192.0.2');
    expect(kept).toHaveLength(2);
  });
});
