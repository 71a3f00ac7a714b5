import type { Browser } from 'playwright-core';
import { CLIENT_LOCALES } from '../../src/presentation/texts';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { journey, visitor } from './support/browser';
import { desks, press, texts, ways } from './support/clientWays';

journey('A client', () => {
  let browser: Browser;
  let desk: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    browser = await launch();
    desk = await serve({ desks, now: '2026-11-23T10:00:00+01:00' });
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  it('reads each desk and what stands about it at 320 px without scrolling sideways', async () => {
    const { page, looksRight } = await visitor(browser, { javaScript: true, viewport: { width: 320, height: 640 } });
    for (const { id } of desks)
      for (const path of ['', '/find-booking', '/about/privacy', '/about/accessibility', '/about/imprint']) {
        await page.goto(`${desk.origin}/de/${id}${path}`);
        await looksRight(`${id}${path}`);
      }
    await page.close();
  });

  it('keeps page and answers when the language of the page changes', async () => {
    const { page } = await visitor(browser, { javaScript: false });
    await page.goto(`${desk.origin}/en/expat-desk/book/time?language=en&topic=residence`);
    await page.locator('.languages summary').click();
    await page.getByRole('link', { name: 'Deutsch', exact: true }).click();
    expect(new URL(page.url()).pathname).toBe('/de/expat-desk/book/time');
    expect(new URL(page.url()).search).toBe('?language=en&topic=residence');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await page.context().close();
  });

  it.each([
    { timezoneId: 'America/New_York', ownTimes: ['Where you are: 03:00'] },
    { timezoneId: 'Pacific/Kiritimati', ownTimes: ['Where you are: 22:00'] },
    { timezoneId: 'Europe/Paris', ownTimes: [] },
  ])(
    'sees beside the desk’s time what the clock says where they are ($timezoneId)',
    async ({ timezoneId, ownTimes }) => {
      const { page, looksRight } = await visitor(browser, { javaScript: true, timezoneId, axe: false });
      await page.goto(`${desk.origin}/en/expat-desk/book/time?language=en&topic=residence&mode=phone&date=2026-11-25`);
      await looksRight('time');
      const nine = page.locator('button.time__label', { hasText: '09:00' }).first();
      expect(await nine.locator('.own-time').allTextContents()).toEqual(ownTimes);
      await page.context().close();
    },
  );

  it('finds the topic by a word of their own language', async () => {
    const { page, looksRight } = await visitor(browser, { javaScript: false, viewport: { width: 320, height: 640 } });
    await page.goto(`${desk.origin}/?lang=tr`);
    await page.locator('#q').fill('anaokulu');
    await page.getByRole('button', { name: texts.in('client', 'tr')('booking.deskList.submit') }).click();
    await looksRight('found');
    expect(await page.locator('#q').inputValue()).toBe('anaokulu');
    await page.locator('#found ~ .cards .card__link').first().click();
    expect(new URL(page.url()).pathname).toBe('/tr/expat-desk/book/language');
    expect(new URL(page.url()).searchParams.get('topic')).toBe('childcare');
    await page.context().close();
  });

  it.each(CLIENT_LOCALES)('needs few pages and taps on a small phone, each within reach (%s)', async (language) => {
    const { page } = await visitor(browser, {
      javaScript: false,
      axe: false,
      viewport: { width: 360, height: 640 },
      locale: language,
    });
    let taps = 0;
    const tap = async (selector: string) => {
      const button = page.locator(selector).first();
      const box = await button.boundingBox();
      // Whole on the first screen, at the height of a finger.
      expect(box && box.y >= 0 && box.y + Math.min(box.height, 44) <= 640).toBe(true);
      taps++;
      await button.click();
    };
    const pages: string[] = [];
    page.on('framenavigated', () => pages.push(new URL(page.url()).pathname));
    await page.goto(`${desk.origin}/${language}/expat-desk`);
    pages.length = 0;
    await page.locator('main .kern-btn--primary').first().scrollIntoViewIfNeeded();
    await tap('main .kern-btn--primary');
    await tap('.card__link');
    await tap('.card__link');
    await tap('.first button');
    await page.fill('#name', 'Kim Probe');
    await page.fill('#email', `few-${language}@client.example`);
    await page.evaluate('scrollTo(0, 0)').catch(() => undefined);
    await tap('.actions--stick button');
    await tap('.actions--stick button');
    await page.waitForSelector('.reference__code');
    expect([pages.length, taps]).toEqual([6, 6]);
    await page.context().close();
  });

  it('is led by where they live and what they say to the form for their family', async () => {
    const { page, looksRight } = await visitor(browser, { javaScript: false, viewport: { width: 320, height: 640 } });
    await page.goto(`${desk.origin}/?lang=uk`);
    await page.fill('#place', '42103');
    await page.locator('#place').press('Enter');
    await looksRight('the desks of a postcode');
    expect(await page.locator('main').textContent()).not.toContain('Expat Service Desk');
    await page.getByRole('link', { name: texts.in('client', 'uk')('booking.deskList.who.family') }).click();
    await page.getByRole('link', { name: 'Шукаю роботу' }).click();
    expect(new URL(page.url()).pathname).toBe('/uk/wuppertal/book/language');
    await page.locator('.card__link').first().click();
    await page.locator('.first button').click();
    expect(await page.locator('#for-family').isChecked()).toBe(true);
    await page.context().close();
  });

  it.each(ways.filter(({ width }) => width < 1000))(
    'asks for an interpreter, then books for two employees and changes it ($language, JavaScript $javaScript, $width px)',
    async ({ language, javaScript, width, axe }) => {
      const t = texts.in('client', language);
      const client = await visitor(browser, {
        ...{ javaScript, axe },
        viewport: { width, height: 640 },
        locale: language,
      });
      const { page, looksRight } = client;
      await page.goto(`${desk.origin}/${language}/expat-desk/book/language`);
      await page.getByText(t('booking.interpreter.another'), { exact: true }).click();
      await page.selectOption('#language', 'ti');
      await looksRight('another language');
      await page.getByRole('button', { name: t('common.continue') }).click();
      await page.locator('.card__link').first().click();
      await looksRight('time, with an interpreter');
      await page.locator('.first button').click();
      await page.fill('#name', 'Selam Probe');
      await page.fill('#email', `selam-${language}-${javaScript}@client.example`);
      await press(page, t('common.continue'));
      await looksRight('check, with an interpreter');
      await press(page, t('booking.interpreter.ask'));
      await looksRight('requested');
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(t('booking.interpreter.done'));

      await page.goto(`${desk.origin}/${language}/expat-desk/book/time?language=en&topic=employers&mode=video`);
      await page.locator('.first button').click();
      await page.fill('#name', 'Hanna Personal');
      await page.fill('#email', `hr-${language}-${javaScript}@werk.example`);
      await page.locator('label[for="for-others"]').click();
      await page.fill('#organisation', 'Werk GmbH');
      await page.fill('#personName', 'Ada Beispiel');
      await page.fill('#personEmail', `ada-${language}-${javaScript}@werk.example`);
      await page.getByText(t('booking.details.anotherPerson'), { exact: true }).first().click();
      await page.fill('#person2Name', 'Bo Muster');
      await looksRight('details of employees');
      await press(page, t('common.continue'));
      await press(page, t('booking.check.book'));
      await looksRight('booked for employees');

      await page.getByRole('link', { name: t('booking.done.correct') }).click();
      await looksRight('change');
      await page.fill('#email', `personnel-${language}-${javaScript}@werk.example`);
      await press(page, t('booking.change.submit'));
      expect(await page.getByRole('status').first().textContent()).toContain(t('booking.overview.corrected'));
      await page.getByRole('link', { name: t('booking.data.title'), exact: true }).click();
      await looksRight('data');
      await page.locator('label[for="erase"]').click();
      await press(page, t('booking.data.erase'));
      expect(await page.getByRole('status').first().textContent()).toContain(t('booking.data.erased'));
      await page.context().close();
    },
  );
});
