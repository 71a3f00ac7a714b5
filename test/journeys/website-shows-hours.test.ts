import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { aDesk } from '../support/builders';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { journey } from './support/browser';

journey('A website of another host', () => {
  let browser: Browser;
  let desk: Awaited<ReturnType<typeof serve>>;
  let website: Server;
  beforeAll(async () => {
    browser = await launch();
    desk = await serve({ desks: [aDesk()], now: '2026-11-24T10:00:00+01:00' });
    const page = `<!doctype html><html lang="ja"><title>City</title>
<script type="module" src="${desk.origin}/assets/sprechstunde-hours.js"></script>
<sprechstunde-hours desk="expat-desk"><a href="tel:+492110000000">Call us</a></sprechstunde-hours>
<sprechstunde-hours desk="nowhere" lang="en">Call us instead</sprechstunde-hours>`;
    website = createServer((_req, res) => res.setHeader('Content-Type', 'text/html; charset=utf-8').end(page));
    await new Promise<void>((listening) => website.listen(0, '127.0.0.1', listening));
  });
  afterAll(async () => {
    await browser?.close();
    website?.close();
    await desk?.close();
  });

  it('shows the hours and leads to booking by the component, and keeps what stood there where there are none', async () => {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(website.address() as AddressInfo).port}/`);
    const shown = page.locator('sprechstunde-hours').first();
    await shown.locator('.sprechstunde').waitFor();
    expect(await shown.getByRole('heading').first().textContent()).toContain('Expat Service Desk');
    expect(await page.locator('sprechstunde-hours').nth(1).textContent()).toBe('Call us instead');
    await shown.getByRole('link', { name: 'English' }).click();
    await page.waitForURL(`${desk.origin}/ja/expat-desk/book/topic?language=en`);
    await page.close();
  });
});
