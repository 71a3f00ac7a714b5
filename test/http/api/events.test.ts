import request from 'supertest';
import { apiPaths, apiUrl } from '../../../src/paths';
import { booked } from '../../support/bookings';
import { aDesk, aReceptionist, TUESDAY_NINE } from '../../support/builders';
import { chosenKind, newDatabase } from '../../support/databases';
import { type EventReader, readEvents } from '../../support/eventReader';
import { readExposition, sampleOf } from '../../support/exposition';
import { type Served, serve } from '../../support/listening';
import { addStaff, PASSWORD } from '../../support/staff';
import { asRole, problem } from './apiClient';

const EVENTS = apiUrl(apiPaths.staffEvents, { desk: 'expat-desk' });
const WEDNESDAY_TEN = Date.parse('2026-12-02T10:00:00+01:00');
const DESKS = [aDesk(), aDesk({ id: 'wuppertal' })];
/** Beats come so quickly that a test need not wait for them. */
const QUICK = { beatMs: 50 };

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

async function served(options: Parameters<typeof serve>[0] = {}): Promise<Served> {
  const app = await serve({ desks: DESKS, ...options });
  opened.push(app);
  return app;
}

/** Opens a stream, and waits until it has begun to tell. */
async function follow(
  app: Served,
  { as, path = EVENTS, after }: { as?: Record<string, string>; path?: string; after?: string } = {},
): Promise<EventReader> {
  const headers = { ...(as ?? (await asRole(app, 'receptionist', {}))), ...(after && { 'Last-Event-ID': after }) };
  const reader = await readEvents(app.origin + path, headers);
  opened.push(reader);
  if (reader.status === 200) await reader.until((text) => text.includes('id: '));
  return reader;
}

async function openStreams(app: Served): Promise<number | undefined> {
  return sampleOf(readExposition(await app.measures.counters()), 'sprechstunde_event_streams');
}

async function eventually(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries++) {
    if (tries > 500) throw new Error(`never: ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

const move = ({ app }: Served, bookingId: string, advisorId?: string) =>
  app.moveBooking({ bookingId, start: WEDNESDAY_TEN, advisorId, who: aReceptionist() });

describe('The stream of events of a desk', () => {
  it('is sent as events that nothing holds back', async () => {
    const { status, headers, text } = await follow(await served());
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'close',
    });
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers.etag).toBeUndefined();
    expect(text()).toMatch(/^retry: \d+\n\nid: \S+\n\n$/);
  });

  it('tells of bookings in the order of their changes, with the column that each has left, and of no person', async () => {
    const app = await served();
    const reader = await follow(app);
    const first = await booked(app, { query: { topicId: 'residence', language: 'en', advisorId: 'a1' } });
    const second = await booked(app, { query: { topicId: 'residence', language: 'en', advisorId: 'a2' } });
    await move(app, first.id);
    await app.app.cancelBooking({ bookingId: second.id, reason: 'ill', who: aReceptionist() });
    const nine = { day: '2026-12-01', advisor: 'a1' };
    expect((await reader.first(4)).map(({ event, data }) => [event, data])).toEqual([
      ['booking', { id: first.id, version: expect.any(Number), ...nine }],
      ['booking', { id: second.id, version: expect.any(Number), day: '2026-12-01', advisor: 'a2' }],
      ['booking', { id: first.id, version: 2, day: '2026-12-02', advisor: 'a1', from: nine }],
      ['booking', { id: second.id, version: 2, day: '2026-12-01', advisor: 'a2' }],
    ]);
    for (const told of ['Kim', 'client.example', first.reference, 'Rezi', 'ill'])
      expect(reader.text()).not.toContain(told);
  });

  it('tells of a slot that is held and given back, of hours, and of tasks', async () => {
    const app = await served();
    const reader = await follow(app);
    const { id } = await booked(app, { query: { topicId: 'residence', language: 'en', advisorId: 'a1' } });
    await reader.first(1);
    const query = { topicId: 'residence', language: 'en', advisorId: 'a2' };
    const { value: hold } = await app.app.holdSlot({
      deskId: 'expat-desk',
      query,
      start: WEDNESDAY_TEN,
      who: { kind: 'client' },
    });
    expect((await reader.first(2))[1]).toMatchObject({ event: 'held', data: { advisor: 'a2' } });
    await app.storage.write(({ bookings }) => bookings.removeHold(hold.id), { desk: 'expat-desk' });
    expect((await reader.first(3))[2]).toMatchObject({ event: 'held', data: { advisor: 'a2' } });
    const absence = { deskId: 'expat-desk', advisorId: 'a1', time: TUESDAY_NINE, reason: null };
    await app.app.addAbsence({ who: { kind: 'system' }, ...absence });
    // The absence lies on the booking, which is a task for reception from then on.
    expect((await reader.first(5)).slice(3).map(({ event, data }) => [event, data])).toEqual([
      ['hours', {}],
      ['task', {}],
    ]);
    const [task] = await app.storage.tasks.open('expat-desk');
    expect(task?.bookingId).toBe(id);
    await app.app.finishTask({ who: aReceptionist(), deskId: 'expat-desk', id: task?.id ?? '' });
    expect((await reader.first(6))[5]?.event).toBe('task');
  });

  it('goes on after the last event that was received, by header or by address', async () => {
    const app = await served();
    const reader = await follow(app);
    const first = await booked(app);
    const [heard] = await reader.first(1);
    reader.close();
    await move(app, first.id);
    await booked(app);
    const again = await follow(app, { after: heard?.id ?? '' });
    const missed = await again.first(2);
    expect(missed.map(({ event, data }) => [event, data.version])).toEqual([
      ['booking', 2],
      ['booking', 1],
    ]);
    const byAddress = await follow(app, { path: `${EVENTS}?after=${heard?.id}` });
    expect(await byAddress.first(2)).toEqual(missed);
    const last = await follow(app, { after: missed[1]?.id ?? '', path: `${EVENTS}?after=${heard?.id}` });
    expect([last.events(), last.lastId()]).toEqual([[], missed[1]?.id]);
  });

  it('goes on after its beginning for a reader that has received nothing but that', async () => {
    const app = await served();
    const reader = await follow(app);
    reader.close();
    const { id } = await booked(app);
    const again = await follow(app, { after: reader.lastId() });
    expect((await again.first(1))[0]?.data).toMatchObject({ id });
  });

  it.each(['nonsense', '1.2', '999999.0.abc', `1.2.${'x'.repeat(80)}`])(
    'says after a position that is not known (%s) that all must be read anew, and goes on',
    async (after) => {
      const app = await served();
      const reader = await follow(app, { after });
      expect(await reader.first(1)).toEqual([{ event: 'reset', id: expect.any(String), data: {} }]);
      await booked(app);
      expect((await reader.first(2))[1]?.event).toBe('booking');
    },
  );

  it('says after more changes than it tells that all must be read anew', async () => {
    const app = await served();
    const { id } = await booked(app);
    const reader = await follow(app);
    const event = { type: 'link_printed', bookingId: id, at: 1, by: { kind: 'system' }, reason: null, from: null };
    await app.storage.write(
      async ({ bookings }) => {
        for (let i = 0; i < 600; i++) await bookings.record(event as Parameters<typeof bookings.record>[0], 0);
      },
      { desk: 'expat-desk' },
    );
    expect((await reader.first(1)).map((each) => each.event)).toEqual(['reset']);
    const again = await follow(app, { after: reader.lastId() });
    expect(again.events()).toEqual([]);
  });

  it('is for the staff of the desk, by token or session, and there is none at another desk', async () => {
    const app = await served();
    const nobody = await request(app.origin).get(EVENTS);
    problem(nobody, 401, 'unauthenticated');
    const other = await asRole(app, 'manager', { deskId: 'wuppertal' });
    problem(await request(app.origin).get(EVENTS).set(other), 404, 'not-found');
    const nowhere = apiUrl(apiPaths.staffEvents, { desk: 'nowhere' });
    problem(
      await request(app.origin)
        .get(nowhere)
        .set(await asRole(app, 'admin', {})),
      404,
      'not-found',
    );
    const advisor = await follow(app, { as: await asRole(app, 'advisor', { advisorId: 'a1' }) });
    const { cookie } = await signedInCookie(app);
    const session = await follow(app, { as: { Cookie: cookie } });
    const { id } = await booked(app);
    for (const reader of [advisor, session]) expect((await reader.first(1))[0]?.data).toMatchObject({ id });
  });

  it('has a head, which ends', async () => {
    const app = await served();
    const { headers } = await request(app.origin)
      .head(EVENTS)
      .set(await asRole(app, 'admin', {}))
      .expect(200);
    expect(headers['content-type']).toMatch(/^text\/event-stream/);
    expect(await openStreams(app)).toBe(0);
  });

  it('beats as long as it is current, and is noted in the log once, at its end, as no answer that was slow', async () => {
    const app = await served({ streamBounds: QUICK });
    const reader = await follow(app);
    const { lastId } = reader;
    await reader.until((text) => (text.match(/^: beat\nevent: alive\nid: \S+\ndata: \{\}\n\n/gm) ?? []).length >= 3);
    expect(lastId()).toBe(reader.text().match(/id: (\S+)/)?.[1]);
    const counted = async (name: string) =>
      sampleOf(readExposition(await app.measures.counters()), name, {
        method: 'GET',
        route: 'api_staff',
        status: '200',
      });
    expect([await openStreams(app), await counted('sprechstunde_http_requests_total')]).toEqual([1, undefined]);
    reader.close();
    await eventually('the end is noted', async () => (await openStreams(app)) === 0);
    expect(await counted('sprechstunde_http_requests_total')).toBe(1);
    const durations = readExposition(await app.measures.counters()).find(
      ({ name }) => name === 'sprechstunde_http_request_duration_seconds',
    );
    expect(durations?.samples.filter(({ labels }) => labels.route === 'api_staff')).toEqual([]);
  });

  it.each([
    ['token is revoked', (app: Served) => revokeTokens(app)],
    ['token ends', async (app: Served) => app.clock.set('2999-01-01T00:00:00Z')],
  ])('ends when the %s', async (_, take) => {
    const app = await served({ streamBounds: QUICK });
    const hash = app.deps.tokens.hash('a-token-that-ends');
    const token = { hash, name: 'T', role: 'receptionist' as const, deskId: 'expat-desk', advisorId: null };
    await app.storage.write(({ staff }) =>
      staff.addToken({ ...token, endsAt: Date.parse('2998-01-01T00:00:00Z') }, app.clock.now()),
    );
    const reader = await follow(app, { as: { Authorization: 'Bearer a-token-that-ends' } });
    await reader.until((text) => text.includes('alive'));
    await take(app);
    expect(await reader.ended).toBe('ended');
  });

  it.each([
    ['session is ended', (app: Served, id: string) => app.storage.write(({ staff }) => staff.removeSessionsOf(id))],
    [
      'account is disabled',
      (app: Served, id: string) => app.storage.write(({ staff }) => staff.changeUser(id, { disabledAt: 1 })),
    ],
    ['person has been idle for too long', async (app: Served) => app.clock.advance(2 * 3_600_000)],
  ])('ends when the %s', async (_, take) => {
    const app = await served({ streamBounds: QUICK });
    const { cookie, userId } = await signedInCookie(app);
    const reader = await follow(app, { as: { Cookie: cookie } });
    await reader.until((text) => text.includes('alive'));
    await take(app, userId);
    expect(await reader.ended).toBe('ended');
    expect((await follow(app, { as: { Cookie: cookie } })).status).toBe(401);
  });

  it('does not keep a session that nobody uses, nor does a page that renews itself', async () => {
    const app = await served();
    const { cookie } = await signedInCookie(app);
    const seen = async () => (await app.storage.staff.listSessions())[0]?.seenAt;
    const before = await seen();
    app.clock.advance(3_600_000);
    await follow(app, { as: { Cookie: cookie } });
    const day = request(app.origin).get('/staff/expat-desk/day').set('Cookie', cookie);
    await day.set('X-Unattended', '1').expect(200);
    expect(await seen()).toBe(before);
    await request(app.origin).get('/staff/expat-desk/day').set('Cookie', cookie).expect(200);
    expect(await seen()).toBe(app.clock.now());
  });

  it('is refused to somebody who has too many, and to everybody where there are too many', async () => {
    const app = await served({ streamBounds: { streamsOfOne: 2, streams: 3 } });
    const one = await asRole(app, 'receptionist', {});
    const [first] = [await follow(app, { as: one }), await follow(app, { as: one })];
    const tooMany = await request(app.origin).get(EVENTS).set(one);
    problem(tooMany, 429, 'too-many-requests');
    expect(Number(tooMany.headers['retry-after'])).toBeGreaterThan(0);
    await follow(app, { as: await asRole(app, 'manager', {}) });
    problem(
      await request(app.origin)
        .get(EVENTS)
        .set(await asRole(app, 'admin', {})),
      429,
      'too-many-requests',
    );
    const limited = (limit: string) =>
      app.measures.counters().then((text) => sampleOf(readExposition(text), 'sprechstunde_limited_total', { limit }));
    expect([await limited('eventStreamsOfOne'), await limited('eventStreams')]).toEqual([1, 1]);
    first?.close();
    await eventually('there is room again', async () => (await openStreams(app)) === 2);
    expect((await follow(app, { as: one })).status).toBe(200);
  });

  it('ends at once when the program begins to stop, and a new one ends as it begins', async () => {
    const app = await served();
    const readers = [await follow(app), await follow(app)];
    app.stopping.abort();
    expect(await Promise.all(readers.map(({ ended }) => ended))).toEqual(['ended', 'ended']);
    const late = await readEvents(app.origin + EVENTS, await asRole(app, 'receptionist', {}));
    expect(await late.ended).toBe('ended');
  });

  it('looks for what this process has done at once, not only with the next second', async () => {
    let looks = 0;
    const onStatement = (statement: string) => {
      if (statement.includes('from booking_event e')) looks++;
    };
    const app = await served({ onStatement });
    await follow(app);
    const before = looks;
    await eventually('a second is over', async () => looks > before);
    const last = looks;
    await booked(app);
    // The next usual look is due later than this.
    await new Promise((done) => setTimeout(done, 500));
    expect(looks).toBeGreaterThan(last);
  });

  it('tells what another process has done, in the order in which it was done', async () => {
    const { url, drop } = await newDatabase(chosenKind());
    opened.push({ close: drop });
    const one = await served({ databaseUrl: url });
    const other = await served({ databaseUrl: url, desks: [] });
    const readers = [await follow(one), await follow(other)];
    const first = await booked(one);
    await move(other, first.id);
    const second = await booked(one);
    await other.app.cancelBooking({ bookingId: second.id, reason: 'ill', who: aReceptionist() });
    const all = await Promise.all(readers.map((reader) => reader.first(4)));
    for (const events of all)
      expect(events.map(({ event, data }) => [event, data.id])).toEqual(
        [first, first, second, second].map(({ id }) => ['booking', id]),
      );
    // A reader goes on at the other process, where it was at the first.
    const [, last] = [readers[0]?.close(), all[0]?.[2]?.id ?? ''];
    const moved = await follow(other, { after: last });
    expect((await moved.first(1)).map(({ data }) => data.id)).toEqual([second.id]);
  });
});

async function signedInCookie(app: Served): Promise<{ cookie: string; userId: string }> {
  const { id: userId, email } = await addStaff(app);
  const { headers } = await request(app.origin)
    .post('/staff/sign-in')
    .set('Sec-Fetch-Site', 'same-origin')
    .type('form')
    .send({ email, password: PASSWORD })
    .expect(303);
  const set = headers['set-cookie'] as unknown as string[];
  const cookie = set.map((each) => each.split(';')[0]).join('; ');
  return { cookie, userId };
}

async function revokeTokens(app: Served): Promise<void> {
  await app.storage.write(async ({ staff }) => {
    for (const { hash } of await staff.listTokens()) await staff.removeToken(hash);
  });
}
