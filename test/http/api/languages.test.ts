import { aDesk, anAdvisor } from '../../support/builders';
import { type ApiApp, aBookingRequest, apiApp, book } from './apiClient';

describe('Languages of a consultation', () => {
  let api: ApiApp;
  afterEach(() => api.close());

  const speaking = (id: string, ...languages: string[]) => anAdvisor({ id, languages, topics: ['residence'] });
  const start = async (...advisors: ReturnType<typeof anAdvisor>[]) => {
    api = await apiApp({ desks: [aDesk({ advisors })] });
  };
  const slots = async (language: string) =>
    (await api.get(`/desks/expat-desk/slots?topic=residence&language=${language}`).expect(200)).body.slots.length;

  it('are found by lookup: de-DE, en-GB and ar-SY as de, en and ar', async () => {
    await start(speaking('a1', 'de', 'en'), speaking('a2', 'ar', 'zh-Hans'));
    for (const [asked, spoken] of [
      ['de-DE', 'de'],
      ['en-GB', 'en'],
      ['ar-SY', 'ar'],
      ['zh', 'zh-Hans'],
      ['zh-CN', 'zh-Hans'],
    ] as const)
      expect([asked, await slots(asked)]).toEqual([asked, await slots(spoken)]);
    expect(await slots('de-DE')).toBeGreaterThan(100);
    expect(await slots('zh-TW')).toBe(0);
  });

  it('are kept as the advisor speaks them, who is told no other', async () => {
    await start(speaking('a1', 'pt-BR'));
    expect(await book(api, { language: 'pt' })).toMatchObject({ language: 'pt-BR' });
    const { body } = await api
      .post('/desks/expat-desk/holds', {
        topic: 'residence',
        language: 'pt',
        start: '2026-12-01T10:00:00+01:00',
      })
      .expect(201);
    const request = aBookingRequest({ language: 'pt', start: body.start, hold: body.id });
    expect((await api.post('/desks/expat-desk/bookings', request).expect(201)).body.language).toBe('pt-BR');
    await api.post('/desks/expat-desk/bookings', aBookingRequest({ language: 'pt-PT' })).expect(409);
  });

  it('that some speak in general and others exactly are offered by both', async () => {
    await start(speaking('a1', 'de'), speaking('a2', 'de-CH'));
    const { body } = await api.get('/desks/expat-desk/slots?topic=residence&language=de').expect(200);
    expect(body.slots[0].free).toBe(2);
    const languages = [(await book(api, { language: 'de' })).language, (await book(api, { language: 'de' })).language];
    expect(languages.sort()).toEqual(['de', 'de-CH']);
  });

  it('are compared in an explanation without naming the asked one once more', async () => {
    await start(speaking('a1', 'de'), speaking('a2', 'en'));
    await book(api, { language: 'de' });
    const nine = 'from=2026-12-01&to=2026-12-02';
    const explain = `/desks/expat-desk/slots/explain?topic=residence&${nine}`;
    const { body } = await api.get(`${explain}&language=de-DE&languages=de-AT,en-GB`).expect(200);
    expect(body).toMatchObject({
      first: '2026-12-01T09:30:00+01:00',
      relaxed: [{ by: 'language', language: 'en', start: '2026-12-01T09:00:00+01:00' }],
    });
    expect(body.relaxed).toHaveLength(1);
  });

  it('are listed with their own names', async () => {
    await start(speaking('a1', 'de', 'uk', 'zh-Hans'));
    expect((await api.get('/desks/expat-desk').expect(200)).body.languageNames).toEqual([
      { tag: 'de', name: 'Deutsch' },
      { tag: 'uk', name: 'українська' },
      { tag: 'zh-Hans', name: '简体中文' },
    ]);
  });

  it('may be kept for in general, and then a booking in one of their kinds uses what is kept', async () => {
    const reserves = [{ language: 'zh', topicId: null, urgent: false, startsPerDay: 16, releaseWorkingDays: 0 }];
    api = await apiApp({ desks: [aDesk({ reserves, advisors: [speaking('a1', 'de', 'zh-Hans')] })] });
    expect(await slots('de')).toBeLessThan(await slots('zh-CN'));
    expect(await slots('zh-CN')).toBeGreaterThan(100);
  });
});
