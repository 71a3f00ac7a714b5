import { CLIENT_LOCALES } from '../../../src/presentation/texts';
import { aDesk, anAdvisor, aTopic } from '../../support/builders';
import { type ApiApp, apiApp, book, problem } from './apiClient';

let api: ApiApp;
beforeEach(async () => {
  api = await apiApp();
});
afterEach(() => api.close());

const NINE = '2026-12-01T09:00:00+01:00';
const SLOTS = '/desks/expat-desk/slots?topic=residence&language=en';

interface DeskPage {
  readonly desks: readonly { readonly id: string }[];
  readonly next: string | null;
}

describe('Desks', () => {
  it('are listed with their topics and the languages of each', async () => {
    const { body } = await api.get('/desks').expect(200);
    expect(body.desks).toHaveLength(1);
    expect(body.desks[0]).toMatchObject({
      id: 'expat-desk',
      timeZone: 'Europe/Berlin',
      languages: ['de', 'en', 'ja'],
      topics: [{ id: 'residence', durationMinutes: 30, languages: ['de', 'en', 'ja'] }, { id: 'career' }],
    });
    expect((await api.get('/desks/expat-desk').expect(200)).body).toEqual(body.desks[0]);
  });

  it('without a paragraph of their own have the usual one, in all languages of clients', async () => {
    await api.close();
    api = await apiApp({ desks: [aDesk({ about: null })] });
    const { about } = (await api.get('/desks/expat-desk').expect(200)).body;
    expect(about).toMatchObject({
      de: 'Hier können Sie einen Termin buchen.',
      en: 'Here you can book an appointment for a consultation.',
    });
    expect(Object.keys(about).sort()).toEqual([...CLIENT_LOCALES].sort());
    expect((await api.get('/desks').expect(200)).body.desks[0].about).toEqual(about);
  });

  it('are listed in pages, and by words of their names, places and topics', async () => {
    await api.close();
    const kita = aTopic({ id: 'kita', searchWords: ['anaokulu'] });
    const others = ['d-1', 'd', 'da'].map((id) =>
      aDesk({ id, address: `Am Markt 1, ${id}`, topics: [...aDesk().topics, kita] }),
    );
    api = await apiApp({ desks: [aDesk(), ...others] });
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const cursor: string = next && `&cursor=${next}`;
      const page: DeskPage = (await api.get(`/desks?limit=2${cursor}`).expect(200)).body;
      seen.push(...page.desks.map(({ id }) => id));
      next = page.next;
    }
    expect(seen).toEqual(['d', 'd-1', 'da', 'expat-desk']);
    const found = async (q: string) =>
      ((await api.get(`/desks?q=${encodeURIComponent(q)}`).expect(200)).body as DeskPage).desks.map(({ id }) => id);
    expect(await found('anaokulu')).toEqual(['d', 'd-1', 'da']);
    expect(await found('markt d-1')).toEqual(['d-1']);
    expect(await found('nothing like it')).toEqual([]);
    expect(await found(' ')).toHaveLength(4);
    problem(await api.get('/desks?limit=51'), 422, 'invalid');
    problem(await api.get('/desks?q=a&q=b'), 422, 'invalid');
  });

  it('that do not exist are 404', async () => {
    problem(await api.get('/desks/nowhere'), 404, 'not-found');
    problem(await api.get('/desks/nowhere/slots?topic=residence&language=en'), 404, 'not-found');
    problem(await api.get('/desks/nowhere/opening-hours'), 404, 'not-found');
  });

  it('carry a strong ETag that answers 304', async () => {
    const first = await api.get('/desks/expat-desk').expect(200);
    expect(first.headers.etag).toMatch(/^"[\w-]+"$/);
    expect(first.headers['cache-control']).toBe('no-cache');
    const second = await api.get('/desks/expat-desk', { 'If-None-Match': String(first.headers.etag) }).expect(304);
    expect(second.text).toBe('');
    await api.get('/desks/expat-desk', { 'If-None-Match': '"other"' }).expect(200);
  });

  it.each([
    ['weakened by a proxy', (tag: string) => `W/${tag}`],
    ['one of several', (tag: string) => `"other", ${tag}`],
    ['any', () => '*'],
  ])('answer 304 to an ETag that is %s, also to fetch, which says no-cache beside it', async (_what, naming) => {
    const { headers } = await api.get('/desks/expat-desk');
    const again = await fetch(`${api.url}/api/v1/desks/expat-desk`, {
      headers: { 'If-None-Match': naming(String(headers.etag)) },
    });
    expect([again.status, again.headers.get('etag')]).toEqual([304, headers.etag]);
  });
});

describe('Opening hours', () => {
  it("are one entry a day, half-open, in the desk's time", async () => {
    const { body } = await api.get('/desks/expat-desk/opening-hours?from=2026-12-24&to=2026-12-27').expect(200);
    expect(body).toEqual({
      timeZone: 'Europe/Berlin',
      days: [
        {
          date: '2026-12-24',
          windows: [{ start: '2026-12-24T09:00:00+01:00', end: '2026-12-24T17:00:00+01:00' }],
          closed: null,
          reason: null,
        },
        { date: '2026-12-25', windows: [], closed: { kind: 'public_holiday', name: expect.any(Object) }, reason: null },
        { date: '2026-12-26', windows: [], closed: { kind: 'public_holiday', name: expect.any(Object) }, reason: null },
      ],
    });
  });

  it('are those of the next thirty days, unless asked otherwise', async () => {
    const { body } = await api.get('/desks/expat-desk/opening-hours').expect(200);
    expect([body.days.length, body.days[0].date, body.days.at(-1).date]).toEqual([30, '2026-11-24', '2026-12-23']);
  });

  it.each([
    ['from=2026-01-01&to=2027-02-06', '/to'],
    ['from=2026-02-30', '/from'],
    ['from=2026-12-02&to=2026-12-01', '/to'],
    ['from=9999-12-01', '/from'],
    ['from=2026-12-01&from=2026-12-02', '/from'],
    ['from[]=2026-12-01', '/from[]'],
  ])('refuse %s', async (query, pointer) => {
    const { errors } = problem(await api.get(`/desks/expat-desk/opening-hours?${query}`), 422, 'invalid');
    expect(errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  it('go up to 400 days', async () => {
    const { body } = await api.get('/desks/expat-desk/opening-hours?from=2026-01-01&to=2027-02-05').expect(200);
    expect(body.days).toHaveLength(400);
  });
});

describe('Slots', () => {
  it('begin after the lead time and end with the horizon', async () => {
    const { body } = await api.get(SLOTS).expect(200);
    expect(body.timeZone).toBe('Europe/Berlin');
    expect(body.slots[0]).toEqual({ start: '2026-11-24T12:00:00+01:00', end: '2026-11-24T12:30:00+01:00', free: 2 });
    expect(body.slots.at(-1).start.slice(0, 10)).toBe('2027-01-22');
  });

  it('lie in [from, to), be they days or instants', async () => {
    const day = await api.get(`${SLOTS}&from=2026-12-01&to=2026-12-02`).expect(200);
    expect(day.body.slots).toHaveLength(16);
    const hour = await api.get(`${SLOTS}&from=2026-12-01T08:00:00Z&to=2026-12-01T10:00:00%2B01:00`).expect(200);
    const raw = await api.get(`${SLOTS}&from=2026-12-01T09:00:00+01:00&to=2026-12-01T10:00+01:00`).expect(200);
    expect(raw.body).toEqual(hour.body);
    expect(hour.body.slots.map((slot: { start: string }) => slot.start)).toEqual([NINE, '2026-12-01T09:30:00+01:00']);
  });

  it('know mode, advisor and the spelling of a language', async () => {
    const tied = await api.get(`${SLOTS}&from=2026-12-01&to=2026-12-02&advisor=a1&mode=phone`).expect(200);
    expect(tied.body.slots[0].free).toBe(1);
    const upper = await api.get('/desks/expat-desk/slots?topic=residence&language=EN&from=2026-12-01&to=2026-12-02');
    expect(upper.body.slots).toHaveLength(16);
    expect((await api.get('/desks/expat-desk/slots?topic=residence&language=tlh').expect(200)).body.slots).toEqual([]);
  });

  it.each([
    ['language=en', '/topic'],
    ['topic=residence', '/language'],
    ['topic=cooking&language=en', '/topic'],
    ['topic=residence&language=en&mode=letter', '/mode'],
    ['topic=residence&language=en&advisor=nobody', '/advisor'],
    ['topic=residence&language=en&from=tomorrow', '/from'],
    ['topic=residence&language=en&from=2026-12-02&to=2026-12-01', '/to'],
    ['topic=residence&language=en&from=0000-01-01', '/from'],
    ['topic=residence&topic=career&language=en', '/topic'],
    ['topic=residence&language=en&slot[$ne]=x', '/slot[$ne]'],
    ['topic=residence&language=en&__proto__[x]=1', '/__proto__[x]'],
  ])('refuse %s', async (query, pointer) => {
    const { errors } = problem(await api.get(`/desks/expat-desk/slots?${query}`), 422, 'invalid');
    expect(errors?.map((error) => error.pointer)).toEqual([pointer]);
  });
});

describe('A desk with one advisor', () => {
  it('never offers what it cannot give', async () => {
    const single = await apiApp({ desks: [aDesk({ advisors: [anAdvisor()] })] });
    const { slots } = (await single.get(`${SLOTS}&from=2026-12-01&to=2026-12-02`)).body;
    for (const [i, { start, free }] of slots.entries()) {
      expect(free).toBe(1);
      await book(single, { start, client: { name: 'Kim Probe', email: `kim${i}@client.example` } });
    }
    expect((await single.get(`${SLOTS}&from=2026-12-01&to=2026-12-02`)).body.slots).toEqual([]);
    await single.close();
  });
});
