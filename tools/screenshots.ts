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
  found: '?q=kita',
  'found-nothing': '?q=xyz',
  start: DESK,
  language: `${DESK}/book/language`,
  topic: `${DESK}/book/topic?language=en`,
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
  await context.close();
  return names;
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
