import request from 'supertest';
import { DAY } from '../../src/domain/calendar/dates';
import { HOUR, MINUTE } from '../../src/domain/calendar/interval';
import { limitsOf, type SomeLimits } from '../../src/domain/limits';
import { aDesk, anAdvisor } from '../support/builders';
import { hiddenFields } from '../support/staff';
import { type ApiApp, aBookingRequest, apiApp, problem } from './api/apiClient';
import { BOOK, browse, textOf, toCheck } from './public/browser';

const EMAIL = 'victim@client.example';
const ONE = '198.51.100.1';
/** Thirty-two times of Tuesday and Wednesday, each for sixty. */
const STARTS = Array.from({ length: 32 }, (_, i) => {
  const [half, hour] = [i % 2 ? '30' : '00', 9 + ((i % 16) >> 1)];
  return `2026-12-0${1 + Math.floor(i / 16)}T${String(hour).padStart(2, '0')}:${half}:00+01:00`;
});
const ADVISORS = Array.from({ length: 60 }, (_, i) => anAdvisor({ id: `a${i}` }));

let api: ApiApp;
afterEach(() => api.close());

async function open(limits: SomeLimits = {}): Promise<void> {
  api = await apiApp({ trustProxy: 'loopback', desks: [aDesk({ advisors: ADVISORS, limits: limitsOf(limits) })] });
}

const from = (ip: string, more = {}) => ({ 'X-Forwarded-For': ip, ...more });
let people = 0;
const anyone = () => `c${people++}@client.example`;
const book = (i = 0, { ip = ONE, email = anyone(), headers = {} } = {}) =>
  api.post(
    '/desks/expat-desk/bookings',
    aBookingRequest({ start: STARTS[i % STARTS.length], client: { name: 'Kim Probe', email } }),
    from(ip, headers),
  );
const tokenOf = (answer: { body: { manageUrl: string } }) => String(answer.body.manageUrl).split('/b/')[1] ?? '';
const statusesOf = (answers: readonly { status: number }[]) => answers.map(({ status }) => status);
const mails = async () => {
  const rows = (await api.everything()).outbox as { recipient: string; state: string; kind: string }[];
  return rows.filter(({ recipient, state }) => recipient === 'client' && state !== 'withdrawn');
};
const limited = async (limit: string) => {
  const found = new RegExp(`^sprechstunde_limited_total\\{limit="${limit}"\\} (\\d+)$`, 'm');
  return Number(found.exec(await api.measures.counters())?.[1]);
};

describe('Mails to one address', () => {
  it('are ten an hour and twenty a day, however often somebody books and cancels', async () => {
    await open();
    const answers = [];
    for (let i = 0; i < 75; i++) {
      const answer = await book(i, { email: i % 2 ? EMAIL : EMAIL.toUpperCase(), ip: `203.0.${i}.1` });
      answers.push(answer);
      if (answer.status !== 201) continue;
      await api.run('sendOutbox');
      await api.post(`/bookings/${tokenOf(answer)}/cancel`).expect(200);
    }
    expect(statusesOf(answers).filter((status) => status === 201)).toHaveLength(5);
    const refused = problem(answers[74] as never, 429, 'too-many-requests');
    expect(refused.detail).toContain('mail address');
    expect(answers[74]?.headers['retry-after']).toBe('3600');
    expect(await mails()).toHaveLength(10);
    expect(await limited('mails')).toBe(70);

    api.clock.advance(HOUR - 1);
    await book(0, { email: EMAIL }).expect(429);
    api.clock.advance(1);
    for (let i = 0; i < 10; i++) await book(i, { email: EMAIL }).expect(201);
    const last = await book(0, { email: EMAIL }).expect(429);
    expect(last.headers['retry-after']).toBe(String((DAY - HOUR) / 1000));
    await book(0).expect(201);
  });

  it('never keep anybody from cancelling: the mail of it waits for its hour', async () => {
    await open({ mailsPerAddress: { hour: 3, day: 4 } });
    const tokens = [];
    for (let i = 0; i < 3; i++) tokens.push(tokenOf(await book(i, { email: EMAIL }).expect(201)));
    problem(await api.post(`/bookings/${tokens[0]}/reschedule`, { start: STARTS[9] }), 429, 'too-many-requests');
    await api.run('sendOutbox');
    // Sorted, as no database promises an order of rows.
    const sent = async () => (await mails()).flatMap(({ state, kind }) => (state === 'sent' ? [kind] : [])).sort();
    for (const token of tokens.slice(0, 2)) {
      const { body } = await api.post(`/bookings/${token}/cancel`).expect(200);
      expect(body.status).toBe('cancelled');
    }
    await api.run('sendOutbox');
    expect(await sent()).toEqual(['booked', 'booked', 'booked']);
    api.clock.advance(HOUR);
    await api.run('sendOutbox');
    // The day has four; the second has to wait for the next.
    expect(await sent()).toEqual(['booked', 'booked', 'booked', 'cancelled']);
    api.clock.advance(DAY - HOUR);
    await api.run('sendOutbox');
    expect(await sent()).toHaveLength(5);
  });

  it('are not counted twice for a request that is sent again, nor for what was refused', async () => {
    await open({ mailsPerAddress: { hour: 2, day: 2 } });
    const headers = { 'Idempotency-Key': 'the same request again' };
    const first = await book(0, { email: EMAIL, headers }).expect(201);
    for (let i = 0; i < 4; i++) expect((await book(0, { email: EMAIL, headers }).expect(201)).body).toEqual(first.body);
    await api
      .post(
        '/desks/expat-desk/bookings',
        aBookingRequest({ start: '2026-12-01T03:00:00+01:00', client: { name: 'K', email: EMAIL } }),
      )
      .expect(409);
    await book(1, { email: EMAIL }).expect(201);
    await book(2, { email: EMAIL }).expect(429);
    expect((await book(0, { email: EMAIL, headers }).expect(201)).body).toEqual(first.body);
  });

  it('do not bind staff', async () => {
    await open({ mailsPerAddress: { hour: 1, day: 1 } });
    await book(0, { email: EMAIL }).expect(201);
    const body = { ...aBookingRequest({ client: { name: 'Kim', email: EMAIL } }), consent: undefined, source: 'phone' };
    const made = await api.post('/staff/desks/expat-desk/bookings', body, await api.as('receptionist')).expect(201);
    await api.run('sendOutbox');
    await api.post(`/staff/bookings/${made.body.id}/cancel`, {}, await api.as('receptionist')).expect(200);
    expect(await mails()).toHaveLength(3);
  });

  it('hold the link of a lost mail back, and nobody can tell', async () => {
    await open({ mailsPerAddress: { hour: 1, day: 1 } });
    const { body } = await book(0, { email: EMAIL }).expect(201);
    await request(api.http)
      .post('/en/expat-desk/find-booking')
      .type('form')
      .send({ reference: body.reference, email: EMAIL })
      .expect(303);
    expect(await mails()).toHaveLength(1);
  });

  it.each([
    ['de', 'An diese E-Mail-Adresse sind in kurzer Zeit schon viele Nachrichten gegangen', 'ab 11:00 Uhr'],
    ['en', 'Many messages have gone to this email address in a short time', 'from 11:00 on'],
  ])('are told of on the page in %s, and nothing typed is lost', async (locale, said, when) => {
    await open({ mailsPerAddress: { hour: 1, day: 9 } });
    await book(1, { email: 'kim@client.example' }).expect(201);
    const client = browse(api);
    await toCheck(client, STARTS[0] ?? '');
    const here = `/${locale}${BOOK.slice(3)}/check`;
    const form = hiddenFields((await client.get(here).expect(200)).text, here);
    const refused = await client.post(here, form).expect(429);
    expect(refused.headers['retry-after']).toBe('3600');
    for (const text of [said, when, '+49 211 0000000']) expect(textOf(refused)).toContain(text);
    for (const kept of ['Kim Probe', 'kim@client.example']) expect(refused.text).toContain(kept);
  });
});

describe('Moves of one booking', () => {
  it('are five within a day, and then cancelling is left', async () => {
    await open({ mailsPerAddress: { hour: 90, day: 90 } });
    const token = tokenOf(await book(0).expect(201));
    const move = (i: number) => api.post(`/bookings/${token}/reschedule`, { start: STARTS[i] });
    for (let i = 1; i <= 5; i++) {
      await move(i).expect(200);
      await move(i).expect(200);
      api.clock.advance(MINUTE);
    }
    const refused = await move(6).expect(429);
    expect(problem(refused, 429, 'too-many-requests').detail).toContain('moved as often');
    expect(refused.headers['retry-after']).toBe(String((DAY - 5 * MINUTE) / 1000));
    expect(await limited('moves')).toBe(1);
    await book(7).expect(201);
    api.clock.advance(DAY - 5 * MINUTE);
    await move(6).expect(200);
    await move(7).expect(429);
    await api.post(`/bookings/${token}/cancel`).expect(200);
  });

  it.each([
    [
      'de',
      'Dieser Termin ist innerhalb eines Tages schon oft geändert worden. Bitte versuchen Sie es ab Mittwoch, 25. November, 10:00 Uhr noch einmal',
    ],
    [
      'en',
      'This appointment has been changed many times within a day. Please try again from Wednesday, 25 November, 10:00 on',
    ],
  ])('are told of on the page in %s', async (locale, said) => {
    await open({ movesPerBookingPerDay: 1 });
    const token = tokenOf(await book(0).expect(201));
    await api.post(`/bookings/${token}/reschedule`, { start: STARTS[1] }).expect(200);
    const refused = await browse(api)
      .post(`/b/${token}/move?lang=${locale}`, { start: STARTS[2] ?? '', date: '2026-12-01' })
      .expect(429);
    expect(textOf(refused)).toContain(said);
    expect(refused.headers['retry-after']).toBe(String(DAY / 1000));
  });

  it('by staff are not counted', async () => {
    await open({ movesPerBookingPerDay: 1 });
    const answer = await book(0).expect(201);
    const reception = await api.as('receptionist');
    for (const i of [1, 2, 3])
      await api.post(`/staff/bookings/${answer.body.id}/reschedule`, { start: STARTS[i] }, reception).expect(200);
    await api.post(`/bookings/${tokenOf(answer)}/reschedule`, { start: STARTS[4] }).expect(200);
  });
});

describe('Bookings from one network', () => {
  const many = async (count: number, ip: (i: number) => string) => {
    const answers = [];
    for (let i = 0; i < count; i += 10)
      answers.push(
        ...(await Promise.all(
          Array.from({ length: Math.min(10, count - i) }, (_, j) => book(i + j, { ip: ip(i + j) })),
        )),
      );
    return statusesOf(answers).filter((status) => status === 201).length;
  };

  it('are sixty an hour from one address, as when a whole shelter books; next door it goes on', async () => {
    await open();
    expect(await many(60, () => ONE)).toBe(60);
    const refused = await book(0).expect(429);
    expect(problem(refused, 429, 'too-many-requests').detail).toContain('network');
    expect(refused.headers['retry-after']).toBe('3600');
    expect(await limited('bookings')).toBe(1);
    await book(0, { ip: '198.51.100.2' }).expect(201);
    const kept = JSON.stringify(await api.everything());
    expect(kept).not.toContain('198.51.100');
    api.clock.advance(HOUR);
    await book(0).expect(201);
  });

  it('rise for a /24 and, in IPv6, for /56 and /48, of which the /64 is the host', async () => {
    await open({ bookingsPerHour: { host: 2, '/24': 5, '/48': 10 } });
    expect(await many(20, (i) => `203.0.113.${i % 10}`)).toBe(5);
    expect(await many(10, (i) => `2001:db8:7:ab00::${i + 1}`)).toBe(2);
    expect(await many(20, (i) => `2001:db8:7:ab${10 + i}::1`)).toBe(3);
    expect(await many(40, (i) => `2001:db8:7:${10 + i}00::1`)).toBe(5);
    await book(0, { ip: '2001:db8:8:1000::1' }).expect(201);
  });

  it('are not used up by what was refused or repeated, and never limited for staff', async () => {
    await open({ bookingsPerHour: { host: 2 } });
    const headers = { 'Idempotency-Key': 'the same request again' };
    for (let i = 0; i < 3; i++) await book(0, { email: EMAIL, headers }).expect(201);
    for (let i = 0; i < 3; i++)
      await api
        .post('/desks/expat-desk/bookings', aBookingRequest({ start: '2026-12-06T09:00:00+01:00' }), from(ONE))
        .expect(409);
    await book(1).expect(201);
    await book(2).expect(429);
    await book(2, { headers: await api.as('receptionist') }).expect(201);
  });

  it('are counted in the desk’s own database by all its processes', async () => {
    await open({ bookingsPerHour: { host: 4 } });
    const other = await apiApp({ trustProxy: 'loopback', databaseUrl: api.databaseUrl, desks: [] });
    const mine = api;
    const answers = [];
    for (let i = 0; i < 8; i++) {
      api = i % 2 ? mine : other;
      answers.push(await book(i));
    }
    api = mine;
    await other.close();
    expect(statusesOf(answers)).toEqual([201, 201, 201, 201, 429, 429, 429, 429]);
  });
});

describe('Slots held from one network', () => {
  const hold = (i: number, ip = ONE) =>
    api.post('/desks/expat-desk/holds', { topic: 'residence', language: 'en', start: STARTS[i % 32] }, from(ip));

  it('are a share of the distinct starts on offer, at least ten', async () => {
    await open({ heldShare: 0.1 });
    const { body } = await api.get('/desks/expat-desk/slots?topic=residence&language=en').expect(200);
    const share = Math.floor(body.slots.length * 0.1);
    expect(share).toBeGreaterThan(20);
    const answers = [];
    for (let i = 0; i < share + 3; i++) answers.push(await hold(i));
    expect(statusesOf(answers)).toEqual([...Array(share).fill(201), 429, 429, 429]);
    expect(answers.at(-1)?.headers['retry-after']).toBe('900');
    expect(await limited('holds')).toBe(3);
    await hold(0, '198.51.100.2').expect(201);
  });
});
