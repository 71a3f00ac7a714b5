import type { Browser } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import { loadTexts, type StaffLocale } from '../../src/presentation/texts';
import { booked } from '../support/bookings';
import { launch } from '../support/chromium';
import { type Served, serve } from '../support/listening';
import { addStaff } from '../support/staff';
import { journey, visitor } from './support/browser';
import { signIn } from './support/signIn';

const texts = loadTexts(VIEWS, { production: false });
const ways: { language: StaffLocale; javaScript: boolean; width: number; kept: string }[] = [
  { language: 'de', javaScript: true, width: 1366, kept: 'Heiligabend' },
  { language: 'en', javaScript: false, width: 360, kept: 'Christmas Eve' },
];

journey('A manager who closes the desk on a day', () => {
  let browser: Browser;
  let desk: Served;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    desk = await serve();
    await addStaff(desk, { role: 'manager' });
    await booked(desk);
  });
  afterEach(() => desk?.close());
  const entries = () => desk.storage.desks.exceptions('expat-desk');

  it.each(ways)(
    'sees what that changes, enters it, and takes it back ($language, JavaScript $javaScript, $width px)',
    async ({ language, javaScript, width, kept }) => {
      const t = texts.in('staff', language);
      const { page, looksRight } = await visitor(browser, {
        javaScript,
        viewport: { width, height: 768 },
        locale: language,
      });
      const press = (name: string) => page.locator('main').getByRole('button', { name, exact: true }).click();
      await signIn(page, desk.origin, language, 'manager');
      await page.getByRole('link', { name: t('staff.nav.kept'), exact: true }).click();
      await page.getByRole('link', { name: t('staff.nav.hours'), exact: true }).click();
      await page.getByText(t('staff.hours.offered')).click();
      await looksRight('the hours');

      await page.locator('details .card').filter({ hasText: kept }).getByRole('button').press('Enter');
      await page.getByText(t('staff.hours.preview')).waitFor();
      await looksRight('what Christmas Eve would change');
      await press(t('staff.hours.enter'));
      await page.getByText(t('staff.hours.done.entered')).waitFor();
      await looksRight('entered');
      expect(await entries()).toHaveLength(1);
      await press(t('staff.action.undo'));
      await page.getByText(t('staff.hours.done.withdrawn')).waitFor();
      expect(await entries()).toEqual([]);

      await page.fill('#from', '2026-12-01');
      await press(t('staff.hours.show'));
      await page.locator('#error-summary').waitFor();
      await looksRight('no reason');
      expect(await page.inputValue('#from')).toBe('2026-12-01');
      await page.fill('#reasonDe', 'Umzug');
      await page.fill('#reasonEn', 'Moving');
      await press(t('staff.hours.show'));
      await page.getByText('Kim Probe').waitFor();
      await looksRight('who would lose their place');
      await press(t('staff.hours.enter'));
      await page.getByRole('link', { name: t('staff.hours.withdraw') }).click();
      await page.waitForURL(/hours\/.+/);
      await looksRight('before it is withdrawn');
      await press(t('staff.withdrawHours.submit'));
      await page.getByText(t('staff.hours.done.withdrawn')).waitFor();
      expect(await entries()).toEqual([]);
    },
  );
});
