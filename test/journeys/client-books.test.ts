import type { Browser, Page } from 'playwright-core';
import { MINUTE } from '../../src/domain/calendar/interval';
import { dayName } from '../../src/presentation/format';
import { CLIENT_LOCALES, type ClientLocale } from '../../src/presentation/texts';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { journey, type Visitor, visitor } from './support/browser';
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

  it.each(ways)(
    'books, gets the mail, moves and cancels ($language, JavaScript $javaScript, $width px)',
    async ({ language, javaScript, width, axe }) => {
      const t = texts.in('client', language);
      const client = await visitor(browser, { javaScript, axe, viewport: { width, height: 740 }, locale: language });
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
      const email = `hanako-${language}-${javaScript}-${width}@client.example`;
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

  it.each([
    { language: 'en' as ClientLocale, width: 1180, height: 740 },
    ...CLIENT_LOCALES.map((language) => ({ language, width: 320, height: 256 })),
  ])(
    'books, moves, cancels and undoes by keyboard alone, and always sees where the focus is ($language, $width × $height)',
    async ({ language, ...viewport }) => {
      const t = texts.in('client', language);
      // Without soft scrolling, which would still be on its way to what has the focus.
      const { page } = await visitor(browser, {
        ...{ javaScript: true, axe: false, locale: language },
        ...{ viewport, reducedMotion: 'reduce' },
      });
      const enter = async (text: string, to: RegExp) => {
        await tabTo(page, text);
        await page.keyboard.press('Enter');
        await page.waitForURL(to);
      };
      const enterFirst = async (selector: string, to: RegExp) => {
        await tabToFirst(page, selector);
        await page.keyboard.press('Enter');
        await page.waitForURL(to);
      };
      await page.goto(`${desk.origin}/${language}/expat-desk`);
      await page.keyboard.press('Tab');
      expect(await focused(page)).toContain(t('common.skip'));
      await page.keyboard.press('Enter');
      await enter(t('booking.start.book'), /language/);
      await enterFirst('.card__link', /topic/);
      await enterFirst('.card__link', /time/);
      await enter(t('booking.day.take'), /details/);
      await tabToFirst(page, '#name');
      await page.keyboard.type('Kim Probe');
      await tabToFirst(page, '#email');
      await page.keyboard.type(`keys-${language}-${viewport.width}@client.example`);
      await enter(t('common.continue'), /check/);
      await enter(t('booking.check.book'), /done/);
      await enter(t('booking.done.manage'), /\/b\//);
      await enter(t('booking.overview.move'), /move/);
      await enterFirst('.day a', /date=/);
      await tabToFirst(page, '[name="start"]');
      await page.keyboard.press('Space');
      await enter(t('booking.move.submit'), /moved/);
      await enter(t('booking.overview.cancel'), /cancel/);
      await tabToFirst(page, '[name="why"]');
      await page.keyboard.press('Space');
      await enter(t('booking.cancel.submit'), /cancelled/);
      await enter(t('booking.restore.undo'), /restored/);
      await page.context().close();
    },
  );
});

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

/** Tabs on until the focus is on something that the selector means. */
async function tabToFirst(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < MOST_TABS; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(`document.activeElement.matches('${selector}')`)) return expectVisibleFocus(page);
  }
  throw new Error(`not reached by Tab: ${selector}`);
}

/** The focus is drawn, and nothing that sticks to the window covers what has it (WCAG 2.4.7, 2.4.11). */
async function expectVisibleFocus(page: Page): Promise<void> {
  const [drawn, covered] = await page.evaluate<[boolean, string | null]>(`(() => {
    const focused = document.activeElement;
    // A card and a tile are outlined as a whole, and a tile's label lies over its radio button.
    const style = getComputedStyle(focused.closest('.card, .tile') ?? focused);
    const drawn = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    const { left, top, width, height } = focused.getBoundingClientRect();
    const seen = document.elementFromPoint(left + width / 2, top + height / 2);
    return [drawn, focused.contains(seen) || seen?.contains(focused) || seen?.closest('label')?.control === focused ? null : seen ? seen.outerHTML.slice(0, 100) : 'out of sight'];
  })()`);
  expect([drawn, covered]).toEqual([true, null]);
}
