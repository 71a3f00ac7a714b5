import { aDesk } from '../../support/builders';
import { type ApiApp, apiApp, book, problem } from './apiClient';

const DESK = '/staff/desks/expat-desk';
const CLOSED = { from: '2026-12-01', to: '2026-12-02', closed: true, reason: { de: 'Umzug', en: 'Moving' } };

let api: ApiApp;
let manager: { Authorization: string };
beforeEach(async () => {
  api = await apiApp({ desks: [aDesk()] });
  manager = await api.as('manager');
});
afterEach(() => api.close());

const propose = (hours: object, who = manager) => api.post(`${DESK}/absence-plans`, { hours, kind: 'closure' }, who);
const exceptions = async () => (await api.get(`${DESK}/exceptions`, manager)).body.exceptions;
const rules = async () => (await api.get(`${DESK}/opening-rules`, manager)).body.rules;

describe('A plan for a change of hours', () => {
  it('proposes for the bookings that would lose their place, and enters it when it is carried out', async () => {
    const [first, second] = [await book(api), await book(api, { start: '2026-12-01T10:00:00+01:00' })];
    await book(api, { start: '2026-12-02T10:00:00+01:00' });
    const plan = (await propose({ exceptions: [CLOSED] }).expect(201)).body;
    expect(plan.lines.map(({ booking }: never) => (booking as { id: string }).id)).toEqual([first.id, second.id]);
    expect(plan.lines.every(({ start }: { start: string }) => !start.startsWith('2026-12-01'))).toBe(true);
    expect(await exceptions()).toEqual([]);
    const lines = [
      { booking: first.id, action: 'keep' },
      { booking: second.id, action: 'cancel' },
    ];
    const commit = { lines, message: 'Wir ziehen um.' };
    await api.post(`/staff/absence-plans/${plan.id}/commit`, commit, manager).expect(200);
    expect(await exceptions()).toMatchObject([CLOSED]);
    const cancelled = (await api.get(`/staff/bookings/${second.id}`, manager)).body;
    expect(cancelled).toMatchObject({ status: 'cancelled' });
    expect(cancelled.history.at(-1)).toMatchObject({ type: 'cancelled', reason: 'Wir ziehen um.' });
    // Who is kept is no task any more.
    expect((await api.get(`${DESK}/tasks`, manager)).body.tasks).toEqual([]);
    await api.post(`/staff/absence-plans/${plan.id}/undo`, {}, manager).expect(200);
    expect(await exceptions()).toEqual([]);
  });

  it('replaces rules, and puts them back when it is undone', async () => {
    const { id } = await book(api);
    const usual = await rules();
    const mondays = [{ rrule: 'FREQ=WEEKLY;BYDAY=MO', start: '09:00', end: '12:00' }];
    const plan = (await propose({ rules: mondays }).expect(201)).body;
    expect(plan.lines).toMatchObject([{ booking: { id }, start: expect.stringContaining('2026-12-07') }]);
    await api.post(`/staff/absence-plans/${plan.id}/commit`, { lines: [{ booking: id, action: 'keep' }] }, manager);
    expect(await rules()).toEqual(mondays);
    await api.post(`/staff/absence-plans/${plan.id}/end`, {}, manager).expect(409);
    await api.post(`/staff/absence-plans/${plan.id}/undo`, {}, manager).expect(200);
    expect(await rules()).toEqual(usual);
  });

  it('takes nothing back that somebody else has changed in the rules since', async () => {
    const mondays = [{ rrule: 'FREQ=WEEKLY;BYDAY=MO', start: '09:00', end: '12:00' }];
    const fridays = [{ rrule: 'FREQ=WEEKLY;BYDAY=FR', start: '09:00', end: '12:00' }];
    const stale = (await propose({ rules: mondays }).expect(201)).body;
    await api.put(`${DESK}/opening-rules`, { rules: fridays }, manager).expect(200);
    problem(await api.post(`/staff/absence-plans/${stale.id}/commit`, {}, manager), 412, 'version-moved-on');
    expect(await rules()).toEqual(fridays);
    const plan = (await propose({ rules: mondays }).expect(201)).body;
    await api.post(`/staff/absence-plans/${plan.id}/commit`, {}, manager).expect(200);
    await api.put(`${DESK}/opening-rules`, { rules: fridays }, manager).expect(200);
    problem(await api.post(`/staff/absence-plans/${plan.id}/undo`, {}, manager), 412, 'version-moved-on');
    expect(await rules()).toEqual(fridays);
  });

  it('is the manager’s, and refuses what would change nothing, or cannot be', async () => {
    problem(await propose({ exceptions: [CLOSED] }, await api.as('receptionist')), 403, 'forbidden');
    await api.post(`${DESK}/exceptions`, CLOSED, manager).expect(201);
    problem(await propose({ exceptions: [CLOSED] }), 409, 'no-effect');
    const twice = [
      { rrule: 'FREQ=DAILY', start: '09:00', end: '12:00' },
      { rrule: 'FREQ=DAILY', start: '11:00', end: '13:00' },
    ];
    expect(problem(await propose({ rules: twice }), 422, 'invalid-rule').errors).toMatchObject([{ pointer: '/rules' }]);
    const both = { hours: { exceptions: [] }, desk: true, kind: 'closure' };
    problem(await api.post(`${DESK}/absence-plans`, both, manager), 422, 'invalid');
  });
});
