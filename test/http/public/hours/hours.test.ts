import request from 'supertest';
import { type TestApp, testApp } from '../../../support/app';
import { booked } from '../../../support/bookings';
import { aDesk, anAdvisor } from '../../../support/builders';
import { windowsOfCalendar } from '../../../support/hoursReaders';
import { textOf } from '../browser';

const FEEDS = [
  ['/desks/expat-desk/opening-hours.ics', 'text/calendar; charset=utf-8'],
  ['/desks/expat-desk/availability.ics', 'text/calendar; charset=utf-8'],
  ['/desks/expat-desk/opening-hours.osm', 'text/plain; charset=utf-8'],
  ['/desks/expat-desk/opening-hours.jsonld', 'application/ld+json; charset=utf-8'],
] as const;

let t: TestApp;
beforeEach(async () => {
  t = await testApp({
    desks: [aDesk({ advisors: [anAdvisor(), anAdvisor({ id: 'a2', languages: ['ja'] })] })],
  });
});
afterEach(() => t.close());
const get = (path: string) => request(t.http).get(path);

describe('The feeds of a desk’s hours', () => {
  it.each(FEEDS)('%s may be read by everybody, and is not sent again while it is the same', async (path, type) => {
    const { headers } = await get(path).expect(200);
    expect(headers).toMatchObject({
      'content-type': type,
      'cache-control': 'public, max-age=3600',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(headers).not.toHaveProperty('set-cookie');
    await get(path).set('If-None-Match', String(headers.etag)).expect(304);
    await get(path.replace('expat-desk', 'nowhere')).expect(404);
  });

  it('tell three years from today, and are called by the desk’s name in a language', async () => {
    const { text } = await get('/desks/expat-desk/opening-hours.ics?lang=uk').expect(200);
    expect(text.replace(/\r\n /g, '')).toContain('SUMMARY:Відчинено: Expat Service Desk');
    const windows = windowsOfCalendar(text, 'vevent');
    expect(new Date(windows[0]?.start ?? 0).toISOString()).toBe('2026-11-24T08:00:00.000Z');
    expect(new Date(windows.at(-1)?.start ?? 0).toISOString().slice(0, 7)).toBe('2029-11');
  });

  it('follow each change', async () => {
    const before = await get('/desks/expat-desk/opening-hours.osm').expect(200);
    expect(before.text).toMatch(/^Mo-Th 09:00-17:00; Fr 09:00-12:00; 2026 Dec 25 off; /);
    const closed = {
      ...{ id: 'x', from: '2026-12-01', to: '2026-12-02', closed: true, windows: [] },
      reason: { de: 'Umzug', en: 'Moving' },
    };
    await t.storage.write(({ desks }) => desks.addException('expat-desk', closed, 'staff'));
    const after = await get('/desks/expat-desk/opening-hours.osm').set('If-None-Match', String(before.headers.etag));
    expect(after.text).toContain('Fr 09:00-12:00; 2026 Dec 01 off; 2026 Dec 25 off; ');
  });

  it('stand on the start page for search engines, and cannot end their tag', async () => {
    await t.close();
    t = await testApp({ desks: [aDesk({ address: '</script><b>Platz 1' })] });
    const { text } = await get('/en/expat-desk').expect(200);
    expect(text).not.toContain('</script><b>');
    const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(text) ?? [];
    const feed = await get('/desks/expat-desk/opening-hours.jsonld?lang=en').expect(200);
    expect(JSON.parse(json)).toEqual(JSON.parse(feed.text ?? String(feed.body)));
    expect(JSON.parse(json)).toMatchObject({ '@type': 'GovernmentOffice', address: '</script><b>Platz 1' });
  });
});

describe('The state of a desk', () => {
  const status = async () => (await get('/api/v1/desks/expat-desk/status').expect(200)).body;

  it('says whether it is open, until when, its hours in nine languages, and what is free first', async () => {
    const { headers } = await get('/api/v1/desks/expat-desk/status').expect(200);
    expect(headers['access-control-allow-origin']).toBe('*');
    const body = await status();
    expect(body).toMatchObject({
      open: true,
      until: '2026-11-24T17:00:00+01:00',
      opensAgain: '2026-11-25T09:00:00+01:00',
      next: [
        { language: 'de', start: '2026-11-24T12:00:00+01:00' },
        { language: 'en', start: '2026-11-24T12:00:00+01:00' },
        { language: 'ja', start: '2026-11-24T12:00:00+01:00' },
      ],
    });
    expect(Object.keys(body.sentences)).toEqual(['de', 'en', 'fr', 'es', 'tr', 'ar', 'uk', 'ja', 'zh']);
    expect(body.sentences.en[0]).toBe('Monday to Thursday from 9:00 to 17:00');
  });

  it('says it for each language: nobody who speaks it may be there', async () => {
    const away = (from: string, to: string) => ({ start: Date.parse(from), end: Date.parse(to) });
    const time = away('2026-11-24T08:00:00+01:00', '2026-11-26T00:00:00+01:00');
    await t.storage.write(({ desks }) =>
      desks.addAbsence('expat-desk', { id: 'x', advisorId: 'a2', time, reason: null }),
    );
    const { languages } = await status();
    expect(languages.find(({ language }: { language: string }) => language === 'ja')).toEqual({
      ...{ language: 'ja', open: false, until: null },
      opensAgain: '2026-11-26T09:00:00+01:00',
    });
    expect(languages[0]).toEqual({
      ...{ language: 'de', open: true, until: '2026-11-24T17:00:00+01:00' },
      opensAgain: '2026-11-25T09:00:00+01:00',
    });
  });

  it('is closed in the evening, and opens again', async () => {
    t.clock.set('2026-12-23T18:00:00+01:00');
    expect(await status()).toMatchObject({ open: false, until: null, opensAgain: '2026-12-24T09:00:00+01:00' });
  });
});

describe('All free starts', () => {
  it('are those of each search, one a line', async () => {
    const { text, headers } = await get('/api/v1/desks/expat-desk/slots.ndjson').expect(200);
    expect(headers['content-type']).toMatch(/^application\/x-ndjson/);
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const search = await get('/api/v1/desks/expat-desk/slots?topic=residence&language=en&mode=phone').expect(200);
    const same = lines.filter(
      ({ topic, language, mode }) => topic === 'residence' && language === 'en' && mode === 'phone',
    );
    expect(same.map(({ start, end, free }) => ({ start, end, free }))).toEqual(search.body.slots);
    expect(new Set(lines.map(({ language }) => language))).toEqual(new Set(['de', 'en', 'ja']));
    await get('/api/v1/desks/expat-desk/slots.ndjson').set('If-None-Match', String(headers.etag)).expect(304);
    await booked(t);
    await get('/api/v1/desks/expat-desk/slots.ndjson').set('If-None-Match', String(headers.etag)).expect(200);
  });
});

describe('The sign for the door', () => {
  it('says the hours in German and in the language of the page, with a code to booking', async () => {
    const { text } = await get('/ar/expat-desk/sign').expect(200);
    expect(text).toMatch(
      /<section class="sign__language" lang="de" dir="ltr">[\s\S]*Montag bis Donnerstag von 9 bis 17 Uhr/,
    );
    expect(text).toMatch(/<section class="sign__language" lang="ar" dir="rtl">/);
    expect(text).toMatch(/class="qr-code"[^>]*aria-label="http[^"]*\/ar\/expat-desk"/);
    expect(textOf(await get('/de/expat-desk/sign'))).toContain('Monday to Thursday from 9:00 to 17:00');
  });
});

describe('The part for other websites', () => {
  it('is plain, may be read by them, and leads to booking with whole addresses', async () => {
    const { text, headers } = await get('/en/expat-desk/embed').expect(200);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(text).not.toMatch(/<html|<script|style=|<link/);
    expect(text).toMatch(/^\s*<section class="sprechstunde" lang="en" dir="ltr">/);
    expect(textOf({ text })).toContain('Open now, until 17:00');
    expect(text).toMatch(/<a href="http[^"]*\/en\/expat-desk\/book\/topic\?language&#x3D;ja"><bdi lang="ja">日本語/);
    for (const [, href = ''] of text.matchAll(/href="([^"]+)"/g)) expect(href).toMatch(/^http/);
  });

  it('comes with a component of five kilobytes at most', async () => {
    const { text, headers } = await get('/assets/sprechstunde-hours.js').expect(200);
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(Buffer.byteLength(text ?? '')).toBeLessThanOrEqual(5_000);
    expect((await get('/assets/hold.js').expect(200)).headers['access-control-allow-origin']).toBeUndefined();
  });
});
