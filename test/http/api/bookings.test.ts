import { aDeskThatAsks, aQuestion } from '../../support/builders';
import { type ApiApp, aBookingRequest, apiApp, book, problem } from './apiClient';

let api: ApiApp;
beforeEach(async () => {
  api = await apiApp({ desks: [aDeskThatAsks([aQuestion()])] });
});
afterEach(() => api.close());

const NINE = '2026-12-01T09:00:00+01:00';

describe('Booking', () => {
  it('answers with the booking and where to find it', async () => {
    const answer = await api.post('/desks/expat-desk/bookings', aBookingRequest()).expect(201);
    const token = answer.body.manageUrl.split('/b/')[1];
    expect(answer.body).toEqual({
      id: expect.any(String),
      reference: expect.stringMatching(/^[3-9A-Z]{4}-[3-9A-Z]{4}$/),
      desk: 'expat-desk',
      status: 'confirmed',
      topic: 'residence',
      language: 'en',
      mode: 'in_person',
      start: NINE,
      end: '2026-12-01T09:30:00+01:00',
      advisor: null,
      sequence: 0,
      version: 1,
      manageUrl: `http://desk.example/b/${token}`,
      client: { name: 'Kim Probe', email: 'kim@client.example', phone: null, language: 'en' },
      attendees: 1,
      note: null,
      support: [],
      people: [],
      alarmMinutes: null,
    });
    expect(answer.headers.location).toBe(`http://desk.example/api/v1/bookings/${token}`);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect((await api.get(`/bookings/${token}`).expect(200)).body).toEqual(answer.body);
    expect(await api.outbox(answer.body.id)).toHaveLength(2);
  });

  it('takes an employee beside the company, others up to the limit of the topic, and what they need', async () => {
    const employee = { name: 'Ada Beispiel', email: 'ada@werk.example', language: 'uk' };
    const asked = { onBehalfOf: { organisation: 'Werk GmbH' }, employee, support: ['wheelchair', 'child'] };
    const { body } = await api.post('/desks/expat-desk/bookings', aBookingRequest(asked)).expect(201);
    expect(body).toMatchObject({ people: [employee], support: ['wheelchair', 'child'] });
    const more = { ...asked, people: [{ name: 'Bo Muster' }] };
    const refused = await api.post('/desks/expat-desk/bookings', aBookingRequest(more)).expect(422);
    expect(refused.body.errors).toEqual([
      { pointer: '/people', detail: 'expected at most 1, the limit of this topic' },
    ]);
  });

  it('names the advisor only where the client wished for one', async () => {
    expect((await book(api, { advisor: 'a2' })).advisor).toEqual({ id: 'a2', name: 'Bo Muster' });
    expect((await book(api)).advisor).toBeNull();
  });

  it.each([
    [{ language: 'de' }, 'de'],
    [{ language: 'ja' }, 'ja'],
    [{ client: { name: 'Kim', email: 'kim@client.example', language: 'uk' } }, 'uk'],
  ])('with %j mails the client in %s', async (part, language) => {
    expect((await book(api, part)).client.language).toBe(language);
  });

  it('takes any offset for the start, and modes from the topic', async () => {
    const booking = await book(api, { start: '2026-12-01T08:00Z', mode: undefined });
    expect([booking.start, booking.mode]).toEqual([NINE, 'in_person']);
  });

  it.each([
    ['taken', NINE],
    ['in the past', '2026-11-23T09:00:00+01:00'],
    ['too soon', '2026-11-24T11:30:00+01:00'],
    ['outside the hours', '2026-12-01T18:00:00+01:00'],
    ['off the grid', '2026-12-01T09:07:00+01:00'],
    ['on a holiday', '2026-12-25T09:00:00+01:00'],
    ['five years ahead', '2031-12-01T09:00:00+01:00'],
  ])('refuses a start that is %s, with alternatives if there are any', async (what, start) => {
    await book(api);
    await book(api);
    const before = await api.rows();
    const { alternatives } = problem(
      await api.post('/desks/expat-desk/bookings', aBookingRequest({ start })),
      409,
      'slot-unavailable',
    );
    expect(alternatives?.length).toBe(what === 'five years ahead' ? 0 : 5);
    for (const slot of alternatives ?? [])
      expect(slot).toEqual({ start: expect.any(String), end: expect.any(String), free: expect.any(Number) });
    expect(await api.rows()).toEqual(before);
    if (alternatives?.[0]) await book(api, { start: alternatives[0].start });
  });

  it('keeps for staff what the client told', async () => {
    const onBehalfOf = { organisation: 'Werk GmbH', name: 'HR' };
    const booking = await book(api, { attendees: 3, onBehalfOf, note: 'two\r\nlines', answers: { visa: ' a\r\nb ' } });
    const stored = await api.storage.bookings.find(booking.id);
    expect(stored).toMatchObject({
      attendees: 3,
      onBehalfOf,
      note: 'two\nlines',
      answers: { visa: 'a\nb' },
      source: 'web',
    });
    expect(booking.answers).toEqual({ visa: 'a\nb' });
  });
});

describe('The manage link', () => {
  it('moves the booking', async () => {
    const { token, id } = await book(api);
    const start = '2026-12-02T10:00:00+01:00';
    const { body } = await api.post(`/bookings/${token}/reschedule`, { start }).expect(200);
    expect(body).toMatchObject({ id, start, status: 'confirmed', sequence: 1, version: 2 });
  });

  it('leaves the booking where it is if the slot is taken', async () => {
    const start = '2026-12-02T10:00:00+01:00';
    await book(api, { start });
    await book(api, { start });
    const { token } = await book(api);
    const before = [(await api.get(`/bookings/${token}`)).body, await api.rows()];
    const { alternatives } = problem(
      await api.post(`/bookings/${token}/reschedule`, { start }),
      409,
      'slot-unavailable',
    );
    expect(alternatives).toHaveLength(5);
    expect([(await api.get(`/bookings/${token}`)).body, await api.rows()]).toEqual(before);
  });

  it('cancels the booking, and twice is the same as once', async () => {
    const { token } = await book(api);
    const once = await api.post(`/bookings/${token}/cancel`, { reason: 'ill' }).expect(200);
    const rows = await api.rows();
    const twice = await api.post(`/bookings/${token}/cancel`).expect(200);
    expect(once.body).toMatchObject({ status: 'cancelled', sequence: 1 });
    expect(twice.body).toEqual(once.body);
    expect(await api.rows()).toEqual(rows);
    problem(await api.post(`/bookings/${token}/reschedule`, { start: NINE }), 409, 'booking-not-changeable');
  });

  it('takes the cancellation back for half an hour, and twice is the same as once', async () => {
    const { token, start } = await book(api);
    problem(await api.post(`/bookings/${token}/restore`), 409, 'booking-not-changeable');
    await api.post(`/bookings/${token}/cancel`).expect(200);
    api.clock.advance(30 * 60_000 - 1);
    const once = await api.post(`/bookings/${token}/restore`, {}).expect(200);
    expect(once.body).toMatchObject({ status: 'confirmed', start, sequence: 2, version: 3, advisor: null });
    const rows = await api.rows();
    expect((await api.post(`/bookings/${token}/restore`).expect(200)).body).toEqual(once.body);
    expect(await api.rows()).toEqual(rows);

    await api.post(`/bookings/${token}/cancel`).expect(200);
    api.clock.advance(30 * 60_000);
    expect(problem(await api.post(`/bookings/${token}/restore`), 409, 'booking-not-changeable').why).toBe('too-late');
    expect((await api.get(`/bookings/${token}`)).body.status).toBe('cancelled');
    problem(await api.post(`/bookings/${token}/restore`, { start }), 422, 'invalid');
  });

  it('keeps the cancellation if its time is taken meanwhile, and offers what is near', async () => {
    const { token } = await book(api);
    await api.post(`/bookings/${token}/cancel`).expect(200);
    for (let i = 0; i < 2; i++) await book(api);
    const before = [(await api.get(`/bookings/${token}`)).body, await api.rows()];
    const refused = problem(await api.post(`/bookings/${token}/restore`), 409, 'slot-unavailable');
    expect(refused.alternatives?.map(({ start }) => start)).toContain('2026-12-01T09:30:00+01:00');
    expect([(await api.get(`/bookings/${token}`)).body, await api.rows()]).toEqual(before);
  });

  it('does not take back what the desk cancelled', async () => {
    const { token, id } = await book(api);
    await api.post(`/staff/bookings/${id}/cancel`, {}, await api.as('receptionist')).expect(200);
    expect(problem(await api.post(`/bookings/${token}/restore`), 409, 'booking-not-changeable').why).toBe('by-desk');
  });

  it('restores once for an idempotency key', async () => {
    const { token } = await book(api);
    await api.post(`/bookings/${token}/cancel`).expect(200);
    const key = { 'Idempotency-Key': 'one restore of one booking' };
    const first = await api.post(`/bookings/${token}/restore`, {}, key).expect(200);
    await api.post(`/bookings/${token}/cancel`).expect(200);
    const again = await api.post(`/bookings/${token}/restore`, {}, key).expect(200);
    expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true']);
    expect((await api.get(`/bookings/${token}`)).body.status).toBe('cancelled');
  });

  it('changes nothing once the consultation has begun', async () => {
    const { token } = await book(api);
    api.clock.set(NINE);
    for (const what of ['cancel', 'restore'])
      problem(await api.post(`/bookings/${token}/${what}`), 409, 'booking-not-changeable');
    problem(
      await api.post(`/bookings/${token}/reschedule`, { start: '2026-12-02T10:00:00+01:00' }),
      409,
      'booking-not-changeable',
    );
  });

  it('gives the booking as a calendar file', async () => {
    const { token, reference } = await book(api);
    const answer = await api.get(`/bookings/${token}/calendar.ics`).expect(200);
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="${reference}.ics"`);
    expect(answer.text).toContain('METHOD:PUBLISH');
    await api.get(`/bookings/${token}/calendar.ics`, { 'If-None-Match': String(answer.headers.etag) }).expect(304);
  });

  it('is the same neutral 404 whatever is wrong with it', async () => {
    const { token, id, reference } = await book(api);
    const texts = new Set<string>();
    for (const wrong of [
      'x',
      token.slice(0, -1),
      token.toUpperCase(),
      `${token}A`,
      id,
      reference,
      'a'.repeat(5000),
      '%00',
    ]) {
      const answers = [
        await api.get(`/bookings/${wrong}`),
        await api.get(`/bookings/${wrong}/calendar.ics`),
        await api.post(`/bookings/${wrong}/cancel`, {}),
        await api.post(`/bookings/${wrong}/restore`, {}),
        await api.post(`/bookings/${wrong}/reschedule`, { start: NINE }),
      ];
      for (const answer of answers) {
        problem(answer, 404, 'not-found');
        texts.add(answer.text);
      }
    }
    expect(texts.size).toBe(1);
  });

  it('is kept in no cache', async () => {
    const { token } = await book(api);
    const { headers } = await api.get(`/bookings/${token}`).expect(200);
    expect([headers['cache-control'], headers['referrer-policy']]).toEqual(['no-store', 'no-referrer']);
    await api.get(`/bookings/${token}`, { 'If-None-Match': String(headers.etag) }).expect(304);
  });
});
