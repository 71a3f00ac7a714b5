import { DAY } from '../../../src/domain/calendar/dates';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { paths, url } from '../../../src/paths';
import { aDesk } from '../../support/builders';
import { aCalendar, aCalendarServer } from '../../support/calendarServer';
import { hiddenFields, signedInAs, wordsIn } from '../../support/staff';
import { type ApiApp, aBookingRequest, apiApp, book, problem } from './apiClient';

const AT = '/staff/advisors/a1/busy-calendar';
/** Tuesday at nine, for an hour. */
const NINE = '20261201T080000Z/PT1H';

let api: ApiApp;
let server: Awaited<ReturnType<typeof aCalendarServer>>;
let advisor: { Authorization: string };
beforeEach(async () => {
  server = await aCalendarServer();
  api = await apiApp({ desks: [aDesk()], calendarAllow: [server.host], now: '2026-11-30T12:00:00+01:00' });
  advisor = await api.as('advisor', { advisorId: 'a1' });
});
afterEach(async () => {
  await server.close();
  await api.close();
});

const enter = (body: object = { url: server.url }) => api.put(AT, body, advisor);
const starts = async () => {
  const query = 'topic=residence&language=en&advisor=a1&from=2026-12-01&to=2026-12-02';
  const { body } = await api.get(`/desks/expat-desk/slots?${query}`).expect(200);
  return body.slots.map(({ start }: { start: string }) => start.slice(11, 16));
};
const readAgain = async (later = 15 * MINUTE) => {
  api.clock.advance(later);
  return api.run('readBusyCalendars');
};
const tasks = async () =>
  (await api.deps.storage.tasks.open('expat-desk')).map(({ bookingId, kind }) => [bookingId, kind]);

describe('The busy calendar', () => {
  it('blocks starts from now on, for searches as for bookings, and no longer once it is removed', async () => {
    server.gives(aCalendar(NINE));
    expect(await starts()).toContain('09:00');
    expect((await enter().expect(200)).body).toEqual({ events: 1, unread: 0 });
    expect(await starts()).not.toContain('09:00');
    expect(await starts()).not.toContain('09:30');
    expect(await starts()).toContain('10:00');
    const wanted = aBookingRequest({ advisor: 'a1' });
    problem(await api.post('/desks/expat-desk/bookings', wanted), 409, 'slot-unavailable');
    const removed = api.put(AT, 'null', { ...advisor, 'Content-Type': 'application/json' });
    expect((await removed.expect(200)).body).toEqual({ events: 0, unread: 0 });
    expect(await starts()).toContain('09:00');
    await api.post('/desks/expat-desk/bookings', wanted).expect(201);
  });

  it('keeps neither titles nor the address in clear', async () => {
    server.gives(aCalendar(NINE));
    await enter().expect(200);
    const kept = JSON.stringify(await api.everything());
    expect(kept).not.toContain('Zahnarzt');
    expect(kept).not.toContain('/me.ics');
    expect((await api.get(AT, advisor).expect(200)).body).toEqual({
      ...{ host: server.host, events: 1, unread: 0, readAt: '2026-11-30T12:00:00+01:00', problem: null },
    });
  });

  it('is read every 15 minutes, by its mark, and what became free is free', async () => {
    server.gives(aCalendar(NINE), { ETag: '"one"' });
    await enter().expect(200);
    expect(await readAgain(MINUTE)).toEqual({ read: 0, failed: 0 });
    server.answers((res) => void res.writeHead(304).end());
    expect(await readAgain()).toEqual({ read: 1, failed: 0 });
    expect(server.asked.at(-1)).toMatchObject({ 'if-none-match': '"one"' });
    expect(await starts()).not.toContain('09:00');
    server.gives(aCalendar('20261201T100000Z/PT1H'));
    await readAgain();
    expect(await starts()).toContain('09:00');
    expect(await starts()).not.toContain('11:00');
    // What recurs was read only so far ahead, so the next day it is read in full.
    await readAgain(DAY);
    expect(server.asked.at(-1)).not.toHaveProperty('if-none-match');
  });

  it('holds as it was while it cannot be read, and says so', async () => {
    server.gives(aCalendar(NINE));
    await enter().expect(200);
    server.answers((res) => void res.writeHead(503).end());
    expect(await readAgain()).toEqual({ read: 0, failed: 1 });
    expect(await starts()).not.toContain('09:00');
    const state = { events: 1, problem: 'refused', readAt: '2026-11-30T12:00:00+01:00' };
    expect((await api.get(AT, advisor).expect(200)).body).toMatchObject(state);
  });

  it('makes a booking that it meets a task, cancels nothing, and takes the task back', async () => {
    const { id } = await book(api, { advisor: 'a1' });
    server.gives(aCalendar(NINE));
    await enter().expect(200);
    expect(await tasks()).toEqual([[id, 'outside_hours']]);
    expect((await api.get(`/staff/bookings/${id}`, advisor).expect(200)).body.status).toBe('confirmed');
    server.gives(aCalendar());
    await readAgain();
    expect(await tasks()).toEqual([]);
  });

  it.each([
    ['no address', { url: 'nothing' }, 'address such as'],
    ['a private one', { url: 'https://10.0.0.7/me.ics' }, 'private address'],
    ['what is no calendar', {}, 'is no calendar'],
  ])('is refused for %s, with the reason', async (_, body, said) => {
    server.gives('<html>');
    const refused = problem(await enter({ url: server.url, ...body }), 422, 'invalid');
    expect(refused.errors).toEqual([{ pointer: '/url', detail: expect.stringContaining(said) }]);
    expect((await api.get(AT, advisor).expect(200)).body).toMatchObject({ host: null });
  });

  it('ends with its advisor', async () => {
    server.gives(aCalendar(NINE));
    await enter().expect(200);
    await api.storage.write(async ({ desks }) => {
      const entry = (await desks.advisors('expat-desk')).find(({ part }) => part.id === 'a1');
      if (entry) await desks.putAdvisor('expat-desk', { ...entry.part, retired: true }, 'staff');
    });
    await readAgain();
    expect(await api.dump('busy_calendar')).toEqual([]);
    expect(await api.dump('busy_time')).toEqual([]);
  });

  it('stands on the page of the advisor, with how it was read and why not', async () => {
    const at = url(paths.staffCalendars, { desk: 'expat-desk' });
    const who = await signedInAs(api, { role: 'advisor', advisorId: 'a1' });
    server.gives(aCalendar(NINE));
    await who.submit(at, at, { step: 'busy', url: server.url }).expect(303);
    expect(wordsIn((await who.get(at)).text)).toContain('1 Eintrag hält Zeit frei.');
    server.answers((res) => void res.writeHead(503).end());
    await readAgain(HOUR);
    expect(wordsIn((await who.get(at)).text)).toContain('es gilt weiter, was zuletzt gelesen wurde');
    await who.submit(at, at, { step: 'notBusy' }).expect(303);
    expect(await api.dump('busy_time')).toEqual([]);
    const refused = await who.post(at, {
      ...hiddenFields((await who.get(at)).text, at),
      step: 'busy',
      url: 'https://10.0.0.7/me.ics',
    });
    expect(wordsIn(refused.text)).toContain('in ein privates Netz');
    expect(refused.text).toContain('value="https://10.0.0.7/me.ics"');
  });
});
