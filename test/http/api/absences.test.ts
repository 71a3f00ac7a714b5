import { aDesk } from '../../support/builders';
import { type ApiApp, apiApp, book, problem } from './apiClient';

const AT = '/staff/desks/expat-desk/absences';
const AWAY = { start: '2026-12-01T09:00:00+01:00', end: '2026-12-01T12:00:00+01:00', reason: 'training' };
const LATER = { start: '2026-12-02T09:00:00+01:00', end: '2026-12-02T12:00:00+01:00' };

let api: ApiApp;
let manager: { Authorization: string };
beforeEach(async () => {
  api = await apiApp({ desks: [aDesk()] });
  manager = await api.as('manager');
});
afterEach(() => api.close());

const enter = async (body: object = AWAY, advisor = 'a1') =>
  (await api.post(`/staff/advisors/${advisor}/absences`, body, manager).expect(201)).body;
const seen = (version: unknown) => ({ ...manager, 'If-Match': `"${version}"` });
const listed = async () => (await api.get(AT, manager).expect(200)).body.absences;
const tasks = async () => (await api.deps.storage.tasks.open('expat-desk')).map(({ bookingId }) => bookingId);

describe('Absences', () => {
  it('are listed by start, each with its version, from now on or from a day', async () => {
    const second = await enter(LATER, 'a2');
    const first = await enter();
    expect(await listed()).toEqual([
      { id: first.id, advisor: 'a1', ...AWAY, version: 1 },
      { id: second.id, advisor: 'a2', ...LATER, reason: null, version: 1 },
    ]);
    const from = async (day: string) => (await api.get(`${AT}?from=${day}`, manager).expect(200)).body;
    expect(await from('2026-12-02')).toMatchObject({ absences: [{ id: second.id }], next: null });
    expect(await from('2026-12-03')).toEqual({ absences: [], next: null });
    problem(await api.get(`${AT}?cursor=x`, manager), 422, 'invalid');
  });

  it('go on page by page', async () => {
    await api.deps.storage.write(async ({ desks }) => {
      for (let i = 0; i < 201; i++) {
        const time = { start: Date.parse(LATER.start) + i * 60_000, end: Date.parse(LATER.end) + i * 60_000 };
        await desks.addAbsence('expat-desk', { id: `ab${i}`, advisorId: 'a1', time, reason: null });
      }
    });
    const { body } = await api.get(AT, manager).expect(200);
    expect(body.absences).toHaveLength(200);
    const more = await api.get(`${AT}?cursor=${body.next}`, manager).expect(200);
    expect(more.body).toMatchObject({ absences: [{ id: 'ab200' }], next: null });
  });

  it.each([
    ['the same twice', AWAY],
    ['a part of it', { ...AWAY, start: '2026-12-01T10:00:00+01:00' }],
  ])('that are there already are refused: %s', async (_, again) => {
    const { id } = await enter();
    const refused = await api.post('/staff/advisors/a1/absences', again, manager);
    expect(problem(refused, 409, 'no-effect').beatenBy).toBe(id);
    expect(await listed()).toHaveLength(1);
    await enter(again, 'a2');
  });

  it('may overlap', async () => {
    await enter();
    await enter({ ...AWAY, end: '2026-12-01T12:30:00+01:00' });
    expect(await listed()).toHaveLength(2);
  });
});

describe('An absence', () => {
  it('is changed: bookings of its old time fit again, those of its new one do not', async () => {
    const first = await book(api, { advisor: 'a1' });
    const second = await book(api, { advisor: 'a1', start: LATER.start });
    const { id, affected } = await enter();
    expect(affected).toMatchObject([{ id: first.id }]);
    expect(await tasks()).toEqual([first.id]);
    const { body, headers } = await api.put(`/staff/absences/${id}`, LATER, seen(1)).expect(200);
    expect(body).toMatchObject({ id, version: 2, affected: [{ id: second.id }] });
    expect(headers.etag).toBe('"2"');
    expect(await tasks()).toEqual([second.id]);
    expect(await listed()).toEqual([{ id, advisor: 'a1', ...LATER, reason: null, version: 2 }]);
  });

  it('may get another reason only', async () => {
    const { id } = await enter();
    await api.put(`/staff/absences/${id}`, { ...AWAY, reason: 'ill' }, seen(1)).expect(200);
    expect((await listed())[0].reason).toBe('ill');
  });

  it('is withdrawn, and its bookings are no tasks any more', async () => {
    await book(api, { advisor: 'a1' });
    const { id } = await enter();
    expect(await tasks()).toHaveLength(1);
    expect((await api.del(`/staff/absences/${id}`, seen(1)).expect(200)).body).toEqual({
      id,
      version: 1,
      affected: [],
    });
    expect([await tasks(), await listed()]).toEqual([[], []]);
    problem(await api.del(`/staff/absences/${id}`, seen(1)), 404, 'not-found');
  });

  it('that lies in another one would change nothing', async () => {
    const longer = await enter({ ...AWAY, end: '2026-12-01T16:00:00+01:00' });
    const { id } = await enter(LATER);
    const refused = await api.put(`/staff/absences/${id}`, AWAY, seen(1));
    expect(problem(refused, 409, 'no-effect').beatenBy).toBe(longer.id);
  });

  it.each([
    ['changes', (id: string, headers: Record<string, string>) => api.put(`/staff/absences/${id}`, LATER, headers)],
    ['is withdrawn', (id: string, headers: Record<string, string>) => api.del(`/staff/absences/${id}`, headers)],
  ])('%s only for who names the version that they saw, and only while it is that', async (_, ask) => {
    const { id } = await enter();
    const before = await listed();
    problem(await ask(id, manager), 428, 'version-required');
    problem(await ask(id, seen(2)), 412, 'version-moved-on');
    problem(await ask('unknown', seen(1)), 404, 'not-found');
    expect(await listed()).toEqual(before);
    await ask(id, seen(1)).expect(200);
  });

  it.each([
    [{ ...AWAY, end: AWAY.start }, '/end'],
    [{ ...AWAY, id: 'mine' }, '/id'],
    [{ ...AWAY, advisor: 'a2' }, '/advisor'],
  ])('cannot become %j', async (body, pointer) => {
    const { id } = await enter();
    const refused = problem(await api.put(`/staff/absences/${id}`, body, seen(1)), 422, 'invalid');
    expect(refused.errors?.[0]?.pointer).toBe(pointer);
  });
});
