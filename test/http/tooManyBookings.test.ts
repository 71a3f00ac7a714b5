import { HOUR } from '../../src/domain/calendar/interval';
import { limitsOf } from '../../src/domain/limits';
import { booked } from '../support/bookings';
import { aClient, aDesk, TUESDAY_NINE } from '../support/builders';
import { hiddenFields } from '../support/staff';
import { type ApiApp, aBookingRequest, apiApp, book, problem } from './api/apiClient';
import { BOOK, browse, textOf, toCheck } from './public/browser';

let api: ApiApp;
afterEach(() => api.close());

const HALVES = ['00', '30'];
const STARTS = Array.from(
  { length: 12 },
  (_, i) => `2026-12-01T${String(9 + (i >> 1)).padStart(2, '0')}:${HALVES[i % 2]}:00+01:00`,
);
const kim = (email = 'kim@client.example') => ({ name: 'Kim Probe', email });
const send = (start: string | undefined, part: Record<string, unknown> = {}) =>
  api.post('/desks/expat-desk/bookings', aBookingRequest({ start, ...part }));

describe('How many bookings a client may have ahead', () => {
  it('is ten where the desk says ten: then one must go before another comes', async () => {
    api = await apiApp({
      desks: [aDesk({ limits: limitsOf({ openBookingsPerAddress: 10, mailsPerAddress: { hour: 90, day: 90 } }) })],
    });
    const ten = [];
    for (const start of STARTS.slice(0, 10)) ten.push(await book(api, { start }));
    const rows = await api.rows();
    problem(await send(STARTS[10]), 409, 'too-many-bookings');
    problem(await send(STARTS[10], { client: kim('KIM@Client.Example') }), 409, 'too-many-bookings');
    expect(await api.rows()).toEqual(rows);
    await send(STARTS[10], { client: kim('lea@client.example') }).expect(201);

    await api.post(`/bookings/${ten[0].token}/cancel`).expect(200);
    await send(STARTS[11]).expect(201);
    problem(await send(STARTS[0]), 409, 'too-many-bookings');
  });

  it('is what the desk says, at that desk, and of the future only', async () => {
    api = await apiApp({
      desks: [aDesk({ limits: limitsOf({ openBookingsPerAddress: 1 }) }), aDesk({ id: 'wuppertal' })],
    });
    await book(api, { start: STARTS[0] });
    problem(await send(STARTS[1]), 409, 'too-many-bookings');
    await api.post('/desks/wuppertal/bookings', aBookingRequest({ start: STARTS[1] })).expect(201);
    api.clock.set('2026-12-01T09:00:00+01:00');
    await send(STARTS[6]).expect(201);
  });

  it('holds for many requests at once', async () => {
    api = await apiApp({ desks: [aDesk({ limits: limitsOf({ openBookingsPerAddress: 3 }) })] });
    const answers = await Promise.all(STARTS.map((start) => send(start)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(3).fill(201), ...Array(9).fill(409)]);
  });

  it('does not stop a request that is repeated', async () => {
    api = await apiApp({ desks: [aDesk({ limits: limitsOf({ openBookingsPerAddress: 1 }) })] });
    const twice = () =>
      api
        .post('/desks/expat-desk/bookings', aBookingRequest(), { 'Idempotency-Key': 'a-key-of-one-request' })
        .expect(201);
    expect((await twice()).body).toEqual((await twice()).body);
  });

  it('does not bind reception', async () => {
    api = await apiApp({ desks: [aDesk({ limits: limitsOf({ openBookingsPerAddress: 1 }) })] });
    await book(api, { start: STARTS[0] });
    const body = { ...aBookingRequest({ start: STARTS[1] }), consent: undefined, source: 'phone' };
    await api.post('/staff/desks/expat-desk/bookings', body, await api.as('receptionist')).expect(201);
  });

  it.each([
    ['de', 'Sie haben hier schon 2 Termine vor sich'],
    ['en', 'You already have 2 consultations ahead of you here'],
  ])('is told on the page in %s, and nothing typed is lost', async (locale, said) => {
    api = await apiApp({ desks: [aDesk({ limits: limitsOf({ openBookingsPerAddress: 2 }) })] });
    const mine = await booked(api, { start: TUESDAY_NINE.start + 2 * HOUR });
    await booked(api, { start: TUESDAY_NINE.start + 3 * HOUR, details: { ...mine, client: aClient() } });
    const client = browse(api);
    await toCheck(client, STARTS[0] ?? '');
    const here = `/${locale}${BOOK.slice(3)}/check`;
    const form = hiddenFields((await client.get(here).expect(200)).text, here);
    const refused = await client.post(here, form).expect(200);
    expect(textOf(refused)).toContain(said);
    expect(textOf(refused)).toContain('+49 211 0000000');
    for (const kept of ['Kim Probe', 'kim@client.example']) expect(refused.text).toContain(kept);

    await api.app.cancelBooking({ bookingId: mine.id, reason: null, who: { kind: 'client' } });
    await client
      .post(here, hiddenFields(refused.text, here))
      .expect(303)
      .expect('Location', `/${locale}${BOOK.slice(3)}/done`);
  });
});
