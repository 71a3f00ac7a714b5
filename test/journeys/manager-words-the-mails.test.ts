import type { Browser } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import { languageName, ownName } from '../../src/presentation/format';
import { loadTexts, type StaffLocale } from '../../src/presentation/texts';
import { launch } from '../support/chromium';
import { type Served, serve } from '../support/listening';
import { addStaff } from '../support/staff';
import { journey, visitor } from './support/browser';
import { signIn } from './support/signIn';

const texts = loadTexts(VIEWS, { production: false });
const KEY = 'mail.booked.subject';
const ways: { language: StaffLocale; javaScript: boolean; width: number }[] = [
  { language: 'de', javaScript: true, width: 1366 },
  { language: 'en', javaScript: false, width: 360 },
];

journey('A manager who words the mails of the desk', () => {
  let browser: Browser;
  let desk: Served;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    desk = await serve();
    await addStaff(desk, { role: 'manager' });
  });
  afterEach(() => desk?.close());
  const own = async () => (await desk.storage.desks.find('expat-desk'))?.ownTexts;

  it.each(ways)(
    'is helped with a placeholder, sees the mail before it is saved, and takes it back ($language, JavaScript $javaScript, $width px)',
    async ({ language, javaScript, width }) => {
      const t = texts.in('staff', language);
      const { page, looksRight } = await visitor(browser, {
        javaScript,
        viewport: { width, height: 768 },
        locale: language,
      });
      const press = (name: string) => page.locator('main').getByRole('button', { name, exact: true }).click();
      await signIn(page, desk.origin, language, 'manager');
      await page.getByRole('link', { name: t('staff.nav.kept'), exact: true }).click();
      await page.getByRole('link', { name: t('staff.nav.texts'), exact: true }).click();
      await looksRight('the texts');
      await page
        .locator('main')
        .getByRole('link', { name: ownName('uk'), exact: true })
        .click();
      await page.locator(`[id="${KEY}"] a`).click();
      await page.getByText(languageName(language, 'uk')).waitFor();
      await looksRight('a text in Ukrainian');

      await page.fill('#wording', 'Зустріч {{коли}}');
      await press(t('staff.text.save'));
      await page.locator('#error-summary').waitFor();
      await looksRight('a broken placeholder');
      expect(await page.inputValue('#wording')).toBe('Зустріч {{коли}}');

      await page.fill('#wording', 'До зустрічі {{when}}');
      await press(t('staff.text.preview'));
      await page.getByText(t('staff.text.tried')).waitFor();
      expect(await page.locator('.text-envelope').textContent()).toContain('До зустрічі вівторок, 1 грудня 2026');
      expect(await page.frameLocator('iframe').locator('h1').textContent()).not.toBe('');
      expect(await own()).toBeUndefined();
      await looksRight('the mail as it would be');

      await press(t('staff.text.trial'));
      await page.getByText(t('staff.text.trialSent')).waitFor();
      await looksRight('the test mail is on its way');
      await desk.run('sendOutbox');
      expect((await desk.mailbox.list()).map(({ subject }) => subject)).toEqual([
        expect.stringMatching(/^\[Testmail\] До зустрічі/),
      ]);

      await press(t('staff.text.save'));
      await page.getByText(t('staff.text.done.save')).waitFor();
      expect(await own()).toEqual({ [KEY]: { uk: 'До зустрічі {{when}}' } });
      await looksRight('saved');
      await press(t('staff.text.takeBack.programs'));
      await page.getByText(t('staff.text.done.program')).waitFor();
      expect(await own()).toBeUndefined();
      await press(t('staff.text.bringBack'));
      await page.getByText(t('staff.text.done.before')).waitFor();
      expect(await own()).toEqual({ [KEY]: { uk: 'До зустрічі {{when}}' } });
    },
  );
});
