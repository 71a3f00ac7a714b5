import { DAY } from '../../../src/domain/calendar/dates';
import { HOUR } from '../../../src/domain/calendar/interval';
import { aDesk, anAdvisor } from '../../support/builders';
import { type ApiApp, aBookingRequest, apiApp } from './apiClient';

let api: ApiApp;
let reception: Readonly<Record<string, string>>;
beforeEach(async () => {
  const advisors = [anAdvisor({ languages: ['de'] }), anAdvisor({ id: 'a2', name: 'Bo Muster', languages: ['ja'] })];
  api = await apiApp({ desks: [aDesk({ advisors, interpreters: { through: 'de', deadlineHours: 48 } })] });
  reception = await api.as('receptionist');
});
afterEach(() => api.close());

const ask = (part: object = {}) =>
  api.post('/desks/expat-desk/bookings', aBookingRequest({ language: 'ti', interpreter: true, ...part }));
const tasks = async () => (await api.get('/staff/desks/expat-desk/tasks', reception)).body.tasks;
const mails = async () =>
  (await api.mailbox.list())
    .map(({ to, subject, calendar }) => ({ to: JSON.stringify(to), subject, calendar: calendar?.method ?? null }))
    .filter(({ to }) => to.includes('kim@client.example'));

describe('A booking with an interpreter', () => {
  it('is requested, takes the time of an advisor who shares a language with interpreters, and is a task', async () => {
    const { body } = await ask().expect(201);
    const interpreter = { kind: null, name: null, through: 'de' };
    expect(body).toMatchObject({ status: 'requested', language: 'ti', interpreter });
    expect((await ask().expect(409)).body.type).toBe('/problems/slot-unavailable');
    expect(await tasks()).toMatchObject([{ kind: 'interpreter', booking: body.id, due: '2026-11-29T09:00:00+01:00' }]);
    await api.run('sendOutbox');
    expect(await mails()).toEqual([
      { to: expect.anything(), subject: expect.stringContaining('Not yet booked'), calendar: null },
    ]);
    const { body: seen } = await api.get(`/staff/bookings/${body.id}`, reception).expect(200);
    expect(seen).toMatchObject({ advisor: { id: 'a1' }, language: 'ti' });
  });

  it('is confirmed with whoever was found: then the invitation goes out, once', async () => {
    const { id } = (await ask().expect(201)).body;
    await api.run('sendOutbox');
    const found = { interpreter: 'in_person', name: 'Selam Beispiel' };
    const { body } = await api.post(`/staff/bookings/${id}/confirm`, found, reception).expect(200);
    const interpreter = { kind: 'in_person', name: 'Selam Beispiel', through: 'de' };
    expect(body).toMatchObject({ status: 'confirmed', version: 2, interpreter });
    await api.post(`/staff/bookings/${id}/confirm`, { interpreter: 'phone' }, reception).expect(200);
    await api.run('sendOutbox');
    expect((await mails()).filter(({ calendar }) => calendar === 'REQUEST')).toHaveLength(1);
    expect(await tasks()).toEqual([]);
  });

  it('does not keep who interpreted when the client has the data erased', async () => {
    const { id, manageUrl } = (await ask().expect(201)).body;
    const [, token] = String(manageUrl).split('/b/');
    const found = { interpreter: 'phone', name: 'Selam Beispiel' };
    await api.post(`/staff/bookings/${id}/confirm`, found, reception).expect(200);
    expect(JSON.stringify((await api.everything()).booking)).toContain('Selam');
    await api.del(`/bookings/${token}/data`).expect(204);
    await api.run('sendOutbox');
    expect(JSON.stringify(await api.everything())).not.toContain('Selam');
    expect((await api.storage.bookings.find(id))?.interpreting).toEqual({ language: 'ti', kind: 'phone', name: null });
  });

  it('is declined with a reason: it is cancelled, its time is free, and no calendar hears of it', async () => {
    const { id } = (await ask().expect(201)).body;
    await api.run('sendOutbox');
    const { body } = await api
      .post(`/staff/bookings/${id}/decline`, { reason: 'Nobody is free' }, reception)
      .expect(200);
    expect(body.status).toBe('cancelled');
    api.clock.advance(2 * 60_000);
    await api.run('sendOutbox');
    expect(await mails()).toEqual(
      expect.arrayContaining([
        { to: expect.anything(), subject: expect.stringContaining('Cancelled'), calendar: null },
      ]),
    );
    expect(await tasks()).toEqual([]);
    await ask().expect(201);
  });

  it('lapses at the desk’s deadline, is not offered after it, and tells the client', async () => {
    const { id } = (await ask().expect(201)).body;
    await api.run('sendOutbox');
    api.clock.set('2026-11-29T08:59:00+01:00');
    await api.run('lapseRequests');
    expect((await api.get(`/staff/bookings/${id}`, reception)).body.status).toBe('requested');
    api.clock.advance(2 * 60_000);
    await api.run('lapseRequests');
    expect((await api.get(`/staff/bookings/${id}`, reception)).body.status).toBe('cancelled');
    await api.run('sendOutbox');
    expect((await mails()).filter(({ subject }) => subject.startsWith('Cancelled'))).toHaveLength(1);
    expect(await tasks()).toEqual([]);
    expect((await ask().expect(409)).body.type).toBe('/problems/slot-unavailable');
  });

  it('moves like any other, and stays a request', async () => {
    const { body } = await ask().expect(201);
    const start = new Date(Date.parse(body.start) + HOUR).toISOString();
    const token = body.manageUrl.split('/b/')[1];
    const moved = await api.post(`/bookings/${token}/reschedule`, { start }).expect(200);
    expect(moved.body).toMatchObject({ status: 'requested', language: 'ti' });
  });

  it('needs a desk that works with interpreters', async () => {
    await api.close();
    api = await apiApp();
    expect((await ask().expect(422)).body.errors).toMatchObject([{ pointer: '/interpreter' }]);
    const { id } = (await api.post('/desks/expat-desk/bookings', aBookingRequest({})).expect(201)).body;
    const staff = await api.as('receptionist');
    await api.post(`/staff/bookings/${id}/confirm`, { interpreter: 'phone' }, staff).expect(409);
    await api.post(`/staff/bookings/${id}/decline`, {}, staff).expect(409);
    api.clock.advance(DAY);
  });
});
