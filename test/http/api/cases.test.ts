import type { Response } from 'supertest';
import { booked } from '../../support/bookings';
import { aDesk, aPartner, aQuestion, aTopic } from '../../support/builders';
import { type ApiApp, apiApp, problem } from './apiClient';

const AT = '/staff/desks/expat-desk/cases';
const OLENA = { name: 'Олена Зразок', email: 'olena@client.example', phone: null, languages: ['uk'] };

let api: ApiApp;
let ada: { Authorization: string };
let bo: { Authorization: string };
beforeEach(async () => {
  const asking = [aQuestion({ id: 'which' }), aQuestion({ id: 'must', required: true })];
  const topics = [aTopic({ questions: asking }), aTopic({ id: 'career' })];
  const byCase = { cases: { keepDays: 365 } };
  const partners = [aPartner({ id: 'agency' })];
  api = await apiApp({ desks: [aDesk({ topics, partners, ...byCase }), aDesk({ id: 'plain' })] });
  ada = await api.as('advisor', { advisorId: 'a1' });
  bo = await api.as('advisor', { advisorId: 'a2' });
});
afterEach(() => api.close());

const begun = async (body: object = { client: OLENA }) => (await api.post(AT, body, ada).expect(201)).body;
const read = async (id: string) => (await api.get(`${AT}/${id}`, ada).expect(200)).body;
const change = (id: string, body: object) => api.patch(`${AT}/${id}`, body, ada);
/** The fields that are wrong. */
const refused = (answer: Response, pointers: readonly string[]) =>
  expect(problem(answer, 422, 'invalid').errors?.map(({ pointer }) => pointer)).toEqual(pointers);
const trail = async (id: string) => (await api.storage.trail.about(id, 100)).map(({ by, deed }) => `${by} ${deed}`);

describe('A case', () => {
  it('is begun for somebody, changed over several meetings, closed, and opened again', async () => {
    const { id, version, ...rest } = await begun();
    expect(rest).toMatchObject({
      client: OLENA,
      advisors: ['a1'],
      bookings: [],
      steps: [],
      state: 'open',
      result: null,
    });
    const intake = {
      qualifications: [{ what: 'Медсестра', country: 'Україна', level: 'vocational', papers: 'there' }],
      obstacles: ['german', 'childcare'],
      obstaclesNote: ' ',
      goal: 'Працювати за фахом',
    };
    const steps = [
      { text: 'Zeugnisse übersetzen', due: '2026-12-15' },
      { text: 'Antrag', owner: 'desk', partner: 'agency' },
    ];
    const one = (await change(id, { version, intake, steps }).expect(200)).body;
    expect(one.intake).toMatchObject({
      ...{ obstacles: ['german', 'childcare'], obstaclesNote: null, goal: 'Працювати за фахом' },
      qualifications: [{ what: 'Медсестра', recognition: null }],
    });
    expect(one.steps).toMatchObject([
      { text: 'Zeugnisse übersetzen', owner: 'client', due: '2026-12-15', state: 'open', partner: null },
      { owner: 'desk', partner: 'agency' },
    ]);
    const [first, second] = one.steps;
    const agreed = { text: 'Erst B2, dann Anerkennung', agreedOn: '2026-11-24' };
    const two = await change(id, { version: 2, steps: [{ ...first, state: 'done' }, second], strategy: agreed });
    expect(two.body.strategy).toEqual({ ...agreed, language: 'de', changedSince: false });
    const closed = await change(id, { version: 3, state: 'closed', result: { kind: 'work', on: '2027-04-01' } });
    expect(closed.body).toMatchObject({ state: 'closed', result: { kind: 'work' }, version: 4 });
    problem(await change(id, { version: 4, steps: [] }), 409, 'case-not-changeable');
    expect((await change(id, { version: 4, state: 'open' }).expect(200)).body.result).toBeNull();
  });

  it('is refused over another version than was read, and nothing is done', async () => {
    const { id } = await begun();
    await change(id, { version: 1, intake: { goal: 'A' } }).expect(200);
    problem(await change(id, { version: 1, intake: { goal: 'B' } }), 412, 'version-moved-on');
    problem(await change(id, { intake: { goal: 'B' } }), 428, 'version-required');
    problem(await api.patch(`${AT}/${id}`, {}, { ...ada, 'If-Match': '"1"' }), 412, 'version-moved-on');
    expect((await read(id)).intake.goal).toBe('A');
    await api.patch(`${AT}/${id}`, { intake: { goal: 'C' } }, { ...ada, 'If-Match': '"2"' }).expect(200);
  });

  it('begins with a booking, whose client and answers are taken over, and has its later ones attached', async () => {
    const answers = { which: 'Köchin', must: 'x' };
    const details = { client: { name: 'Kim Probe', email: 'kim@client.example', phone: null, language: 'uk' } };
    const booking = await booked(api, { details: { ...DETAILS, ...details, answers } });
    const { id, ...first } = await begun({ bookings: [booking.id] });
    expect(first).toMatchObject({
      client: { name: 'Kim Probe', email: 'kim@client.example', languages: ['uk', 'en'] },
      intake: { topic: 'residence', answers },
      meetings: [{ booking: booking.id, start: '2026-12-01T09:00:00+01:00', topic: 'residence' }],
    });
    const next = await booked(api, {
      start: Date.parse('2026-12-08T10:00:00+01:00'),
      details: { ...DETAILS, answers },
    });
    const both = (await change(id, { version: 1, bookings: [next.id, booking.id] }).expect(200)).body;
    expect(both.bookings).toEqual([booking.id, next.id]);
    const other = await begun();
    refused(await change(other.id, { version: 1, bookings: [next.id] }), ['/bookings/0']);
    expect((await change(id, { version: 2, bookings: [next.id] }).expect(200)).body.bookings).toEqual([next.id]);
    await change(other.id, { version: 1, bookings: [booking.id] }).expect(200);
  });

  it('is begun once for one key', async () => {
    const keyed = { ...ada, 'Idempotency-Key': 'once' };
    const first = await api.post(AT, { client: OLENA }, keyed).expect(201);
    const again = await api.post(AT, { client: OLENA }, keyed).expect(201);
    expect([again.body.id, again.headers['idempotency-replayed']]).toEqual([first.body.id, 'true']);
    // What is kept for the repetition does not say whose it is.
    expect(JSON.stringify(await api.dump('idempotency_key'))).not.toContain('Зразок');
  });

  it.each([
    [{}, '/client'],
    [{ client: { name: '' } }, '/client/name'],
    [{ client: OLENA, intake: { obstacles: ['religion'] } }, '/intake/obstacles/0'],
    [{ client: OLENA, intake: { topic: 'none' } }, '/intake/topic'],
    [{ client: OLENA, intake: { topic: 'residence', answers: { none: 'x' } } }, '/answers/none'],
    [{ client: OLENA, bookings: ['none'] }, '/bookings/0'],
    [{ client: OLENA, health: 'ill' }, '/health'],
  ])('is refused as %j', async (body, pointer) => {
    refused(await api.post(AT, body, ada), [pointer]);
    expect(await api.dump('client_case')).toEqual([]);
  });

  it.each([
    [{ steps: [{ text: 'x', partner: 'none' }] }, '/steps/0/partner'],
    [{ steps: [{ text: 'x', id: 'none' }] }, '/steps/0/id'],
    [{ steps: [{ text: '' }] }, '/steps/0/text'],
    [{ state: 'closed' }, '/result'],
    [{ result: { kind: 'work', on: '2027-01-01' } }, '/result'],
  ])('is not changed to %j', async (body, pointer) => {
    const { id } = await begun();
    refused(await change(id, { version: 1, ...body }), [pointer]);
    expect((await read(id)).version).toBe(1);
  });
});

describe('Who reads a case', () => {
  it('is only its advisors, until one of them lets a colleague in', async () => {
    const { id } = await begun();
    problem(await api.get(`${AT}/${id}`, bo), 404, 'not-found');
    expect((await api.get(AT, bo).expect(200)).body.cases).toEqual([]);
    refused(await api.post(`${AT}/${id}/advisors`, { advisor: 'nobody' }, ada), ['/advisor']);
    await api.post(`${AT}/${id}/advisors`, { advisor: 'a2' }, ada).expect(200);
    expect((await api.get(`${AT}/${id}`, bo).expect(200)).body.advisors).toEqual(['a1', 'a2']);
    await api.del(`${AT}/${id}/advisors/a1`, bo).expect(204);
    problem(await api.get(`${AT}/${id}`, ada), 404, 'not-found');
    problem(await api.del(`${AT}/${id}/advisors/a2`, bo), 409, 'case-not-changeable');
  });

  it('is nobody at a desk that does not work by case', async () => {
    const other = await api.as('advisor', { advisorId: 'a1', deskId: 'plain' });
    problem(await api.get('/staff/desks/plain/cases', other), 404, 'not-found');
    problem(await api.post('/staff/desks/plain/cases', { client: OLENA }, other), 404, 'not-found');
  });

  it('sees which case a booking is of; others see only that there is one', async () => {
    const booking = await booked(api, { details: { ...DETAILS, answers: { must: 'x' } } });
    const caseOf = async (who: { Authorization: string }) =>
      (await api.get(`/staff/bookings/${booking.id}`, who).expect(200)).body.case;
    expect(await caseOf(ada)).toBeNull();
    const { id } = await begun({ bookings: [booking.id] });
    expect([await caseOf(ada), await caseOf(bo)]).toEqual([{ id }, { id: null }]);
    expect(await caseOf(await api.as('receptionist'))).toEqual({ id: null });
  });

  it('is in the audit trail each time, by name, without a word of what stands in it', async () => {
    const { id } = await begun();
    await api.get(AT, ada).expect(200);
    await read(id);
    await api.get(`${AT}/${id}`, { ...ada, 'If-None-Match': '"1"' }).expect(304);
    await change(id, { version: 1, intake: { goal: 'Мета' } }).expect(200);
    await api.get(`${AT}/${id}/data`, ada).expect(200);
    await api.get(`${AT}/${id}`, bo).expect(404);
    const lines = await trail(id);
    const by = lines[0]?.split(' case_')[0];
    expect(lines.map((line) => line.replace(`${by} `, '')).sort()).toEqual(
      ['case_begun', 'case_changed', 'case_exported', 'case_listed', 'case_read', 'case_read', 'case_read'].sort(),
    );
    const kept = JSON.stringify(await api.dump('trail_entry'));
    for (const word of ['Олена', 'olena', 'Мета']) expect(kept).not.toContain(word);
  });

  it('finds it by a name, and by whether it is open', async () => {
    const { id } = await begun();
    await begun({ client: { name: 'Jörg Test' } });
    const found = async (query: string) =>
      (await api.get(`${AT}?${query}`, ada).expect(200)).body.cases.map(
        (each: { client: { name: string } }) => each.client.name,
      );
    expect(await found('q=joerg')).toEqual(['Jörg Test']);
    await change(id, { version: 1, state: 'closed', result: { kind: 'moved', on: '2026-11-24' } }).expect(200);
    expect(await found('state=open')).toEqual(['Jörg Test']);
    expect(await found('')).toEqual(['Jörg Test', OLENA.name]);
  });
});

describe("A client's right", () => {
  it('is a file of all that is stored, in which members of staff stay unnamed', async () => {
    const { id } = await begun();
    const { body, headers } = await api.get(`${AT}/${id}/data`, ada).expect(200);
    expect(headers['content-disposition']).toContain('attachment');
    expect(body).toMatchObject({ id, client: OLENA });
    const deeds = body.trail.map(({ deed }: { deed: string }) => deed);
    expect(deeds.sort()).toEqual(['case_begun', 'case_exported', 'case_read']);
    expect(Object.keys(body.trail[0])).toEqual(['at', 'deed']);
  });

  it('is that everything is erased', async () => {
    const { id } = await begun();
    problem(await api.del(`${AT}/${id}`, ada), 428, 'version-required');
    await api.del(`${AT}/${id}`, { ...ada, 'If-Match': '"1"' }).expect(204);
    problem(await api.get(`${AT}/${id}`, ada), 404, 'not-found');
    const { trail_entry: lines, ...tables } = await api.everything();
    expect(JSON.stringify(tables)).not.toContain('Зразок');
    expect(lines).toContainEqual(expect.objectContaining({ deed: 'case_erased', about: id }));
  });
});

const DETAILS = {
  ...{ client: { name: 'Kim Probe', email: 'kim@client.example', phone: null, language: 'en' } },
  ...{ attendees: 1, onBehalfOf: null, people: [], support: [], note: null },
};
