import { HOUR, MINUTE } from '../../../../src/domain/calendar/interval';
import { limitsOf } from '../../../../src/domain/limits';
import { aDesk, anAdvisor } from '../../../support/builders';
import { type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';
import { type ApiApp, aBookingRequest, apiApp, problem } from '../../api/apiClient';

const EVIL = '203.0.113.7';
const NEIGHBOUR = '203.0.113.8';
const ELSEWHERE = '198.51.100.1';
const VICTIM = 'victim@client.example';
const STARTS = Array.from(
  { length: 16 },
  (_, i) => `2026-12-01T${String(9 + (i >> 1)).padStart(2, '0')}:${i % 2 ? '30' : '00'}:00+01:00`,
);

let api: ApiApp;
let reception: Record<string, string>;
beforeEach(async () => {
  const advisors = ['a1', 'a2', 'a3'].map((id) => anAdvisor({ id }));
  const limits = limitsOf({ mailsPerAddress: { hour: 900, day: 900 } });
  api = await apiApp({
    trustProxy: 'loopback',
    desks: [aDesk({ advisors, limits }), aDesk({ id: 'wuppertal', advisors, limits })],
  });
  reception = await api.as('receptionist');
});
afterEach(() => api.close());

const book = async (i: number, ip = EVIL, { desk = 'expat-desk', email = VICTIM } = {}): Promise<string> => {
  const client = { name: `Opfer ${i}`, email };
  const body = aBookingRequest({ start: STARTS[i], client });
  const { body: made } = await api.post(`/desks/${desk}/bookings`, body, { 'X-Forwarded-For': ip }).expect(201);
  return made.id;
};
const idsOf = (answer: { body: { bookings: { id: string }[] } }) => answer.body.bookings.map(({ id }) => id);
const near = (id: string, query = '', as = reception) => api.get(`/staff/bookings/${id}/same-network${query}`, as);
const cancelAll = (bookings: string[], part: object = {}, as = reception, headers = {}) =>
  api.post('/staff/desks/expat-desk/false-bookings', { bookings, ...part }, { ...as, ...headers });
const statusOf = async (id: string) => (await api.storage.bookings.find(id))?.status;
const outbox = async () => (await api.everything()).outbox as { state: string; kind: string; booking_id: string }[];
const counted = async () =>
  Number(/^sprechstunde_false_bookings_cancelled_total (\d+)$/m.exec(await api.measures.counters())?.[1]);

describe('What came from the same network', () => {
  it('is found from any of it, by the width and the time asked for', async () => {
    const first = await book(0);
    api.clock.advance(2 * HOUR);
    const second = await book(1);
    api.clock.advance(MINUTE);
    const beside = await book(2, NEIGHBOUR);
    await book(3, ELSEWHERE);
    expect(idsOf(await near(first).expect(200))).toEqual([first, second]);
    expect(idsOf(await near(second, '?width=/24').expect(200))).toEqual([first, second, beside]);
    expect(idsOf(await near(second, '?width=/24&hours=1').expect(200))).toEqual([second, beside]);
    expect(idsOf(await near(first, '?width=/48').expect(200))).toEqual([]);
    problem(await near(first, '?hours=200'), 422, 'invalid');
    problem(await near(first, '?width=/12'), 422, 'invalid');
  });

  it('stays at its desk, leaves out what staff booked and what is cancelled, and is forgotten after seven days', async () => {
    const id = await book(0);
    await book(0, EVIL, { desk: 'wuppertal' });
    const caller = { ...aBookingRequest({ start: STARTS[1] }), consent: undefined, source: 'phone' };
    await api.post('/staff/desks/expat-desk/bookings', caller, { ...reception, 'X-Forwarded-For': EVIL }).expect(201);
    const gone = await book(2);
    await api.app.cancelBooking({ bookingId: gone, reason: null, who: { kind: 'client' } });
    expect(idsOf(await near(id))).toEqual([id]);
    expect(idsOf(await near(gone))).toEqual([id]);
    api.clock.advance(7 * 24 * HOUR - 1);
    await api.run('tidyUp');
    expect((await api.everything()).booking_origin).not.toEqual([]);
    api.clock.advance(1);
    await api.run('tidyUp');
    expect((await api.everything()).booking_origin).toEqual([]);
  });

  it('is for reception and who is above it, and not for advisors or another desk', async () => {
    const id = await book(0);
    const advisor = await api.as('advisor', { advisorId: 'a1' });
    problem(await near(id, '', advisor), 403, 'forbidden');
    problem(await cancelAll([id], {}, advisor), 403, 'forbidden');
    problem(await near(id, '', await api.as('manager', { deskId: 'wuppertal' })), 404, 'not-found');
    problem(await cancelAll([id], {}, await api.as('receptionist', { deskId: 'wuppertal' })), 404, 'not-found');
    expect(await statusOf(id)).toBe('confirmed');
  });
});

describe('Cancelling a run of false bookings', () => {
  it('is one deed, tells nobody, withdraws what waits, and each history says who did it', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) ids.push(await book(i));
    await api.run('sendOutbox');
    ids.push(await book(6));
    const others = await book(7, ELSEWHERE);
    const before = (await outbox()).length;

    const headers = { 'Idempotency-Key': 'k' };
    const { body } = await cancelAll(ids, { reason: 'Falsche Buchung' }, reception, headers).expect(200);
    expect(body).toEqual({ cancelled: 7, results: ids.map((booking) => ({ booking, outcome: 'cancelled' })) });
    expect((await cancelAll(ids, { reason: 'Falsche Buchung' }, reception, headers).expect(200)).body).toEqual(body);
    expect(await counted()).toBe(7);
    for (const id of ids) expect(await statusOf(id)).toBe('cancelled');
    expect(await statusOf(others)).toBe('confirmed');
    const history = await api.storage.bookings.history(ids[0] ?? '');
    expect(history.map(({ type, by, reason }) => [type, by.kind === 'staff' ? by.name : by.kind, reason])).toEqual([
      ['booked', 'client', null],
      ['cancelled', 'Test receptionist', 'Falsche Buchung'],
    ]);
    const after = await outbox();
    expect(after).toHaveLength(before);
    expect(after.filter(({ booking_id: id }) => id === ids[6]).map(({ state }) => state)).toEqual([
      'withdrawn',
      'withdrawn',
    ]);

    api.clock.advance(MINUTE);
    await api.post(`/staff/bookings/${ids[3]}/restore`, {}, reception).expect(200);
    expect(await statusOf(ids[3] ?? '')).toBe('confirmed');
  });

  it('mails everybody where that is asked for', async () => {
    const ids = [await book(0), await book(1)];
    await api.run('sendOutbox');
    await cancelAll(ids, { tell: 'mail' }).expect(200);
    expect((await outbox()).filter(({ kind, state }) => kind === 'cancelled' && state === 'waiting')).toHaveLength(4);
  });

  it('does what it can, says what it could not, and does nothing for a booking that is not the desk’s', async () => {
    const ids = [await book(0), await book(1), await book(2)];
    await api.app.cancelBooking({ bookingId: ids[0] ?? '', reason: null, who: { kind: 'client' } });
    api.clock.set('2026-12-01T09:40:00+01:00');
    await api.post(`/staff/bookings/${ids[1]}/check-in`, {}, reception).expect(200);
    await api.post(`/staff/bookings/${ids[1]}/complete`, {}, reception).expect(200);
    const elsewhere = await book(9, EVIL, { desk: 'wuppertal' });
    problem(await cancelAll([ids[2] ?? '', elsewhere]), 404, 'not-found');
    expect(await statusOf(ids[2] ?? '')).toBe('confirmed');
    const { body } = await cancelAll(ids).expect(200);
    expect(body.cancelled).toBe(1);
    expect(body.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'unchanged',
      'refused',
      'cancelled',
    ]);
    problem(await cancelAll([]), 422, 'invalid');
    problem(await cancelAll(ids, { tell: 'phone' }), 422, 'invalid');
  });
});

describe('The page for false bookings', () => {
  const page = (id: string) => `/staff/bookings/${id}/false-bookings`;
  let browser: Browser;
  let ids: string[];
  beforeEach(async () => {
    browser = await signedInAs(api, { role: 'manager' });
    ids = [await book(0), await book(1), await book(2), await book(3, NEIGHBOUR)];
  });
  const send = (fields: Record<string, string>, chosen: readonly string[]) =>
    browser.post(page(ids[0] ?? ''), { ...fields, booking: chosen as never });

  it('leads from one of them over the choice and one more look to the deed, without script', async () => {
    const booking = (await browser.get(`/staff/bookings/${ids[0]}`).expect(200)).text;
    expect(booking).toContain(`href="${page(ids[0] ?? '')}"`);
    const { text } = await browser.get(page(ids[0] ?? '')).expect(200);
    expect(wordsIn(text)).toContain('3 Buchungen. Alle auswählen');
    expect(text.match(/type="checkbox"/g)).toHaveLength(3);
    expect(text.match(/ checked/g)).toHaveLength(1);
    expect((await browser.get(`${page(ids[0] ?? '')}?all=1&width=wider`)).text.match(/ checked/g)).toHaveLength(4);

    const form = hiddenFields(text, page(ids[0] ?? ''));
    const asked = await send(form, ids.slice(0, 2)).expect(200);
    expect(wordsIn(asked.text)).toContain('2 falsche Buchungen absagen?');
    for (const id of ids) expect(await statusOf(id)).toBe('confirmed');

    const { booking: _last, ...again } = hiddenFields(asked.text, page(ids[0] ?? ''));
    const done = await send({ ...again, step: 'cancel', reason: 'Falsche Buchung' }, ids.slice(0, 2)).expect(303);
    const after = await browser.get(String(done.headers.location)).expect(200);
    expect(wordsIn(after.text)).toContain(
      '2 Buchungen sind abgesagt. War eine doch echt? Auf ihrer Seite lässt sich die Absage zurücknehmen',
    );
    expect(wordsIn(after.text)).toContain('Eine Buchung.');
    expect(await Promise.all(ids.map(statusOf))).toEqual(['cancelled', 'cancelled', 'confirmed', 'confirmed']);
    expect((await outbox()).filter(({ kind }) => kind === 'cancelled')).toEqual([]);
  });

  it('asks again where nothing is chosen or the reason is too long, and keeps the rest', async () => {
    const { text } = await browser.get(page(ids[0] ?? '')).expect(200);
    const form = hiddenFields(text, page(ids[0] ?? ''));
    expect(wordsIn((await browser.post(page(ids[0] ?? ''), form).expect(200)).text)).toContain(
      'mindestens eine Buchung',
    );
    const long = await send({ ...form, step: 'cancel', reason: 'x'.repeat(501) }, ids.slice(0, 2)).expect(200);
    expect(wordsIn(long.text)).toContain('2 falsche Buchungen absagen?');
    expect(await statusOf(ids[0] ?? '')).toBe('confirmed');
  });

  it('says that there was nothing left to cancel as what it is, without the tick of what was done', async () => {
    const { text } = await browser.get(page(ids[0] ?? '')).expect(200);
    const form = { ...hiddenFields(text, page(ids[0] ?? '')), step: 'cancel' };
    const looks: unknown[] = [];
    for (const key of ['key of the first press', 'key of the second press']) {
      const { headers } = await send({ ...form, key }, ids.slice(0, 2)).expect(303);
      const after = await browser.get(String(headers.location)).expect(200);
      looks.push(after.text.match(/notice--\w+|kern-icon--(?:success|warning)|role="(?:alert|status)"/g));
    }
    expect(looks).toEqual([
      ['notice--success', 'role="status"', 'kern-icon--success'],
      ['notice--warning', 'role="alert"', 'kern-icon--warning'],
    ]);
  });

  it('is closed to advisors, who are not led there', async () => {
    const advisor = await signedInAs(api, { role: 'advisor', advisorId: 'a1' });
    await advisor.get(page(ids[0] ?? '')).expect(403);
    expect((await advisor.get(`/staff/bookings/${ids[0]}`)).text).not.toContain('false-bookings');
  });
});
