import { apiDigest } from '../../support/apiDigest';
import { aDeskThatAsks, aQuestion } from '../../support/builders';
import { expectGolden } from '../../support/golden';
import { type ApiApp, aBookingRequest, apiApp, book } from './apiClient';

describe('The OpenAPI document', () => {
  let api: ApiApp;
  beforeAll(async () => {
    api = await apiApp({ desks: [aDeskThatAsks([aQuestion()])], validateRequests: true });
  });
  afterAll(() => api.close());

  it('is what it was, until somebody looks at the difference', async () => {
    const { body, headers } = await api.get('/openapi.json').expect(200);
    expectGolden('openapi.txt', apiDigest(body));
    await api.get('/openapi.json', { 'If-None-Match': String(headers.etag) }).expect(304);
  });

  it('names every path of the contract', async () => {
    const { body } = await api.get('/openapi.json');
    const named = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(named).toEqual([
      'GET /desks',
      'GET /desks/{desk}',
      'GET /desks/{desk}/opening-hours',
      'GET /desks/{desk}/status',
      'GET /desks/{desk}/slots.ndjson',
      'GET /desks/{desk}/slots',
      'GET /desks/{desk}/slots/explain',
      'POST /desks/{desk}/holds',
      'POST /desks/{desk}/holds/{id}/renewal',
      'DELETE /desks/{desk}/holds/{id}',
      'POST /desks/{desk}/bookings',
      'GET /bookings/{manageToken}',
      'PATCH /bookings/{manageToken}',
      'POST /bookings/{manageToken}/reschedule',
      'POST /bookings/{manageToken}/cancel',
      'POST /bookings/{manageToken}/restore',
      'GET /bookings/{manageToken}/data',
      'DELETE /bookings/{manageToken}/data',
      'GET /bookings/{manageToken}/calendar.ics',
      'GET /queue/{ticketToken}',
      'POST /desks/{desk}/waiting-list',
      'GET /waiting-list/{waitToken}',
      'DELETE /waiting-list/{waitToken}',
      'POST /waiting-list/{waitToken}/accept',
      'POST /waiting-list/{waitToken}/decline',
      'GET /waiting-list/{waitToken}/data',
      'GET /staff/desks/{desk}/day',
      'GET /staff/desks/{desk}/tasks',
      'GET /staff/bookings',
      'GET /staff/bookings/{id}',
      'PATCH /staff/bookings/{id}',
      'GET /staff/desks/{desk}/events',
      'POST /staff/desks/{desk}/bookings',
      'POST /staff/bookings/{id}/reschedule',
      'POST /staff/bookings/{id}/cancel',
      'POST /staff/bookings/{id}/confirm',
      'POST /staff/bookings/{id}/decline',
      'POST /staff/bookings/{id}/print-link',
      'POST /staff/bookings/{id}/restore',
      'POST /staff/bookings/{id}/check-in',
      'POST /staff/bookings/{id}/complete',
      'POST /staff/bookings/{id}/no-show',
      'POST /staff/bookings/{id}/undo-check-in',
      'POST /staff/bookings/{id}/reopen',
      'POST /staff/bookings/{id}/outcome',
      'POST /staff/bookings/{id}/follow-up',
      'POST /staff/bookings/{id}/elsewhere',
      'GET /staff/bookings/{id}/same-network',
      'POST /staff/desks/{desk}/false-bookings',
      'GET /staff/bookings/{id}/targets',
      'POST /staff/desks/{desk}/moves',
      'POST /staff/moves/{id}/undo',
      'POST /staff/desks/{desk}/absence-plans',
      'GET /staff/absence-plans/{id}',
      'POST /staff/absence-plans/{id}/commit',
      'POST /staff/absence-plans/{id}/undo',
      'POST /staff/absence-plans/{id}/end',
      'POST /staff/desks/{desk}/walk-ins',
      'GET /staff/desks/{desk}/queue',
      'POST /staff/queue/{id}/call',
      'POST /staff/queue/{id}/start',
      'POST /staff/queue/{id}/finish',
      'POST /staff/queue/{id}/miss',
      'POST /staff/queue/{id}/leave',
      'POST /staff/queue/{id}/undo',
      'GET /staff/desks/{desk}/waiting-list',
      'POST /staff/desks/{desk}/waiting-list',
      'POST /staff/desks/{desk}/waiting-list/{id}/offer',
      'GET /staff/desks/{desk}/waiting-list/{id}/starts',
      'POST /staff/desks/{desk}/waiting-list/{id}/book',
      'DELETE /staff/desks/{desk}/waiting-list/{id}',
      'POST /staff/desks/{desk}/waiting-list/{id}/restore',
      'GET /staff/desks/{desk}/cases',
      'POST /staff/desks/{desk}/cases',
      'GET /staff/desks/{desk}/cases/{id}',
      'PATCH /staff/desks/{desk}/cases/{id}',
      'DELETE /staff/desks/{desk}/cases/{id}',
      'GET /staff/desks/{desk}/cases/{id}/data',
      'POST /staff/desks/{desk}/cases/{id}/advisors',
      'DELETE /staff/desks/{desk}/cases/{id}/advisors/{advisor}',
      'GET /staff/desks/{desk}/exceptions',
      'POST /staff/desks/{desk}/exceptions',
      'PUT /staff/desks/{desk}/exceptions/{id}',
      'DELETE /staff/desks/{desk}/exceptions/{id}',
      'POST /staff/desks/{desk}/hours/preview',
      'GET /staff/desks/{desk}/hours/versions',
      'POST /staff/desks/{desk}/hours/versions/{id}/restore',
      'GET /staff/desks/{desk}/opening-rules',
      'PUT /staff/desks/{desk}/opening-rules',
      'GET /staff/desks/{desk}/absences',
      'POST /staff/desks/{desk}/absences',
      'POST /staff/advisors/{advisor}/absences',
      'PUT /staff/absences/{id}',
      'DELETE /staff/absences/{id}',
      'GET /staff/desks/{desk}/texts',
      'POST /staff/desks/{desk}/texts',
      'GET /staff/desks/{desk}/texts/{key}',
      'PUT /staff/desks/{desk}/texts/{key}',
      'DELETE /staff/desks/{desk}/texts/{key}',
      'GET /staff/desks/{desk}/topics',
      'POST /staff/desks/{desk}/topics',
      'GET /staff/desks/{desk}/topics/{id}',
      'PUT /staff/desks/{desk}/topics/{id}',
      'DELETE /staff/desks/{desk}/topics/{id}',
      'GET /staff/desks/{desk}/topic-order',
      'PUT /staff/desks/{desk}/topic-order',
      'GET /staff/desks/{desk}/questions',
      'POST /staff/desks/{desk}/questions',
      'PUT /staff/desks/{desk}/questions',
      'DELETE /staff/desks/{desk}/questions',
      'GET /staff/desks/{desk}/partners',
      'POST /staff/desks/{desk}/partners',
      'GET /staff/desks/{desk}/partners/{id}',
      'PUT /staff/desks/{desk}/partners/{id}',
      'DELETE /staff/desks/{desk}/partners/{id}',
      'GET /staff/desks/{desk}/advisors',
      'POST /staff/desks/{desk}/advisors',
      'GET /staff/desks/{desk}/advisors/{id}',
      'PUT /staff/desks/{desk}/advisors/{id}',
      'DELETE /staff/desks/{desk}/advisors/{id}',
      'GET /staff/desks/{desk}/reserves',
      'POST /staff/desks/{desk}/reserves',
      'PUT /staff/desks/{desk}/reserves',
      'DELETE /staff/desks/{desk}/reserves',
      'POST /staff/desks/{desk}/reserves/replay',
      'POST /staff/desks/{desk}/texts/{key}/preview',
      'POST /staff/desks/{desk}/texts/{key}/trial',
      'GET /staff/desks/{desk}/webhooks',
      'POST /staff/desks/{desk}/webhooks',
      'GET /staff/desks/{desk}/webhooks/{id}',
      'PUT /staff/desks/{desk}/webhooks/{id}',
      'DELETE /staff/desks/{desk}/webhooks/{id}',
      'POST /staff/desks/{desk}/webhooks/{id}/rotate',
      'POST /staff/desks/{desk}/webhooks/{id}/test',
      'GET /staff/desks/{desk}/webhooks/{id}/deliveries',
      'POST /staff/webhook-deliveries/{id}/send-again',
      'GET /staff/desks/{desk}/feeds',
      'POST /staff/feeds',
      'POST /staff/feeds/{id}/renew',
      'DELETE /staff/feeds/{id}',
      'GET /staff/advisors/{advisor}/busy-calendar',
      'PUT /staff/advisors/{advisor}/busy-calendar',
      'GET /staff/desks/{desk}/figures',
    ]);
    const ids = Object.values(body.paths).flatMap((methods) =>
      Object.values(methods as Record<string, { operationId: string }>).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('promises the version as ETag for those changes of a booking that send it, and for no others', async () => {
    const { body: document } = await api.get('/openapi.json');
    const staff = await api.as('receptionist');
    const { id } = await book(api, { mode: 'video', client: { name: 'Kim Probe', email: 'etag@client.example' } });
    const changes = [
      ['patch', '', { videoLink: 'https://video.example/room' }],
      ['post', '/reschedule', { start: '2026-12-02T10:00:00+01:00' }],
      ['post', '/print-link', {}],
      ['post', '/cancel', {}],
      ['post', '/restore', {}],
    ] as const;
    for (const [method, path, sent] of changes) {
      const { status, headers } = await api[method](`/staff/bookings/${id}${path}`, sent, staff);
      const promised = document.paths[`/staff/bookings/{id}${path}`][method].responses[status]?.headers;
      expect([path, status, /^"\d+"$/.test(headers.etag ?? '')]).toEqual([path, 200, promised?.ETag !== undefined]);
    }
  });

  it("has the client's link in no answer to staff", async () => {
    const { body } = await api.get('/openapi.json');
    const linked = Object.entries(body.paths as Record<string, Record<string, { responses: object }>>)
      .flatMap(([path, methods]) => Object.values(methods).map(({ responses }) => ({ path, responses })))
      .filter(({ responses }) => wholeSchema(body, responses).includes('"manageUrl"'));
    expect(linked.length).toBeGreaterThan(0);
    expect(linked.filter(({ path }) => path.startsWith('/staff'))).toEqual([]);
  });

  it('allows what the API takes', async () => {
    const manager = await api.as('manager');
    const onBehalfOf = { organisation: 'Werk GmbH', name: 'HR' };
    const all = { attendees: 2, onBehalfOf, note: 'a\nb', answers: { visa: 'yes' }, advisor: 'a1' };
    const { token } = await book(api, {
      ...all,
      client: { name: '山', email: 'a@b.example', phone: null, language: 'ja' },
    });
    await api
      .get('/desks/expat-desk/slots?topic=residence&language=en&from=2026-12-01&to=2026-12-02T00%3A00%3A00Z')
      .expect(200);
    await api.post(`/bookings/${token}/cancel`).expect(200);
    const caller = {
      ...aBookingRequest({ client: { name: 'Ola', email: null } }),
      consent: undefined,
      source: 'phone',
    };
    const { body } = await api.post('/staff/desks/expat-desk/bookings', caller, manager).expect(201);
    await api.post(`/bookings/${token}/restore`).expect(200);
    api.clock.set('2026-12-01T08:30:00+01:00');
    // Version 2: the restored one took its advisor.
    await api.post(`/staff/bookings/${body.id}/check-in`, undefined, { ...manager, 'If-Match': '"2"' }).expect(200);
    const rules = [{ rrule: 'FREQ=WEEKLY;BYDAY=MO', start: '09:00', end: '24:00', from: '2026-01-01' }];
    await api.put('/staff/desks/expat-desk/opening-rules', { rules }, manager).expect(200);
    const special = {
      from: '2026-12-05',
      to: '2026-12-06',
      windows: [{ start: '10:00', end: '12:00' }],
      reason: { de: 'x', en: 'y' },
    };
    await api.post('/staff/desks/expat-desk/exceptions', special, manager).expect(201);
  });
});

describe("The tests' check of answers", () => {
  it('notices what the document does not name', async () => {
    const api = await apiApp();
    const { id, token } = await book(api);
    const found = api.storage.bookings.findByToken;
    Object.assign(api.storage.bookings, {
      findByToken: async (hash: string) => ({ ...(await found(hash)), status: 'unheard-of' }),
    });
    expect((await api.get(`/bookings/${token}`)).status).toBe(500);
    expect(id).toBeDefined();
    await api.close();
  });
});

/** A part of the document as text, with all that it refers to. */
function wholeSchema(document: object, part: object): string {
  const seen = new Set<string>();
  const spell = (value: unknown): string =>
    JSON.stringify(value).replace(/"\$ref":"#\/([^"]+)"/g, (_, pointer: string) => {
      if (seen.has(pointer)) return '""';
      seen.add(pointer);
      return spell(pointer.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document));
    });
  return spell(part);
}
