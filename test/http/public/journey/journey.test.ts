import { MINUTE } from '../../../../src/domain/calendar/interval';
import { type TestApp, testApp } from '../../../support/app';
import { allBookings, booked } from '../../../support/bookings';
import { aDesk, anAdvisor, aTopic } from '../../../support/builders';
import { BOOK, type Browsing, browse, checkForm, DETAILS, QUERY, TIME, textOf, toCheck } from '../browser';

const NINE = '2026-12-01T09:00:00+01:00';

let t: TestApp;
let client: Browsing;
beforeEach(async () => {
  t = await testApp();
  client = browse(t);
});
afterEach(() => t.close());

describe('The start page', () => {
  it('says what the desk is, when it is open and when something is free in which language', async () => {
    const text = textOf(await client.get('/en/expat-desk').expect(200));
    expect(text).toContain('Open now, until 17:00');
    expect(text).toMatch(/日本語\s+today, 12:00/);
  });

  it('shows a language with nothing free apart from those with something, which alone are green', async () => {
    await t.close();
    const advisors = [anAdvisor({ id: 'a', languages: ['de'] }), anAdvisor({ id: 'b', languages: ['ja'] })];
    t = await testApp({ desks: [aDesk({ advisors })] });
    const away = { id: 'x', advisorId: 'b', time: { start: 0, end: Date.parse('2030-01-01') }, reason: null };
    await t.storage.write(({ desks }) => desks.addAbsence('expat-desk', away));
    const { text } = await browse(t).get('/en/expat-desk').expect(200);
    const items = [...text.matchAll(/<li class="(next__item[^"]*)">([\s\S]*?)<\/li>/g)];
    expect(items.map(([, look, html = '']) => [look, textOf({ text: html }).trim().replace(/\s+/g, ' ')])).toEqual([
      ['next__item', 'Deutsch today, 12:00'],
      ['next__item next__item--none', '日本語 nothing free at present'],
    ]);
    const { text: css } = await browse(t).get('/assets/sprechstunde.css').expect(200);
    expect(/\.next__item--none \{[^}]*\}/.exec(css)?.[0]).toMatch(/background: var\(--soft\)/);
  });

  it('is the same for everybody, and is not sent again while it does not change', async () => {
    const { headers } = await client.get('/en/expat-desk').expect(200);
    await client.get('/en/expat-desk').set('If-None-Match', String(headers.etag)).expect(304);
  });

  it('says a desk’s own texts in German and English, each as such, where it has none in the language of the page', async () => {
    const { text } = await client.get('/ar/expat-desk').expect(200);
    expect(text).toMatch(
      /<h1[^>]*><span lang="de" dir="ltr">Beratung für[^<]*<\/span> · <span lang="en" dir="ltr">Advice for[^<]*<\/span>/,
    );
    const { text: topics } = await client.get('/ar/expat-desk/book/topic?language=en').expect(200);
    expect(topics).toContain('<span lang="de" dir="ltr">Aufenthaltsrecht</span>');
  });

  it('says when the desk opens again, and which days are different soon', async () => {
    t.clock.set('2026-12-23T18:00:00+01:00');
    const text = textOf(await client.get('/de/expat-desk').expect(200));
    expect(text).toContain('Geschlossen. Öffnet wieder: Do, 24. Dezember um 9 Uhr');
    expect(text).toContain('Fr, 25. Dezember: geschlossen (1. Weihnachtstag)');
  });

  it.each([
    '/xx/expat-desk',
    '/en/nowhere',
    '/en/nowhere/book/language',
    '/xx/expat-desk/book/time',
    '/en/expat-desk/about/nothing',
  ])('is not at %s', async (path) => {
    const answer = await client.get(path).expect(404);
    expect(answer.headers['content-type']).toMatch(/html/);
  });
});

describe('The questions', () => {
  it('come one after the other, and a later page leads back to the first that is open', async () => {
    const hrefs = async (path: string) => {
      const { text } = await client.get(`${BOOK}/${path}`).expect(200);
      return [...text.matchAll(/<a class="card__link" href="([^"]+)"/g)].map(([, href = '']) =>
        href.replace(/&amp;/g, '&').replace(/&#x3D;/g, '='),
      );
    };
    const journey = 'journey=one-journey';
    expect(await hrefs(`language?${journey}`)).toContain(`${BOOK}/topic?language=en&${journey}`);
    expect(await hrefs(`language?topic=career&${journey}`)).toContain(
      `${BOOK}/time?language=en&topic=career&${journey}`,
    );
    expect(await hrefs(`topic?language=en&${journey}`)).toContain(`${BOOK}/time?language=en&topic=career&${journey}`);
    await client.get(`${BOOK}/topic`).expect(303).expect('Location', `${BOOK}/language`);
    await client.get(`${BOOK}/time?language=en`).expect(303).expect('Location', `${BOOK}/topic?language=en`);
    // A link of another site may say it more exactly than the desk does.
    await client.get(`${BOOK}/time?language=en-GB`).expect(303).expect('Location', `${BOOK}/topic?language=en`);
    await client.get(`${BOOK}/time?language=xx&topic=yy`).expect(303).expect('Location', `${BOOK}/language`);
    await client.get(`${BOOK}/details`).expect(303).expect('Location', `${BOOK}/language`);
    await client.get(`${BOOK}/check`).expect(303).expect('Location', `${BOOK}/language`);
  });

  it('are still found where mails that were sent earlier lead', async () => {
    await client.get(`${BOOK}/day?${QUERY}`).expect(303).expect('Location', `${BOOK}/time?${QUERY}`);
  });

  it('ask for no mode where a topic has but one', async () => {
    await t.close();
    t = await testApp({
      desks: [aDesk({ topics: [aTopic({ modes: ['video'] })], advisors: [anAdvisor({ topics: ['residence'] })] })],
    });
    const page = textOf(await browse(t).get(`${BOOK}/time?language=en&topic=residence`).expect(200));
    expect(page).not.toContain('By video');
    expect(page).toContain('You get a link by mail beforehand.');
  });

  it('name a language as those do who speak it, in its own script', async () => {
    const label = /<bdi lang="ja">日本語<\/bdi>/;
    const chosen = 'language=ja&topic=residence&mode=phone';
    for (const page of ['/de/expat-desk', `${BOOK}/topic?language=ja`, `${BOOK}/time?${chosen}`])
      expect((await client.get(page).expect(200)).text).toMatch(label);
    await client.post(`${BOOK}/time?${chosen}`, { start: '2026-12-02T10:00:00+01:00' }).expect(303);
    await client.post(`${BOOK}/details`, DETAILS).expect(303);
    expect((await client.get(`${BOOK}/check`).expect(200)).text).toMatch(/<dd [^>]*lang="ja"><bdi>日本語<\/bdi>/);
  });

  it('show a topic that nobody gives in the chosen language with those in which it can be had, or whom to call', async () => {
    await t.close();
    const advisors = [
      anAdvisor({ id: 'a', languages: ['de'] }),
      anAdvisor({ id: 'b', languages: ['ja'], topics: ['career'] }),
    ];
    t = await testApp({ desks: [aDesk({ advisors })] });
    client = browse(t);
    const { text } = await client.get(`${BOOK}/topic?language=ja&journey=one-journey`).expect(200);
    expect(text).toContain('topic&#x3D;career');
    expect(textOf({ text })).toContain(
      'These topics can be had in other languages: Residence law: Residence law in Deutsch In Japanese it is possible with an interpreter. Please call us to arrange it: +49 211 0000000',
    );
    const [, href = ''] =
      /<a href="([^"]+)"><span class="kern-sr-only">Residence law <\/span>in <bdi lang="de">/.exec(text) ?? [];
    const way = href.replace(/&amp;/g, '&').replace(/&#x3D;/g, '=');
    expect(way).toBe(`${BOOK}/time?language=de&topic=residence&journey=one-journey`);
    await client.get(way).expect(200);

    const explained = await client.get(`${BOOK}/topics?language=ja`).expect(200);
    expect(textOf(explained)).toContain('Residence law in Deutsch');
    expect(explained.text.match(/Choose this topic/g)).toHaveLength(1);
  });

  it('have no list of topics in other languages where each can be had in the chosen one', async () => {
    expect((await client.get(`${BOOK}/topic?language=de`).expect(200)).text).not.toContain('These topics can be had');
  });

  it('set no cookie and change nothing, however often they are looked at', async () => {
    const before = await t.everything();
    for (const page of ['language', 'topics', `topic?language=en`, `time?${QUERY}`, `time?${QUERY}&date=2026-12-01`]) {
      const answer = await client.get(`${BOOK}/${page}`).expect(200);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    expect(await t.everything()).toEqual(before);
    expect(Object.keys(before)).toContain('booking');
  });

  it('change nothing when somebody who holds a time looks at them', async () => {
    await toCheck(client, NINE);
    const before = await t.everything();
    for (const page of ['details', 'check', `time?${QUERY}`, `time?${QUERY}&date=2026-12-01`])
      for (const locale of ['en', 'de']) await client.get(`${BOOK}/${page}`.replace('/en/', `/${locale}/`)).expect(200);
    expect(await t.everything()).toEqual(before);
  });
});

describe('Days and times', () => {
  it('list the days that have something free, with the first free on top', async () => {
    const text = textOf(await client.get(`${BOOK}/time?${QUERY}`).expect(200));
    expect(text).toContain('First free: Tuesday, 24 November, 12:00');
    expect(text).toMatch(/Wednesday, 25 November 09:00–17:00 16 free times/);
    expect(text).not.toContain('28 November');
    expect(text).toContain('Central European Standard Time');
  });

  it('are named by their own clock, whatever it shows today', async () => {
    t.clock.set('2027-03-22T09:00:00+01:00');
    const list = textOf(await client.get(`${BOOK}/time?${QUERY}`).expect(200));
    expect(list).toContain('Central European Standard Time / Central European Summer Time (CET / CEST, Europe/Berlin)');
    const day = textOf(await client.get(`${BOOK}/time?${QUERY}&date=2027-03-30`).expect(200));
    expect(day).toContain('Central European Summer Time (CEST, Europe/Berlin)');
  });

  it.each([
    ['2026-12-05', 'The desk is not open on this day. Open again: Mon, 7 December at 9:00.'],
    ['2026-12-25', 'Closed on this day: Christmas Day (public holiday). Open again: Mon, 28 December at 9:00.'],
    ['2026-11-24', 'Nothing is free any more on this day.'],
  ])('say of %s that was typed: %s', async (date, said) => {
    t.clock.set('2026-11-24T16:00:00+01:00');
    const page = textOf(await client.get(`${BOOK}/time?${QUERY}&date=${date}`).expect(200));
    expect(page).toContain(said);
  });

  it.each([
    ['de', 'Alle Zeiten sind Ortszeit der Beratungsstelle: Westeuropäische'],
    ['en', 'All times are local time at the desk: '],
  ])('are by the desk’s own clock, wherever it stands (%s)', async (locale, sentence) => {
    await t.close();
    const desk = aDesk();
    t = await testApp({ desks: [{ ...desk, hours: { ...desk.hours, timeZone: 'Europe/Lisbon' } }] });
    const text = textOf(await browse(t).get(`/${locale}/expat-desk/book/time?${QUERY}`).expect(200));
    expect(text).toContain(sentence);
    expect(text).toContain('Europe/Lisbon');
    expect(text).not.toMatch(/Deutschland|Germany/);
  });

  it('say which other language is faster', async () => {
    for (let i = 0; i < 10; i++)
      await booked(t, {
        start: Date.parse('2026-11-24T12:00:00+01:00') + i * 30 * MINUTE,
        query: { topicId: 'residence', language: 'ja', mode: 'phone' },
      });
    const text = textOf(await client.get(`${BOOK}/time?language=ja&topic=residence&mode=phone`).expect(200));
    expect(text).toContain('By language: 日本語: tomorrow, 9:00 Deutsch: today, 12:00 English: today, 12:00');
    expect(text).not.toMatch(/interpreter|Later:|call us/);
  });

  it('ask the database as often for eight languages as for two, and not more often than for one and a comparison', async () => {
    await t.close();
    const statements: string[] = [];
    const asked = async (languages: string[]) => {
      t = await testApp({
        desks: [aDesk({ advisors: [anAdvisor({ languages })] })],
        onStatement: (s) => statements.push(s),
      });
      statements.length = 0;
      await browse(t).get(`${BOOK}/time?${QUERY}`).expect(200);
      const count = statements.length;
      await t.close();
      return count;
    };
    const [one, two, eight] = [
      await asked(['en']),
      await asked(['en', 'de']),
      await asked(['en', 'de', 'ja', 'ar', 'tr', 'uk', 'fr', 'es']),
    ];
    t = await testApp();
    expect(eight).toBe(two);
    expect(eight - one).toBeLessThanOrEqual(one);
  });

  it('say so kindly when there is nothing, and whom to call', async () => {
    const away = { id: 'x', advisorId: 'a2', time: { start: 0, end: Date.parse('2030-01-01') }, reason: null };
    await t.storage.write(({ desks }) => desks.addAbsence('expat-desk', away));
    const text = textOf(await client.get(`${BOOK}/time?language=ja&topic=residence&mode=phone`).expect(200));
    expect(text).toContain('In the next 60 days nobody is here who advises on this topic in Japanese.');
    expect(text).toContain('This would be possible: Deutsch: today, 12:00');
    expect(text).toContain('With an interpreter, advice in German: today, 12:00.');
    expect(text).toContain('+49 211 0000000');
  });

  it('ask again when no time was chosen, and keep the day', async () => {
    const answer = await client.post(`${TIME}&date=2026-12-01`).expect(200);
    expect(textOf(answer)).toContain('Please choose a time');
    expect(textOf(answer)).toContain('Tuesday, 1 December');
  });

  it('say why a day is open at other times', async () => {
    const reason = { de: 'Teambesprechung', en: 'Team meeting' };
    const pauses = [{ start: '12:00', end: '13:00' }];
    await t.app.addException({
      who: { kind: 'system' },
      deskId: 'expat-desk',
      exception: { from: '2026-12-01', to: '2026-12-02', closed: false, windows: [], pauses, reason },
    });
    const day = (date: string) => client.get(`${BOOK}/time?${QUERY}&date=${date}`).expect(200);
    const times = async (date: string) =>
      textOf({ text: /<details class="day[^>]* open>[\s\S]*?<\/details>/.exec((await day(date)).text)?.[0] ?? '' });
    expect(await times('2026-12-01')).toContain(
      'Open from 9:00 to 12:00 and from 13:00 to 17:00 on this day: Team meeting',
    );
    expect(await times('2026-12-02')).not.toContain('on this day:');
  });

  it('tell the two times apart that the clock shows twice', async () => {
    await t.close();
    const night = {
      id: 'n',
      from: '2027-10-31',
      to: '2027-11-01',
      closed: false,
      windows: [{ start: '01:00', end: '04:00' }],
      reason: { de: 'Nacht' },
    };
    const desk = aDesk({ horizonDays: 5 });
    t = await testApp({
      now: '2027-10-29T09:00:00+02:00',
      desks: [{ ...desk, hours: { ...desk.hours, exceptions: [night] } }],
    });
    client = browse(t);
    const text = textOf(await client.get(`${BOOK}/time?${QUERY}&date=2027-10-31`).expect(200));
    expect(text).toContain('02:30 CEST');
    expect(text).toContain('02:30 CET');
  });

  it('ask for the language of the mails apart from that of the page and that of the conversation', async () => {
    await client.post(TIME, { start: NINE }).expect(303);
    await client.post(`${BOOK}/details`, { ...DETAILS, mailLanguage: 'tr' }).expect(303);
    expect(textOf(await client.get(`${BOOK}/check`).expect(200))).toMatch(/Language of mails\s+Türkçe/);
    expect((await client.get(`${BOOK}/details`).expect(200)).text).toMatch(/value="tr" lang="tr" selected/);
    await client.post(`${BOOK}/check`, await checkForm(client)).expect(303);
    expect(await allBookings(t)).toMatchObject([{ language: 'en', client: { language: 'tr' } }]);
  });

  it('keep the time that was taken from everybody else, but not from its own browser', async () => {
    await client.post(TIME, { start: NINE }).expect(303).expect('Location', `${BOOK}/details`);
    await booked(t);
    const other = browse(t);
    expect((await other.get(`${BOOK}/time?${QUERY}&date=2026-12-01`)).text).not.toContain(`value="${NINE}"`);
    expect((await client.get(`${BOOK}/time?${QUERY}&date=2026-12-01`)).text).toContain(`value="${NINE}"`);
  });

  it('offer the nearest when somebody was faster', async () => {
    await booked(t);
    await booked(t);
    const answer = await client.post(TIME, { start: NINE }).expect(200);
    expect(textOf(answer)).toContain('This time is no longer free Please choose another time.');
    expect(answer.text).not.toContain('error-summary');
    expect(answer.text.replace(/<[^>]+>/g, '')).not.toMatch(/\d{1,2}:\d\d(Mon|Tue|Wed|Thu|Fri)/);
    expect(answer.text).toContain('value="2026-12-01T09:30:00+01:00"');
  });

  it.each([
    ['no time was chosen', ''],
    ['the time has gone', '2026-12-05T09:00:00+01:00'],
  ])('stay when the language is changed on the page that says that %s', async (_what, start) => {
    const answer = await client.post(`${TIME}&date=2026-12-01`, { start }).expect(200);
    const inGerman = /href="([^"]+)" hreflang="de"/.exec(answer.text)?.[1] ?? '';
    const page = await client.get(inGerman.replace(/&amp;/g, '&').replace(/&#x3D;/g, '=')).expect(200);
    expect(textOf(page)).toContain('Dienstag, 1. Dezember');
  });
});

describe('The details', () => {
  beforeEach(() => client.post(TIME, { start: NINE }).expect(303));

  it.each([
    ['name', '', 'Please enter your name'],
    ['name', 'x'.repeat(201), 'up to 200 characters'],
    ['name', '​​', 'up to 200 characters'],
    ['email', '', 'Please enter your email address'],
    ['email', 'kim@client.example, other@client.example', 'exactly one email address'],
    ['email', '"Kim" <kim@client.example>', 'exactly one email address'],
    ['email', `${'a'.repeat(300)}@client.example`, 'exactly one email address'],
    ['email', 'kim@client.example\r\nBcc: other@client.example', 'exactly one email address'],
    ['phone', '', 'Please enter your phone number'],
    ['phone', 'call me', 'not a phone number that can be called'],
    ['phone', '12345', 'not a phone number that can be called'],
    ['note', 'n'.repeat(501), 'no more than 500 characters'],
  ])('refuse %s %p, say what is expected, and keep everything', async (field, value, message) => {
    const others = { name: 'Kim Probe', phone: '0211 1234', note: 'Something to know' };
    const answer = await client.post(`${BOOK}/details`, { ...DETAILS, ...others, [field]: value }).expect(200);
    expect(textOf(answer)).toContain(message);
    expect(answer.text).toMatch(
      new RegExp(`id="${field}"[^>]* aria-invalid="true" aria-describedby="[^"]*${field}-error"`),
    );
    const again = await client.get(`${BOOK}/details`).expect(200);
    for (const kept of Object.entries(others).flatMap(([name, text]) => (name === field ? [] : [text]))) {
      expect(answer.text).toContain(kept);
      expect(again.text).toContain(kept);
    }
    expect(await allBookings(t)).toEqual([]);
  });

  it('of a call ask for the number, and not how many come', async () => {
    const { text } = await client.get(`${BOOK}/details`).expect(200);
    expect(text).toContain('id="phone"');
    expect(text).not.toContain('id="attendees"');
  });

  it.each([
    ['٠٢١١ ١٢٣٤٥٦٧', '+492111234567', '+49 211 1234567'],
    ['०२११-१२३४५६७', '+492111234567', '+49 211 1234567'],
    ['＋３８０ ６７ １２３ ４５ ６７', '+380671234567', '+380 67 123 4567'],
  ])('understand the number %s, and show how', async (typed, stored, shown) => {
    await client.post(`${BOOK}/details`, { ...DETAILS, phone: typed, attendees: '7' }).expect(303);
    expect(textOf(await client.get(`${BOOK}/check`))).toContain(shown);
    await client.post(`${BOOK}/check`, await checkForm(client)).expect(303);
    expect(await allBookings(t)).toMatchObject([{ client: { phone: stored }, attendees: 1 }]);
  });

  it('take an address of another script, and ask about one that looks like a slip', async () => {
    await client.post(`${BOOK}/details`, { ...DETAILS, email: 'olena@пошта.укр' }).expect(303);
    const idn = textOf(await client.get(`${BOOK}/check`));
    expect(idn).toContain('olena@пошта.укр');
    expect(idn).not.toContain('Did you mean');
    await client.post(`${BOOK}/details`, { ...DETAILS, email: 'kim@gmial.com' }).expect(303);
    expect(textOf(await client.get(`${BOOK}/check`))).toContain('Did you mean kim@gmail.com?');
    await client.post(`${BOOK}/check`, await checkForm(client)).expect(303);
    expect(await allBookings(t)).toMatchObject([{ client: { email: 'kim@gmial.com' } }]);
  });

  it('ask for whom, if the booking is for somebody else', async () => {
    const forOthers = { ...DETAILS, forWhom: 'others', organisation: 'Muster GmbH', personName: '' };
    expect(textOf(await client.post(`${BOOK}/details`, forOthers).expect(200))).toContain(
      'who the consultation is for',
    );
    await client.post(`${BOOK}/details`, { ...forOthers, personName: 'Ada Beispiel' }).expect(303);
    await client.post(`${BOOK}/check`, await checkForm(client)).expect(303);
    expect(await allBookings(t)).toMatchObject([{ onBehalfOf: { organisation: 'Muster GmbH', name: 'Ada Beispiel' } }]);
  });

  it('take ticks of what is needed, of those that fit a call', async () => {
    const ticks = { 'support-sign_language': 'true', 'support-wheelchair': 'true' };
    await client.post(`${BOOK}/details`, { ...DETAILS, ...ticks }).expect(303);
    expect(textOf(await client.get(`${BOOK}/check`))).toContain('Needed I need sign language');
    await client.post(`${BOOK}/check`, await checkForm(client)).expect(303);
    expect(await allBookings(t)).toMatchObject([{ support: ['sign_language'] }]);
  });

  it('ignore fields that are not theirs', async () => {
    await client
      .post(`${BOOK}/details`, {
        ...DETAILS,
        status: 'completed',
        advisor: 'a2',
        role: 'admin',
        __proto__: 'x',
      } as Record<string, string>)
      .expect(303);
    await client.post(`${BOOK}/check`, await checkForm(client)).expect(303);
    expect(await allBookings(t)).toMatchObject([{ status: 'confirmed', advisorId: 'a1', tied: false }]);
  });

  it('show text of people as text', async () => {
    const name = `<script>alert(1)</script>"'{{7*7}}`;
    await client.post(`${BOOK}/details`, { ...DETAILS, name }).expect(303);
    const check = await client.get(`${BOOK}/check`).expect(200);
    expect(check.text).not.toContain('<script>alert');
    expect(textOf(check)).toContain(`"'{{7*7}}`);
  });
});

describe('The details of a visit', () => {
  beforeEach(() => client.post(TIME.replace('phone', 'in_person'), { start: NINE }).expect(303));

  it('suppose one person, until told otherwise, and ask for no number', async () => {
    const { text } = await client.get(`${BOOK}/details`).expect(200);
    expect(text).toMatch(/id="attendees"[^>]* value="1"/);
    expect(text).not.toContain('id="phone"');
    await client.post(`${BOOK}/details`, { ...DETAILS, attendees: '3', phone: 'call me' }).expect(303);
    await client.post(`${BOOK}/check`, await checkForm(client)).expect(303);
    expect(await allBookings(t)).toMatchObject([{ client: { phone: null }, attendees: 3 }]);
  });

  it.each(['0', '-1', '1e9', '0x10', '1e1', 'many'])('refuse %p people', async (attendees) => {
    const answer = await client.post(`${BOOK}/details`, { ...DETAILS, attendees }).expect(200);
    expect(textOf(answer)).toContain('a number from 1 to 20');
    expect(answer.text).toMatch(/id="attendees"[^>]* aria-invalid="true" aria-describedby="[^"]*attendees-error"/);
  });
});

describe('A held time', () => {
  const HALF_TYPED = { name: 'Kim', email: 'not yet', forWhom: 'me', attendees: '', renew: '1' };
  const MORE = 'Keep it for 15 more minutes';

  it('is kept for longer by one press, and what was typed stays, unchecked', async () => {
    await client.post(TIME, { start: NINE }).expect(303);
    t.clock.advance(14 * MINUTE);
    const form = await client.get(`${BOOK}/details`).expect(200);
    expect(form.text).toMatch(/<form [^>]*id="details"/);
    expect(form.text).toMatch(new RegExp(`type="submit" form="details" name="renew" value="1">${MORE}`));
    await client.post(`${BOOK}/details`, HALF_TYPED).expect(303).expect('Location', `${BOOK}/details`);
    const longer = await client.get(`${BOOK}/details`).expect(200);
    expect(textOf(longer)).toContain('We are keeping this time for you until 10:29');
    expect(longer.text).toContain('value="not yet"');
    expect(longer.text).not.toContain('role="alert"');
  });

  it('is kept for longer from the check page too, which books nothing by that', async () => {
    await toCheck(client, NINE);
    t.clock.advance(14 * MINUTE);
    const check = await client.get(`${BOOK}/check`).expect(200);
    expect(check.text).toMatch(/<form [^>]*id="answers"/);
    expect(check.text).toMatch(new RegExp(`type="submit" form="answers" name="renew" value="1">${MORE}`));
    await client
      .post(`${BOOK}/check`, { ...(await checkForm(client)), renew: '1' })
      .expect(303)
      .expect('Location', `${BOOK}/check`);
    expect(textOf(await client.get(`${BOOK}/check`))).toContain('until 10:29');
    expect(await allBookings(t)).toEqual([]);
  });

  it('has no such button once it is over, and a late press takes nothing from others but loses nothing', async () => {
    await toCheck(client, NINE);
    t.clock.advance(16 * MINUTE);
    for (const page of ['details', 'check']) {
      const { text } = await client.get(`${BOOK}/${page}`).expect(200);
      expect(text).not.toContain(MORE);
      await client.post(`${BOOK}/${page}`, { ...DETAILS, renew: '1' }).expect(303);
      expect(textOf(await client.get(`${BOOK}/${page}`))).toContain('no longer kept for you');
    }
    expect(textOf(await client.get(`${BOOK}/check`))).toContain('Kim Probe');
  });

  it('can be kept twelve times, and then the page offers it no more', async () => {
    await client.post(TIME, { start: NINE }).expect(303);
    for (let i = 0; i < 12; i++) {
      expect((await client.get(`${BOOK}/details`)).text).toContain('name="renew"');
      await client.post(`${BOOK}/details`, { renew: '1' }).expect(303);
    }
    expect((await client.get(`${BOOK}/details`)).text).not.toContain('name="renew"');
  });

  it('goes on, and is not merely kept, when Enter is pressed in a field: that presses the form’s first button', async () => {
    await client.post(TIME, { start: NINE }).expect(303);
    const { text } = await client.get(`${BOOK}/details`).expect(200);
    const buttons = [...text.matchAll(/<button [^>]*type="submit"[^>]*>/g)].map(([tag]) => tag);
    expect(buttons[0]).not.toMatch(/name=|formaction=/);
    expect(buttons.at(-1)).not.toMatch(/name=|formaction=/);
    const others = /name="lang"|name="renew"|formaction="[^"]*give-back"/;
    expect(buttons.slice(1, -1).filter((button) => !others.test(button))).toEqual([]);
    expect(buttons.length).toBeGreaterThan(6);
  });
});

describe('A device that several people use', () => {
  const TYPED = { ...DETAILS, phone: '0211 1234', note: 'A word in confidence' };
  const AGAIN = 'Not you? Start again';
  /** The way in, as the start page's first link says it. */
  async function fromTheStart(): Promise<string> {
    const { text } = await client.get('/en/expat-desk').expect(200);
    const first = /href="([^"]*\/book\/language[^"]*)"/.exec(text)?.[1] ?? '';
    const question = await client.get(first).expect(200);
    const journey = /journey&#x3D;([\w-]+)/.exec(question.text)?.[1];
    expect(journey).toBeDefined();
    return `${BOOK}/time?${QUERY}&journey=${journey}`;
  }

  it('leads nobody who starts anew past the details, and shows them nothing that somebody else typed', async () => {
    await client.post(await fromTheStart(), { start: NINE }).expect(303);
    await client.post(`${BOOK}/details`, TYPED).expect('Location', `${BOOK}/check`);
    for (const time of [await fromTheStart(), `${BOOK}/time?${QUERY}`]) {
      await client.post(time, { start: NINE }).expect(303).expect('Location', `${BOOK}/details`);
      const { text } = await client.get(`${BOOK}/details`).expect(200);
      for (const typed of [TYPED.name, TYPED.email, TYPED.phone, TYPED.note]) expect(text).not.toContain(typed);
    }
  });

  it('keeps what was typed for whoever only takes another time, as the page offers it or by going back', async () => {
    const time = await fromTheStart();
    await client.post(time, { start: NINE }).expect(303);
    await client.post(`${BOOK}/details`, TYPED).expect(303);
    const { headers } = await client.post(`${BOOK}/give-back`, { to: 'time' }).expect(303);
    for (const way of [String(headers.location), time])
      await client.post(way, { start: '2026-12-01T10:00:00+01:00' }).expect('Location', `${BOOK}/check`);
    expect(textOf(await client.get(`${BOOK}/check`))).toContain(TYPED.note);
  });

  it('keeps it, too, for whoever came by a link that somebody sent, and goes back to another time as the page offers it', async () => {
    const { text } = await client.get(`${BOOK}/time?${QUERY}&date=2026-12-01`).expect(200);
    const time = /method="post" action="([^"]*)"/.exec(text)?.[1] ?? '';
    const way = time.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
    await client.post(way, { start: NINE }).expect(303);
    await client.post(`${BOOK}/details`, TYPED).expect(303);
    await client.post(way, { start: '2026-12-01T10:00:00+01:00' }).expect('Location', `${BOOK}/check`);
  });

  it('says on each page how another person starts, once something was typed', async () => {
    const pages = [`language?${QUERY}`, `topic?${QUERY}`, `time?${QUERY}`, 'details'];
    await client.post(TIME, { start: NINE }).expect(303);
    for (const page of pages) expect((await client.get(`${BOOK}/${page}`).expect(200)).text).not.toContain(AGAIN);
    await client.post(`${BOOK}/details`, TYPED).expect(303);
    for (const page of [...pages, 'check']) {
      const { text } = await client.get(`${BOOK}/${page}`).expect(200);
      expect(text).toContain(AGAIN);
      const inGerman = await client.get(`${BOOK}/${page}`.replace('/en/', '/de/')).expect(200);
      expect(inGerman.text).toContain('Nicht Sie? Neu beginnen');
    }
    await client.post(`${BOOK}/forget`).expect(303).expect('Location', '/en/expat-desk');
    expect(JSON.stringify(await t.everything())).not.toContain(TYPED.note);
    await client.get(`${BOOK}/check`).expect(303).expect('Location', `${BOOK}/language`);
    await client.post(`${BOOK}/forget`).expect(303);
  });

  it('forgets the language, too, and answers in that of the page', async () => {
    await client.get('/b/nothing?lang=de').expect('Set-Cookie', /^lang=de;/);
    const { headers } = await client.post(`${BOOK}/forget`).expect(303).expect('Location', '/en/expat-desk');
    const cleared = [headers['set-cookie']]
      .flat()
      .filter((cookie) => /=;.* Expires=Thu, 01 Jan 1970/.test(`${cookie}`));
    expect([...new Set(cleared.map((cookie) => `${cookie}`.split('=')[0]))].sort()).toEqual(['draft', 'form', 'lang']);
    expect(textOf(await client.get('/en/expat-desk'))).toContain('Book');
  });

  it('forgets a booking at the end, which stands all the same, and has no draft of it left', async () => {
    await toCheck(client, NINE);
    await client.post(`${BOOK}/check`, await checkForm(client)).expect(303);
    expect((await t.everything()).booking).toEqual([expect.objectContaining({ draft_json: null })]);
    expect((await client.get(`${BOOK}/done`).expect(200)).text).toContain('Forget me on this device');
    await client.post(`${BOOK}/forget`).expect(303).expect('Location', '/en/expat-desk');
    await client.get(`${BOOK}/done`).expect(303).expect('Location', '/en/expat-desk');
    expect(await allBookings(t)).toMatchObject([{ status: 'confirmed' }]);
  });

  it.each([
    ['details', 'time'],
    ['details', 'topic'],
    ['check', 'time'],
    ['check', 'language'],
    ['check', 'topic'],
  ])(
    'gives the time back where the page %s is left for another %s, and nowhere by only looking',
    async (page, step) => {
      await toCheck(client, NINE);
      await booked(t);
      const { text } = await client.get(`${BOOK}/${page}`).expect(200);
      expect(text.match(/<a href="[^"]*\/book\/(language|topic|time)\b[^"]*"/g)).toBeNull();
      const button = new RegExp(
        `<button[^>]* form="(details|answers)" formaction="(/en/[^"]*)"[^>]* name="to" value="${step}"`,
      ).exec(text);
      // Enter in a field presses the first button of its form.
      const first = new RegExp(`<(?:button|input)[^>]* form="${button?.[1]}"[^>]*>`).exec(text)?.[0];
      expect([button?.[2], first]).toEqual([`${BOOK}/give-back`, expect.not.stringContaining('formaction')]);
      await expect(booked(t)).rejects.toMatchObject({ code: 'slot-unavailable' });

      const { headers } = await client.post(`${BOOK}/give-back`, { to: step, note: 'Typed meanwhile' }).expect(303);
      expect(headers.location).toMatch(
        new RegExp(`^${BOOK}/${step}\\?${QUERY}&start=2026-12-01T08%3A00%3A00.000Z&journey=`),
      );
      expect(textOf(await client.get(String(headers.location)).expect(200))).toContain('Back');
      await booked(t);
      await client.post(TIME, { start: '2026-12-01T10:00:00+01:00' }).expect('Location', `${BOOK}/check`);
      expect(textOf(await client.get(`${BOOK}/check`))).toContain('Typed meanwhile');
    },
  );

  it('leads by links once there is nothing to give back any more', async () => {
    await toCheck(client, NINE);
    t.clock.set(new Date(t.clock.now() + 20 * MINUTE).toISOString());
    for (const page of ['details', 'check']) {
      const { text } = await client.get(`${BOOK}/${page}`).expect(200);
      expect(text).toMatch(/<a href="[^"]*\/book\/time\b/);
      expect(text).not.toContain('name="to"');
    }
  });

  it('gives a time back by one press: it is free for others at once, and what was typed stays', async () => {
    await toCheck(client, NINE);
    await booked(t);
    await expect(booked(t)).rejects.toMatchObject({ code: 'slot-unavailable' });
    expect((await client.get(`${BOOK}/check`)).text).toContain('Give this time back and choose another');
    const { headers } = await client.post(`${BOOK}/give-back`).expect(303);
    expect(headers.location).toBe(TIME.replace('&journey', '&start=2026-12-01T08%3A00%3A00.000Z&journey'));
    await booked(t);
    await client
      .post(String(headers.location), { start: '2026-12-01T10:00:00+01:00' })
      .expect('Location', `${BOOK}/check`);
    expect(textOf(await client.get(`${BOOK}/check`))).toContain('Kim Probe');
  });

  it('keeps what stands in the form when its time is given back', async () => {
    await client.post(TIME, { start: NINE }).expect(303);
    const { headers } = await client.post(`${BOOK}/give-back`, { name: 'Kim Half', email: '' }).expect(303);
    await client.post(String(headers.location), { start: NINE }).expect(303);
    expect((await client.get(`${BOOK}/details`)).text).toContain('value="Kim Half"');
  });
});

describe('Booking', () => {
  it('leads over check to done, mails once, and a form sent 50 times is one booking', async () => {
    await toCheck(client, NINE);
    const check = textOf(await client.get(`${BOOK}/check`).expect(200));
    for (const text of ['Tuesday, 1 December 2026, 09:00–09:30 (CET)', 'By phone', 'Kim Probe', 'kim@client.example'])
      expect(check).toContain(text);

    const form = await checkForm(client);
    const answers = await Promise.all(Array.from({ length: 50 }, () => client.post(`${BOOK}/check`, form)));
    expect(answers.map(({ status, headers }) => [status, headers.location])).toEqual(
      answers.map(() => [303, `${BOOK}/done`]),
    );
    const [booking, ...others] = await allBookings(t);
    expect(others).toEqual([]);
    expect(booking).toMatchObject({ client: { name: 'Kim Probe', language: 'en' }, mode: 'phone', source: 'web' });

    const done = await client.get(`${BOOK}/done`).expect(200);
    expect(textOf(done)).toContain(booking?.reference);
    expect(done.headers['cache-control']).toBe('no-store');
    await client.get(`${BOOK}/check`).expect(303).expect('Location', `${BOOK}/done`);
    expect(await t.outbox(booking?.id ?? '')).toHaveLength(2);
  });

  it('says what to bring along before it counts, and again when it is done, to who comes', async () => {
    const toBring = 'Please bring along Passport Residence permit';
    await toCheck(client, NINE);
    expect(textOf(await client.get(`${BOOK}/check`))).not.toContain('Please bring along');
    await client.post(TIME.replace('phone', 'in_person'), { start: NINE }).expect(303);
    expect(textOf(await client.get(`${BOOK}/check`))).toContain(toBring);
    await client.post(`${BOOK}/check`, await checkForm(client)).expect(303);
    const done = await client.get(`${BOOK}/done`).expect(200);
    expect(textOf(done)).toContain(toBring);
    expect(done.text).toMatch(/href="\/b\/[^"]+calendar\.ics" download/);
  });

  it('takes the time again if the hold ran out and the slot is still free', async () => {
    await toCheck(client, NINE);
    t.clock.advance(16 * MINUTE);
    expect(textOf(await client.get(`${BOOK}/check`))).toContain('no longer kept for you');
    await client
      .post(`${BOOK}/check`, await checkForm(client))
      .expect(303)
      .expect('Location', `${BOOK}/done`);
    expect(await allBookings(t)).toHaveLength(1);
  });

  it('offers the nearest times if the slot has gone, and loses nothing that was typed', async () => {
    await toCheck(client, NINE);
    t.clock.advance(16 * MINUTE);
    await booked(t);
    await booked(t);
    const gone = await client.post(`${BOOK}/check`, await checkForm(client)).expect(200);
    expect(textOf(gone)).toContain('Everything that you entered is still here');
    await client.post(TIME, { start: '2026-12-01T09:30:00+01:00' }).expect(303).expect('Location', `${BOOK}/check`);
    expect(textOf(await client.get(`${BOOK}/check`))).toContain('Kim Probe');
    await client.post(`${BOOK}/check`, await checkForm(client)).expect(303);
    expect(await allBookings(t)).toHaveLength(3);
  });

  it('keeps the slot for whoever works on the form', async () => {
    await client.post(TIME, { start: NINE }).expect(303);
    for (let i = 0; i < 3; i++) {
      t.clock.advance(14 * MINUTE);
      await client.post(`${BOOK}/details`, { name: 'Kim' }).expect(200);
    }
    await booked(t);
    await expect(booked(t)).rejects.toMatchObject({ code: 'slot-unavailable' });
  });

  it('gives each browser one hold: another tab takes the first one’s place', async () => {
    await client.post(TIME, { start: NINE }).expect(303);
    await client.post(TIME, { start: '2026-12-01T10:00:00+01:00' }).expect(303);
    const { slots } = await t.app.findSlots({
      deskId: 'expat-desk',
      query: { topicId: 'residence', language: 'en' },
      audience: 'client',
    });
    const free = (start: string) => slots.find(({ time }) => time.start === Date.parse(start))?.free;
    expect([free(NINE), free('2026-12-01T10:00:00+01:00')]).toEqual([2, 1]);
  });

  it.each<[string, (tab: Browsing) => unknown]>([
    ['another time', ({ post }) => post(TIME, { start: '2026-12-01T10:00:00+01:00' }).expect(303)],
    ['another topic', ({ post }) => post(TIME.replace('residence', 'career'), { start: NINE }).expect(303)],
    ['other details', ({ post }) => post(`${BOOK}/details`, { ...DETAILS, name: 'Ada Beispiel' }).expect(303)],
  ])('never takes what its page did not show: another tab has chosen %s since', async (_what, inAnotherTab) => {
    await toCheck(client, NINE);
    const form = await checkForm(client);
    await inAnotherTab(client);
    const answer = await client.post(`${BOOK}/check`, form).expect(200);
    expect(textOf(answer)).toContain('have changed since this page was shown');
    expect(await allBookings(t)).toEqual([]);

    await client
      .post(`${BOOK}/check`, await checkForm(client))
      .expect(303)
      .expect('Location', `${BOOK}/done`);
    expect(await allBookings(t)).toHaveLength(1);
  });

  it('comes from our own pages only', async () => {
    await toCheck(client, NINE);
    const { http } = t;
    const request = (await import('supertest')).default;
    await request(http).post(TIME).set('Sec-Fetch-Site', 'cross-site').type('form').send({ start: NINE }).expect(403);
    await request(http)
      .post(TIME)
      .set('Origin', 'https://evil.example')
      .set('Cookie', 'draft=x')
      .type('form')
      .send({ start: NINE })
      .expect(403);
  });

  it.each([
    '',
    'tomorrow',
    '2026-12-01T09:07:00+01:00',
    '2020-01-01T09:00:00+01:00',
    '2031-12-01T09:00:00+01:00',
    '2026-11-28T09:00:00+01:00',
    '2026-12-01T09:00',
    'x'.repeat(5000),
  ])('never takes a start that is not offered: %.40p', async (start) => {
    const answer = await client.post(`${TIME}&date=2026-12-01`, { start }).expect(200);
    expect(textOf(answer)).toMatch(/Please choose a time|no longer free/);
  });
});

describe('A company', () => {
  const EMPLOYEES = {
    ...DETAILS,
    name: 'Hanna Personal',
    email: 'hr@werk.example',
    forWhom: 'others',
    organisation: 'Werk GmbH',
    personName: 'Ada Beispiel',
    personEmail: 'ada@werk.example',
    personLanguage: 'tr',
    person2Name: 'Bo Muster',
    person2Email: 'bo@werk.example',
    person2Language: 'ja',
  };
  beforeEach(async () => {
    await t.close();
    t = await testApp({ desks: [aDesk({ topics: [aTopic({ maxPeople: 2 }), aTopic({ id: 'career' })] })] });
    client = browse(t);
    await client.post(TIME, { start: NINE }).expect(303);
  });
  const book = async (fields: Record<string, string>) => {
    await client.post(`${BOOK}/details`, fields).expect('Location', /check/);
    await client.post(`${BOOK}/check`, await checkForm(client)).expect(303);
    return (await allBookings(t)).at(-1);
  };

  it('books for two employees, who each get mails of their own, in their languages', async () => {
    const booking = await book(EMPLOYEES);
    expect(booking).toMatchObject({
      onBehalfOf: { organisation: 'Werk GmbH', name: 'Ada Beispiel' },
      people: [
        { name: 'Ada Beispiel', email: 'ada@werk.example', language: 'tr' },
        { name: 'Bo Muster', email: 'bo@werk.example', language: 'ja' },
      ],
    });
    await t.run('sendOutbox');
    const mails = (await t.mailbox.list()).map(({ to, subject }) => [JSON.stringify(to), subject] as const);
    const to = (address: string) => mails.filter(([addressee]) => addressee.includes(address)).map(([, what]) => what);
    expect(to('hr@werk.example')).toEqual([expect.stringContaining('Your consultation on')]);
    expect(to('ada@werk.example')).toEqual([expect.stringContaining('Randevunuz')]);
    expect(to('bo@werk.example')).toEqual([expect.stringMatching(/12月1日/)]);
  });

  it('tells them of a move and a cancellation, but gives nobody but itself the link to change it', async () => {
    const booking = await book(EMPLOYEES);
    const id = booking?.id ?? '';
    await t.run('sendOutbox');
    await t.app.moveBooking({ bookingId: id, start: Date.parse(NINE) + 60 * MINUTE, who: { kind: 'client' } });
    await t.run('sendOutbox');
    await t.app.cancelBooking({ bookingId: id, reason: null, who: { kind: 'client' } });
    await t.run('sendOutbox');
    const all = await t.mailbox.list();
    const mails = await Promise.all(all.map(async (mail) => ({ ...mail, ...(await t.mailbox.find(mail.id)) })));
    const to = (address: string) => mails.filter((mail) => JSON.stringify(mail.to).includes(address));
    for (const address of ['ada@werk.example', 'bo@werk.example']) {
      expect(to(address)).toHaveLength(3);
      expect(JSON.stringify(to(address))).not.toMatch(/\/b\/[\w-]{20}/);
    }
    expect(JSON.stringify(to('hr@werk.example'))).toMatch(/\/b\/[\w-]{20}/);
  });

  it('is told which field of which employee is wrong, and keeps what was typed', async () => {
    const { text } = await client
      .post(`${BOOK}/details`, { ...EMPLOYEES, personEmail: 'ada', person2Name: '' })
      .expect(200);
    expect(text).toMatch(/href="#personEmail"[\s\S]*href="#person2Name"/);
    expect(text).toMatch(/<details class="more behalf__others" open>/);
    for (const typed of ['value="ada"', 'value="bo@werk.example"', 'value="Werk GmbH"']) expect(text).toContain(typed);
  });

  it('books the next one with the same details, which are its own and not the employee’s', async () => {
    await book(EMPLOYEES);
    const { text } = await client.get(`${BOOK}/done`).expect(200);
    const next = /<a href="([^"]*same[^"]*)">Book the next one/.exec(text)?.[1]?.replace(/&amp;/g, '&') ?? '';
    const { text: times } = await client.get(next.replace(/&#x3D;/g, '=')).expect(200);
    const action = /class="first" method="post" action="([^"]+)"/.exec(times)?.[1]?.replace(/&amp;/g, '&') ?? '';
    const { headers } = await client
      .post(action.replace(/&#x3D;/g, '='), { start: '2026-12-01T10:00:00+01:00' })
      .expect(303);
    const form = (await client.get(String(headers.location)).expect(200)).text;
    for (const same of ['value="Hanna Personal"', 'value="hr@werk.example"', 'value="Werk GmbH"'])
      expect(form).toContain(same);
    expect(form).not.toContain('Ada Beispiel');
    await client.post(String(headers.location), { ...EMPLOYEES, personName: 'Cem Probe' }).expect(303);
    await client.post(`${BOOK}/check`, await checkForm(client)).expect(303);
    expect((await allBookings(t)).map(({ onBehalfOf }) => onBehalfOf?.name)).toEqual(['Ada Beispiel', 'Cem Probe']);
  });
});

describe('A language that nobody speaks', () => {
  beforeEach(async () => {
    await t.close();
    const advisors = [anAdvisor({ languages: ['de'] }), anAdvisor({ id: 'a2', languages: ['ja'], topics: ['career'] })];
    t = await testApp({ desks: [aDesk({ advisors, interpreters: { through: 'de', deadlineHours: 48 } })] });
    client = browse(t);
  });

  it('is asked for with an interpreter, and everywhere it says that it is not yet booked', async () => {
    const languages = (await client.get(`${BOOK}/language`).expect(200)).text;
    expect(languages).toContain('<option value="ti">Tigrinya · ትግርኛ</option>');
    const topics = await client.get(`${BOOK}/topic?language=ti&interpreter=1`).expect(200);
    expect(textOf(topics)).toContain('ትግርኛ · with an interpreter');
    const way = `${BOOK}/time?language=ti&interpreter=1&topic=residence&journey=one-journey`;
    const page = await client.get(way).expect(200);
    expect(textOf(page)).toContain('For Tigrinya we first have to find an interpreter.');
    // It is Tuesday, ten o'clock; a request must have two days.
    expect(textOf(page)).toContain('First free: Thursday, 26 November, 10:30');

    await client.post(way, { start: NINE }).expect('Location', `${BOOK}/details`);
    await client.post(`${BOOK}/details`, { ...DETAILS, attendees: '1' }).expect('Location', `${BOOK}/check`);
    const check = await client.get(`${BOOK}/check`).expect(200);
    expect(textOf(check)).toMatch(/In Tigrinya with an interpreter.*Ask for this consultation/);
    await client.post(`${BOOK}/check`, await checkForm(client)).expect('Location', `${BOOK}/done`);
    const done = await client.get(`${BOOK}/done`).expect(200);
    expect(textOf(done)).toContain('Requested, not yet booked');
    expect(done.text).not.toContain('calendar.ics');
    expect(await allBookings(t)).toMatchObject([
      { status: 'requested', language: 'de', interpreting: { language: 'ti', kind: null } },
    ]);
    const manage = /href="(\/b\/[\w-]+\?[^"]+)"/.exec(done.text)?.[1]?.replace(/&#x3D;/g, '=') ?? '';
    expect(textOf(await client.get(manage).expect(200))).toContain('Requested, not yet booked');
  });

  it('is offered with an interpreter where a topic is not given in it, or nothing is free', async () => {
    const topics = (await client.get(`${BOOK}/topic?language=ja&journey=one-journey`).expect(200)).text;
    expect(topics).toMatch(/topic&#x3D;residence&amp;journey&#x3D;one-journey">In Japanese with an interpreter/);
    const away = { id: 'x', advisorId: 'a2', time: { start: 0, end: Date.parse('2030-01-01') }, reason: null };
    await t.storage.write(({ desks }) => desks.addAbsence('expat-desk', away));
    const nothing = await client.get(`${BOOK}/time?language=ja&topic=career`).expect(200);
    expect(textOf(nothing)).toContain('In Japanese with an interpreter');
  });
});
