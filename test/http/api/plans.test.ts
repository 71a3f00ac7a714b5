import { aDesk, anAdvisor } from '../../support/builders';
import { type ApiApp, apiApp, book, problem } from './apiClient';

const at = (time: string) => `2026-12-01T${time}:00+01:00`;
const PATH = '/staff/desks/expat-desk/absence-plans';
const SICK = { advisors: ['a1'], start: at('09:00'), end: at('17:00'), kind: 'sick' };

let api: ApiApp;
let reception: Record<string, string>;
beforeEach(async () => {
  api = await apiApp({ desks: [aDesk(), aDesk({ id: 'wuppertal', advisors: [anAdvisor({ id: 'w1' })] })] });
  reception = await api.as('receptionist');
});
afterEach(() => api.close());

const propose = (part: object = {}, headers = {}) => api.post(PATH, { ...SICK, ...part }, { ...reception, ...headers });
const on = (id: string, deed: string, body: object = {}, headers = reception) =>
  api.post(`/staff/absence-plans/${id}/${deed}`, body, headers);

describe('A plan for absences', () => {
  it('is proposed, read, carried out and undone, each once for one key', async () => {
    const { id } = await book(api, { language: 'de' });
    const { body: plan } = await propose({}, { 'Idempotency-Key': 'k' }).expect(201);
    expect(plan).toMatchObject({
      state: 'proposed',
      advisors: ['a1'],
      start: at('09:00'),
      end: at('17:00'),
      lines: [{ booking: { id }, action: 'reassign', advisor: 'a2', start: at('09:00'), tell: 'nobody' }],
      counts: { reassign: 1, move: 0, ask: 0, call: 0, cancel: 0, keep: 0, mails: 0, mailLanguages: {} },
    });
    expect((await propose({}, { 'Idempotency-Key': 'k' }).expect(201)).body).toEqual(plan);
    expect((await api.get(`/staff/absence-plans/${plan.id}`, reception).expect(200)).body).toEqual(plan);
    const { body: done } = await on(plan.id, 'commit').expect(200);
    expect(done).toMatchObject({ state: 'committed', undoUntil: expect.any(String) });
    expect(done.lines[0].booking).toMatchObject({ id, advisor: { id: 'a2' } });
    expect((await on(plan.id, 'commit').expect(200)).body).toEqual(done);
    const { body: undone } = await on(plan.id, 'undo').expect(200);
    expect(undone).toMatchObject({ state: 'undone', lines: [{ booking: { id, advisor: { id: 'a1' } } }] });
    problem(await on(plan.id, 'commit'), 409, 'plan-undone');
  });

  it('ends earlier, and as planned after all', async () => {
    const { body: plan } = await propose().expect(201);
    problem(await on(plan.id, 'end'), 409, 'plan-undone');
    await on(plan.id, 'commit').expect(200);
    const { body: back } = await on(plan.id, 'end', { at: at('11:00'), askBack: true }).expect(200);
    expect(back).toMatchObject({ state: 'committed', end: at('17:00'), backAt: at('11:00') });
    expect((await on(plan.id, 'end', { at: at('17:00') }).expect(200)).body).not.toHaveProperty('backAt');
    problem(await on(plan.id, 'end', { at: 'eleven' }), 422, 'invalid');
  });

  it('counts who is mailed, in which language', async () => {
    for (const language of ['de', 'en'])
      await book(api, { language, client: { name: 'K', email: `${language}@client.example`, language } });
    const { body } = await propose().expect(201);
    expect(body.counts).toMatchObject({ ask: 1, mails: 1, mailLanguages: { de: 1 } });
  });

  it('closes the whole desk', async () => {
    const { body } = await propose({ advisors: undefined, desk: true, kind: 'closure', reason: 'Staff outing' }).expect(
      201,
    );
    await on(body.id, 'commit').expect(200);
    const { days } = (await api.get('/desks/expat-desk/opening-hours?from=2026-12-01&to=2026-12-02')).body;
    expect(days[0]).toMatchObject({ windows: [], closed: { kind: 'exception', name: { de: 'Staff outing' } } });
  });

  it('says which booking is in the way', async () => {
    const { id } = await book(api);
    const { body } = await propose().expect(201);
    await api.post(`/staff/bookings/${id}/reschedule`, { start: at('11:00') }, reception).expect(200);
    const { errors } = problem(await on(body.id, 'commit'), 409, 'moves-refused');
    expect(errors).toMatchObject([{ booking: id, problem: '/problems/version-moved-on' }]);
  });

  it.each([
    [{ advisors: undefined }, '/advisors'],
    [{ desk: true }, '/advisors'],
    [{ advisors: ['nobody'] }, '/advisors/0'],
    [{ end: at('09:00') }, '/end'],
    [{ kind: 'tired' }, '/kind'],
    [{ start: 'now' }, '/start'],
  ])('is asked for in a form that says what is wrong: %j', async (part, pointer) => {
    const { errors } = problem(await propose(part), 422, 'invalid');
    expect(errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  it.each([
    [{ booking: 'x', action: 'call' }, '/lines/0/booking'],
    [{ action: 'dance' }, '/lines/0/action'],
    [{ action: 'reassign', advisor: 'nobody' }, '/lines/0/advisor'],
  ])('is carried out in a form that says what is wrong: %j', async (part, pointer) => {
    const { id } = await book(api);
    const { body } = await propose().expect(201);
    const { errors } = problem(await on(body.id, 'commit', { lines: [{ booking: id, ...part }] }), 422, 'invalid');
    expect(errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  it('is reception’s and the advisor’s own, and not there for another desk', async () => {
    const { body } = await propose().expect(201);
    const advisor = await api.as('advisor', { advisorId: 'a2' });
    const elsewhere = await api.as('receptionist', { deskId: 'wuppertal' });
    for (const deed of ['commit', 'undo']) {
      problem(await on(body.id, deed, {}, advisor), 403, 'forbidden');
      problem(await on(body.id, deed, {}, elsewhere), 404, 'not-found');
    }
    problem(await on('nothing', 'commit'), 404, 'not-found');
    problem(await api.get(`/staff/absence-plans/${body.id}`, elsewhere), 404, 'not-found');
    const own = await api.as('advisor', { advisorId: 'a1' });
    for (const deed of ['commit', 'undo']) await on(body.id, deed, {}, own).expect(200);
  });
});
