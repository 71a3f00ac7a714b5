import type { Browser, Page } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import { loadDeskFile } from '../../src/desks/deskFile';
import { shippedDeskFiles } from '../../src/desks/shippedDesks';
import { MINUTE } from '../../src/domain/calendar/interval';
import { randomIds } from '../../src/identity/ids';
import { dayName } from '../../src/presentation/format';
import { CLIENT_LOCALES, type ClientLocale, loadTexts } from '../../src/presentation/texts';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { journey, type Visitor, visitor } from './support/browser';

const texts = loadTexts(VIEWS, { production: false });
const desks = shippedDeskFiles().map((file) => loadDeskFile(file, randomIds));

/** Each language once at least; 320 px are also a window of 1280 px at 400 %. */
const ways: { language: ClientLocale; javaScript: boolean; width: number }[] = [
  { language: 'en', javaScript: true, width: 360 },
  { language: 'ar', javaScript: true, width: 320 },
  { language: 'de', javaScript: false, width: 360 },
  { language: 'fr', javaScript: false, width: 320 },
  { language: 'de', javaScript: true, width: 1180 },
  { language: 'es', javaScript: true, width: 320 },
  { language: 'tr', javaScript: false, width: 320 },
  { language: 'uk', javaScript: true, width: 320 },
  { language: 'ja', javaScript: false, width: 320 },
  { language: 'zh', javaScript: true, width: 320 },
];

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

  it.each(ways)(
    'books, gets the mail, moves and cancels ($language, JavaScript $javaScript, $width px)',
    async ({ language, javaScript, width }) => {
      const t = texts.in('client', language);
      const client = await visitor(browser, { javaScript, viewport: { width, height: 740 }, locale: language });
      const { page, looksRight } = client;

      await page.goto(`${desk.origin}/`);
      await looksRight('the desks');
      await page.getByRole('heading', { name: 'Expat Service Desk' }).getByRole('link').click();
      await looksRight('start');
      await page.getByRole('link', { name: t('booking.start.book') }).click();

      await looksRight('language');
      await page.getByRole('link', { name: '日本語' }).click();
      await looksRight('topic');
      await page.getByRole('link', { name: t('booking.topic.notSure') }).click();
      await looksRight('topics explained');
      await page.getByRole('link', { name: t('common.back') }).click();
      await page.locator('.card__link').first().click();

      await looksRight('time');
      await page.getByRole('link', { name: t('booking.mode.phone.name'), exact: true }).click();
      await page.getByText(t('booking.day.onlySpoken')).click();
      expect(await page.getByRole('checkbox', { name: '日本語' }).count()).toBe(0);
      await page.getByRole('checkbox', { name: 'Deutsch' }).check();
      await page.getByRole('button', { name: t('booking.day.compare') }).click();
      await looksRight('time, compared');
      expect(new URL(page.url()).searchParams.getAll('also')).toEqual(['de']);
      await page.locator('summary.day__link').nth(2).click();
      await page.locator('details.day').nth(2).getByRole('button').nth(1).click();

      await looksRight('details');
      await page.getByLabel(t('booking.details.name'), { exact: true }).fill('Ōta Hanako 太田花子');
      await page.getByLabel(t('booking.details.email'), { exact: true }).fill('hanako, other@client.example');
      await press(page, t('common.continue'));
      await looksRight('details wrong');
      expect(await page.getByRole('alert').textContent()).toContain(t('booking.details.errors.emailWrong'));
      expect(await page.title()).toMatch(new RegExp(`^${t('errors.prefix')}`));
      expect(await page.getByLabel(t('booking.details.name'), { exact: true }).inputValue()).toBe(
        'Ōta Hanako 太田花子',
      );
      expect(await page.getByLabel(t('booking.details.email'), { exact: true }).inputValue()).toBe(
        'hanako, other@client.example',
      );
      const email = `hanako-${language}-${javaScript}@client.example`;
      await page.getByLabel(t('booking.details.email'), { exact: true }).fill(email);
      await page.getByLabel(t('booking.details.phone'), { exact: true }).fill('+81 3-1234-5678');
      await page.locator('summary', { hasText: t('booking.details.privacy') }).click();
      await looksRight('details, with the privacy notice');
      await page.locator('main input[type="date"]').fill('2027-03-01');
      await press(page, t('common.continue'));

      await looksRight('check');
      expect(await page.locator('main').textContent()).toContain(dayName(language, '2027-03-01'));
      expect(await page.locator('main').textContent()).toContain('太田花子');
      await press(page, t('booking.check.book'));
      await looksRight('done');
      const reference = await page.locator('.reference__code').textContent();

      await desk.run('sendOutbox');
      const manage = await linkInMail(client, desk.origin, email);
      await page.goto(manage);
      await looksRight('manage');
      expect(await page.locator('.reference__code').textContent()).toBe(reference);

      await page.getByRole('link', { name: t('booking.overview.move') }).click();
      await looksRight('move: day');
      await page.locator('.day a').nth(4).click();
      await looksRight('move: time');
      await pick(page, -1);
      await press(page, t('booking.move.submit'));
      expect(await page.getByRole('status').first().textContent()).toContain(t('booking.overview.moved'));
      await looksRight('moved');
      await desk.run('sendOutbox');

      await page.getByRole('link', { name: t('booking.overview.cancel'), exact: true }).click();
      await looksRight('cancel');
      await press(page, t('booking.cancel.submit'));
      await looksRight('cancel: nothing chosen');
      await choose(page, t('booking.cancel.choice.none'));
      await press(page, t('booking.cancel.submit'));
      await looksRight('cancelled');
      await press(page, t('booking.restore.undo'));
      expect(await page.getByRole('status').first().textContent()).toContain(t('booking.overview.restored'));
      await looksRight('restored');
      await page.getByRole('link', { name: t('booking.overview.cancel'), exact: true }).click();
      await choose(page, t('booking.cancel.choice.time'));
      await press(page, t('booking.cancel.submit'));
      await page.goto(manage);
      await page.getByRole('link', { name: t('booking.restore.link'), exact: true }).click();
      await looksRight('restore');
      await press(page, t('booking.restore.link'));
      await looksRight('restore: nothing ticked');

      // Of so many changes in a row the last is told, a minute later.
      desk.clock.advance(MINUTE);
      await desk.run('sendOutbox');
      const booking = await desk.storage.bookings.findByReference('expat-desk', reference ?? '');
      expect(booking).toMatchObject({ status: 'cancelled', sequence: 4, client: { email, language } });
      const mails = (await desk.mailbox.list()).filter((mail) => JSON.stringify(mail.to).includes(email));
      expect(mails).toHaveLength(3);
      await page.context().close();
    },
  );

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

  it.each(ways.filter(({ width }) => width < 1000))(
    'asks for an interpreter, then books for two employees and changes it ($language, JavaScript $javaScript, $width px)',
    async ({ language, javaScript, width }) => {
      const t = texts.in('client', language);
      const client = await visitor(browser, {
        javaScript,
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
      await page.fill('#email', `selam-${language}@client.example`);
      await press(page, t('common.continue'));
      await looksRight('check, with an interpreter');
      await press(page, t('booking.interpreter.ask'));
      await looksRight('requested');
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(t('booking.interpreter.done'));

      await page.goto(`${desk.origin}/${language}/expat-desk/book/time?language=en&topic=employers&mode=video`);
      await page.locator('.first button').click();
      await page.fill('#name', 'Hanna Personal');
      await page.fill('#email', `hr-${language}@werk.example`);
      await page.locator('label[for="for-others"]').click();
      await page.fill('#organisation', 'Werk GmbH');
      await page.fill('#personName', 'Ada Beispiel');
      await page.fill('#personEmail', `ada-${language}@werk.example`);
      await page.getByText(t('booking.details.anotherPerson'), { exact: true }).first().click();
      await page.fill('#person2Name', 'Bo Muster');
      await looksRight('details of employees');
      await press(page, t('common.continue'));
      await press(page, t('booking.check.book'));
      await looksRight('booked for employees');

      await page.getByRole('link', { name: t('booking.done.correct') }).click();
      await looksRight('change');
      await page.fill('#email', `personnel-${language}@werk.example`);
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

  it.each([
    { width: 1180, height: 740 },
    { width: 320, height: 256 },
  ])('books by keyboard alone, and always sees where the focus is ($width × $height)', async (viewport) => {
    // Without soft scrolling, which would still be on its way to what has the focus.
    const { page } = await visitor(browser, { javaScript: true, viewport, reducedMotion: 'reduce' });
    await page.goto(`${desk.origin}/en/expat-desk`);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toContain('Skip to content');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Book a consultation');
    await page.keyboard.press('Enter');
    await page.waitForURL(/language/);
    await tabToCard(page);
    await page.keyboard.press('Enter');
    await page.waitForURL(/topic/);
    await tabToCard(page);
    await page.keyboard.press('Enter');
    await page.waitForURL(/time/);
    await tabTo(page, 'Take this time');
    await page.keyboard.press('Enter');
    await page.waitForURL(/details/);
    await tabToField(page, 'name');
    await page.keyboard.type('Kim Probe');
    await tabToField(page, 'email');
    await page.keyboard.type(`keys-${viewport.width}@client.example`);
    await tabTo(page, 'Continue');
    await page.keyboard.press('Enter');
    await page.waitForURL(/check/);
    await tabTo(page, 'Book the consultation');
    await page.keyboard.press('Enter');
    await page.waitForURL(/done/);
    await page.context().close();
  });
});

/** The button of the page's form. */
async function press(page: Page, name: string): Promise<void> {
  await page.locator('main').getByRole('button', { name }).last().click();
}

/** An answer in its tile, pressed where a person presses it. */
async function choose(page: Page, text: string): Promise<void> {
  await page.locator('label', { hasText: text }).first().click();
}

/**
 * One of the page's answers, by its place; -1 is the last. In a tile the label covers its radio button, so the place is
 * pressed; the page would scroll softly to it, and be elsewhere by then.
 */
async function pick(page: Page, place: number): Promise<void> {
  const radio = page.getByRole('radio').nth(place);
  await radio.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
  await radio.check({ force: true });
}

/** The manage link, as the client finds it in the embedded mailbox. */
async function linkInMail({ page, looksRight }: Visitor, origin: string, email: string): Promise<string> {
  await page.goto(`${origin}/dev/mailbox`);
  await looksRight('mailbox');
  await page.locator('li, tr', { hasText: email }).locator('a').first().click();
  await looksRight('mail');
  const text = await page.locator('main').textContent();
  const link = new RegExp(`${origin}/b/[\\w-]+`).exec(text ?? '')?.[0];
  if (!link) throw new Error('no manage link in the mail');
  return link;
}

async function focused(page: Page): Promise<string> {
  return String(
    await page.evaluate(
      '(document.activeElement?.innerText || document.activeElement?.getAttribute("aria-label") || "").trim()',
    ),
  );
}

const MOST_TABS = 60;

/** Tabs on until the focus is on the element of this text, and sees that the focus is drawn. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let i = 0; i < MOST_TABS; i++) {
    await page.keyboard.press('Tab');
    if ((await focused(page)).startsWith(text)) return expectVisibleFocus(page);
  }
  throw new Error(`not reached by Tab: ${text}`);
}

/** Tabs on until the focus is on the first card that leads on. */
async function tabToCard(page: Page): Promise<void> {
  for (let i = 0; i < MOST_TABS; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate('document.activeElement.matches(".card__link")')) return expectVisibleFocus(page);
  }
  throw new Error('no card was reached by Tab');
}

async function tabToField(page: Page, id: string): Promise<void> {
  for (let i = 0; i < MOST_TABS; i++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate('document.activeElement?.id')) === id) return expectVisibleFocus(page);
  }
  throw new Error(`not reached by Tab: #${id}`);
}

/** The focus is drawn, and nothing that sticks to the window covers what has it (WCAG 2.4.7, 2.4.11). */
async function expectVisibleFocus(page: Page): Promise<void> {
  const [drawn, covered] = await page.evaluate<[boolean, string | null]>(`(() => {
    const focused = document.activeElement;
    // A card is outlined as a whole.
    const style = getComputedStyle(focused.closest('.card') ?? focused);
    const drawn = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    const { left, top, width, height } = focused.getBoundingClientRect();
    const seen = document.elementFromPoint(left + width / 2, top + height / 2);
    return [drawn, focused.contains(seen) || seen?.contains(focused) ? null : seen ? seen.outerHTML.slice(0, 100) : 'out of sight'];
  })()`);
  expect([drawn, covered]).toEqual([true, null]);
}
