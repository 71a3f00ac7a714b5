import type { Browser } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import { loadTexts, type StaffLocale } from '../../src/presentation/texts';
import { launch } from '../support/chromium';
import { type Served, serve } from '../support/listening';
import { aReceiver, verified } from '../support/receiver';
import { addStaff } from '../support/staff';
import { journey, visitor } from './support/browser';
import { signIn } from './support/signIn';

const texts = loadTexts(VIEWS, { production: false });
const ways: { language: StaffLocale; javaScript: boolean; width: number }[] = [
  { language: 'de', javaScript: true, width: 1366 },
  { language: 'en', javaScript: false, width: 360 },
];

journey('A manager who lets another program know what happens', () => {
  let browser: Browser;
  let desk: Served;
  let receiver: Awaited<ReturnType<typeof aReceiver>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    receiver = await aReceiver();
    desk = await serve({ calendarAllow: ['127.0.0.1'], now: Date.now() });
    await addStaff(desk, { role: 'manager' });
  });
  afterEach(async () => {
    await desk?.close();
    await receiver?.close();
  });

  it.each(ways)(
    'enters it, sees its secret once, tries it, and removes it ($language, JavaScript $javaScript, $width px)',
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
      await page.getByRole('link', { name: t('staff.nav.webhooks'), exact: true }).click();
      await page.getByText(t('webhooks.none')).waitFor();
      await looksRight('no programs');

      await page.getByLabel(t('webhooks.address')).fill('http://10.0.0.7/hook');
      await page.getByLabel(t('webhooks.event.booking-attended')).uncheck();
      await press(t('webhooks.add'));
      await page.locator('#error-summary').waitFor();
      await looksRight('an address that is refused');
      await page.getByLabel(t('webhooks.address')).fill(receiver.url);
      await press(t('webhooks.add'));
      const secret = (await page.locator('.secret').textContent())?.trim() ?? '';
      await looksRight('a secret');
      await page.reload();
      expect(await page.locator('.secret').count()).toBe(0);

      await press(t('webhooks.test'));
      await page.getByText(t('webhooks.done.tested')).waitFor();
      await desk.run('sendWebhooks');
      const [message] = receiver.received;
      expect(message && verified(message, secret)).toEqual(message?.body);
      await page.reload();
      await page.getByText(t('webhooks.state.sent'), { exact: true }).waitFor();
      await looksRight('a message that arrived');

      await page.getByRole('link', { name: t('webhooks.withdraw.button') }).click();
      await looksRight('whether it is to be removed');
      await press(t('webhooks.withdraw.submit'));
      await page.getByText(t('webhooks.done.withdrawn')).waitFor();
      expect(await desk.storage.webhooks.list('expat-desk')).toEqual([]);
    },
  );
});
