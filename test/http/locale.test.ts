import request from 'supertest';
import { languageSwitch } from '../../src/http/middleware/locale';
import { direction } from '../../src/presentation/direction';
import { localesOf } from '../../src/presentation/texts';
import { type TestApp, testApp } from '../support/app';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

const ask = (path: string, headers: Record<string, string> = {}) => request(app.http).get(path).set(headers);
/** A page whose path has no language, asked for with these headers. */
const spoken = async (path: string, headers: Record<string, string> = {}) =>
  /<html lang="(\w+)"/.exec((await ask(path, headers)).text)?.[1];
const UNSPOKEN = '/problems/invalid';

describe('The language of a page', () => {
  it('is the first segment of its path, whatever the browser prefers', async () => {
    const answer = await ask('/en/expat-desk?lang=de', { 'Accept-Language': 'de', Cookie: 'lang=de' }).expect(200);
    expect(answer.text).toContain('<html lang="en" dir="ltr">');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('is what the link asks for if the path names none, and a cookie remembers it', async () => {
    const answer = await ask(`${UNSPOKEN}?lang=en`, { 'Accept-Language': 'de' }).expect(200);
    expect(answer.text).toContain('<html lang="en"');
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^lang=en; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await spoken(UNSPOKEN, { Cookie: 'a=b; lang=en' })).toBe('en');
  });

  it('is the reader’s on the desk’s page to which / leads', async () => {
    await ask('/', { 'Accept-Language': 'en' }).expect(303).expect('Location', '/en/expat-desk');
    await ask('/?lang=de', { 'Accept-Language': 'en' }).expect(303).expect('Location', '/de/expat-desk');
  });

  it.each([
    ['en-GB,en;q=0.9,de;q=0.8', 'en'],
    ['de;q=0.5, en;q=0.7', 'en'],
    ['pl, en;q=0.3', 'en'],
    ['en;q=0, de;q=0.1', 'de'],
    ['pl,*;q=0.5', 'en'],
    ['uk-UA, ru;q=0.8', 'uk'],
    ['zh-CN,zh;q=0.9', 'zh'],
    ['pl, ru;q=0.8', 'en'],
    ['pl;q=0', 'de'],
    ['*', 'de'],
    [';;;q=,,', 'de'],
    [`${'x-y,'.repeat(2000)}en`, 'de'],
  ])('follows the browser where nobody asks for one: %.40s', async (header, expected) => {
    expect(await spoken(UNSPOKEN, { 'Accept-Language': header })).toBe(expected);
  });

  it('is German where nothing names a language that there is', async () => {
    expect(await spoken(`${UNSPOKEN}?lang=xx`)).toBe('de');
  });
});

describe('languageSwitch', () => {
  const hrefs = (path: string) => languageSwitch(path, 'de').map((l) => l.href);

  it('leads to the same page with the same query', () => {
    const inPath = localesOf('client').map((tag) => `/${tag}/desk/book/time?topic=a&language=ja`);
    expect(hrefs('/de/desk/book/time?topic=a&language=ja')).toEqual(inPath);
    expect(hrefs('/b/x?from=1&lang=en')).toEqual(localesOf('client').map((tag) => `/b/x?from=1&lang=${tag}`));
    expect(hrefs('/staff/desk/day')).toEqual(localesOf('staff').map((tag) => `/staff/desk/day?lang=${tag}`));
  });

  it('begins with what the browser prefers', () => {
    expect(languageSwitch('/', 'en', ['uk', 'pl', 'tr']).map(({ tag }) => tag)).toEqual([
      ...(['uk', 'tr'] as const),
      ...localesOf('client').filter((tag) => tag !== 'uk' && tag !== 'tr'),
    ]);
  });

  it('names each language in itself and marks the current one', () => {
    const named = languageSwitch('/', 'en').map(({ name, current }) => [name, current]);
    expect(named.slice(0, 2)).toEqual([
      ['Deutsch', false],
      ['English', true],
    ]);
    expect(named).toHaveLength(localesOf('client').length);
    expect(named.at(-1)).toEqual(['Deutsch (Leichte Sprache)', false]);
  });

  it.each(['//evil.example/', '/\\evil.example', '\\\\evil.example', 'http://evil.example/x', '*'])(
    'never leads away: %s',
    (path) => {
      for (const href of hrefs(path)) expect(new URL(href, 'http://here.example').host).toBe('here.example');
    },
  );
});

describe('direction', () => {
  it('is right to left for Arabic, Persian and Hebrew, by any of their tags', () => {
    expect(['ar', 'ar-SY', 'fa', 'he', 'ckb'].map(direction)).toEqual(Array(5).fill('rtl'));
    expect(['de', 'uk', 'ja', 'az'].map(direction)).toEqual(Array(4).fill('ltr'));
  });
});
