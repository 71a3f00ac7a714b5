import { type ApiApp, apiApp, book, problem } from './apiClient';

const WALK_INS = '/staff/desks/expat-desk/walk-ins';
const QUEUE = '/staff/desks/expat-desk/queue';
const CAME = { topic: 'residence', language: 'en' };

let api: ApiApp;
let reception: Record<string, string>;
beforeEach(async () => {
  api = await apiApp();
  reception = await api.as('receptionist');
});
afterEach(() => api.close());

const come = (part: object = {}, headers = {}) =>
  api.post(WALK_INS, { ...CAME, ...part }, { ...reception, ...headers });
const on = (id: string, step: string, body: object = {}, headers = reception) =>
  api.post(`/staff/queue/${id}/${step}`, body, headers);
const ticketOf = ({ statusUrl }: { statusUrl: string }) => `/queue/${statusUrl.split('/').at(-1)}`;

describe('The queue by the API', () => {
  it('takes somebody without an appointment, once for one key, and tells them when', async () => {
    const { body } = await come({ name: 'Ola', urgent: 'ends today' }, { 'Idempotency-Key': 'k' }).expect(201);
    expect(body).toEqual({
      id: expect.any(String),
      number: 'W1',
      statusUrl: expect.stringMatching(/^http:\/\/[^/]+\/q\/[\w-]{20,}$/),
      position: 1,
      expectedStart: '2026-11-24T10:00:00+01:00',
    });
    expect((await come({ name: 'Ola', urgent: 'ends today' }, { 'Idempotency-Key': 'k' }).expect(201)).body).toEqual(
      body,
    );
    const { queue } = (await api.get(QUEUE, reception).expect(200)).body;
    expect(queue).toEqual([
      {
        ...{ id: body.id, number: 'W1', booking: null, topic: 'residence', language: 'en', name: 'Ola', urgent: true },
        ...{ reason: 'ends today', state: 'waiting', misses: 0, advisor: null, position: 1 },
        expectedStart: '2026-11-24T10:00:00+01:00',
        expectedBetween: { start: '2026-11-24T10:00:00+01:00', end: '2026-11-24T10:00:00+01:00' },
      },
    ]);
  });

  it('goes through all states, which the ticket tells without a name', async () => {
    const { body } = await come({ name: 'Ola' }).expect(201);
    const ticket = async () => (await api.get(ticketOf(body)).expect(200)).body;
    expect(await ticket()).toEqual({
      ...{ number: 'W1', position: 1, state: 'waiting', expectedStart: '2026-11-24T10:00:00+01:00' },
    });
    for (const [step, state, shown] of [
      ['call', 'called', 'called'],
      ['miss', 'waiting', 'waiting'],
      ['call', 'called', 'called'],
      ['miss', 'parked', 'waiting'],
      ['undo', 'called', 'called'],
      ['start', 'started', 'started'],
      ['finish', 'done', 'done'],
    ] as const) {
      expect((await on(body.id, step, step === 'call' ? { advisor: 'a2' } : {}).expect(200)).body).toMatchObject({
        ...{ id: body.id, state, advisor: 'a2' },
      });
      expect(await ticket()).toMatchObject({ state: shown });
    }
    problem(await on(body.id, 'leave'), 409, 'queue-not-changeable');
    await on(body.id, 'finish').expect(200);
  });

  it('has appointments that are here, with their client, under the id of the booking or of the entry', async () => {
    const { id, reference } = await book(api);
    api.clock.set('2026-12-01T08:30:00+01:00');
    await api.post(`/staff/bookings/${id}/check-in`, {}, reception).expect(200);
    const { queue } = (await api.get(QUEUE, reception).expect(200)).body;
    expect(queue).toMatchObject([
      { id, booking: id, number: reference.split('-')[0], name: expect.any(String), position: 1, state: 'waiting' },
    ]);
    const { body } = await on(id, 'call').expect(200);
    expect(body).toMatchObject({ booking: id, state: 'called' });
    expect((await on(body.id, 'start').expect(200)).body).toMatchObject({ state: 'started' });
    expect((await on(id, 'undo').expect(200)).body).toMatchObject({ state: 'called' });
  });

  it.each([
    [{ topic: 'cooking' }, '/topic'],
    [{ language: 'uk' }, '/language'],
    [{ urgent: 7 }, '/urgent'],
    [{ name: 'x'.repeat(201) }, '/name'],
  ])('is asked for in a form that says what is wrong: %j', async (part, pointer) => {
    const { errors } = problem(await come(part), 422, 'invalid');
    expect(errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  it('knows no other tickets', async () => {
    problem(await api.get('/queue/nothing'), 404, 'not-found');
  });
});
