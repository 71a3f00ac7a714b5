import { pino } from 'pino';
import request from 'supertest';
import { compose } from '../../src/compose';
import { randomIds } from '../../src/identity/ids';
import { argon2Passwords } from '../../src/identity/passwords';
import { SECRET, type TestApp, testApp } from '../support/app';
import { booked } from '../support/bookings';
import { aDesk, anAdvisor } from '../support/builders';

const SLOTS = '/api/v1/desks/expat-desk/slots?topic=residence&language=en&from=2026-12-01&to=2026-12-08';
/** They go the whole way, since somebody in particular asks. */
const IN_PERSON = { cookie: 'lang=de' };

describe('An answer that is ready', () => {
  let t: TestApp;
  beforeEach(async () => {
    t = await testApp({ desks: [aDesk({ advisors: [anAdvisor()] })] });
  });
  afterEach(() => t.close());

  const get = (headers = {}, url = SLOTS) => request(t.http).get(url).set(headers);
  const told = ({ headers }: { headers: Record<string, string> }) => {
    const { 'x-request-id': id, date, ...others } = headers;
    expect([id, date]).toEqual([expect.any(String), expect.any(String)]);
    return others;
  };

  it('is what the whole way would have answered, with its headers, byte for byte', async () => {
    const first = await get().expect(200);
    const ready = await get().expect(200);
    const whole = await get(IN_PERSON).expect(200);
    expect(ready.text).toBe(whole.text);
    expect(told(ready)).toEqual(told(whole));
    expect(told(ready)).toEqual(told(first));
    expect(ready.body.slots.length).toBeGreaterThan(0);
  });

  it('is as new as the last change', async () => {
    await get();
    const before = await get().expect(200);
    await booked(t, { start: Date.parse(before.body.slots[0].start) });
    const after = await get().expect(200);
    expect(after.headers.etag).not.toBe(before.headers.etag);
    expect(after.body.slots).toEqual(before.body.slots.slice(1));
    expect((await get(IN_PERSON)).text).toBe(after.text);
  });

  it('is not sent again to whoever has it', async () => {
    await get();
    const { etag } = (await get()).headers;
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const [ready, whole] = [
        await get({ 'if-none-match': known }),
        await get({ 'if-none-match': known, ...IN_PERSON }),
      ];
      expect([ready.status, ready.text]).toEqual([304, '']);
      expect(told(ready)).toEqual(told(whole));
    }
    await get({ 'if-none-match': '"another"' }).expect(200);
  });

  it('is logged and measured like every other, each under a name of its own', async () => {
    const lines: Record<string, unknown>[] = [];
    const { http, measures } = compose({
      config: {
        baseUrl: 'http://desk.example',
        mailFrom: null,
        production: false,
        trustProxy: false,
        calendarAllow: [],
      },
      storage: t.storage,
      now: t.clock.now,
      ids: randomIds,
      passwords: argon2Passwords,
      logger: pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) }),
      secret: SECRET,
      mailer: t.mailbox,
      mailReader: t.mailbox,
    });
    for (const headers of [{}, {}, IN_PERSON]) await request(http).get(SLOTS).set(headers).expect(200);
    const plain = lines.map((line) => ({
      ...line,
      time: 0,
      responseTime: typeof line.responseTime,
      req: { ...(line.req as object), id: '' },
    }));
    expect(plain[1]).toEqual(plain[0]);
    expect(plain[2]).toEqual(plain[0]);
    expect(new Set(lines.map(({ req }) => (req as { id: string }).id)).size).toBe(3);
    expect(await measures.counters()).toContain(
      'sprechstunde_http_requests_total{method="GET",route="api",status="200"} 3',
    );
  });

  it('is not given to whoever says who they are: the whole way refuses an unknown token', async () => {
    await get();
    await get({ authorization: 'Bearer nobody' }).expect(401);
  });

  it('is given to HEAD without a body, and never to POST', async () => {
    await get();
    const head = await request(t.http).head(SLOTS).expect(200);
    expect(head.text ?? '').toBe('');
    await request(t.http).post(SLOTS).send({}).expect(405);
  });
});
