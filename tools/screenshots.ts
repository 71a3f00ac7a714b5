import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { CLIENT_LOCALES, type ClientLocale } from '../src/presentation/texts';
import { launch } from '../test/support/chromium';

const FOLDER = join(__dirname, '../data/var/contact-sheet');
/** Where `npm start` listens. */
const USUAL_ORIGIN = 'http://127.0.0.1:3000';
const SIZES = { phone: { width: 360, height: 640 }, desktop: { width: 1366, height: 768 } } as const;
const CHOICES = 'topic=residence&language=en';
const DESK = 'expat-desk';

/** The pages that an address leads to; the steps after them need what was typed before. */
const ADDRESSES: Readonly<Record<string, string>> = {
  desks: '?',
  'desks-of-a-place': '?place=Ratingen',
  'desks-of-no-place': '?place=99999',
  'desks-for-employers': '?who=employer',
  'desks-with-one-sentence': '?about=expat-desk%2Frecognition',
  found: '?q=kita',
  'found-nothing': '?q=xyz',
  start: DESK,
  language: `${DESK}/book/language`,
  topic: `${DESK}/book/topic?language=en`,
  'topic-in-few-languages': `${DESK}/book/topic?language=ja`,
  topics: `${DESK}/book/topics?language=en`,
  time: `${DESK}/book/time?${CHOICES}`,
  'time-not-that-day': `${DESK}/book/time?${CHOICES}&date=2027-06-06`,
  nothing: `${DESK}/book/time?topic=residence&language=ja`,
  find: `${DESK}/find-booking`,
  privacy: `${DESK}/about/privacy`,
  accessibility: `${DESK}/about/accessibility`,
  imprint: `${DESK}/about/imprint`,
  missing: `${DESK}/no-such-page`,
};

/** Takes a picture of every page of the client's way in one language and size. */
async function pagesIn(
  browser: Browser,
  origin: string,
  locale: ClientLocale,
  size: keyof typeof SIZES,
): Promise<string[]> {
  const context = await browser.newContext({ viewport: SIZES[size], locale });
  const page = await context.newPage();
  const names: string[] = [];
  const take = async (name: string) => {
    const file = `${locale}-${size}-${name}.png`;
    await page.screenshot({ path: join(FOLDER, file), fullPage: true });
    names.push(file);
  };
  for (const [name, path] of Object.entries(ADDRESSES)) {
    await page.goto(path.startsWith('?') ? `${origin}/${path}&lang=${locale}` : `${origin}/${locale}/${path}`);
    await take(name);
  }
  await page.goto(`${origin}/${locale}/${ADDRESSES.time}`);
  await page.locator('.first button').click();
  await take('details');
  await submit(page);
  await take('details-wrong');
  await page.fill('#name', 'Ōta Hanako 太田花子');
  await page.fill('#email', `${locale}-${size}@client.example`);
  await submit(page);
  await take('check');
  await submit(page);
  await take('done');
  const manage = (await page.locator('main .actions a.kern-btn').first().getAttribute('href')) ?? '';
  await afterwards(page, new URL(manage, origin), take);

  await page.goto(`${origin}/${locale}/${DESK}/book/time?topic=employers&language=en&mode=video&for=others`);
  await page.locator('.first button').click();
  await take('details-of-employees');
  await page.goto(`${origin}/${locale}/${DESK}/book/time?topic=residence&language=ti&interpreter=1`);
  await take('time-with-interpreter');
  await page.goto(`${origin}/${locale}/wuppertal/book/time?topic=work&language=en&mode=in_person`);
  await page.locator('.first button').click();
  await submit(page);
  await take('details-without-mail-wrong');
  await context.close();
  return names;
}

/** Takes what a client sees of a booking behind its link. */
async function afterwards(page: Page, manage: URL, take: (name: string) => Promise<void>): Promise<void> {
  const address = (path: string, query = manage.search) => `${manage.origin}${manage.pathname}${path}${query}`;
  for (const path of ['', '/change', '/move', '/data', '/cancel']) {
    await page.goto(address(path));
    await take(`booking${path.replace('/', '-')}`);
  }
  await submit(page);
  await take('booking-cancel-wrong');
  await page.goto(address('/move'));
  await page.locator('.day a').first().click();
  await take('booking-move-times');
  await page.goto(address('/cancel'));
  await page.locator('main .tile__label').first().click();
  await submit(page);
  await take('booking-cancelled');
}

/** Presses the button that goes on. */
async function submit(page: Page): Promise<void> {
  await page.locator('main .actions button.kern-btn--primary').last().click();
  await page.waitForLoadState();
}

/**
 * Makes a sheet of all pages of clients, in each language, on a phone and at a desk, from a program that runs with its demo
 * bookings: `npm run screenshots -- [ORIGIN] [LANGUAGE …]`. It is for looking at, and not committed.
 */
async function main(origin = USUAL_ORIGIN, ...wanted: string[]): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const browser = await launch();
  const rows: string[] = [];
  for (const locale of CLIENT_LOCALES.filter((each) => wanted.length === 0 || wanted.includes(each)))
    for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
      const names = await pagesIn(browser, origin, locale, size);
      const pictures = names.map(
        (name) => `<figure><img src="${name}" alt=""><figcaption>${name}</figcaption></figure>`,
      );
      rows.push(`<h2>${locale}, ${size}</h2><div>${pictures.join('')}</div>`);
    }
  await browser.close();
  const style = 'div{display:flex;gap:1rem;align-items:start;overflow-x:auto}img{width:220px;border:1px solid #999}';
  writeFileSync(
    join(FOLDER, 'index.html'),
    `<!doctype html><meta charset="utf-8"><style>${style}</style>${rows.join('\n')}`,
  );
  process.stdout.write(`${join(FOLDER, 'index.html')}\n`);
}

void main(...process.argv.slice(2));
