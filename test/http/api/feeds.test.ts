import request from 'supertest';
import { aDesk } from '../../support/builders';
import { type ApiApp, apiApp, problem } from './apiClient';

const AT = '/staff/feeds';
const LIST = '/staff/desks/expat-desk/feeds';

let api: ApiApp;
let manager: { Authorization: string };
let advisor: { Authorization: string };
beforeEach(async () => {
  api = await apiApp({ desks: [aDesk(), aDesk({ id: 'wuppertal' })], now: '2026-11-30T12:00:00+01:00' });
  manager = await api.as('manager');
  advisor = await api.as('advisor', { advisorId: 'a1' });
});
afterEach(() => api.close());

const follow = (url: string) => request(api.http).get(new URL(url).pathname);

describe('Feeds', () => {
  it('are made with an address that is told once, listed without it, renewed and revoked', async () => {
    const { body } = await api.post(AT, { advisor: 'a1', names: false }, advisor).expect(201);
    expect(body).toEqual({
      id: expect.any(String),
      url: expect.stringMatching(/^http:\/\/desk\.example\/calendars\/[\w-]{43}\.ics$/),
    });
    await follow(body.url).expect(200);
    const listed = { id: body.id, advisor: 'a1', names: false, createdAt: '2026-11-30T12:00:00+01:00' };
    expect((await api.get(LIST, advisor).expect(200)).body).toEqual({ feeds: [listed] });
    const { body: renewed } = await api.post(`${AT}/${body.id}/renew`, {}, advisor).expect(200);
    expect(renewed.id).toBe(body.id);
    await follow(body.url).expect(404);
    await follow(renewed.url).expect(200);
    await api.del(`${AT}/${body.id}`, advisor).expect(204);
    await follow(renewed.url).expect(404);
    expect((await api.get(LIST, advisor).expect(200)).body).toEqual({ feeds: [] });
    problem(await api.del(`${AT}/${body.id}`, advisor), 404, 'not-found');
  });

  it('of a whole desk are reception’s and the manager’s', async () => {
    const { body } = await api.post(AT, { desk: 'expat-desk' }, await api.as('receptionist')).expect(201);
    await follow(body.url).expect(200);
    problem(await api.post(AT, { desk: 'expat-desk' }, advisor), 403, 'forbidden');
    problem(await api.del(`${AT}/${body.id}`, advisor), 403, 'forbidden');
    expect((await api.get(LIST, advisor).expect(200)).body).toEqual({ feeds: [] });
    expect((await api.get(LIST, manager).expect(200)).body.feeds).toMatchObject([{ id: body.id, advisor: null }]);
  });

  it('are no business of a colleague, nor of an advisor with the same id at another desk', async () => {
    const { body } = await api.post(AT, { advisor: 'a1' }, advisor).expect(201);
    const colleague = await api.as('advisor', { advisorId: 'a2' });
    const stranger = await api.as('advisor', { advisorId: 'a1', deskId: 'wuppertal' });
    problem(await api.post(AT, { advisor: 'a1' }, colleague), 403, 'forbidden');
    problem(await api.post(AT, { advisor: 'a1', desk: 'expat-desk' }, stranger), 404, 'not-found');
    for (const [who, status, code] of [
      [colleague, 403, 'forbidden'],
      [stranger, 404, 'not-found'],
    ] as const) {
      problem(await api.post(`${AT}/${body.id}/renew`, {}, who), status, code);
      problem(await api.del(`${AT}/${body.id}`, who), status, code);
    }
    problem(await api.get(LIST, stranger), 404, 'not-found');
    await follow(body.url).expect(200);
  });

  it('are answered again for the same key, with the same address', async () => {
    const key = { ...advisor, 'Idempotency-Key': 'k1' };
    const first = await api.post(AT, { advisor: 'a1' }, key).expect(201);
    const again = await api.post(AT, { advisor: 'a1' }, key).expect(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(JSON.stringify(await api.everything())).not.toContain(first.body.url.split('/').at(-1).slice(0, -4));
  });

  it.each([
    ['nobody', {}, '/advisor'],
    ['names that the desk does not allow', { advisor: 'a1', names: true }, '/names'],
  ])('are refused for %s', async (_, body, pointer) => {
    expect(problem(await api.post(AT, body, manager), 422, 'invalid').errors?.map((each) => each.pointer)).toEqual([
      pointer,
    ]);
  });

  it('are at most ten of one advisor', async () => {
    for (let i = 0; i < 10; i++) await api.post(AT, { advisor: 'a1' }, advisor).expect(201);
    problem(await api.post(AT, { advisor: 'a1' }, advisor), 422, 'invalid');
    await api.post(AT, { advisor: 'a2' }, manager).expect(201);
  });

  it('are refused for who does not advise there', async () => {
    problem(await api.post(AT, { advisor: 'nobody' }, manager), 404, 'not-found');
    problem(await api.post(AT, { desk: 'nowhere' }, manager), 404, 'not-found');
  });
});
