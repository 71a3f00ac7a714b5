import { DAY } from '../../../src/domain/calendar/dates';
import { limitsOf } from '../../../src/domain/limits';
import { aDesk, anAdvisor, aTopic } from '../../support/builders';
import { type ApiApp, apiApp, book } from './apiClient';

let api: ApiApp;
let token: string;
beforeEach(async () => {
  const topics = [aTopic({ modes: ['in_person', 'phone'] }), aTopic({ id: 'career' })];
  const advisors = [anAdvisor(), anAdvisor({ id: 'a2', name: 'Bo Muster' })];
  api = await apiApp({
    desks: [aDesk({ topics, advisors, capacities: { phone: 1 }, limits: limitsOf({ movesPerBookingPerDay: 5 }) })],
  });
  token = (await book(api)).token;
  await api.run('sendOutbox');
});
afterEach(() => api.close());

const correct = (part: object) => api.patch(`/bookings/${token}`, { version: 1, ...part });
const mails = async () =>
  (await api.mailbox.list()).map(({ to, subject, calendar }) => ({
    to: JSON.stringify(to),
    subject,
    calendar: calendar?.method ?? null,
  }));

describe('A correction by the client', () => {
  it('of note, needs, number and phone is saved and mailed to nobody', async () => {
    const before = await mails();
    const part = { note: 'Second floor?', support: ['quiet_room'], attendees: 2, client: { phone: '+49 211 5550100' } };
    const { body } = await correct(part).expect(200);
    expect(body).toMatchObject({
      ...{ version: 2, sequence: 0, note: 'Second floor?', support: ['quiet_room'], attendees: 2 },
      client: { name: 'Kim Probe', phone: '+492115550100' },
    });
    await api.run('sendOutbox');
    expect(await mails()).toEqual(before);
  });

  it('of the alarm is in the calendar file, and mailed to nobody', async () => {
    const file = async () => (await api.get(`/bookings/${token}/calendar.ics`)).text;
    await correct({ alarmMinutes: -1 }).expect(422);
    const { body } = await correct({ alarmMinutes: 90 }).expect(200);
    expect(body).toMatchObject({ alarmMinutes: 90, sequence: 0 });
    expect(await file()).toContain('TRIGGER:-PT1H30M');
    await correct({ version: 2, alarmMinutes: null }).expect(200);
    expect(await file()).not.toContain('VALARM');
  });

  it('of the address invites the new one, and tells the old one that it is no longer invited', async () => {
    const { body } = await correct({ client: { email: 'kim.new@client.example' } }).expect(200);
    expect(body).toMatchObject({ sequence: 1, client: { email: 'kim.new@client.example' } });
    await api.run('sendOutbox');
    expect((await mails()).filter(({ to }) => to.includes('kim.new@'))).toMatchObject([{ calendar: 'REQUEST' }]);
    expect((await mails()).filter(({ to, calendar }) => to.includes('kim@') && calendar === 'CANCEL')).toMatchObject([
      { subject: expect.stringContaining('No longer to this address') },
    ]);
  });

  it('of an address to which nothing has gone out yet sends nothing there at all', async () => {
    const { token: wrong } = await book(api, { client: { name: 'Kim Probe', email: 'wrong@client.example' } });
    await api.patch(`/bookings/${wrong}`, { version: 1, client: { email: 'right@client.example' } }).expect(200);
    await api.run('sendOutbox');
    expect((await mails()).filter(({ to }) => to.includes('wrong@'))).toEqual([]);
    expect((await mails()).filter(({ to }) => to.includes('right@'))).toMatchObject([{ calendar: 'REQUEST' }]);
  });

  it('of the mode needs a number to call and room at the same time', async () => {
    expect((await correct({ mode: 'phone' }).expect(422)).body.errors).toMatchObject([{ pointer: '/client/phone' }]);
    const phone = { mode: 'phone', client: { phone: '+49 211 5550100' } };
    const { body } = await correct(phone).expect(200);
    expect(body).toMatchObject({ mode: 'phone', sequence: 1, start: '2026-12-01T09:00:00+01:00' });
    await api.run('sendOutbox');
    expect((await mails()).filter(({ subject }) => subject.startsWith('Changed:'))).toMatchObject([
      { calendar: 'REQUEST' },
    ]);

    const other = (await book(api)).token;
    const refused = await api.patch(`/bookings/${other}`, { version: 1, ...phone }).expect(409);
    expect(refused.body.type).toBe('/problems/slot-unavailable');
    await api.patch(`/bookings/${other}`, { version: 1, mode: 'video' }).expect(422);
  });

  it('of a version that moved on, or of the name, is refused and changes nothing', async () => {
    await correct({ version: 7, note: 'x' }).expect(412);
    await correct({ client: { name: 'Somebody Else' } }).expect(422);
    expect((await api.get(`/bookings/${token}`)).body).toMatchObject({ version: 1, note: null });
    await correct({}).expect(200);
    expect((await api.get(`/bookings/${token}`)).body.version).toBe(1);
  });

  it('cannot mail one stranger after the other', async () => {
    for (let i = 0; i < 5; i++)
      await correct({ version: i + 1, client: { email: `stranger${i}@client.example` } }).expect(200);
    await correct({ version: 6, client: { email: 'stranger6@client.example' } }).expect(429);
    await correct({ version: 6, note: 'A note may still be changed.' }).expect(200);
  });
});

describe('What is stored of a client', () => {
  it('is given to them as a file', async () => {
    const answer = await api.get(`/bookings/${token}/data`).expect(200);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[\w-]+\.json"$/);
    expect(answer.body).toMatchObject({
      client: { name: 'Kim Probe', email: 'kim@client.example' },
      history: [{ type: 'booked', by: { kind: 'client', name: null } }],
      mails: [
        { kind: 'booked', to: 'client', state: 'sent' },
        { kind: 'booked', to: 'staff', state: 'sent' },
      ],
    });
  });

  it('is erased, after what is ahead was cancelled and its notice went out, and the rest is left to the statistics', async () => {
    const { id } = (await api.get(`/bookings/${token}`)).body;
    await correct({ note: 'In confidence' }).expect(200);
    await api.del(`/bookings/${token}/data`).expect(204);
    await api.get(`/bookings/${token}`).expect(404);
    await api.run('sendOutbox');
    expect((await mails()).filter(({ calendar }) => calendar === 'CANCEL')).toMatchObject([
      { to: expect.stringContaining('kim@client.example') },
    ]);
    const rest = JSON.stringify((await api.everything()).booking);
    for (const secret of ['Kim', 'kim@client.example', 'In confidence']) expect(rest).not.toContain(secret);

    await api.run('purge');
    const { booking, outbox, consultation_fact: facts } = await api.everything();
    expect([booking, outbox]).toEqual([[], []]);
    expect(facts).toMatchObject([{ status: 'cancelled', topic_id: 'residence' }]);
    expect(await api.storage.bookings.find(id)).toBeUndefined();
  });

  it('is not erased while the consultation is going on, but right after it', async () => {
    api.clock.set('2026-12-01T09:10:00+01:00');
    await api.del(`/bookings/${token}/data`).expect(409);
    api.clock.advance(DAY);
    await api.del(`/bookings/${token}/data`).expect(204);
    await api.run('purge');
    expect((await api.everything()).booking).toEqual([]);
  });
});
