import { aDesk, anAdvisor } from '../../support/builders';
import { type ApiApp, aBookingRequest, apiApp, book, problem } from './apiClient';

const OTHER = aDesk({ id: 'wuppertal', advisors: [anAdvisor({ id: 'a1' }), anAdvisor({ id: 'w2' })] });
const NINE = '2026-12-01T09:00:00+01:00';
const ROOM = 'https://video.example/room';
const TEN = '2026-12-01T10:00:00+01:00';

let api: ApiApp;
let reception: { Authorization: string };
beforeEach(async () => {
  api = await apiApp({ desks: [aDesk(), OTHER] });
  reception = await api.as('receptionist');
});
afterEach(() => api.close());

const read = (id: string) => api.get(`/staff/bookings/${id}`, reception);

describe('The day', () => {
  it('shows who works, who is away and what is booked', async () => {
    const { id } = await book(api, { note: 'brings a friend' });
    const manager = await api.as('manager');
    const away = { start: '2026-12-01T12:00:00+01:00', end: '2026-12-01T13:00:00+01:00', reason: 'dentist' };
    await api.post('/staff/advisors/a2/absences', away, manager).expect(201);

    const { body, headers } = await api.get('/staff/desks/expat-desk/day?date=2026-12-01', reception).expect(200);
    const windows = [{ start: NINE, end: '2026-12-01T17:00:00+01:00' }];
    expect(body).toMatchObject({
      date: '2026-12-01',
      windows,
      closed: null,
      advisors: [
        {
          id: 'a1',
          name: 'Ada Beispiel',
          languages: ['de', 'en'],
          topics: ['residence', 'career'],
          windows,
          absences: [],
        },
        { id: 'a2', absences: [{ id: expect.any(String), ...away }] },
      ],
      bookings: [
        { id, advisor: { id: 'a1', name: 'Ada Beispiel' }, note: 'brings a friend', client: { name: 'Kim Probe' } },
      ],
    });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('is today unless asked otherwise, and says why nobody is there', async () => {
    expect((await api.get('/staff/desks/expat-desk/day', reception)).body.date).toBe('2026-11-24');
    const { body } = await api.get('/staff/desks/expat-desk/day?date=2026-12-25', reception).expect(200);
    expect([body.windows, body.closed.kind, body.advisors[0].windows]).toEqual([[], 'public_holiday', []]);
  });

  it('keeps to the working rules of an advisor', async () => {
    const mornings = [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '08:00', end: '12:00' }];
    const program = await apiApp({ desks: [aDesk({ advisors: [anAdvisor({ workingRules: mornings })] })] });
    const { body } = await program.get('/staff/desks/expat-desk/day?date=2026-12-01', await program.as('advisor'));
    expect(body.advisors[0].windows).toEqual([{ start: NINE, end: '2026-12-01T12:00:00+01:00' }]);
    await program.close();
  });
});

describe('Search', () => {
  it('finds by name, address, reference, time and status, a page at a time', async () => {
    const first = await book(api, { client: { name: 'Jürgen Öz', email: 'oez@client.example' } });
    const second = await book(api, { start: TEN });
    const search = async (query: string) =>
      (await api.get(`/staff/bookings?desk=expat-desk&${query}`, reception).expect(200)).body.bookings.map(
        ({ id }: { id: string }) => id,
      );
    expect(await search('q=juergen')).toEqual([first.id]);
    expect(await search(`q=${second.reference}`)).toEqual([second.id]);
    expect(await search('from=2026-12-01T09:30:00Z')).toEqual([]);
    expect(await search('from=2026-12-01&to=2026-12-01T09:00:00Z')).toEqual([first.id]);
    expect(await search('status=cancelled')).toEqual([]);

    const page = (await api.get('/staff/bookings?desk=expat-desk&limit=1', reception).expect(200)).body;
    expect(page.bookings.map(({ id }: { id: string }) => id)).toEqual([second.id]);
    const next = (await api.get(`/staff/bookings?desk=expat-desk&limit=1&cursor=${page.next}`, reception)).body;
    expect([next.bookings[0].id, next.next]).toEqual([first.id, null]);
  });

  it.each([
    ['q=x', '/desk'],
    ['desk=expat-desk&limit=0', '/limit'],
    ['desk=expat-desk&limit=101', '/limit'],
    ['desk=expat-desk&limit=ten', '/limit'],
    ['desk=expat-desk&status=done', '/status'],
    ['desk=expat-desk&cursor=nonsense', '/cursor'],
    [`desk=expat-desk&q=${'x'.repeat(201)}`, '/q'],
    ['desk=expat-desk&desk=wuppertal', '/desk'],
  ])('refuses %s', async (query, pointer) => {
    const { errors } = problem(await api.get(`/staff/bookings?${query}`, reception), 422, 'invalid');
    expect(errors?.[0]?.pointer).toBe(pointer);
  });

  it.each(['%', '_', "' OR 1=1--", '%00', '\u202e', 'x '.repeat(100)])('takes %j as it stands', async (text) => {
    await book(api);
    const { body } = await api
      .get(`/staff/bookings?desk=expat-desk&q=${encodeURIComponent(text)}`, reception)
      .expect(200);
    expect(body.bookings.length).toBeLessThanOrEqual(1);
  });
});

describe('One booking', () => {
  it('has its version as ETag, and its history', async () => {
    const { id } = await book(api);
    const answer = await read(id).expect(200);
    expect(answer.headers.etag).toBe('"1"');
    expect(answer.body.history).toEqual([
      { type: 'booked', at: '2026-11-24T10:00:00+01:00', by: { kind: 'client', name: null }, reason: null, from: null },
    ]);
    await api.get(`/staff/bookings/${id}`, { ...reception, 'If-None-Match': '"1"' }).expect(304);

    await api.post(`/staff/bookings/${id}/reschedule`, { start: TEN }, reception).expect(200);
    const moved = await api.get(`/staff/bookings/${id}`, { ...reception, 'If-None-Match': '"1"' }).expect(200);
    expect(moved.headers.etag).toBe('"2"');
    expect(moved.body.history[1]).toMatchObject({
      type: 'moved',
      by: { kind: 'staff', name: 'Test receptionist' },
      from: { start: NINE, advisor: 'a1' },
    });
  });
});

describe('The link of a video consultation', () => {
  const patch = (id: string, body: object, headers: object = {}) =>
    api.patch(`/staff/bookings/${id}`, body, { ...reception, ...headers });

  it('is set and taken away, heeds the version, and twice is once', async () => {
    const { id } = await book(api, { mode: 'video' });
    expect((await read(id)).body.videoLink).toBeNull();
    problem(await patch(id, { videoLink: ROOM }, { 'If-Match': '"2"' }), 412, 'version-moved-on');
    const { body, headers } = await patch(id, { videoLink: ROOM }, { 'If-Match': '"1"' }).expect(200);
    expect(body).toMatchObject({ videoLink: ROOM, version: 2, sequence: 0 });
    expect(headers.etag).toBe('"2"');
    expect((await patch(id, { videoLink: ROOM }).expect(200)).body.version).toBe(2);
    expect((await read(id)).body.history.at(-1)).toMatchObject({
      type: 'video_link_changed',
      reason: null,
      from: null,
    });
    expect((await patch(id, { videoLink: null }).expect(200)).body).toMatchObject({ videoLink: null, version: 3 });
  });

  it.each(['http://video.example/', 'https://kim:secret@video.example/', 'nonsense', '', 7])(
    'is refused as %j',
    async (videoLink) => {
      const { id } = await book(api, { mode: 'video' });
      const { errors } = problem(await patch(id, { videoLink }), 422, 'invalid');
      expect(errors).toMatchObject([{ pointer: '/videoLink' }]);
      problem(await patch(id, {}), 422, 'invalid');
    },
  );

  it('is for video only, and for those who may change the booking', async () => {
    const { id } = await book(api);
    problem(await patch(id, { videoLink: ROOM }), 409, 'booking-not-changeable');
    const other = await api.as('advisor', { advisorId: 'a2' });
    const { id: hers } = await book(api, { mode: 'video', advisor: 'a1', start: TEN });
    await api.patch(`/staff/bookings/${hers}`, { videoLink: ROOM }, other).expect(403);
  });
});

describe('Booking for somebody', () => {
  const forCaller = (part = {}) =>
    api.post('/staff/desks/expat-desk/bookings', { ...aBookingRequest(), consent: undefined, ...part }, reception);

  it('needs no mail address and no consent, and names the advisor', async () => {
    const part = { client: { name: 'Ola' }, source: 'walk_in', advisor: 'a2', start: '2026-11-24T10:00:00+01:00' };
    const { body, headers } = await forCaller(part).expect(201);
    expect(body).toMatchObject({
      source: 'walk_in',
      advisor: { id: 'a2', name: 'Bo Muster' },
      client: { name: 'Ola', email: null },
      start: '2026-11-24T10:00:00+01:00',
    });
    expect([headers.etag, headers.location]).toEqual(['"1"', `http://desk.example/api/v1/staff/bookings/${body.id}`]);
    expect((await api.outbox(body.id)).filter(({ recipient }) => recipient === 'client')).toEqual([]);
  });

  it('says whether it is urgent, as only staff can', async () => {
    const { body } = await forCaller({ urgent: true }).expect(201);
    expect((await read(body.id)).body).toMatchObject({ urgent: true });
    expect((await read((await book(api)).id)).body).toMatchObject({ urgent: false });
    expect(problem(await forCaller({ urgent: 'true' }), 422, 'invalid').errors?.[0]?.pointer).toBe('/urgent');
  });

  it('takes no taken slot either', async () => {
    await forCaller({ advisor: 'a1' }).expect(201);
    expect(problem(await forCaller({ advisor: 'a1' }), 409, 'slot-unavailable').alternatives).toHaveLength(5);
  });

  it.each([
    [{ source: 'web' }, '/source'],
    [{ advisor: 'nobody' }, '/advisor'],
    [{ client: {} }, '/client/name'],
    [{ status: 'completed' }, '/status'],
  ])('refuses %j', async (part, pointer) => {
    expect(problem(await forCaller(part), 422, 'invalid').errors?.[0]?.pointer).toBe(pointer);
  });
});

describe('Changing a booking', () => {
  const change = (id: string, what: string, body = {}, headers = {}) =>
    api.post(`/staff/bookings/${id}/${what}`, body, { ...reception, ...headers });

  it('moves it to another time and advisor', async () => {
    const { id } = await book(api);
    const { body, headers } = await change(id, 'reschedule', { start: TEN, advisor: 'a2' }).expect(200);
    expect(body).toMatchObject({ start: TEN, advisor: { id: 'a2' }, sequence: 1, version: 2 });
    expect(headers.etag).toBe('"2"');
    problem(await change(id, 'reschedule', { start: TEN, advisor: 'nobody' }), 422, 'invalid');
  });

  it('keeps why it was moved, as why it was cancelled', async () => {
    const { id } = await book(api);
    problem(await change(id, 'reschedule', { start: TEN, reason: 'x'.repeat(501) }), 422, 'invalid');
    await change(id, 'reschedule', { start: TEN, reason: 'desk is flooded' }).expect(200);
    expect((await read(id)).body.history.at(-1)).toMatchObject({ type: 'moved', reason: 'desk is flooded' });
  });

  it('leaves it where it is if the slot is taken', async () => {
    const { id } = await book(api, { advisor: 'a1' });
    await book(api, { start: TEN, advisor: 'a2' });
    const before = [(await read(id)).body, await api.rows()];
    problem(await change(id, 'reschedule', { start: TEN, advisor: 'a2' }), 409, 'slot-unavailable');
    expect([(await read(id)).body, await api.rows()]).toEqual(before);
  });

  it.each([
    ['reschedule', null],
    ['cancel', null],
    ['restore', 'cancel'],
    ['check-in', null],
    ['undo-check-in', 'check-in'],
    ['complete', null],
    ['no-show', null],
    ['reopen', 'no-show'],
  ])('%s heeds the version that was read', async (what, before) => {
    const { id } = await book(api);
    const body = what === 'reschedule' ? { start: TEN } : {};
    api.clock.set('2026-12-01T09:10:00+01:00');
    if (before) await change(id, before).expect(200);
    const version = before ? 2 : 1;
    const [stale, right] = [`"${version + 1}"`, `"7", W/"${version}"`];
    problem(await change(id, what, body, { 'If-Match': stale }), 412, 'version-moved-on');
    problem(await change(id, what, body, { 'If-Match': 'nonsense' }), 412, 'version-moved-on');
    expect((await read(id)).headers.etag).toBe(`"${version}"`);
    const { headers } = await change(id, what, body, { 'If-Match': right }).expect(200);
    expect(headers.etag).toBe(`"${version + 1}"`);
  });

  it('does not close what has not begun, and says why', async () => {
    const { id } = await book(api);
    const why = async (what: string) => {
      const { detail, ...document } = problem(await change(id, what), 409, 'booking-not-changeable');
      expect(detail.length).toBeGreaterThan(20);
      return document.why;
    };
    expect(await why('complete')).toBe('not-started');
    expect(await why('no-show')).toBe('not-started');
    expect(await why('check-in')).toBe('another-day');
    api.clock.set('2026-12-01T05:59:00+01:00');
    expect(await why('check-in')).toBe('too-early');
    expect(await why('restore')).toBe('status');
    expect(await why('undo-check-in')).toBe('status');
    expect(await why('reopen')).toBe('status');
    expect((await read(id)).headers.etag).toBe('"1"');
  });

  it('takes back what was noted', async () => {
    const { id } = await book(api);
    api.clock.set('2026-12-01T09:10:00+01:00');
    const statusAfter = async (what: string) => (await change(id, what).expect(200)).body.status;
    for (const [what, status] of [
      ['check-in', 'checked_in'],
      ['undo-check-in', 'confirmed'],
      ['undo-check-in', 'confirmed'],
      ['no-show', 'no_show'],
      ['reopen', 'confirmed'],
      ['check-in', 'checked_in'],
      ['complete', 'completed'],
      ['reopen', 'checked_in'],
      ['reopen', 'checked_in'],
    ] as const)
      expect([what, await statusAfter(what)]).toEqual([what, status]);
    const { body } = await read(id);
    expect(body.history.map(({ type }: { type: string }) => type)).toEqual([
      ...['booked', 'checked_in', 'check_in_undone', 'no_show', 'reopened', 'checked_in', 'completed', 'reopened'],
    ]);
    expect([body.version, body.sequence]).toEqual([8, 0]);
  });

  it('undoes a check-in when it moves the booking to another time', async () => {
    const { id } = await book(api);
    api.clock.set('2026-12-01T08:40:00+01:00');
    await change(id, 'check-in').expect(200);
    expect((await change(id, 'reschedule', { start: TEN }).expect(200)).body.status).toBe('confirmed');
  });

  it('restores a cancelled one with the same advisor if it can, else with another; tied ones only with theirs', async () => {
    const { id } = await book(api);
    const tied = await book(api, { advisor: 'a2' });
    for (const each of [id, tied.id]) await change(each, 'cancel').expect(200);
    const other = await book(api, { advisor: 'a1' });
    expect((await change(id, 'restore').expect(200)).body).toMatchObject({
      status: 'confirmed',
      advisor: { id: 'a2' },
      sequence: 2,
      version: 3,
    });
    const refused = problem(await change(tied.id, 'restore'), 409, 'slot-unavailable');
    expect(refused.alternatives).toHaveLength(5);
    await change(id, 'cancel').expect(200);
    expect((await change(tied.id, 'restore').expect(200)).body.advisor.id).toBe('a2');
    problem(await change(id, 'restore'), 409, 'slot-unavailable');
    await change(other.id, 'cancel').expect(200);
    expect((await change(other.id, 'restore').expect(200)).body.advisor.id).toBe('a1');
    expect((await read(id)).body.history.map(({ type }: { type: string }) => type)).toEqual([
      ...['booked', 'cancelled', 'restored', 'cancelled'],
    ]);
  });

  it('restores until it would be over', async () => {
    const { id } = await book(api);
    await change(id, 'cancel').expect(200);
    api.clock.set('2026-12-01T09:30:00+01:00');
    expect(problem(await change(id, 'restore'), 409, 'booking-not-changeable').why).toBe('over');
    api.clock.set('2026-12-01T09:29:00+01:00');
    await change(id, 'restore').expect(200);
  });

  it('restores an advisor’s only within their own calendar', async () => {
    const { id } = await book(api, { start: TEN });
    await change(id, 'cancel').expect(200);
    await book(api, { start: TEN, advisor: 'a1' });
    const as = await api.as('advisor', { advisorId: 'a1' });
    problem(await api.post(`/staff/bookings/${id}/restore`, {}, as), 409, 'slot-unavailable');
    await change(id, 'restore').expect(200);
  });

  it('notes who came', async () => {
    const { id } = await book(api);
    api.clock.set('2026-12-01T09:10:00+01:00');
    expect((await change(id, 'check-in', {}, { 'If-Match': '*' }).expect(200)).body.status).toBe('checked_in');
    expect((await change(id, 'complete').expect(200)).body.status).toBe('completed');
    expect((await change(id, 'complete').expect(200)).body.version).toBe(3);
    problem(await change(id, 'cancel'), 409, 'booking-not-changeable');
    problem(await change(id, 'reschedule', { start: TEN }), 409, 'booking-not-changeable');
  });

  it('cancels it, and twice is the same as once', async () => {
    const { id } = await book(api);
    const once = await change(id, 'cancel', { reason: 'desk is flooded' }).expect(200);
    const twice = await change(id, 'cancel').expect(200);
    expect(twice.body).toEqual(once.body);
    expect((await read(id)).body.history.at(-1)).toMatchObject({ type: 'cancelled', reason: 'desk is flooded' });
  });

  it('takes no fields that are not its own', async () => {
    const { id } = await book(api);
    for (const body of [{ status: 'completed' }, { version: 9 }, { advisor: 'a2' }])
      for (const what of ['check-in', 'undo-check-in', 'reopen', 'restore'])
        problem(await change(id, what, body), 422, 'invalid');
  });
});
