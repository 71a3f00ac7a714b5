import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { type ApiApp, aBookingRequest, apiApp, book, problem } from './apiClient';

let api: ApiApp;
beforeEach(async () => {
  api = await apiApp();
});
afterEach(() => api.close());

const NINE = '2026-12-01T09:00:00+01:00';

describe('Holds', () => {
  const hold = (part = {}) =>
    api.post('/desks/expat-desk/holds', { topic: 'residence', language: 'en', start: NINE, ...part });

  it('keep a slot for fifteen minutes', async () => {
    const { body } = await hold().expect(201);
    expect(body).toEqual({
      id: expect.any(String),
      start: NINE,
      end: '2026-12-01T09:30:00+01:00',
      expiresAt: '2026-11-24T10:15:00+01:00',
    });
    await hold().expect(201);
    const third = problem(await hold(), 409, 'slot-unavailable');
    expect(third.alternatives?.[0]).toMatchObject({ start: '2026-12-01T09:30:00+01:00' });

    api.clock.advance(15 * MINUTE);
    await hold().expect(201);
  });

  it('are renewed while they live', async () => {
    const { body } = await hold().expect(201);
    api.clock.advance(10 * MINUTE);
    const renewed = await api.post(`/desks/expat-desk/holds/${body.id}/renewal`).expect(200);
    expect(renewed.body.expiresAt).toBe('2026-11-24T10:25:00+01:00');
    api.clock.advance(15 * MINUTE);
    problem(await api.post(`/desks/expat-desk/holds/${body.id}/renewal`), 409, 'hold-expired');
    problem(await api.post('/desks/expat-desk/holds/unknown/renewal'), 404, 'not-found');
    problem(await api.post(`/desks/other/holds/${body.id}/renewal`), 404, 'not-found');
  });

  it('give the slot back', async () => {
    const { body } = await hold({ advisor: 'a1' }).expect(201);
    problem(await hold({ advisor: 'a1' }), 409, 'slot-unavailable');
    problem(await api.del(`/desks/other/holds/${body.id}`), 404, 'not-found');
    await api.del(`/desks/expat-desk/holds/${body.id}`).expect(204);
    problem(await api.del(`/desks/expat-desk/holds/${body.id}`), 404, 'not-found');
    await hold({ advisor: 'a1' }).expect(201);
  });

  it('become the booking; once', async () => {
    const { body } = await hold().expect(201);
    const booking = await book(api, { hold: body.id });
    expect(booking.id).toBe(body.id);
    problem(await api.post('/desks/expat-desk/bookings', aBookingRequest({ hold: body.id })), 409, 'hold-expired');
    problem(
      await api.post('/desks/expat-desk/bookings', aBookingRequest({ hold: 'of-somebody' })),
      409,
      'hold-expired',
    );
  });

  it('that ran out still lead to the booking if the slot is free, and to alternatives if it is not', async () => {
    const first = (await hold({ advisor: 'a1' }).expect(201)).body;
    const second = (await hold({ advisor: 'a2' }).expect(201)).body;
    api.clock.advance(HOUR);
    await book(api, { hold: first.id, advisor: 'a1' });
    await book(api, { advisor: 'a2' });
    const late = await api.post('/desks/expat-desk/bookings', aBookingRequest({ hold: second.id }));
    expect(problem(late, 409, 'slot-unavailable').alternatives).toHaveLength(5);
  });
});
