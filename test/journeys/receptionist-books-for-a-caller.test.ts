import type { Browser, Page } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import { loadDeskFile } from '../../src/desks/deskFile';
import { shippedDeskFiles } from '../../src/desks/shippedDesks';
import { randomIds } from '../../src/identity/ids';
import { loadTexts, type StaffLocale } from '../../src/presentation/texts';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { addStaff } from '../support/staff';
import { journey, type Visitor, visitor } from './support/browser';
import { signIn } from './support/signIn';

const texts = loadTexts(VIEWS, { production: false });
const desks = shippedDeskFiles().map((file) => loadDeskFile(file, randomIds));
const NEW = '/staff/expat-desk/bookings/new';

journey('A receptionist books for a caller without mail, the first free time in Arabic', () => {
  let browser: Browser;
  let desk: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    browser = await launch();
    desk = await serve({ desks, now: '2026-11-24T08:30:00+01:00' });
    await addStaff(desk);
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  const rows = async (status: string) =>
    ((await desk.everything()).booking as { status: string; client_name: string; source: string }[]).filter(
      (row) => row.status === status,
    );

  const arrives = async ({ page }: Visitor, language: StaffLocale) => {
    const t = texts.in('staff', language);
    await signIn(page, desk.origin, language);
    await page.goto(desk.origin + NEW);
    return t;
  };
  const isHeld = async (count: number) => {
    for (let i = 0; i < 100 && (await rows('held')).length !== count; i++)
      await new Promise((done) => setTimeout(done, 50));
    expect(await rows('held')).toHaveLength(count);
  };
  const isBooked = async (page: Page, name: string) => {
    await page.waitForURL(/\/slip/);
    expect(await rows('held')).toEqual([]);
    expect((await rows('confirmed')).filter(({ client_name }) => client_name === name)).toHaveLength(1);
    expect(await page.locator('.read-out').last().textContent()).toMatch(/Dienstag, 24\. November, \d+ Uhr/);
  };

  it.each<{ language: StaffLocale; width: number; hasTouch: boolean }>([
    { language: 'de', width: 1366, hasTouch: false },
    { language: 'en', width: 360, hasTouch: true },
  ])('with four inputs by hand, held while typing ($language, $width px)', async ({ language, width, hasTouch }) => {
    const guest = await visitor(browser, { javaScript: true, viewport: { width, height: 768 }, hasTouch });
    const { page, looksRight } = guest;
    const t = await arrives(guest, language);
    await looksRight('new');
    const name = `Layla ${width}`;
    const inputs = [
      () => page.locator('#topic').selectOption('residence'),
      () => page.locator('#language').selectOption('ar'),
      () => page.locator('#name').fill(name),
      () =>
        page
          .locator('#caller-told')
          .getByRole('button', { name: t('staff.newBooking.submit'), exact: true })
          .click(),
    ];
    expect(inputs.length).toBeLessThanOrEqual(4);
    await inputs[0]?.();
    await page.locator('#language option[value="tr"]:not([disabled])').waitFor({ state: 'attached' });
    await page.locator('#language option[value="es"][disabled]').waitFor({ state: 'attached' });
    await inputs[1]?.();
    await page.locator('.slot__input:checked').waitFor({ state: 'attached' });
    expect(await page.locator('#caller-times .slots').first().locator('.slot').count()).toBe(8);
    expect(await page.evaluate('document.activeElement.id')).not.toBe('name');
    await isHeld(0);
    await inputs[2]?.();
    await isHeld(1);
    await page.locator('#caller-held', { hasText: '08:45' }).waitFor();
    await looksRight('held');
    expect(page.url()).not.toContain('Layla');

    // The other language keeps what was typed, and the hold.
    for (const _ of ['there', 'back']) {
      await Promise.all([page.waitForEvent('load'), page.locator('.languages__button').click()]);
      expect(await page.locator('#name').inputValue()).toBe(name);
      expect(await page.locator('#caller-held').textContent()).toContain('08:45');
      await isHeld(1);
    }

    // Another topic keeps what was typed, holds the new time and lets the old one go; leaving gives it back.
    await page.locator('#topic').selectOption('career');
    await page.waitForURL(/topic=career/);
    expect(await page.locator('#name').inputValue()).toBe(name);
    await isHeld(1);
    await page.goto(`${desk.origin}/staff/expat-desk/tasks`);
    await isHeld(0);

    await page.goto(desk.origin + NEW);
    for (const input of inputs) {
      await input();
      if (input === inputs[1]) await page.locator('.slot__input:checked').waitFor({ state: 'attached' });
    }
    await isBooked(page, name);
    await looksRight('slip');
    await page.context().close();
  });

  it('by keys alone', async () => {
    const guest = await visitor(browser, { javaScript: true, viewport: { width: 1366, height: 768 } });
    const { page } = guest;
    await arrives(guest, 'de');
    expect(await page.evaluate('document.activeElement.id')).toBe('topic');
    await page.keyboard.type('Aufenthalt');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Arab');
    await page.locator('.slot__input:checked').waitFor({ state: 'attached' });
    expect(await page.locator('#language').inputValue()).toBe('ar');
    for (let i = 0; i < 12 && (await page.evaluate('document.activeElement.id')) !== 'name'; i++)
      await page.keyboard.press('Tab');
    await page.keyboard.type('Layla Tasten');
    await isHeld(1);
    await page.keyboard.press('Enter');
    await isBooked(page, 'Layla Tasten');
    await page.context().close();
  });

  it('without JavaScript, by two presses', async () => {
    const guest = await visitor(browser, { javaScript: false, viewport: { width: 360, height: 768 } });
    const { page, looksRight } = guest;
    const t = await arrives(guest, 'de');
    await looksRight('new');
    await page.locator('#topic').selectOption('residence');
    await page.locator('#language').selectOption('ar');
    await page.getByRole('button', { name: t('staff.times.show') }).click();
    await looksRight('times');
    await page.locator('#name').fill('Layla Papier');
    await page.locator('#phone').fill('0211 5550100');
    expect(await rows('held')).toEqual([]);
    await page
      .getByRole('button', { name: t('staff.newBooking.submit'), exact: true })
      .last()
      .click();
    await isBooked(page, 'Layla Papier');
    await looksRight('slip');
    await page.context().close();
  });

  it('who is known already: the name is found while it is typed, and nobody is merged silently', async () => {
    const guest = await visitor(browser, { javaScript: true, viewport: { width: 1366, height: 768 } });
    const { page, looksRight } = guest;
    const t = await arrives(guest, 'de');
    await page.locator('#topic').selectOption('residence');
    await page.locator('#language').selectOption('ar');
    await page.locator('.slot__input:checked').waitFor({ state: 'attached' });
    await page.locator('#name').pressSequentially('layla pap');
    const found = page.locator('.namesakes__line', { hasText: 'Layla Papier' });
    await found.waitFor();
    await looksRight('namesakes');
    await found.getByRole('button').click();
    expect(await page.locator('#name').inputValue()).toBe('Layla Papier');
    expect(await page.locator('#phone').inputValue()).toBe('+49 211 5550100');
    await page.locator('#caller-doubts [name="seen"]').waitFor({ state: 'attached' });
    await page
      .locator('#caller-told')
      .getByRole('button', { name: t('staff.newBooking.submit'), exact: true })
      .click();
    await page.waitForURL(/\/slip/);
    expect((await rows('confirmed')).filter(({ client_name }) => client_name === 'Layla Papier')).toHaveLength(2);
    await page.context().close();
  });
});
