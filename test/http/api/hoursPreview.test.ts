import { aDesk } from '../../support/builders';
import { type ApiApp, apiApp, book, problem } from './apiClient';

const AT = '/staff/desks/expat-desk/hours/preview';
const REASON = { de: 'Umzug', en: 'Moving' };
const CLOSED = { from: '2026-12-01', to: '2026-12-02', closed: true, reason: REASON };
const WINDOW = { start: '2026-12-01T09:00:00+01:00', end: '2026-12-01T17:00:00+01:00' };

let api: ApiApp;
let manager: { Authorization: string };
beforeEach(async () => {
  api = await apiApp({ desks: [aDesk()] });
  manager = await api.as('manager');
});
afterEach(() => api.close());

const preview = async (body: object) => (await api.post(AT, body, manager).expect(200)).body;

describe('The preview of a change of hours', () => {
  it('tells the days before and after, who would lose their place and cannot be mailed, and changes nothing', async () => {
    const { id } = await book(api);
    const before = await api.rows();
    expect(await preview({ exceptions: { add: [CLOSED] } })).toEqual({
      days: [{ date: '2026-12-01', before: [WINDOW], after: [], reason: { kind: 'exception', name: REASON } }],
      affected: [expect.objectContaining({ id })],
      unreachable: 0,
      because: [],
    });
    expect(await api.rows()).toEqual(before);
  });

  it('compares rules over more than a year, from the day that is asked for', async () => {
    const rules = [
      { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', start: '09:00', end: '17:00', until: '2027-01-01' },
      { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', start: '08:00', end: '16:00', from: '2027-01-01' },
      { rrule: 'FREQ=WEEKLY;BYDAY=FR', start: '09:00', end: '12:00' },
    ];
    const { days } = await preview({ rules });
    expect([days[0].date, days.at(-1).date.slice(0, 7)]).toEqual(['2027-01-04', '2027-12']);
    expect(days[0].after[0].start).toBe('2027-01-04T08:00:00+01:00');
    expect((await preview({ rules, from: '2027-06-01' })).days[0].date).toBe('2027-06-01');
    expect((await preview({ rules: [] })).days.every(({ after }: { after: [] }) => after.length === 0)).toBe(true);
  });

  it('says which entries would change nothing, and what beats them', async () => {
    const entered = await api.post('/staff/desks/expat-desk/exceptions', CLOSED, manager).expect(201);
    const sunday = { ...CLOSED, from: '2026-12-06', to: '2026-12-07' };
    const wednesday = { ...CLOSED, from: '2026-12-02', to: '2026-12-03' };
    const { because, days } = await preview({ exceptions: { add: [CLOSED, wednesday, sunday] } });
    expect(because).toEqual([
      { exception: 0, beatenBy: entered.body.id },
      { exception: 2, beatenBy: null },
    ]);
    expect(days.map(({ date }: { date: string }) => date)).toEqual(['2026-12-02']);
  });

  it('opens again what would be withdrawn, and leaves out whom an earlier change had left outside', async () => {
    const { id } = await book(api);
    const entered = await api.post('/staff/desks/expat-desk/exceptions', CLOSED, manager).expect(201);
    const withdrawn = await preview({ exceptions: { remove: [entered.body.id] } });
    expect(withdrawn.days).toEqual([{ date: '2026-12-01', before: [], after: [WINDOW], reason: null }]);
    expect(withdrawn.affected).toEqual([]);
    const wider = await preview({ exceptions: { add: [{ ...CLOSED, from: '2026-11-30', to: '2026-12-04' }] } });
    expect(wider.affected.map((booking: { id: string }) => booking.id)).not.toContain(id);
  });

  it('looks at absences, too', async () => {
    const { id } = await book(api);
    const { advisor } = (await api.get(`/staff/bookings/${id}`, manager).expect(200)).body;
    const away = { advisor: advisor.id, start: '2026-12-01T08:00:00+01:00', end: '2026-12-02T08:00:00+01:00' };
    const { days, affected } = await preview({ absences: { add: [away] } });
    expect([days, affected.map((booking: { id: string }) => booking.id)]).toEqual([[], [id]]);
  });

  it.each([
    [{ exceptions: { add: [{ ...CLOSED, to: '2026-11-30' }] } }, 'invalid-time', '/exceptions/add/0/to'],
    [{ exceptions: { add: [CLOSED, { ...CLOSED, closed: undefined }] } }, 'invalid', '/exceptions/add/1/windows'],
    [{ rules: [{ rrule: 'FREQ=HOURLY', start: '09:00', end: '12:00' }] }, 'invalid-rule', '/rules/0/rrule'],
    [
      { absences: { add: [{ advisor: 'nobody', start: WINDOW.start, end: WINDOW.end }] } },
      'invalid',
      '/absences/add/0/advisor',
    ],
    [{ x: 1 }, 'invalid', '/x'],
  ])('refuses %j at its field', async (body, code, pointer) => {
    const { errors } = problem(await api.post(AT, body, manager), 422, code);
    expect(errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  it('is the manager’s, and knows what is to be withdrawn', async () => {
    expect((await api.post(AT, {}, await api.as('receptionist'))).status).toBe(403);
    expect((await api.post(AT, { exceptions: { remove: ['unknown'] } }, manager)).status).toBe(404);
  });
});
