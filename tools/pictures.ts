import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { demoAccounts } from '../src/demo/accounts';
import { loadDeskFile } from '../src/desks/deskFile';
import { randomIds } from '../src/identity/ids';
import { paths, url } from '../src/paths';
import { launch } from '../test/support/chromium';

const ROOT = join(__dirname, '..');
const IMAGES = join(ROOT, 'docs/images');
/** Where `npm start` listens. */
const USUAL_ORIGIN = 'http://127.0.0.1:3000';
/** A picture of the README is loaded by everybody who looks at it. */
const LARGEST_PICTURE_BYTES = 150_000;
const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  locale: 'en-GB',
  timezoneId: 'Europe/Berlin',
};
const SCREEN = { viewport: { width: 1366, height: 780 }, locale: 'en-GB', timezoneId: 'Europe/Berlin' };

const desk = loadDeskFile(join(ROOT, 'data/desks/expat-desk.json'), randomIds);

/** When a client can have a consultation, on a phone. */
async function clientsPage(browser: Browser, origin: string): Promise<void> {
  const page = await browser.newPage({ baseURL: origin, ...PHONE });
  const choices = { topic: 'residence', language: 'en', mode: 'in_person' };
  await page.goto(url(paths.chooseTime, { locale: 'en', desk: desk.id }, choices));
  await page.screenshot({ path: join(IMAGES, 'client.png') });
}

/** Reception's day, on the next Tuesday, which the demo has filled unless it is a holiday. */
async function board(browser: Browser, origin: string): Promise<void> {
  const page = await browser.newPage({ baseURL: origin, ...SCREEN });
  const account = demoAccounts([desk]).find(({ role }) => role === 'receptionist');
  await page.goto(url(paths.signIn, {}, { lang: 'en' }));
  await page.fill('[name=email]', account?.email ?? '');
  await page.fill('[name=password]', account?.password ?? '');
  await page.press('[name=password]', 'Enter');
  await page.waitForURL(/\/day/);
  await page.goto(url(paths.staffDay, { desk: desk.id, date: nextTuesday(new Date()) }, { lang: 'en' }));
  await page.waitForSelector('.board-card');
  await page.screenshot({ path: join(IMAGES, 'board.png') });
}

/** A calendar date, of the week that begins after `today` if it is Tuesday already. */
function nextTuesday(today: Date): string {
  const TUESDAY = 2;
  const days = ((TUESDAY - today.getUTCDay() + 6) % 7) + 1;
  return new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Makes a picture smaller, by fewer colours, with the program pngquant where the machine has it. */
function shrink(name: string): void {
  const file = join(IMAGES, name);
  const { error } = spawnSync('pngquant', ['--force', '--skip-if-larger', '--speed', '1', '--output', file, file]);
  const { size } = statSync(file);
  process.stdout.write(`docs/images/${name}: ${size} bytes\n`);
  if (size > LARGEST_PICTURE_BYTES)
    throw new Error(`${name} is larger than ${LARGEST_PICTURE_BYTES} bytes${error ? ': install pngquant' : ''}`);
}

/** Takes the pictures of the README from a program that runs with its demo bookings: `npm run pictures -- [ORIGIN]`. */
async function main(origin = USUAL_ORIGIN): Promise<void> {
  const browser = await launch();
  try {
    await clientsPage(browser, origin);
    await board(browser, origin);
  } finally {
    await browser.close();
  }
  for (const name of ['client.png', 'board.png']) shrink(name);
}

void main(process.argv[2]);
