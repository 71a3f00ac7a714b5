import type { Browser } from 'playwright-core';
import { HOUR } from '../../src/domain/calendar/interval';
import type { StaffLocale } from '../../src/presentation/texts';
import { aRequest, booked } from '../support/bookings';
import { aClient, aReceptionist } from '../support/builders';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { addStaff } from '../support/staff';
import { journey, visitor } from './support/browser';
import { signIn } from './support/signIn';

const NINE = Date.parse('2026-12-01T09:00:00+01:00');
const { details } = aRequest();

journey('A receptionist finds from any page', () => {
  let browser: Browser;
  let desk: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    browser = await launch();
    desk = await serve({ now: '2026-12-01T08:30:00+01:00' });
    await addStaff(desk);
    for (const [i, name] of ['Олена Коваль', 'Olena Anders', 'Kim Probe'].entries())
      await booked(desk, {
        start: NINE + i * HOUR,
        source: 'phone',
        who: aReceptionist('Rezi'),
        details: { ...details, client: aClient({ name, email: `${i}@client.example` }) },
      });
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  it.each<{ language: StaffLocale; width: number }>([
    { language: 'de', width: 1366 },
    { language: 'en', width: 360 },
  ])('by keys alone: half a name, the second hit, checked in ($language, $width px)', async ({ language, width }) => {
    const { page, looksRight } = await visitor(browser, { javaScript: true, viewport: { width, height: 768 } });
    await signIn(page, desk.origin, language);
    await page.keyboard.press('/');
    await page.keyboard.type('olen');
    const hits = page.locator('.palette__hit');
    await hits.nth(1).waitFor();
    await looksRight('what is found');
    expect(new URL(page.url()).search).not.toContain('olen');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Olena Anders');
    await page.keyboard.press('ArrowUp');
    const first = await desk.storage.bookings.within('expat-desk', { start: NINE, end: NINE + 1 });
    if (first[0]?.status === 'confirmed') {
      await page.keyboard.press('a');
      await page.waitForURL(/done=checked_in/);
      expect(await desk.storage.bookings.find(first[0].id)).toMatchObject({ status: 'checked_in' });
    } else {
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/staff\/bookings\/[\w-]+$/);
    }
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    expect(await page.locator('.palette__results').textContent()).toBe('');
    await page.context().close();
  });
});
