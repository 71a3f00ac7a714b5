import { aDesk, anAdvisor } from '../../support/builders';
import { type ApiApp, apiApp, book, problem } from './apiClient';

const PATH = '/staff/desks/expat-desk/moves';
const at = (time: string) => `2026-12-01T${time}:00+01:00`;
const OTHER = aDesk({ id: 'wuppertal', advisors: [anAdvisor({ id: 'w1' })] });

let api: ApiApp;
let reception: Record<string, string>;
/** At nine with a1, and at ten with a2. */
let nine: string;
let ten: string;
beforeEach(async () => {
  api = await apiApp({ desks: [aDesk(), OTHER] });
  reception = await api.as('receptionist');
  nine = (await book(api, { advisor: 'a1' })).id;
  ten = (await book(api, { advisor: 'a2', start: at('10:00') })).id;
  // Whose token is used is noted once.
  await read(nine);
});
afterEach(() => api.close());

const swap = (part: object = {}) => [
  { booking: nine, version: 1, start: at('10:00'), advisor: 'a2', tell: 'mail', ...part },
  { booking: ten, version: 1, start: at('09:00'), advisor: 'a1' },
];
const post = (body: object, headers = {}, path = PATH) => api.post(path, body, { ...reception, ...headers });
const read = async (id: string) => (await api.get(`/staff/bookings/${id}`, reception)).body;

describe('Several bookings at once', () => {
  it('swap, each with a new version, and a trial changes nothing', async () => {
    const before = await api.everything();
    const trial = await post({ moves: swap(), dryRun: true }, { 'Idempotency-Key': 'k' }).expect(200);
    expect(await api.everything()).toEqual(before);
    const { body } = await post({ moves: swap() }, { 'Idempotency-Key': 'k' }).expect(200);
    expect(body).toEqual({
      id: expect.any(String),
      undoUntil: '2026-11-24T10:15:00+01:00',
      results: [nine, ten].map((booking) => ({ booking, outcome: 'moved', mail: true })),
      others: [],
    });
    expect(trial.body).toEqual({ results: body.results, others: body.others });
    expect(await read(nine)).toMatchObject({ start: at('10:00'), advisor: { id: 'a2' }, version: 2, sequence: 1 });
    expect(await read(ten)).toMatchObject({ start: at('09:00'), advisor: { id: 'a1' }, version: 2, sequence: 1 });
    const again = await post({ moves: swap() }, { 'Idempotency-Key': 'k' }).expect(200);
    expect([again.body, again.headers['idempotency-replayed']]).toEqual([body, 'true']);
  });

  it('keep the reason of each move', async () => {
    await post({ moves: swap({ reason: 'desk is flooded' }) }).expect(200);
    expect((await read(nine)).history.at(-1)).toMatchObject({ type: 'moved', reason: 'desk is flooded' });
    expect((await read(ten)).history.at(-1)).toMatchObject({ type: 'moved', reason: null });
  });

  it('say what is unchanged', async () => {
    const moves = [{ booking: nine, version: 1, start: at('09:00') }];
    expect((await post({ moves }).expect(200)).body).toEqual({
      results: [{ booking: nine, outcome: 'unchanged', mail: false }],
      others: [],
    });
  });

  it('say who else changes advisor', async () => {
    const other = (await book(api, { language: 'de', start: at('11:00') })).id;
    expect((await read(other)).advisor.id).toBe('a1');
    const moves = [{ booking: nine, version: 1, start: at('11:00'), advisor: 'a1' }];
    const { body } = await post({ moves }).expect(200);
    expect(body.others).toEqual([{ booking: other, from: 'a1', to: 'a2' }]);
    expect((await read(other)).advisor.id).toBe('a2');
  });

  it.each([
    ['where somebody sits who stays', { start: '2026-12-01T11:00:00+01:00', advisor: 'a1' }, 'slot-unavailable'],
    ['outside the hours', { start: '2026-12-01T20:00:00+01:00' }, 'slot-unavailable'],
    ['off the grid', { start: '2026-12-01T11:10:00+01:00' }, 'slot-unavailable'],
  ])('are refused together if one is to be %s', async (_, part, code) => {
    await book(api, { advisor: 'a1', start: at('11:00') });
    const before = await api.everything();
    const { errors } = problem(await post({ moves: swap(part) }), 409, 'moves-refused');
    expect(errors).toEqual([
      { pointer: '/moves/0', booking: nine, problem: `/problems/${code}`, detail: expect.any(String) },
    ]);
    expect(await api.everything()).toEqual(before);
  });

  it('are refused with each that cannot move any more', async () => {
    for (const id of [nine, ten]) await api.post(`/staff/bookings/${id}/cancel`, {}, reception).expect(200);
    const moves = swap().map((move) => ({ ...move, version: 2 }));
    const { errors } = problem(await post({ moves }), 409, 'moves-refused');
    expect(errors?.map((error) => [error.booking, error.problem])).toEqual([
      [nine, '/problems/booking-not-changeable'],
      [ten, '/problems/booking-not-changeable'],
    ]);
  });

  it('are refused when one was changed since, and nothing is done', async () => {
    const before = await api.everything();
    problem(await post({ moves: swap({ version: 2 }) }), 412, 'version-moved-on');
    problem(await post({ moves: swap({ version: 2 }), dryRun: true }), 412, 'version-moved-on');
    expect(await api.everything()).toEqual(before);
  });

  it.each([
    [{ moves: [] }, '/moves'],
    [{ moves: [{ version: 1, start: at('10:00') }] }, '/moves/0/booking'],
    [{ moves: [{ booking: 'x', start: at('10:00') }] }, '/moves/0/version'],
    [{ moves: [{ booking: 'x', version: 1, start: at('10:00'), tie: true }] }, '/moves/0/tie'],
    [{ moves: [{ booking: 'x', version: 1, start: at('10:00'), tell: 'pigeon' }] }, '/moves/0/tell'],
    [{ moves: [{ booking: 'x', version: 1, start: at('10:00'), override: true }] }, '/moves/0/reason'],
    [{ moves: [{ booking: 'x', version: 1, start: at('10:00'), override: false }] }, '/moves/0/override'],
    [{ moves: [{ booking: 'x', version: 1, start: at('10:00'), advisor: 'nobody' }] }, '/moves/0/advisor'],
    [
      {
        moves: [
          { booking: 'x', version: 1, start: at('10:00') },
          { booking: 'x', version: 1, start: at('11:00') },
        ],
      },
      '/moves/1/booking',
    ],
  ])('are asked for in a form that says what is wrong: %j', async (body, pointer) => {
    const { errors } = problem(await post(body), 422, 'invalid');
    expect(errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  it('can be moved by reception, and by an advisor only within their own calendar', async () => {
    const [one, two] = [await api.as('advisor', { advisorId: 'a1' }), await api.as('advisor', { advisorId: 'a2' })];
    problem(await post({ moves: swap() }, one), 403, 'forbidden');
    const mine = [{ booking: nine, version: 1, start: at('11:00') }];
    problem(await post({ moves: mine }, two), 403, 'forbidden');
    problem(await post({ moves: [{ ...mine[0], advisor: 'a2' }] }, one), 403, 'forbidden');
    await post({ moves: mine }, one).expect(200);
    expect(await read(nine)).toMatchObject({ start: at('11:00'), advisor: { id: 'a1' } });
    const elsewhere = await api.as('receptionist', { deskId: 'wuppertal' });
    problem(await post({ moves: swap() }, elsewhere), 404, 'not-found');
    problem(await post({ moves: mine }, elsewhere, '/staff/desks/wuppertal/moves'), 404, 'not-found');
    const admin = await api.as('admin');
    problem(
      await post({ moves: [{ booking: ten, version: 1, start: at('12:00') }] }, admin, '/staff/desks/wuppertal/moves'),
      404,
      'not-found',
    );
    problem(await api.post(PATH, { moves: swap() }), 401, 'unauthenticated');
  });

  it('tie the client to a person only if that is said', async () => {
    const free = (await book(api, { start: at('14:00') })).id;
    const move = (version: number, part: object) =>
      post({ moves: [{ booking: free, version, start: at('15:00'), ...part }] }).expect(200);
    await move(1, { advisor: 'a2' });
    expect((await api.storage.bookings.find(free))?.tied).toBe(false);
    const reschedule = (body: object) => api.post(`/staff/bookings/${free}/reschedule`, body, reception);
    await reschedule({ start: at('15:30'), advisor: 'a1' }).expect(200);
    expect((await api.storage.bookings.find(free))?.tied).toBe(false);
    problem(await reschedule({ start: at('15:30'), tie: true }), 422, 'invalid');
    await move(3, { advisor: 'a2', tie: true });
    expect((await api.storage.bookings.find(free))?.tied).toBe(true);
    await reschedule({ start: at('16:00'), advisor: 'a1' }).expect(200);
    expect(await api.storage.bookings.find(free)).toMatchObject({ tied: true, advisorId: 'a1' });
  });

  it('are undone as a whole, by those who may move them, and once', async () => {
    const { body } = await post({ moves: swap() }).expect(200);
    const undo = (headers = reception) => api.post(`/staff/moves/${body.id}/undo`, {}, headers);
    problem(await undo({}), 401, 'unauthenticated');
    problem(await undo(await api.as('receptionist', { deskId: 'wuppertal' })), 404, 'not-found');
    problem(await undo(await api.as('advisor', { advisorId: 'a1' })), 403, 'forbidden');
    problem(await api.post('/staff/moves/nothing/undo', {}, reception), 404, 'not-found');
    const undone = await undo().expect(200);
    expect(undone.body).toMatchObject({ id: expect.any(String), results: [{ booking: nine, outcome: 'moved' }, {}] });
    expect(await read(nine)).toMatchObject({ start: at('09:00'), advisor: { id: 'a1' }, version: 3, sequence: 2 });
    expect((await undo().expect(200)).body).toMatchObject({ results: [{ outcome: 'unchanged' }, {}] });
  });

  it('cannot be undone later than fifteen minutes, nor when one was changed since', async () => {
    const { body } = await post({ moves: swap() }).expect(200);
    const undo = () => api.post(`/staff/moves/${body.id}/undo`, {}, reception);
    await api.post(`/staff/bookings/${ten}/cancel`, {}, reception).expect(200);
    const { errors } = problem(await undo(), 409, 'moves-refused');
    expect(errors).toEqual([
      { pointer: '/moves/1', booking: ten, problem: '/problems/version-moved-on', detail: expect.any(String) },
    ]);
    api.clock.advance(15 * 60_000);
    problem(await undo(), 409, 'undo-expired');
  });

  it('may leave the hours with a reason, and are told by phone through the tasks', async () => {
    const moves = [{ booking: nine, version: 1, start: at('20:00'), override: true, reason: 'agreed', tell: 'phone' }];
    expect((await post({ moves }).expect(200)).body.results).toEqual([
      { booking: nine, outcome: 'moved', mail: false },
    ]);
    const { tasks } = (await api.get('/staff/desks/expat-desk/tasks', reception).expect(200)).body;
    expect(tasks).toEqual([
      { id: expect.any(String), kind: 'call', booking: nine, due: at('20:00'), reason: expect.stringMatching(/phone/) },
    ]);
    problem(await api.get('/staff/desks/wuppertal/tasks', reception), 404, 'not-found');
  });
});
