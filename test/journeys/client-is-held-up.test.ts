import type { Browser } from 'playwright-core';
import { MINUTE } from '../../src/domain/calendar/interval';
import { aDesk, anAdvisor } from '../support/builders';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { journey, visitor } from './support/browser';
import { texts } from './support/clientWays';

/** One advisor, so that one booking takes a time; and nobody for career in any language but German. */
const shop = aDesk({ advisors: [anAdvisor({ languages: ['en', 'de'] })] });
const TIME = 'book/time?language=en&topic=residence&mode=phone';
/** What WCAG 1.4.12 asks for. */
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }`;
const CLIPPED = `[...document.querySelectorAll('main *, header *, footer *')]
  .filter((each) => getComputedStyle(each).overflow === 'hidden' && !each.matches('.kern-sr-only, [class*="sr-only"]')
    && (each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1))
  .map((each) => each.outerHTML.slice(0, 120))`;

journey('A client whom something comes between', () => {
  let browser: Browser;
  let desk: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    desk = await serve({ desks: [shop], now: '2026-11-23T10:00:00+01:00' });
  });
  afterEach(() => desk?.close());

  it.each(['de', 'en', 'ar'] as const)(
    'is told what to do when the hold is over, the time is gone, or nothing is free (%s)',
    async (language) => {
      const t = texts.in('client', language);
      const start = '2026-11-25T09:00:00+01:00';
      const { page, looksRight } = await visitor(browser, {
        javaScript: true,
        viewport: { width: 320, height: 640 },
        locale: language,
      });
      await page.goto(`${desk.origin}/${language}/expat-desk/${TIME}&date=2026-11-25`);
      await page.locator('button.time__label').first().click();
      await page.fill('#name', 'Kim Probe');
      await page.fill('#email', 'kim@client.example');
      await page.fill('#phone', '0211 7654321');
      await page.locator('.actions--stick button').click();
      await page.waitForURL(/check/);
      desk.clock.advance(16 * MINUTE);
      await page.reload();
      await looksRight('check, hold over');
      expect(await page.locator('main').textContent()).toContain(t('booking.details.holdOver'));
      await page.goto(page.url().replace('check', 'details'));
      expect(await page.inputValue('#name')).toBe('Kim Probe');
      await looksRight('details, hold over');

      const taken = await fetch(`${desk.origin}/api/v1/desks/expat-desk/bookings`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          ...{ topic: 'residence', language: 'en', mode: 'phone', start, consent: true },
          client: { name: 'Lea Muster', email: 'lea@client.example', phone: '0211 1234567' },
        }),
      });
      expect(taken.status).toBe(201);
      await page.goto(page.url().replace('details', 'check'));
      await page.locator('.actions--stick button').click();
      await looksRight('the time is gone');
      expect(await page.locator('main').textContent()).toContain(t('booking.slotGone.nearest'));
      await page.getByRole('radio').first().check({ force: true });
      await page.locator('main .kern-btn--primary').last().click();
      await page.waitForURL(/check/);
      await looksRight('check again');

      const away = { id: 'x', advisorId: 'a1', time: { start: 0, end: Date.parse('2030-01-01') }, reason: null };
      await desk.storage.write(({ desks }) => desks.addAbsence('expat-desk', away));
      await page.goto(`${desk.origin}/${language}/expat-desk/${TIME}`);
      await looksRight('nothing free');
      await page.goto(`${desk.origin}/${language}/expat-desk`);
      await looksRight('start, nothing free');
      await page.context().close();
    },
  );

  it('reads all with more space between lines, words and letters, and hits every time with a finger', async () => {
    const { page } = await visitor(browser, {
      javaScript: true,
      viewport: { width: 320, height: 640 },
      locale: 'de',
      bypassCSP: true,
    });
    const readsAll = async (name: string) => {
      await page.addStyleTag({ content: SPACING });
      const sideways = Number(await page.evaluate('document.documentElement.scrollWidth')) - 320;
      expect({ name, sideways: Math.max(0, sideways), clipped: await page.evaluate(CLIPPED) }).toEqual({
        name,
        sideways: 0,
        clipped: [],
      });
    };
    await page.goto(`${desk.origin}/de/expat-desk`);
    await readsAll('start');
    for (const step of ['book/language', 'book/topic?language=en', TIME]) {
      await page.goto(`${desk.origin}/de/expat-desk/${step}`);
      const heights = await page.evaluate<number[]>(
        `[...document.querySelectorAll('button.time__label')].filter((each) => each.checkVisibility())
          .map((each) => each.getBoundingClientRect().height)`,
      );
      for (const height of heights) expect(height).toBeGreaterThanOrEqual(44);
      await readsAll(step);
    }
    await page.locator('.first button').click();
    await readsAll('details');
    await page.locator('.actions--stick button').click();
    expect(await page.evaluate('document.activeElement.id')).toBe('error-summary');
    await readsAll('details wrong');
    await page.fill('#name', 'Kim Probe');
    await page.fill('#email', 'kim@client.example');
    await page.fill('#phone', '0211 7654321');
    await page.locator('.actions--stick button').click();
    await readsAll('check');
    await page.locator('.actions--stick button').click();
    await readsAll('done');
    await page.context().close();
  });
});
