import request from 'supertest';
import { DomainError, type ErrorCode } from '../../src/domain/errors';
import { frameApp } from './frameApp';

const throwing = (error: unknown) =>
  frameApp((app) => {
    app.all(['/api/v1/thing', '/de/desk', '/en/desk'], () => {
      throw error;
    });
  });

describe('Errors for programs', () => {
  it.each<[ErrorCode, number]>([
    ['not-found', 404],
    ['forbidden', 403],
    ['unauthenticated', 401],
    ['invalid', 422],
    ['invalid-rule', 422],
    ['invalid-time', 422],
    ['slot-unavailable', 409],
    ['hold-expired', 409],
    ['booking-not-changeable', 409],
    ['version-moved-on', 412],
    ['idempotency-key-reused', 422],
    ['unavailable', 503],
  ])('of code %s are problem documents with status %d', async (code, status) => {
    const answer = await request(throwing(new DomainError(code)).app).get('/api/v1/thing');
    expect(answer.status).toBe(status);
    expect(answer.type).toBe('application/problem+json');
    expect(JSON.parse(answer.text)).toEqual({
      type: `/problems/${code}`,
      title: expect.any(String),
      status,
      detail: expect.any(String),
    });
  });

  it('name the fields that are wrong and the times that are left, and nothing else', async () => {
    const errors = [{ pointer: '/client/email', detail: 'an address' }];
    const details = { errors, alternatives: ['2026-12-01T09:00:00+01:00'], secret: 'x' };
    const answer = await request(throwing(new DomainError('invalid', details)).app).get('/api/v1/thing');
    const { errors: shown, alternatives, secret } = JSON.parse(answer.text);
    expect({ shown, alternatives, secret }).toEqual({ shown: errors, alternatives: details.alternatives });
  });

  it('say in English what is wrong, also to a German reader', async () => {
    const refusal = new DomainError('invalid', { reason: 'from lies behind to' });
    const answer = await request(throwing(refusal).app).get('/api/v1/thing').set('Accept-Language', 'de');
    expect(JSON.parse(answer.text)).toMatchObject({
      title: 'Not valid',
      detail: 'from lies behind to',
    });
  });

  it('ask to come back later when the database is away', async () => {
    const answer = await request(throwing(new DomainError('unavailable')).app).get('/api/v1/thing');
    expect(answer.headers['retry-after']).toBe('5');
  });

  it.each([
    ['JSON that breaks off', 400, 'bad-request', { 'content-type': 'application/json' }, '{"a":'],
    ['a body that is too large', 413, 'too-large', { 'content-type': 'application/json' }, `"${'x'.repeat(2000)}"`],
    ['an unknown charset', 415, 'unsupported-media-type', { 'content-type': 'application/json; charset=x-no' }, '{}'],
  ])('for %s are %d, and no defect', async (_, status, code, headers, body) => {
    const { app, lines } = throwing(new Error('not reached'));
    const answer = await request(app).post('/api/v1/thing').set(headers).send(body);
    expect([answer.status, JSON.parse(answer.text).type]).toEqual([status, `/problems/${code}`]);
    expect(lines.filter((line) => line.msg === 'defect')).toEqual([]);
  });

  it('are 404 where nothing is', async () => {
    const answer = await request(frameApp().app).get('/api/v1/nothing').expect(404);
    expect(JSON.parse(answer.text).type).toBe('/problems/not-found');
  });
});

describe('Errors for people', () => {
  it('are a page in their language', async () => {
    const { app } = throwing(new DomainError('slot-unavailable'));
    const [de, en] = [await request(app).get('/de/desk'), await request(app).get('/en/desk')];
    expect([de.status, de.type]).toEqual([409, 'text/html']);
    expect(de.text).toContain('<html lang="de" dir="ltr">');
    expect(de.text).toContain('Diese Zeit ist nicht mehr frei');
    expect(en.text).toContain('This time is no longer free');
  });

  it('keep the words for programs to themselves', async () => {
    const details = {
      errors: [{ pointer: '/cursor', detail: 'is not a cursor of this search' }],
      reason: 'unreadable',
    };
    const answer = await request(throwing(new DomainError('invalid', details)).app)
      .get('/de/desk')
      .expect(422);
    expect(answer.text).not.toMatch(/cursor|unreadable/);
  });

  it('are 400 for a path that cannot be decoded', async () => {
    const { app } = frameApp((a) => a.get('/:desk', (_req, res) => res.send('')));
    await request(app).get('/%zz').expect(400);
  });

  it('are logged, if they are defects, with the number that the page shows, without mail addresses', async () => {
    const { app, lines } = throwing(new Error('550 <maria@client.example> refused'));
    const answer = await request(app).get('/en/desk').expect(500);
    expect(answer.text).toContain('request-1');
    expect(answer.text).not.toContain('550');
    const defect = lines.find((line) => line.msg === 'defect');
    expect(defect).toMatchObject({ requestId: 'request-1', error: { name: 'Error' } });
    expect(JSON.stringify(lines)).not.toContain('maria');
  });

  it('are defects, too, if the value that was thrown is no error', async () => {
    await request(throwing('oops').app).get('/de/desk').expect(500);
  });
});
