import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { loadDeskFile } from '../../src/desks/deskFile';
import { shippedDeskFiles } from '../../src/desks/shippedDesks';
import { randomIds } from '../../src/identity/ids';
import { wholeKern } from '../../tools/kern';
import { launch } from '../support/chromium';
import { fill } from './fill';
import type { Measure } from './measure';
import { progress, type Setting } from './setting';

/** A phone in the country: 50 kB/s, 400 ms there and back. */
const NETWORK = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const VIEWPORT = { width: 360, height: 640 };
const less = (must: number, aim: number) => ({ better: 'less' as const, must, aim });

/** What a client sees of a page, and what it costs. */
interface Visit {
  /** Milliseconds from the start of the navigation to the first text. */
  readonly firstText: number;
  /** Sum of all layout shifts until the page is at rest. */
  readonly shift: number;
  /** Kilobytes as they come over the line. */
  readonly kilobytes: number;
  readonly fontKilobytes: number;
}

/**
 * The client's first pages on a slow line with nothing in memory, each round in a fresh browser profile, beside a bare
 * page with KERN's whole stylesheet on the same line.
 */
export async function phone(setting: Setting): Promise<Measure[]> {
  const databaseUrl = `file:${setting.file('phone')}`;
  const desks = shippedDeskFiles().map((file) => loadDeskFile(file, randomIds));
  for (const desk of desks) await fill(databaseUrl, { desk, bookings: [] });
  const program = await setting.program(databaseUrl);
  const bare = await barePage();
  const browser = await launch();
  const first: Visit[] = [];
  const next: Visit[] = [];
  const beside: Visit[] = [];
  for (let round = 0; round <= setting.rounds; round++) {
    progress(`phone, round ${round} of ${setting.rounds}`);
    const visits = await onPhone(browser, async (page, visit) => [
      await visit(() => page.goto(`${program.origin}/en/${desks[0]?.id}`)),
      await visit(() => page.locator('main .kern-btn--primary').first().click()),
    ]);
    const [there] = await onPhone(browser, async (page, visit) => [await visit(() => page.goto(bare.origin))]);
    // The first round only warms up.
    if (round === 0) continue;
    first.push(visits[0] as Visit);
    next.push(visits[1] as Visit);
    beside.push(there as Visit);
  }
  await browser.close();
  await program.term();
  bare.server.close();
  const of = (visits: readonly Visit[], what: keyof Visit) => visits.map((visit) => visit[what]);
  const line = 'phone, 50 kB/s and 400 ms';
  return [
    {
      name: `${line}: first text of the first page`,
      values: of(first, 'firstText'),
      unit: 'ms',
      goal: less(2_000, 1_500),
    },
    { name: `${line}: first text of the next page`, values: of(next, 'firstText'), unit: 'ms', goal: less(1_000, 700) },
    { name: `${line}: first text of a bare page with KERN`, values: of(beside, 'firstText'), unit: 'ms' },
    {
      name: 'first page: kB without fonts',
      values: of(first, 'kilobytes').map((all, i) => all - (first[i]?.fontKilobytes ?? 0)),
      goal: less(60, 40),
    },
    { name: 'first page: kB with fonts', values: of(first, 'kilobytes'), goal: less(110, 80) },
    { name: 'a bare page with KERN: kB without fonts', values: of(beside, 'kilobytes') },
    { name: 'next page: kB', values: of(next, 'kilobytes') },
    {
      name: 'layout shift of both pages',
      values: first.map(({ shift }, i) => shift + (next[i]?.shift ?? 0)),
      goal: less(0.1, 0),
    },
  ];
}

/** Lets a fresh browser profile visit pages on the slow line. */
async function onPhone(
  browser: Browser,
  go: (page: Page, visit: (act: () => Promise<unknown>) => Promise<Visit>) => Promise<Visit[]>,
): Promise<Visit[]> {
  const context = await browser.newContext({ viewport: VIEWPORT, locale: 'en' });
  const page = await context.newPage();
  await page.addInitScript(WATCH);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
  const traffic = counted(session);
  const visits = await go(page, async (act) => {
    traffic.forget();
    await act();
    await page.waitForLoadState('networkidle');
    const [firstText, shift] = await page.evaluate<[number, number]>(
      `[performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN, window.shifted]`,
    );
    return { firstText, shift, ...traffic.told() };
  });
  await context.close();
  return visits;
}

const WATCH = `
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.shifted += value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

/** Counts what comes over the line. */
function counted(session: CDPSession) {
  const fonts = new Set<string>();
  let kilobytes = 0;
  let fontKilobytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Font') fonts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    kilobytes += encodedDataLength / 1_000;
    if (fonts.has(requestId)) fontKilobytes += encodedDataLength / 1_000;
  });
  return {
    forget() {
      kilobytes = 0;
      fontKilobytes = 0;
    },
    told: () => ({ kilobytes, fontKilobytes }),
  };
}

/** Serves a page that has nothing but KERN's stylesheet, a heading, a sentence and a button. */
async function barePage(): Promise<{ readonly server: Server; readonly origin: string }> {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Bare</title><link rel="stylesheet" href="/kern.css"><h1 class="kern-heading">Bare</h1><p class="kern-body">A page.</p>
<button class="kern-btn kern-btn--primary"><span class="kern-label">Go on</span></button>`;
  const bodies = { '/': ['text/html', gzipSync(html)], '/kern.css': ['text/css', gzipSync(wholeKern())] } as const;
  const server = createServer((req, res) => {
    const found = bodies[req.url as keyof typeof bodies];
    if (!found) return void res.writeHead(404).end();
    res.writeHead(200, { 'content-type': `${found[0]}; charset=utf-8`, 'content-encoding': 'gzip' }).end(found[1]);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
