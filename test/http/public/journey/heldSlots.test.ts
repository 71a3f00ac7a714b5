import request from 'supertest';
import { MINUTE } from '../../../../src/domain/calendar/interval';
import { limitsOf } from '../../../../src/domain/limits';
import { type TestApp, testApp } from '../../../support/app';
import { aDesk, anAdvisor } from '../../../support/builders';
import { followingForms } from '../../../support/forms';
import { aBookingRequest } from '../../api/apiClient';
import { BOOK, DETAILS, TIME, textOf } from '../browser';

const ONE = '198.51.100.1';
const OTHER = '198.51.100.2';
/** The times of Tuesday, each for many. */
const STARTS = Array.from(
  { length: 16 },
  (_, i) => `2026-12-01T${String(9 + (i >> 1)).padStart(2, '0')}:${i % 2 ? '30' : '00'}:00+01:00`,
);

describe('Slots that are held from one range of addresses', () => {
  let app: TestApp;
  beforeEach(async () => {
    const advisors = Array.from({ length: 10 }, (_, i) => anAdvisor({ id: `a${i}` }));
    // So small a share that the fewest count.
    const limits = limitsOf({ heldShare: 0.001 });
    app = await testApp({
      trustProxy: 'loopback',
      desks: [aDesk({ advisors, limits }), aDesk({ id: 'wuppertal', advisors, limits })],
    });
  });
  afterEach(() => app.close());

  const hold = (i: number, { ip = ONE, desk = 'expat-desk', headers = {} } = {}) =>
    request(app.http)
      .post(`/api/v1/desks/${desk}/holds`)
      .set({ 'X-Forwarded-For': ip, ...headers })
      .send({ topic: 'residence', language: 'en', start: STARTS[i % STARTS.length] });

  it('are ten at most, also when thirty requests come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => hold(i)));
    const refused = answers.filter(({ status }) => status === 429);
    expect([answers.filter(({ status }) => status === 201).length, refused.length]).toEqual([10, 20]);
    for (const { headers, type, text } of refused) {
      expect([headers['retry-after'], type]).toEqual(['900', 'application/problem+json']);
      expect(JSON.parse(text).type).toBe('/problems/too-many-requests');
    }
    expect((await app.everything()).booking).toHaveLength(10);
  });

  it('are counted for each range and each desk, and IPv6 by its /64, then by the networks around it', async () => {
    for (let i = 0; i < 10; i++) await hold(i).expect(201);
    await hold(10).expect(429);
    await hold(10, { ip: OTHER }).expect(201);
    await hold(10, { desk: 'wuppertal' }).expect(201);
    for (let i = 0; i < 10; i++) await hold(i, { ip: `2001:db8:7:ab00::${i + 1}` }).expect(201);
    await hold(10, { ip: '2001:db8:7:ab00::99' }).expect(429);
    // A neighbour goes on, but not for ever from one /64 to the next: a /56 holds 25.
    for (let i = 0; i < 15; i++) await hold(i, { ip: `2001:db8:7:ab${10 + i}::1` }).expect(201);
    await hold(15, { ip: '2001:db8:7:ab99::1' }).expect(429);
    await hold(15, { ip: '2001:db8:7:ac00::1' }).expect(201);
  });

  it('are free again when they lapse, are given back, or become bookings', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 10; i++) {
      ids.push((await hold(i).expect(201)).body.id);
      app.clock.advance(MINUTE);
    }
    const refused = await hold(4).expect(429);
    expect(refused.headers['retry-after']).toBe(String(5 * 60));

    await request(app.http).delete(`/api/v1/desks/expat-desk/holds/${ids[0]}`).expect(204);
    const [again] = [(await hold(4).expect(201)).body.id];
    await hold(5).expect(429);

    await request(app.http)
      .post('/api/v1/desks/expat-desk/bookings')
      .send(aBookingRequest({ hold: ids[1], start: STARTS[1] }))
      .expect(201);
    await hold(5).expect(201);
    await hold(6).expect(429);

    app.clock.advance(15 * MINUTE);
    for (let i = 0; i < 10; i++) await hold(i).expect(201);
    await hold(10).expect(429);
    expect(again).toBeDefined();
  });

  it('are counted while they are renewed, and only once', async () => {
    const { body } = await hold(0).expect(201);
    await hold(1).expect(201);
    app.clock.advance(10 * MINUTE);
    for (let i = 0; i < 4; i++)
      await request(app.http).post(`/api/v1/desks/expat-desk/holds/${body.id}/renewal`).expect(200);
    app.clock.advance(10 * MINUTE);
    for (let i = 2; i < 11; i++) await hold(i).expect(201);
    await hold(11).expect(429);
  });

  it('are given again to a request that is sent again', async () => {
    const key = { 'Idempotency-Key': 'a-key-of-one-request' };
    const first = await hold(0, { headers: key }).expect(201);
    for (let i = 1; i < 10; i++) await hold(i).expect(201);
    expect((await hold(0, { headers: key }).expect(201)).body).toEqual(first.body);
    await hold(10).expect(429);
  });

  it('are not counted for staff', async () => {
    const hash = app.deps.tokens.hash('phone');
    const token = {
      hash,
      name: 'T',
      role: 'receptionist',
      deskId: 'expat-desk',
      advisorId: null,
      endsAt: Number.MAX_SAFE_INTEGER,
    } as const;
    await app.storage.write(({ staff }) => staff.addToken(token, app.clock.now()));
    for (let i = 0; i < 15; i++) await hold(i, { headers: { Authorization: 'Bearer phone' } }).expect(201);
    await hold(0).expect(201);
  });

  it('are sixty where nobody can be told apart', async () => {
    const many = await Promise.all(
      Array.from({ length: 70 }, (_, i) =>
        request(app.http)
          .post('/api/v1/desks/expat-desk/holds')
          .send({ topic: 'residence', language: 'en', start: STARTS[i % STARTS.length] }),
      ),
    );
    expect(many.filter(({ status }) => status === 201)).toHaveLength(60);
    expect(many.filter(({ status }) => status === 429)).toHaveLength(10);
  });

  describe('in the browser', () => {
    const browser = () => {
      const agent = request.agent(app.http);
      agent.set({ 'Sec-Fetch-Site': 'same-origin', 'X-Forwarded-For': ONE });
      return agent;
    };
    const take = (agent: ReturnType<typeof browser>, i: number, path = `${TIME}&date=2026-12-01`) =>
      followingForms(agent.post(path)).type('form').send({ start: STARTS[i] });

    it('are one for each browser, which may change its mind as often as it likes', async () => {
      const me = browser();
      for (let i = 0; i < 8; i++) await take(me, i).expect(303);
      await me.post(`${BOOK}/details`).type('form').send(DETAILS).expect(303);
      for (let i = 0; i < 9; i++) await hold(i).expect(201);
      await take(me, 9).expect(303);
      await hold(10).expect(429);
      const moved = await app.everything();
      expect(moved.booking).toHaveLength(10);
    });

    it.each([
      ['en', 'Please try again in 15 minutes, or call us: +49 211 0000000'],
      ['de', 'Bitte versuchen Sie es in 15 Minuten noch einmal, oder rufen Sie uns an: +49 211 0000000'],
    ])('are refused in place in %s, with the choice kept, and work later', async (locale, said) => {
      for (let i = 0; i < 10; i++) await take(browser(), i % 5).expect(303);
      const me = browser();
      const path = `/${locale}${TIME.slice(3)}&date=2026-12-01`;
      const refused = await take(me, 5, path).expect(429);
      expect(refused.headers['retry-after']).toBe('900');
      expect(textOf(refused)).toContain(said);
      const keeps = new RegExp(`name="start" value="${STARTS[5]?.replace('+', '\\+')}"><span class="kern-label">`);
      expect(refused.text).toMatch(keeps);
      // From the page that offers what is near a slot that has gone, without a day in its address.
      const undated = await take(me, 5, `/${locale}${TIME.slice(3)}`).expect(429);
      expect(undated.text).toMatch(keeps);

      app.clock.advance(15 * MINUTE);
      await take(me, 5, path).expect(303);
    });
  });
});
