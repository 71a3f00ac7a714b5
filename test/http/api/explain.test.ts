import { aDesk, anAdvisor } from '../../support/builders';
import { type ApiApp, aBookingRequest, apiApp, problem } from './apiClient';

const TUESDAY = 'from=2026-12-01&to=2026-12-02';
const NINE = '2026-12-01T09:00:00+01:00';
const HALF = '2026-12-01T09:30:00+01:00';

describe('A search with its explanation', () => {
  let api: ApiApp;
  afterEach(() => api.close());

  const german = anAdvisor({ id: 'a1', languages: ['de'], topics: ['residence'] });
  const both = anAdvisor({ id: 'a2', languages: ['en'], topics: ['residence'] });
  const hours = {
    ...aDesk().hours,
    rules: [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '09:00', end: '10:00' }],
  };
  const start = async (part: Parameters<typeof aDesk>[0] = {}, more: ReturnType<typeof aDesk>[] = []) => {
    api = await apiApp({ desks: [aDesk({ hours, advisors: [german, both], ...part }), ...more] });
  };
  const explain = async (query: string) =>
    (await api.get(`/desks/expat-desk/slots/explain?topic=residence&${query}`).expect(200)).body;
  const book = (part: object) =>
    api.post('/desks/expat-desk/bookings', aBookingRequest({ start: NINE, ...part })).expect(201);

  it('names the first start, and nothing else if nothing else is earlier', async () => {
    await start();
    expect(await explain(`language=en&${TUESDAY}`)).toEqual({
      timeZone: 'Europe/Berlin',
      first: NINE,
      binding: null,
      relaxed: [],
    });
  });

  it('compares the languages: what is earlier in one that the client speaks, too', async () => {
    await start();
    await book({ language: 'en' });
    expect(await explain(`language=en&${TUESDAY}`)).toMatchObject({
      first: HALF,
      binding: null,
      relaxed: [{ by: 'language', language: 'de', start: NINE }],
    });
    expect((await explain(`language=en&languages=fr&${TUESDAY}`)).relaxed).toEqual([]);
    expect((await explain(`language=en&languages=fr,de&${TUESDAY}`)).relaxed).toHaveLength(1);
  });

  it('names who is taken, and what would do instead, the first date after the horizon among it', async () => {
    await start({ horizonDays: 8 });
    await book({ language: 'en' });
    await book({ language: 'en', start: HALF });
    expect(await explain('language=en')).toMatchObject({
      first: null,
      binding: 'bookings',
      relaxed: [
        { by: 'language', language: 'de', start: NINE },
        { by: 'interpreter', language: 'de', start: NINE },
        { by: 'horizon', start: '2026-12-08T09:00:00+01:00' },
      ],
    });
  });

  it('names another mode, and a desk that has the same', async () => {
    const other = aDesk({ id: 'wuppertal', hours });
    await start({ capacities: { in_person: 0 } }, [other]);
    expect(await explain(`language=en&mode=in_person&${TUESDAY}`)).toMatchObject({
      binding: 'places',
      relaxed: expect.arrayContaining([
        { by: 'mode', mode: 'phone', start: NINE },
        { by: 'desk', desk: { id: 'wuppertal', name: other.name }, start: NINE },
      ]),
    });
  });

  it('says from when on all may have what is kept for others until then', async () => {
    const daily = { ...hours, rules: [{ rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', start: '09:00', end: '10:00' }] };
    const kept = (language: string, releaseWorkingDays: number) => ({
      ...{ language, topicId: null, urgent: false, startsPerDay: 2, releaseWorkingDays },
    });
    const advisors = [anAdvisor({ languages: ['de', 'en', 'ja'], topics: ['residence'] })];
    await start({ hours: daily, advisors, reserves: [kept('de', 3), kept('ja', 1), kept('uk', 0)] });
    expect(await explain(`language=en&${TUESDAY}`)).toMatchObject({
      first: null,
      binding: 'reserves',
      relaxed: expect.arrayContaining([{ by: 'release', start: NINE, from: '2026-11-30' }]),
    });
    const thursday = '2026-11-26T09:00:00+01:00';
    expect((await explain('language=en&from=2026-11-26&to=2026-11-27')).relaxed).toContainEqual({
      ...{ by: 'release', start: thursday, from: '2026-11-25' },
    });

    api.clock.set('2026-11-30T00:00:00+01:00');
    expect(await explain(`language=en&${TUESDAY}`)).toMatchObject({ first: NINE, relaxed: [] });
  });

  it('does not promise what is released after the last moment at which clients may book it', async () => {
    const reserves = [{ language: 'de', topicId: null, urgent: false, startsPerDay: 2, releaseWorkingDays: 0 }];
    const advisors = [anAdvisor({ languages: ['de', 'en'], topics: ['residence'] })];
    const promised = async (leadTimeMinutes: number) => {
      await start({ advisors, reserves, leadTimeMinutes });
      const { relaxed } = await explain('language=en');
      await api.close();
      return relaxed.find(({ by }: { by: string }) => by === 'release');
    };
    expect(await promised(9 * 60)).toEqual({ by: 'release', start: NINE, from: '2026-12-01' });
    expect(await promised(9 * 60 + 1)).toEqual({ by: 'release', start: HALF, from: '2026-12-01' });
    expect(await promised(9 * 60 + 31)).toBeUndefined();
    await start();
  });

  it.each([
    ['language=ja', {}, 'language'],
    ['language=en&from=2026-12-02&to=2026-12-03', {}, 'hours'],
    ['language=en&from=2026-11-24&to=2026-11-25', { horizonDays: 0 }, 'hours'],
    [`language=en&${TUESDAY}`, { leadTimeWorkingDays: 2 }, 'lead_time'],
    [`language=ja&${TUESDAY}`, { leadTimeWorkingDays: 2 }, 'language'],
    // The days that were asked for end before the lead time; the desk is closed on those that are left.
    ['language=en&from=2026-12-02&to=2026-12-09', { leadTimeWorkingDays: 2, horizonDays: 13 }, 'hours'],
    ['language=en', { leadTimeWorkingDays: 2, horizonDays: 13 }, 'lead_time'],
    [
      `language=en&${TUESDAY}`,
      {
        advisors: [anAdvisor({ workingRules: [{ rrule: 'FREQ=WEEKLY;BYDAY=MO', start: '09:00', end: '17:00' }] })],
      },
      'advisors',
    ],
    [
      `language=en&${TUESDAY}`,
      {
        advisors: [anAdvisor({ languages: ['de', 'en'], topics: ['residence'] })],
        reserves: [{ language: 'de', topicId: null, urgent: false, startsPerDay: 2, releaseWorkingDays: 0 }],
      },
      'reserves',
    ],
  ])('for %s names the first reason why nothing is free: %#', async (query, part, binding) => {
    await start(part);
    expect(await explain(query)).toMatchObject({ first: null, binding });
  });

  it('is counted for the desk if it finds nothing, by topic, language and week, with nothing of anybody', async () => {
    api = await apiApp({ desks: [aDesk({ hours, advisors: [german, both] })], trustProxy: 'loopback' });
    const search = (query: string, from = '192.0.2.1') =>
      api.get(`/desks/expat-desk/slots?topic=residence&${query}`).set('X-Forwarded-For', from).expect(200);
    for (const query of ['language=zh-Hant', 'language=zh', 'language=qqq', 'language=en', `language=ja&${TUESDAY}`])
      await search(query);
    // The very same again, also from elsewhere: it is not answered from memory without being counted.
    await search('language=zh');
    await search('language=zh', '198.51.100.7');
    await search('language=zh', '198.51.100.7');
    expect(await api.storage.demand.list('expat-desk')).toEqual([]);
    await api.run('countUnmet');
    expect(await api.storage.demand.list('expat-desk')).toEqual([
      { deskId: 'expat-desk', topicId: 'residence', language: 'zh', week: '2026-W48', searches: 2 },
    ]);
    expect(JSON.stringify(await api.everything())).not.toContain('198.51.100');
  });

  it('is not counted for staff', async () => {
    await start();
    await api.get('/desks/expat-desk/slots?topic=residence&language=zh', await api.as('receptionist')).expect(200);
    await api.run('countUnmet');
    expect(await api.storage.demand.list('expat-desk')).toEqual([]);
  });

  it('is refused for an unknown topic or desk, and for languages or a range that are none', async () => {
    await start();
    const answer = async (query: string) => api.get(`/desks/expat-desk/slots/explain?${query}`);
    problem(await answer('topic=nothing&language=en'), 422, 'invalid');
    problem(await answer('topic=residence&language=en&languages=de,%20'), 422, 'invalid');
    problem(await answer('topic=residence&language=en&from=2026-12-02&to=2026-12-01'), 422, 'invalid');
    problem(await api.get('/desks/nowhere/slots/explain?topic=residence&language=en'), 404, 'not-found');
  });
});
