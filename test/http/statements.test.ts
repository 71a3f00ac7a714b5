import request from 'supertest';
import { type TestApp, testApp } from '../support/app';
import { aDesk, anAdvisor, NOW } from '../support/builders';
import { type Kind, kinds, newDatabase } from '../support/databases';

const DESK = '/api/v1/desks/expat-desk';
const search = (from: string) => `${DESK}/slots?topic=residence&language=en&from=${from}`;

/** SQLite tells without a statement that nothing was committed. */
const LOOKS: Readonly<Record<Kind, number>> = { SQLite: 0, PostgreSQL: 1 };

describe.each(kinds())('On %s', (kind) => {
  let t: TestApp;
  let statements: string[];
  beforeEach(async () => {
    const { url, drop } = await newDatabase(kind);
    statements = [];
    const made = await testApp({
      databaseUrl: url,
      desks: [aDesk({ advisors: [anAdvisor({ id: 'a1' }), anAdvisor({ id: 'a2' })] })],
      now: NOW,
      onStatement: (sql) => statements.push(sql),
    });
    t = {
      ...made,
      close: async () => {
        await made.close();
        await drop();
      },
    };
    for (const from of ['2026-12-01', '2026-12-02']) await request(t.http).get(search(from)).expect(200);
  });
  afterEach(() => t.close());

  const asked = async (path: string) => {
    statements.length = 0;
    await request(t.http).get(path).expect(200);
    return statements.length;
  };
  const looks = (some = statements) => some.filter((sql) => /\b(diary_)?revision\b/.test(sql)).length;
  const inTransaction = () =>
    statements.slice(
      statements.findIndex((sql) => /^begin/.test(sql)),
      statements.indexOf('commit'),
    );
  const book = async (start: string) => {
    statements.length = 0;
    const booking = {
      topic: 'residence',
      language: 'en',
      mode: 'phone',
      start,
      client: { name: 'Somebody', email: 'somebody@client.example', phone: '+49 30 23125 001' },
      consent: true,
    };
    await request(t.http).post(`${DESK}/bookings`).set('Idempotency-Key', start).send(booking).expect(201);
  };

  it('a search costs one look at the revision as long as nothing was changed, and the same for the same again', async () => {
    expect(await asked(search('2026-12-03'))).toBe(LOOKS[kind]);
    expect(await asked(search('2026-12-03'))).toBe(LOOKS[kind]);
    expect(looks()).toBe(LOOKS[kind]);
  });

  it.each([
    ['an explanation looks at the revision once', `${DESK}/slots/explain?topic=residence&language=en`, 1],
    // Once for the desk itself, and once for what all desks have.
    ['a page of times looks twice', '/en/expat-desk/book/time?language=en&topic=residence&mode=phone', 2],
  ])('%s, as long as nothing was changed', async (_, path, times) => {
    await asked(path);
    await asked(path);
    expect(looks()).toBe(times * LOOKS[kind]);
  });

  it('a booking looks at the revision once in its transaction', async () => {
    await book('2026-12-01T09:00:00+01:00');
    expect(inTransaction().length).toBeGreaterThan(3);
    expect(looks(inTransaction())).toBe(LOOKS[kind]);
  });

  it('a search after a booking reads the one diary that was changed', async () => {
    await book('2026-12-01T09:00:00+01:00');
    await asked(search('2026-12-01'));
    expect(statements.filter((sql) => !/\bdiary_revision\b/.test(sql))).toHaveLength(1);
  });
});
