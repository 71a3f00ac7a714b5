import { join } from 'node:path';
import request from 'supertest';
import { loadDeskFile } from '../../../../src/desks/deskFile';
import type { Desk } from '../../../../src/domain/desk';
import { aboutView } from '../../../../src/http/pages/aboutView';
import { randomIds } from '../../../../src/identity/ids';
import { ABOUT_PAGES } from '../../../../src/paths';
import { type TestApp, testApp } from '../../../support/app';
import { aDesk } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';
import { checkForm, DETAILS, textOf } from '../browser';

const shipped = (id: string) => loadDeskFile(join(__dirname, `../../../../data/desks/${id}.json`), randomIds);
/** A desk that says nothing of itself, and one that says everything, and keeps things for other times. */
const SILENT = aDesk({ id: 'silent', email: 'desk@silent.example' });
const TALKATIVE = aDesk({
  id: 'talkative',
  email: 'desk@talkative.example',
  retention: { bookingDays: 41, noteDays: 1, outboxDays: 43, draftHours: 44, keyHours: 1, demandDays: 46 },
  legal: {
    carrier: { de: 'Stadt Beispiel\nMusterweg 1', en: 'City of Beispiel\nMusterweg 1' },
    dataProtectionOfficer: { email: 'dpo@talkative.example', phone: '0211 7654321', address: 'Postfach 5, Beispiel' },
    accessibility: {
      status: 'none',
      made: '2026-01-05',
      reviewed: '2026-10-06',
      tested: { de: 'Von anderen geprüft.', en: 'Tested by others.' },
      gaps: { de: 'Der Plan des Hauses\nDas Video', en: 'The plan of the house\nThe video' },
    },
  },
});
const SIGNING = aDesk({
  id: 'signing',
  email: 'desk@signing.example',
  legal: { ...aDesk().legal, signLanguageVideo: 'https://video.signing.example/1' },
});
const DESKS: Desk[] = [shipped('expat-desk'), shipped('wuppertal'), SILENT, TALKATIVE, SIGNING];

let t: TestApp;
beforeAll(async () => {
  t = await testApp({ desks: DESKS });
});
afterAll(() => t.close());

const page = (desk: string, name: string, locale = 'en') =>
  request(t.http).get(`/${locale}/${desk}/about/${name}`).expect(200);
const said = async (desk: string, name: string, locale?: string) => textOf(await page(desk, name, locale));

describe('The pages that a public body owes', () => {
  const ALL = DESKS.flatMap(({ id }) =>
    ABOUT_PAGES.flatMap((name) => ['de', 'en'].map((locale) => [id, name, locale] as const)),
  );

  it('miss a video in sign language only where the desk has none', async () => {
    expect(await said('silent', 'accessibility')).toContain('There is no video in German Sign Language');
    const signing = await said('signing', 'accessibility');
    expect(signing).not.toContain('There is no video');
    expect(signing).toContain('In Leichte Sprache (easy German) there are the start page');
  });

  it.each(ALL)('leave no gap, and lead where they say: %s: %s (%s)', async (id, name, locale) => {
    const { text } = await page(id, name, locale);
    const article = /<article[\s\S]*<\/article>/.exec(text)?.[0] ?? '';
    expect(article).not.toMatch(/undefined|null|\{\{|<p>\s*<\/p>|<li>\s*<\/li>|: *(<\/p>|<\/li>|\.)(?!\s*<(p|ul)>)/);
    const links = [...article.matchAll(/<a href="([^"]*)"[^>]*>(?:<bdi>)?([^<]*)/g)].map(([, href, of]) => [
      String(href).replaceAll('&#x3D;', '='),
      String(of),
    ]);
    expect(links.length).toBeGreaterThan(0);
    for (const [href = '', of] of links) {
      if (href.startsWith('mailto:')) expect(href).toBe(`mailto:${of}`);
      else if (href.startsWith('tel:')) expect(href).toMatch(/^tel:\+49\d{6,}$/);
      else if (href.startsWith('https:'))
        expect(href).toMatch(/^https:\/\/(www\.(lbbp|ldi)\.nrw\.de|video\.signing\.example\/1$)/);
      else await request(t.http).get(href).expect(200);
    }
    // Whatever can be pressed is a link: no address stands there as mere text.
    const rest = article.replace(/<a [\s\S]*?<\/a>/g, '');
    expect(rest).not.toMatch(/@|https?:|\+49/);
  });

  it('say how far they are accessible, when and how that was tested, what is missing, and who decides a dispute', async () => {
    const usual = await said('silent', 'accessibility');
    for (const part of [
      'partly conform',
      'no video in German Sign Language',
      'self-assessment',
      'Made: Saturday, 28 November 2026. Last reviewed: Saturday, 28 November 2026.',
      'desk@silent.example',
      'Ombudsstelle für barrierefreie Informationstechnik des Landes Nordrhein-Westfalen',
    ])
      expect(usual).toContain(part);
    const own = await said('talkative', 'accessibility', 'de');
    for (const part of [
      'noch nicht vereinbar',
      'Der Plan des Hauses',
      'Von anderen geprüft.',
      'Erstellt: Montag, 5. Januar 2026.',
    ])
      expect(own).toContain(part);
    expect(own).toContain('Zuletzt überprüft: Dienstag, 6. Oktober 2026.');
    expect(own).not.toContain('Selbstbewertung');
    const { text } = await page('talkative', 'accessibility');
    expect(text).toMatch(/<li>The plan of the house<\/li>\s*<li>The video<\/li>/);
    expect(text).toContain('href="https://www.lbbp.nrw.de/ombudsstelle" lang="de"');
  });

  it('name in the privacy notice the periods that are set for the desk', async () => {
    const usual = await said('silent', 'privacy');
    for (const part of [
      'them 30 days after',
      'after 7 days, counted',
      'address after 14 days',
      'both after 24 hours',
      'them after 48 hours',
      'after 730 days',
    ])
      expect(usual).toContain(part);
    const own = await said('talkative', 'privacy');
    for (const part of [
      'them 41 days after',
      'after one day, counted',
      'address after 43 days',
      'both after 44 hours',
      'them after one hour',
      'after 46 days',
    ])
      expect(own).toContain(part);
    expect(await said('talkative', 'privacy', 'de')).toContain(
      'Wir löschen sie nach einem Tag, vom Ende des Termins an.',
    );
  });

  it('name in the privacy notice who is responsible, the rights, the authority, and the cookies that are set', async () => {
    const silent = await said('silent', 'privacy');
    expect(silent).toContain('The desk is responsible for your data.');
    expect(silent).toContain('how to reach its data protection officer.');
    const own = await said('talkative', 'privacy');
    for (const part of [
      'City of Beispiel Musterweg 1',
      'dpo@talkative.example',
      '0211 7654321',
      'Postfach 5, Beispiel',
    ])
      expect(own).toContain(part);
    for (const part of [
      'Art. 15',
      'Art. 16',
      'Art. 17',
      'Art. 18',
      'Art. 20',
      'Art. 21',
      'Art. 77',
      'poststelle@ldi.nrw.de',
    ])
      expect(own).toContain(part);
    for (const cookie of ['draft:', 'lang:']) expect(own).toContain(cookie);
  });

  it('name in the privacy notice every cookie that the pages of a client set', async () => {
    const base = '/en/silent/book';
    const agent = request.agent(t.http);
    const set: string[] = [];
    const asked = async (answer: request.Test) => {
      const { headers, text } = await answer;
      set.push(...[headers['set-cookie'] ?? []].flat().map((cookie) => `${cookie}`.split('=')[0] ?? ''));
      return text;
    };
    const post = (path: string, fields: object) =>
      asked(agent.post(path).type('form').set('Sec-Fetch-Site', 'same-origin').send(fields).expect(303));
    const query = 'language=en&topic=residence&mode=in_person';
    for (const page of ['/en/silent', `${base}/language`, `${base}/time?${query}`, '/en/silent/find-booking'])
      await asked(agent.get(page).expect(200));
    await post(`${base}/time?${query}`, { start: '2026-12-01T09:00:00+01:00' });
    await post(`${base}/details`, { ...DETAILS, phone: '' });
    await post('/en/silent/find-booking', { email: 'nobody' });
    await post(`${base}/check`, await checkForm({ get: (path) => agent.get(path) }, base));
    const done = await asked(agent.get(`${base}/done`).expect(200));
    await asked(agent.get(`${/\/b\/[\w-]+/.exec(done)?.[0]}?lang=de`).expect(200));
    expect([...new Set(set)].sort()).toEqual(['draft', 'form', 'lang']);
    const notice = await said('silent', 'privacy');
    for (const cookie of set) expect(notice).toContain(`${cookie}: `);
  });

  it('name in the imprint the body that carries the desk, if it is known', async () => {
    expect(await said('silent', 'imprint')).toMatch(/Provider Expat Service Desk Musterplatz 1/);
    expect(await said('talkative', 'imprint')).toMatch(
      /Provider City of Beispiel Musterweg 1 Expat Service Desk Musterplatz 1/,
    );
    expect(await said('expat-desk', 'imprint')).toContain('Industrie- und Handelskammer, Ernst-Schneider-Platz 1');
    expect(await said('wuppertal', 'imprint', 'de')).toMatch(/Anbieter Stadt Wuppertal Kommunales Integrationszentrum/);
  });
});

describe('The view of a page that the law requires', () => {
  it('has the imprint of a desk without a carrier, with its addresses as links', () => {
    const given = { page: 'imprint', desk: aDesk(), baseUrl: 'https://termine.example' } as const;
    expect(aboutView(given, aClientWhoReads('en'))).toEqual({
      title: 'Imprint',
      sections: [
        {
          heading: 'Provider',
          blocks: [
            { pieces: [{ text: 'Expat Service Desk' }] },
            { pieces: [{ text: 'Musterplatz 1, 40213 Düsseldorf' }] },
          ],
        },
        {
          heading: 'How to reach us',
          blocks: [
            { pieces: [{ text: 'Phone: ' }, { text: '+49 211 0000000', href: 'tel:+492110000000' }] },
            {
              pieces: [
                { text: 'Email: ' },
                { text: 'beratung@expat-desk.example', href: 'mailto:beratung@expat-desk.example' },
              ],
            },
          ],
        },
        {
          heading: 'This website',
          blocks: [
            {
              pieces: [
                { text: 'At ' },
                { text: 'termine.example', href: '/en/expat-desk' },
                { text: ' you book, change and cancel appointments with us.' },
              ],
            },
            {
              pieces: [
                { text: 'There is more under “' },
                { text: 'Privacy', href: '/en/expat-desk/about/privacy' },
                { text: '” and “' },
                { text: 'Accessibility statement', href: '/en/expat-desk/about/accessibility' },
                { text: '”.' },
              ],
            },
          ],
        },
      ],
    });
  });

  it('is German for all readers where it is in easy language', () => {
    const given = { page: 'easy-language', desk: aDesk(), baseUrl: 'https://termine.example' } as const;
    expect(aboutView(given, aClientWhoReads('en'))).toMatchObject({ contentLang: 'de' });
    expect(aboutView(given, aClientWhoReads('de')).contentLang).toBeUndefined();
  });
});
