import type { Browser } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import { loadTexts, type StaffLocale } from '../../src/presentation/texts';
import { aClient, aReceptionist } from '../support/builders';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { addStaff } from '../support/staff';
import { aSmallDesk, aWish } from '../support/waiting';
import { journey, visitor } from './support/browser';
import { signIn } from './support/signIn';

const texts = loadTexts(VIEWS, { production: false });

journey('Somebody on the waiting list', () => {
  let browser: Browser;
  let desk: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    desk = await serve({ desks: [aSmallDesk()] });
    await addStaff(desk);
    const waits = (name: string, email: string | null, wish: Partial<ReturnType<typeof aWish>>) =>
      desk.app.joinWaitingList({
        ...{ deskId: 'expat-desk', who: aReceptionist(), wish: aWish(wish) },
        client: aClient({ name, email, phone: '+492115550100' }),
      });
    // The first fits and is kept; the others wish for what there is not.
    await waits('Ana Wartend', null, {});
    await waits('Bo Wartend', 'bo@client.example', { deadline: '2026-11-27', before: '08:00' });
    await waits('Cleo Wartend', null, { weekdays: ['MO', 'WE'], after: '13:00' });
  });
  afterEach(() => desk?.close());

  it.each<{ language: StaffLocale; width: number; javaScript: boolean }>([
    { language: 'de', width: 1366, javaScript: true },
    { language: 'en', width: 360, javaScript: false },
  ])(
    'is phoned and booked, taken off and put back ($language, $width px, JavaScript $javaScript)',
    async ({ language, width, javaScript }) => {
      const t = texts.in('staff', language);
      const { page, looksRight } = await visitor(browser, {
        javaScript,
        viewport: { width, height: 768 },
        locale: language,
      });
      await signIn(page, desk.origin, language);
      await page.getByRole('link', { name: t('staff.nav.tasks') }).click();
      await page.waitForURL(/\/tasks/);
      await looksRight('the tasks');
      await page.getByRole('link', { name: t('staff.tasks.waitingListLabel', { name: 'Ana Wartend' }) }).click();
      await page.waitForURL(/\/waiting-list/);
      await looksRight('the waiting list, with the entry to call');
      const about = {
        name: new RegExp(t('staff.waitingList.label', { deed: t('staff.waitingList.leave'), when: 'Ana' })),
      };
      await page.getByRole('button', about).click();
      await page.getByText(t('staff.waitingList.done.left')).waitFor();
      await looksRight('taken off');
      await page.getByRole('button', { name: t('staff.action.undo') }).click();
      await page.getByText(t('staff.waitingList.done.back')).waitFor();
      await page.getByRole('button', { name: t('staff.waitingList.bookOffered') }).click();
      await page.waitForURL(/\/slip/);

      await page.getByRole('link', { name: t('staff.nav.waiting') }).click();
      const open = page.getByRole('link', { name: `${t('staff.waitingList.open')}: Bo Wartend` });
      await open.click();
      await looksRight('what is not as wished for');
      await page
        .getByRole('button', { name: new RegExp(`^${t('staff.waitingList.offer')}`) })
        .first()
        .click();
      await page.getByText(t('staff.waitingList.done.offered')).waitFor();
      await page.context().close();
    },
  );
});
