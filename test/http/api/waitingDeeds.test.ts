import { type ApiApp, apiApp } from './apiClient';

const LIST = '/staff/desks/expat-desk/waiting-list';
const START = '2026-12-01T09:00:00+01:00';
const CALLER = { name: 'Ola Wartend', phone: '+492115550100' };
/** Nothing fits, so that nothing is offered by itself. */
const WISH = { topic: 'residence', languages: ['en'], before: '07:00' };

let api: ApiApp;
let reception: Record<string, string>;
beforeEach(async () => {
  api = await apiApp();
  reception = await api.as('receptionist');
});
afterEach(() => api.close());

const join = () => api.post(LIST, { ...WISH, client: CALLER }, reception);
const tasks = async () => (await api.get('/staff/desks/expat-desk/tasks', reception).expect(200)).body.tasks;

describe('Whoever waits and is phoned, by the API', () => {
  it('is put on the list with a phone number, once', async () => {
    const { body } = await join().expect(201);
    expect(body).toMatchObject({ position: 1, state: 'waiting', client: { ...CALLER, email: null } });
    expect((await join().expect(200)).body.id).toBe(body.id);
    await api.post(LIST, { ...WISH, client: { name: 'Nobody' } }, reception).expect(422);
  });

  it('is offered a start, which is a task to call, and booked for it', async () => {
    const { id } = (await join().expect(201)).body;
    const { starts } = (await api.get(`${LIST}/${id}/starts`, reception).expect(200)).body;
    expect(starts).toContainEqual(expect.objectContaining({ kind: 'other', mayOffer: true, language: 'en' }));
    await api.post(`${LIST}/${id}/offer`, { start: START }, reception).expect(200);
    expect(await tasks()).toEqual([expect.objectContaining({ kind: 'call', waiting: id, due: expect.any(String) })]);
    const { body } = await api.post(`${LIST}/${id}/book`, { start: START }, reception).expect(200);
    expect(body).toMatchObject({ start: START, source: 'phone', client: CALLER });
    expect(await tasks()).toEqual([]);
    await api.post(`${LIST}/${id}/book`, { start: START }, reception).expect(409);
  });

  it('is not booked for what is not free', async () => {
    const { id } = (await join().expect(201)).body;
    await api.post(`${LIST}/${id}/book`, { start: '2026-12-01T03:00:00+01:00' }, reception).expect(409);
  });

  it('is taken off and put back', async () => {
    const { id } = (await join().expect(201)).body;
    for (const _ of [1, 2]) await api.del(`${LIST}/${id}`, reception).expect(204);
    expect((await api.get(LIST, reception).expect(200)).body.entries).toEqual([]);
    expect((await api.post(`${LIST}/${id}/restore`, {}, reception).expect(200)).body).toMatchObject({ position: 1 });
    await api.del(`${LIST}/unknown`, reception).expect(404);
  });
});
