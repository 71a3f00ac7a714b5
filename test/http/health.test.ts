import request from 'supertest';
import { testApp } from '../support/app';

describe('The probes', () => {
  it('say that the program lives and is ready, without a session, a cookie or a look-up too many', async () => {
    const t = await testApp();
    const [alive, ready] = [
      await request(t.http).get('/healthz').expect(200),
      await request(t.http).get('/readyz').expect(200),
    ];
    expect([alive.body, ready.body]).toEqual([{ status: 'ok' }, { status: 'ok' }]);
    expect(alive.headers['set-cookie']).toBeUndefined();
    await t.close();
  });

  it('say 503 when the database is gone; the program itself still lives', async () => {
    const t = await testApp();
    await t.close();
    await request(t.http).get('/readyz').expect(503, { status: 'unavailable' });
    await request(t.http).get('/healthz').expect(200);
  });
});
