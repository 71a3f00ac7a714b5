import { aDesk } from '../../support/builders';
import { type ApiApp, apiApp, book, problem } from './apiClient';

const AT = '/staff/desks/expat-desk/exceptions';
const REASON = { de: 'Betriebsausflug', en: 'Staff outing' };
const DAY = { from: '2026-12-01', to: '2026-12-02', reason: REASON };
const CLOSED = { ...DAY, closed: true };
const MORNING = { ...DAY, windows: [{ start: '09:00', end: '12:00' }] };

let api: ApiApp;
let manager: { Authorization: string };
beforeEach(async () => {
  api = await apiApp({ desks: [aDesk()] });
  manager = await api.as('manager');
});
afterEach(() => api.close());

const enter = async (body: object) => (await api.post(AT, body, manager).expect(201)).body;
const seen = (version: unknown) => ({ ...manager, 'If-Match': `"${version}"` });
const listed = async () => (await api.get(AT, manager).expect(200)).body.exceptions;
const day = async (date: string) =>
  (await api.get(`/desks/expat-desk/opening-hours?from=${date}&to=2027-12-31`)).body.days[0];
const openings = async (date: string) =>
  (await day(date)).windows.map(
    ({ start, end }: Record<string, string>) => `${start?.slice(11, 16)}-${end?.slice(11, 16)}`,
  );
const tasks = async () => (await api.deps.storage.tasks.open('expat-desk')).map(({ bookingId }) => bookingId);

describe('Exceptions', () => {
  it('are listed as they were entered, the newest last, each with its version', async () => {
    const pause = { ...DAY, rrule: 'FREQ=WEEKLY;BYDAY=TU', closed: [{ start: '12:30', end: '13:30' }] };
    const ids = [];
    for (const body of [MORNING, CLOSED]) ids.push((await enter(body)).id);
    ids.push((await enter({ ...pause, from: '2026-12-08', to: '2026-12-09' })).id);
    expect(await listed()).toEqual([
      { id: ids[0], ...MORNING, origin: 'staff', version: 1 },
      { id: ids[1], ...CLOSED, origin: 'staff', version: 1 },
      { id: ids[2], ...pause, from: '2026-12-08', to: '2026-12-09', origin: 'staff', version: 1 },
    ]);
  });

  it('close a day on which a special opening stands, and tell whom that touches', async () => {
    const { id } = await book(api);
    expect((await enter(MORNING)).affected).toEqual([]);
    expect((await enter(CLOSED)).affected).toMatchObject([{ id }]);
    expect(await day('2026-12-01')).toMatchObject({ windows: [], closed: { kind: 'exception', name: REASON } });
    expect(await tasks()).toEqual([id]);
  });

  it.each([
    ['the same twice', CLOSED, CLOSED],
    ['a part of a closed week', { ...CLOSED, from: '2026-11-30', to: '2026-12-05' }, CLOSED],
    ['a pause in a closed day', CLOSED, { ...DAY, closed: [{ start: '12:00', end: '13:00' }] }],
    [
      'an opening of what a pause takes',
      { ...DAY, closed: [{ start: '16:00', end: '17:00' }] },
      { ...DAY, windows: [{ start: '09:00', end: '16:30' }] },
    ],
  ])('that change nothing are refused with what beats them: %s', async (_, first, second) => {
    const { id } = await enter(first);
    const before = await api.rows();
    expect(problem(await api.post(AT, second, manager), 409, 'no-effect').beatenBy).toBe(id);
    expect(await api.rows()).toEqual(before);
  });

  it.each([
    ['on a Sunday', { ...CLOSED, from: '2026-12-06', to: '2026-12-07' }],
    ['on a holiday', { ...CLOSED, from: '2026-12-25', to: '2026-12-26' }],
    ['as usual', { ...DAY, windows: [{ start: '09:00', end: '17:00' }] }],
    ['a pause after hours', { ...DAY, closed: [{ start: '17:00', end: '19:00' }] }],
  ])('that only say what rules and holidays say are refused: %s', async (_, body) => {
    expect(problem(await api.post(AT, body, manager), 409, 'no-effect').beatenBy).toBeNull();
  });

  it('take a pause off, and the day says why', async () => {
    await enter({ ...DAY, closed: [{ start: '12:30', end: '13:30' }] });
    expect(await openings('2026-12-01')).toEqual(['09:00-12:30', '13:30-17:00']);
    expect(await day('2026-12-01')).toMatchObject({ closed: null, reason: { kind: 'exception', name: REASON } });
    expect(await day('2026-12-02')).toMatchObject({ closed: null, reason: null });
    const { body } = await api.get('/staff/desks/expat-desk/day?date=2026-12-01', manager);
    expect(body).toMatchObject({ closed: null, reason: { kind: 'exception', name: REASON } });
  });

  it('come again every year, and touch bookings at any time of theirs', async () => {
    const { id } = await book(api, { start: '2026-12-08T09:00:00+01:00' });
    const weekly = { ...CLOSED, rrule: 'RRULE:FREQ=WEEKLY;BYDAY=TU' };
    expect((await enter(weekly)).affected).toMatchObject([{ id }]);
    expect(await openings('2027-11-23')).toEqual([]);
    expect(await openings('2027-11-24')).toEqual(['09:00-17:00']);
    expect((await listed())[0].rrule).toBe('FREQ=WEEKLY;BYDAY=TU');
  });

  it.each([
    [{ closed: [] }, '/closed'],
    [{ closed: 'noon' }, '/closed'],
    [{ closed: [{ start: '13:00', end: '13:00' }] }, '/closed/0/end'],
    [{ closed: [{ start: '12:00', end: '13:00' }], windows: MORNING.windows }, '/windows'],
    [{ closed: true, rrule: 'FREQ=SECONDLY' }, '/rrule'],
    [{ closed: true, rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, '/rrule'],
    [{ closed: true, rrule: 'FREQ=YEARLY;BYMONTHDAY=1' }, '/rrule'],
    [{ closed: true, rrule: 'FREQ=WEEKLY;BYDAY=MO' }, '/rrule'],
    [{ closed: true, rrule: 'FREQ=DAILY;UNTIL=20261130' }, '/rrule'],
    [{ closed: true, rrule: 'FREQ=YEARLY', to: '2027-04-01' }, '/to'],
  ])('refuse %j', async (part, pointer) => {
    const answer = await api.post(AT, { ...DAY, ...part }, manager);
    expect([answer.status, JSON.parse(answer.text).errors[0].pointer]).toEqual([422, pointer]);
  });
});

describe('An exception', () => {
  it('is changed by who has seen it, and is the newest then', async () => {
    const { id } = await enter(MORNING);
    await enter(CLOSED);
    const windows = [{ start: '10:00', end: '11:00' }];
    const { body, headers } = await api.put(`${AT}/${id}`, { ...DAY, windows }, seen(1)).expect(200);
    expect(body).toEqual({ id, version: 2, affected: [] });
    expect(headers.etag).toBe('"2"');
    expect(await openings('2026-12-01')).toEqual(['10:00-11:00']);
    expect((await listed()).map((each: { id: string; version: number }) => [each.id, each.version]).at(-1)).toEqual([
      id,
      2,
    ]);
  });

  it('may get other words only', async () => {
    const { id } = await enter(CLOSED);
    const reason = { de: 'Umzug', en: 'Moving' };
    await api.put(`${AT}/${id}`, { ...CLOSED, reason }, seen(1)).expect(200);
    expect((await day('2026-12-01')).closed.name).toEqual(reason);
  });

  it('that would change nothing any more is refused', async () => {
    const week = await enter({ ...CLOSED, from: '2026-11-30', to: '2026-12-05' });
    const { id } = await enter(MORNING);
    const answer = await api.put(`${AT}/${id}`, CLOSED, seen(1));
    expect(problem(answer, 409, 'no-effect').beatenBy).toBe(week.id);
    expect(await openings('2026-12-01')).toEqual(['09:00-12:00']);
  });

  it('that is moved frees the bookings of its old days, and touches those of its new ones', async () => {
    const first = await book(api);
    const second = await book(api, { start: '2026-12-02T09:00:00+01:00' });
    const { id } = await enter(CLOSED);
    expect(await tasks()).toEqual([first.id]);
    const moved = { ...CLOSED, from: '2026-12-02', to: '2026-12-03' };
    const { body } = await api.put(`${AT}/${id}`, moved, seen(1)).expect(200);
    expect(body.affected).toMatchObject([{ id: second.id }]);
    expect(await tasks()).toEqual([second.id]);
  });

  it('is withdrawn, as if it had never been, and its bookings are no tasks any more', async () => {
    const booking = await book(api);
    const { id } = await enter(CLOSED);
    expect(await tasks()).toEqual([booking.id]);
    expect((await api.del(`${AT}/${id}`, seen(1)).expect(200)).body).toEqual({ id, version: 1, affected: [] });
    expect(await listed()).toEqual([]);
    expect(await openings('2026-12-01')).toEqual(['09:00-17:00']);
    expect(await tasks()).toEqual([]);
    problem(await api.del(`${AT}/${id}`, seen(1)), 404, 'not-found');
  });

  it('that opened touches bookings when it is withdrawn', async () => {
    const { id } = await enter({ ...DAY, from: '2026-12-05', to: '2026-12-06', windows: MORNING.windows });
    const booking = await book(api, { start: '2026-12-05T09:00:00+01:00' });
    const { body } = await api.del(`${AT}/${id}`, seen(1)).expect(200);
    expect(body.affected).toMatchObject([{ id: booking.id }]);
    expect(await tasks()).toEqual([booking.id]);
  });

  it.each([
    ['changes', (id: string, headers: Record<string, string>) => api.put(`${AT}/${id}`, MORNING, headers)],
    ['is withdrawn', (id: string, headers: Record<string, string>) => api.del(`${AT}/${id}`, headers)],
  ])('%s only for who names the version that they saw, and only while it is that', async (_, ask) => {
    const { id } = await enter(CLOSED);
    const before = await listed();
    problem(await ask(id, manager), 428, 'version-required');
    problem(await ask(id, seen(2)), 412, 'version-moved-on');
    problem(await ask(id, { ...manager, 'If-Match': 'nonsense' }), 412, 'version-moved-on');
    problem(await ask('unknown', seen(1)), 404, 'not-found');
    expect(await listed()).toEqual(before);
    await ask(id, seen(1)).expect(200);
  });

  it('has no id in its own body, and nothing else that is not its own', async () => {
    const { id } = await enter(CLOSED);
    const answer = await api.put(`${AT}/${id}`, { ...MORNING, id, version: 1, origin: 'file' }, seen(1));
    expect(problem(answer, 422, 'invalid').errors?.map(({ pointer }) => pointer)).toEqual([
      '/id',
      '/version',
      '/origin',
    ]);
  });

  it('of another desk is not there', async () => {
    await api.deps.storage.write(({ desks }) => desks.add(aDesk({ id: 'wuppertal' })));
    const { id } = await enter(CLOSED);
    const admin = { ...(await api.as('admin')), 'If-Match': '*' };
    problem(await api.del(`/staff/desks/wuppertal/exceptions/${id}`, admin), 404, 'not-found');
    expect(await listed()).toHaveLength(1);
  });
});
