import { aDesk } from '../../support/builders';
import { type ApiApp, apiApp, book } from './apiClient';

const DESK = '/staff/desks/expat-desk';
const REASON = { de: 'Betriebsausflug', en: 'Staff outing' };
const MONDAYS = { rrule: 'FREQ=WEEKLY;BYDAY=MO', start: '09:00', end: '12:00' };

let api: ApiApp;
let manager: { Authorization: string };
beforeEach(async () => {
  api = await apiApp({ desks: [aDesk()] });
  manager = await api.as('manager');
});
afterEach(() => api.close());

const versions = async () => (await api.get(`${DESK}/hours/versions`, manager).expect(200)).body.versions;
const rules = async () => (await api.get(`${DESK}/opening-rules`, manager).expect(200)).body.rules;
const exceptions = async () => (await api.get(`${DESK}/exceptions`, manager).expect(200)).body.exceptions;
const absences = async () => (await api.get(`${DESK}/absences`, manager).expect(200)).body.absences;
const putRules = (body: object) => api.put(`${DESK}/opening-rules`, body, manager).expect(200);
const close = (from: string, to: string) =>
  api.post(`${DESK}/exceptions`, { from, to, closed: true, reason: REASON }, manager).expect(201);
const away = (body: object) => api.post('/staff/advisors/a1/absences', body, manager).expect(201);
const restore = (id: string) => api.post(`${DESK}/hours/versions/${id}/restore`, {}, manager);

describe('Versions of the hours', () => {
  it('tell who changed rules, exceptions and absences, what it was, why, and from when', async () => {
    await putRules({ rules: [MONDAYS], why: 'Umbau' });
    await close('2026-12-07', '2026-12-08');
    await away({ start: '2026-12-07T09:00:00+01:00', end: '2026-12-07T12:00:00+01:00', reason: 'krank' });
    const all = await versions();
    expect(all.map(({ what, why, validFrom }: never) => [what, why, validFrom])).toEqual([
      ['absence_added', null, '2026-12-07'],
      ['exception_added', null, '2026-12-07'],
      ['rules', 'Umbau', '2026-11-24'],
      ['first', null, null],
    ]);
    expect(all[0].by).toMatchObject({ kind: 'staff', name: expect.any(String) });
    expect(all[3].by).toEqual({ kind: 'system', name: null });
    expect(JSON.stringify(await api.storage.hoursVersions.list('expat-desk', { limit: 9 }))).not.toContain('krank');
  });

  it('are brought back with all that held then, and so is what held before', async () => {
    const usual = await rules();
    await close('2026-12-01', '2026-12-02');
    await away({ start: '2026-12-07T09:00:00+01:00', end: '2026-12-07T12:00:00+01:00' });
    const [held] = await versions();
    const before = { rules: await rules(), exceptions: await exceptions(), absences: await absences() };
    await putRules({ rules: [MONDAYS] });
    await api.del(`${DESK}/exceptions/${before.exceptions[0].id}`, { ...manager, 'If-Match': '"1"' }).expect(200);
    await close('2026-12-14', '2026-12-15');
    await away({ start: '2026-12-21T09:00:00+01:00', end: '2026-12-21T12:00:00+01:00' });
    const [last] = await versions();

    expect((await restore(held.id).expect(200)).body).toMatchObject({ what: 'restored', why: String(held.version) });
    expect(await rules()).toEqual(usual);
    expect((await exceptions()).map(({ id, from }: never) => ({ id, from }))).toEqual([
      { id: before.exceptions[0].id, from: '2026-12-01' },
    ]);
    expect(await absences()).toMatchObject(before.absences.map(({ id, start }: never) => ({ id, start })));

    await restore(last.id).expect(200);
    expect(await rules()).toEqual([MONDAYS]);
    expect((await exceptions()).map(({ from }: never) => from)).toEqual(['2026-12-14']);
    expect(await absences()).toHaveLength(2);
    await restore(last.id).expect(409);
  });

  it('say before what bringing one back would change, and flag who loses their place', async () => {
    await putRules({ rules: [MONDAYS] });
    const [narrow] = await versions();
    const [, first] = await versions();
    await restore(first.id).expect(200);
    const { id } = await book(api);
    const preview = await api.post(`${DESK}/hours/preview`, { version: narrow.id }, manager).expect(200);
    expect(preview.body.affected).toMatchObject([{ id }]);
    expect(preview.body.days[0]).toMatchObject({ date: '2026-11-24', after: [] });
    const tasks = async () => (await api.get(`${DESK}/tasks`, manager)).body.tasks;
    expect(await tasks()).toEqual([]);
    await restore(narrow.id).expect(200);
    expect(await tasks()).toMatchObject([{ kind: 'outside_hours', booking: id }]);
    await restore(first.id).expect(200);
    expect(await tasks()).toEqual([]);
  });

  it('are the tag of the rules: who has not seen the newest is refused', async () => {
    const { headers } = await api.get(`${DESK}/opening-rules`, manager);
    const seen = { ...manager, 'If-Match': String(headers.etag) };
    await close('2026-12-01', '2026-12-02');
    await api.put(`${DESK}/opening-rules`, { rules: [MONDAYS] }, seen).expect(412);
    const [newest] = await versions();
    await api.put(`${DESK}/opening-rules`, { rules: [MONDAYS] }, { ...manager, 'If-Match': `"${newest.version}"` });
    expect(await rules()).toEqual([MONDAYS]);
    const stale = { ...manager, 'If-Match': `"${newest.version}"` };
    await api.post(`${DESK}/hours/versions/${newest.id}/restore`, {}, stale).expect(412);
  });

  it('are made by plans, and by taking them back', async () => {
    const closure = { desk: true, start: '2026-12-01T12:00:00+01:00', end: '2026-12-01T17:00:00+01:00' };
    const plan = await api.post(`${DESK}/absence-plans`, { ...closure, kind: 'closure' }, manager).expect(201);
    expect(await versions()).toEqual([]);
    await api.post(`/staff/absence-plans/${plan.body.id}/commit`, {}, manager).expect(200);
    await api.post(`/staff/absence-plans/${plan.body.id}/undo`, {}, manager).expect(200);
    expect((await versions()).map(({ what }: never) => what)).toEqual(['plan_undone', 'plan', 'first']);
  });

  it('are for managers, and each desk has its own', async () => {
    await close('2026-12-01', '2026-12-02');
    const [held] = await versions();
    await api.get(`${DESK}/hours/versions`, await api.as('receptionist')).expect(403);
    await api.post(`${DESK}/hours/versions/${held.id}/restore`, {}, await api.as('receptionist')).expect(403);
    await api.get('/staff/desks/wuppertal/hours/versions', manager).expect(404);
    await restore('unknown').expect(404);
    await api.post(`${DESK}/hours/preview`, { version: 'unknown' }, manager).expect(404);
  });
});

describe('Opening rules that overlap', () => {
  it.each([
    [[MONDAYS, { ...MONDAYS, start: '11:00', end: '14:00' }], true],
    [[MONDAYS, { ...MONDAYS, start: '12:00', end: '14:00' }], false],
    [[MONDAYS, { rrule: 'FREQ=MONTHLY;BYDAY=1MO', start: '08:00', end: '10:00' }], true],
    [[MONDAYS, { rrule: 'FREQ=WEEKLY;BYDAY=SU', start: '22:00', end: '10:00' }], true],
    [[MONDAYS, { rrule: 'FREQ=WEEKLY;BYDAY=SU', start: '22:00', end: '09:00' }], false],
    [
      [
        { ...MONDAYS, until: '2027-01-01' },
        { ...MONDAYS, from: '2027-01-01' },
      ],
      false,
    ],
  ])('%j: refused is %p', async (rules_, refused) => {
    const answer = await api.put(`${DESK}/opening-rules`, { rules: rules_ }, manager);
    expect(answer.status).toBe(refused ? 422 : 200);
    if (refused) expect(JSON.parse(answer.text).errors[0]).toMatchObject({ pointer: '/rules' });
  });
});
