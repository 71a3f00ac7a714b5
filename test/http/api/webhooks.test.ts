import { WEBHOOK_EVENTS } from '../../../src/domain/webhooks/webhook';
import { aDesk } from '../../support/builders';
import { aReceiver } from '../../support/receiver';
import { type ApiApp, apiApp, book, problem } from './apiClient';

const AT = '/staff/desks/expat-desk/webhooks';

let api: ApiApp;
let receiver: Awaited<ReturnType<typeof aReceiver>>;
let manager: { Authorization: string };
beforeEach(async () => {
  receiver = await aReceiver();
  api = await apiApp({
    desks: [aDesk(), aDesk({ id: 'wuppertal' })],
    calendarAllow: [new URL(receiver.url).host],
    now: '2026-11-30T12:00:00+01:00',
  });
  manager = await api.as('manager');
});
afterEach(async () => {
  await receiver.close();
  await api.close();
});

const add = async (part: object = {}, headers = {}) => {
  const body = { url: receiver.url, events: WEBHOOK_EVENTS, ...part };
  return api.post(AT, body, { ...manager, ...headers });
};
const listed = async () => (await api.get(AT, manager).expect(200)).body.webhooks;

describe('Webhooks', () => {
  it('are added with a secret that is told once, and listed with what became of the last message', async () => {
    const { body, headers } = await add();
    expect(body).toEqual({
      id: expect.any(String),
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      version: 1,
      formerUntil: null,
    });
    expect([headers.location, headers.etag]).toEqual([`/api/v1${AT}/${body.id}`, '"1"']);
    const about = {
      ...{ id: body.id, url: receiver.url, events: [...WEBHOOK_EVENTS], version: 1, formerUntil: null },
      createdAt: '2026-11-30T12:00:00+01:00',
    };
    expect(await listed()).toEqual([{ ...about, lastDelivery: null }]);
    await book(api);
    await api.run('sendWebhooks');
    const lastDelivery = {
      ...{ id: receiver.received[0]?.headers['webhook-id'], event: 'booking.made', state: 'sent', attempts: 1 },
      ...{ at: '2026-11-30T12:00:00+01:00', triedAt: '2026-11-30T12:00:00+01:00', nextAt: null },
      ...{ status: 204, problem: null },
    };
    expect(await listed()).toEqual([{ ...about, lastDelivery }]);
    expect((await api.get(`${AT}/${body.id}`, manager).expect(200)).body).toEqual({ ...about, lastDelivery });
  });

  it('get a new secret, and are withdrawn by who has seen their version', async () => {
    const { body: added } = await add();
    const { body: rotated } = await api.post(`${AT}/${added.id}/rotate`, {}, manager).expect(200);
    expect(rotated).toMatchObject({ id: added.id, version: 2, formerUntil: '2026-12-01T12:00:00+01:00' });
    expect(rotated.secret).not.toBe(added.secret);
    problem(await api.del(`${AT}/${added.id}`, manager), 428, 'version-required');
    problem(await api.del(`${AT}/${added.id}`, { ...manager, 'If-Match': '"1"' }), 412, 'version-moved-on');
    await api.del(`${AT}/${added.id}`, { ...manager, 'If-Match': '"2"' }).expect(204);
    expect(await listed()).toEqual([]);
    problem(await api.get(`${AT}/${added.id}`, manager), 404, 'not-found');
  });

  it('get another address by who has seen their version, checked as a new one is, and keep the secret', async () => {
    const { id } = (await add()).body;
    const at = `/staff/desks/expat-desk/webhooks/${id}`;
    const body = { url: `${receiver.url}other`, events: ['hours.changed'] };
    await api.put(at, body, manager).expect(428);
    await api.put(at, body, { ...manager, 'If-Match': '"9"' }).expect(412);
    await api.put(at, { ...body, url: 'https://10.0.0.7/' }, { ...manager, 'If-Match': '"1"' }).expect(422);
    const changed = await api.put(at, body, { ...manager, 'If-Match': '"1"' }).expect(200);
    expect(changed.headers.etag).toBe('"2"');
    expect(changed.body).toMatchObject({ id, ...body, version: 2 });
    expect((await api.get(at, manager).expect(200)).body).toEqual(changed.body);
    expect(JSON.stringify(changed.body)).not.toContain('whsec_');
  });

  it('are tried, and sent a message again with its id, page by page of their list', async () => {
    const { body } = await add();
    receiver.answers(500);
    const tests = [];
    for (let i = 0; i < 3; i++) {
      tests.push((await api.post(`${AT}/${body.id}/test`, {}, manager).expect(201)).body.id);
      await api.run('sendWebhooks');
    }
    expect(receiver.received.map(({ body: { type } }) => type)).toEqual(Array(3).fill('webhook.test'));
    const first = (await api.get(`${AT}/${body.id}/deliveries?limit=2`, manager).expect(200)).body;
    expect(first.deliveries).toMatchObject([
      { id: tests[2], state: 'waiting', attempts: 1, status: 500 },
      { id: tests[1], nextAt: '2026-11-30T12:01:00+01:00' },
    ]);
    const rest = (await api.get(`${AT}/${body.id}/deliveries?limit=2&cursor=${first.next}`, manager).expect(200)).body;
    expect(rest).toMatchObject({ deliveries: [{ id: tests[0] }], next: null });
    receiver.answers(200);
    await api.post(`/staff/webhook-deliveries/${tests[0]}/send-again`, {}, manager).expect(200);
    await api.run('sendWebhooks');
    expect(receiver.received.at(-1)?.headers['webhook-id']).toBe(tests[0]);
    problem(await api.post('/staff/webhook-deliveries/nothing/send-again', {}, manager), 404, 'not-found');
  });

  it.each([
    ['http://program.example/', '/url'],
    ['https://127.0.0.1/', '/url'],
    ['https://[::ffff:7f00:1]/', '/url'],
    ['https://0x7f.1/', '/url'],
    ['https://169.254.169.254/latest/meta-data', '/url'],
    ['file:///etc/passwd', '/url'],
    ['x', '/url'],
  ])('go to no address inside, nor in clear: %s', async (url, pointer) => {
    const { errors } = problem(await add({ url }), 422, 'invalid');
    expect(errors).toEqual([{ pointer, detail: expect.any(String) }]);
    expect(await listed()).toEqual([]);
  });

  it.each([
    [{ events: [] }, '/events'],
    [{ events: ['booking.lost'] }, '/events/0'],
    [{ events: ['hours.changed', 'hours.changed'] }, '/events'],
    [{ url: undefined }, '/url'],
    [{ url: `https://program.example/${'x'.repeat(2000)}` }, '/url'],
    [{ secret: 'mine' }, '/secret'],
  ])('need an address and events: %j', async (part, pointer) => {
    expect(problem(await add(part), 422, 'invalid').errors).toMatchObject([{ pointer }]);
  });

  it('are twenty at most at a desk', async () => {
    for (let i = 0; i < 20; i++) expect((await add()).status).toBe(201);
    problem(await add(), 422, 'invalid');
  });

  it('are added once for one Idempotency-Key, whose answer is kept without the secret in clear', async () => {
    const key = { 'Idempotency-Key': 'the same' };
    const [first, again] = [await add({}, key), await add({}, key)];
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect(await listed()).toHaveLength(1);
    const rotate = () => api.post(`${AT}/${first.body.id}/rotate`, {}, { ...manager, ...key });
    const [rotated, replayed] = [await rotate(), await rotate()];
    expect(replayed.body).toEqual(rotated.body);
    const kept = JSON.stringify(await api.dump('idempotency_key'));
    for (const { secret } of [first.body, rotated.body]) expect(kept).not.toContain(secret.slice(6, 40));
  });

  it('are kept by a manager, and those of another desk are none', async () => {
    const { body } = await add();
    const other = await api.as('manager', { deskId: 'wuppertal' });
    problem(await api.get(AT, other), 404, 'not-found');
    problem(await api.get(`/staff/desks/wuppertal/webhooks/${body.id}`, other), 404, 'not-found');
    problem(await api.get(AT, await api.as('receptionist')), 403, 'forbidden');
    const wanted = { ...other, 'If-Match': '*' };
    problem(await api.del(`/staff/desks/wuppertal/webhooks/${body.id}`, wanted), 404, 'not-found');
    expect(await listed()).toHaveLength(1);
  });
});
