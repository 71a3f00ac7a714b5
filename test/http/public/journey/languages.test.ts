import type { Response } from 'supertest';
import { MINUTE } from '../../../../src/domain/calendar/interval';
import { type TestApp, testApp } from '../../../support/app';
import { booked } from '../../../support/bookings';
import { aDesk, aDeskThatAsks, anAdvisor, aQuestion } from '../../../support/builders';
import { BOOK, type Browsing, browse, checkForm, DETAILS, QUERY, textOf } from '../browser';

const CHOSEN = 'topic=residence&mode=phone&journey=one-journey';
const DAY = `${BOOK}/time?language=ja&${CHOSEN}`;
const NINE = '2026-12-01T09:00:00+01:00';

/** One advisor for each language; the lead time of two hours makes today, 12:00 the first start for all. */
const desk = aDesk({
  advisors: ['ja', 'de', 'uk', 'ar', 'tr'].map((language) =>
    anAdvisor({ id: `speaks-${language}`, languages: [language] }),
  ),
});

let t: TestApp;
let client: Browsing;
beforeEach(async () => {
  t = await testApp({ desks: [desk] });
  client = browse(t);
});
afterEach(() => t.close());

/** All of a language's starts of a day, from `hour` to five. */
async function fill(language: string, day: string, hour = 9) {
  const from = Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00+01:00`);
  for (let i = 0; i < (17 - hour) * 2; i++)
    await booked(t, { start: from + i * 30 * MINUTE, query: { topicId: 'residence', language, mode: 'phone' } });
}

/** Where the page leads, as a browser reads it. */
function hrefs({ text }: Pick<Response, 'text'>): string[] {
  return [...text.matchAll(/(?:href|action)="([^"]+)"/g)].map(([, href = '']) =>
    href.replace(/&amp;/g, '&').replace(/&#x3D;/g, '='),
  );
}

describe('The comparison of languages', () => {
  it('says "today", "tomorrow" or the day, beside what was asked for', async () => {
    await fill('ja', '2026-11-24', 12);
    await fill('ja', '2026-11-25');
    await fill('de', '2026-11-24', 12);
    const english = textOf(await client.get(`${DAY}&also=de&also=uk`).expect(200));
    expect(english).toContain('By language: 日本語: Thu 26 Nov, 9:00 Українська: today, 12:00 Deutsch: tomorrow, 9:00');
    const german = textOf(await client.get(`${DAY.replace('/en/', '/de/')}&also=de&also=uk`).expect(200));
    expect(german).toContain(
      'Je nach Sprache: 日本語: Do 26. Nov., 9:00 Uhr Українська: heute, 12:00 Uhr Deutsch: morgen, 9:00 Uhr',
    );
  });

  it('is of the languages that the client speaks, and of no others', async () => {
    await fill('ja', '2026-11-24', 12);
    const named = textOf(await client.get(`${DAY}&also=ar&also=tr&also=uk&also=de`).expect(200));
    for (const language of ['العربية', 'Türkçe', 'Українська', 'Deutsch'])
      expect(named).toContain(`${language}: today, 12:00`);
    const one = textOf(await client.get(`${DAY}&also=tr`).expect(200));
    expect(one).toContain('日本語: tomorrow, 9:00 Türkçe: today, 12:00');
    expect(one).not.toMatch(/(Deutsch|العربية|Українська):/);
  });

  it('is of the three soonest if none is named, with a way to name some', async () => {
    await fill('ja', '2026-11-24', 12);
    const page = await client.get(DAY).expect(200);
    expect(textOf(page).match(/[\p{L}\p{M}]+: today, 12:00/gu)).toHaveLength(3);
    expect(textOf(page)).toContain('Compare only languages that I speak');
    expect(page.text.match(/name="also"[^>]* value="(de|uk|ar|tr)"/g)).toHaveLength(4);
  });

  it('says of a language that was named when it is not sooner', async () => {
    await fill('ja', '2026-11-24', 12);
    for (const language of ['de', 'uk']) await fill(language, '2026-11-24', 12);
    expect(textOf(await client.get(`${DAY}&also=de&also=uk&also=tr`))).toMatch(
      /Türkçe: today, 12:00 Nothing is free sooner in German or Ukrainian\./,
    );
    expect(textOf(await client.get(`${DAY}&also=de`))).toContain('Nothing is free sooner in German.');
  });

  it('keeps the first language among those that are spoken when another is taken', async () => {
    await fill('ja', '2026-11-24', 12);
    const page = await client.get(`${DAY}&also=de&also=uk`).expect(200);
    expect(hrefs(page)).toContain(`${BOOK}/time?language=uk&also=ja&also=de&${CHOSEN}`);
    const unnamed = await client.get(DAY).expect(200);
    expect(hrefs(unnamed)).toContain(`${BOOK}/time?language=de&${CHOSEN}`);
  });

  it('needs no interpreter into a language that the client speaks', async () => {
    const away = { id: 'x', advisorId: 'speaks-ja', time: { start: 0, end: Date.parse('2030-01-01') }, reason: null };
    await t.storage.write(({ desks }) => desks.addAbsence('expat-desk', away));
    const text = textOf(await client.get(`${DAY}&also=de&also=tr`).expect(200));
    expect(text).toContain('This would be possible: Deutsch: today, 12:00 Türkçe: today, 12:00');
    expect(text).not.toMatch(/interpreter|(Українська|العربية):/);
  });
});

describe('The other languages that a client speaks', () => {
  const SPOKEN = 'language=ja&also=de&also=uk';

  it('are asked beside the comparison, and stay ticked', async () => {
    const { text } = await client.get(`${BOOK}/time?${SPOKEN}&${CHOSEN}`).expect(200);
    expect(text.match(/name="also"[^>]* value="(de|uk)" checked/g)).toHaveLength(2);
    expect(text).toContain('<details class="more" open>');
  });

  it('are not asked where there is but one', async () => {
    await t.close();
    t = await testApp({ desks: [aDesk({ advisors: [anAdvisor({ languages: ['de'] })] })] });
    expect((await browse(t).get(`${BOOK}/time?language=de&${CHOSEN}`).expect(200)).text).not.toContain('name="also"');
  });

  it.each(['topic?', `time?${CHOSEN}&`, `time?${CHOSEN}&date=2026-12-01&`])(
    'are carried along in every way from %s',
    async (page) => {
      const answer = await client.get(`${BOOK}/${page}${SPOKEN}`).expect(200);
      expect(textOf(answer)).toContain('日本語 · also Deutsch and Українська');
      const ways = hrefs(answer).filter((href) => /\/book\/.*\?/.test(href) && !href.includes('language=uk'));
      expect(ways.length).toBeGreaterThan(2);
      for (const way of ways) expect(way).toContain(SPOKEN);
      if (answer.text.includes('id="date"'))
        expect(answer.text.match(/type="hidden" name="also" value="(de|uk)"/g)).toHaveLength(2);
    },
  );

  it('outlast the time that is held: the way back knows them', async () => {
    const query = 'also=de&also=uk';
    const details = `${BOOK}/details?${query}`;
    const check = `${BOOK}/check?${query}`;
    await client.post(`${BOOK}/time?${SPOKEN}&${CHOSEN}`, { start: NINE }).expect(303).expect('Location', details);
    expect(hrefs(await client.get(details).expect(200))).toEqual(
      expect.arrayContaining([`${BOOK}/give-back?${query}`, details]),
    );
    await client
      .post(details, { ...DETAILS, lang: 'de' })
      .expect(303)
      .expect('Location', `${details.replace('/en/', '/de/')}&typed=1`);
    await client
      .post(details, { ...DETAILS, renew: '1' })
      .expect(303)
      .expect('Location', details);
    await client.post(details, DETAILS).expect(303).expect('Location', check);
    const giveBack = `${BOOK}/give-back?${query}`;
    expect(hrefs(await client.get(check).expect(200))).toEqual(expect.arrayContaining([details, check, giveBack]));
    await client
      .post(giveBack, { to: 'language' })
      .expect(303)
      .expect(
        'Location',
        `${BOOK}/language?${SPOKEN}&${CHOSEN.replace('&journey', '&start=2026-12-01T08%3A00%3A00.000Z&journey')}`,
      );
    await client
      .post(check, await checkForm(client))
      .expect(303)
      .expect('Location', `${BOOK}/done`);
  });

  it('are as the desk knows them: the first one, strangers and repetitions are dropped', async () => {
    const { text } = await client
      .get(`${BOOK}/time?language=ja&also=uk&also=xx&also=ja&also=de&also=uk&also=DE&also=&${CHOSEN}`)
      .expect(200);
    expect(hrefs({ text })).toContain(`${BOOK}/topic?${SPOKEN}&${CHOSEN}`);
    const unknown = await client.get(`${BOOK}/time?language=ja&also=xx&${CHOSEN}`).expect(200);
    expect(hrefs(unknown)).toContain(`${BOOK}/topic?language=ja&${CHOSEN}`);
  });

  it.each([
    'also[]=de',
    'also[0]=de&also[__proto__]=x',
    'also=%00',
    'also=%E0%A4%A',
    'also=<script>alert(1)</script>',
    "also=' or 1=1 --",
    'also=../../etc',
    `also=${'x'.repeat(6000)}`,
    Array.from({ length: 1500 }, () => 'also=de').join('&'),
    'also=__proto__&also=constructor',
  ])('may be anything, and nothing breaks: %.40p', async (hostile) => {
    for (const page of ['language', 'topic', 'time']) {
      const answer = await client.get(`${BOOK}/${page}?${QUERY.replace('=en', '=ja')}&date=2026-12-01&${hostile}`);
      expect([200, 400, 414, 431]).toContain(answer.status);
      expect(answer.text).not.toContain('<script>alert');
    }
    const taken = await client.post(`${BOOK}/time?language=ja&${CHOSEN}&${hostile}`, { start: NINE });
    expect(taken.status).toBeLessThan(500);
    expect((await client.get(`${BOOK}/details?${hostile}`)).status).toBeLessThan(500);
  });
});

describe('What the desk has in German and English alone', () => {
  const inBoth = (de: string, en: string) =>
    `<span lang="de" dir="ltr">${de}</span> · <span lang="en" dir="ltr">${en}</span>`;

  it('is asked, refused, answered and brought along as such on a page in another language', async () => {
    await t.close();
    const choices = [{ id: 'blue', label: { de: 'Blaue Karte', en: 'Blue Card' } }];
    t = await testApp({ desks: [aDeskThatAsks([aQuestion({ id: 'visa', kind: 'choice', choices, required: true })])] });
    client = browse(t);
    const book = BOOK.replace('/en/', '/ar/');
    await client.post(`${book}/time?language=de&topic=residence&mode=in_person&journey=j`, { start: NINE }).expect(303);
    const question = inBoth('Welches Visum haben Sie\\?', 'Which visa do you have\\?');
    const asked = await client.get(`${book}/details`).expect(200);
    expect(asked.text).toMatch(new RegExp(`<legend[^>]*>${question}`));
    expect(asked.text).toContain(inBoth('Blaue Karte', 'Blue Card'));

    const refused = await client.post(`${book}/details`, DETAILS).expect(200);
    expect(refused.text).toMatch(new RegExp(`<a href="#answer-visa">${question} `));

    await client.post(`${book}/details`, { ...DETAILS, 'answer-visa': 'blue' }).expect(303);
    const { text: check } = await client.get(`${book}/check`).expect(200);
    expect(check).toMatch(new RegExp(`<dt>${question}</dt>`));
    expect(check).toContain(inBoth('Blaue Karte', 'Blue Card'));
    expect(check).toContain(`<li>${inBoth('Reisepass', 'Passport')}</li>`);
    await client.post(`${book}/check`, await checkForm(client, book)).expect(303);
    expect((await client.get(`${book}/done`).expect(200)).text).toContain(
      `<li>${inBoth('Reisepass', 'Passport')}</li>`,
    );
  });
});
