import type { Browser } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import { loadTexts, type StaffLocale } from '../../src/presentation/texts';
import { booked } from '../support/bookings';
import { aReceptionist } from '../support/builders';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { addStaff } from '../support/staff';
import { journey, visitor } from './support/browser';
import { signIn } from './support/signIn';

const texts = loadTexts(VIEWS, { production: false });

journey('Somebody who comes without an appointment', () => {
  let browser: Browser;
  let desk: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    desk = await serve({ now: '2026-11-24T08:30:00+01:00' });
    const { id } = await booked(desk, { start: Date.parse('2026-12-01T09:30:00+01:00') });
    desk.clock.set('2026-12-01T09:00:00+01:00');
    await addStaff(desk);
    await addStaff(desk, { role: 'advisor', advisorId: 'a2' });
    await desk.app.recordAttendance({ bookingId: id, what: 'check-in', who: aReceptionist('Rezi') });
  });
  afterEach(() => desk?.close());

  it.each<{ language: StaffLocale; width: number; javaScript: boolean }>([
    { language: 'de', width: 1366, javaScript: true },
    { language: 'en', width: 360, javaScript: false },
  ])(
    'gets a number, sees on the phone when it is their turn, and is called ($language, $width px, JavaScript $javaScript)',
    async ({ language, width, javaScript }) => {
      const t = texts.in('staff', language);
      const viewport = { width, height: 768 };
      const { page, looksRight } = await visitor(browser, { javaScript, viewport, locale: language });
      const isThere = (text: string) => page.getByText(text, { exact: false }).first().waitFor();
      await signIn(page, desk.origin, language);
      await page.getByRole('link', { name: t('staff.nav.queue') }).click();
      await page.waitForURL(/\/queue/);
      await looksRight('the waiting room');
      await page.locator('#topic').selectOption('residence');
      await page.locator('#language').selectOption('en');
      await page.locator('#name').fill('Ola Wartend');
      await page.getByRole('button', { name: t('staff.queue.add.submit') }).click();
      await isThere(t('staff.queue.add.done', { number: 'W1', position: 2, time: '09:00' }));
      await looksRight('two people wait');

      const ticket = page.getByRole('link', { name: t('staff.queue.ticketLabel', { number: 'W1' }) });
      const href = (await ticket.getAttribute('href')) ?? '';
      const phone = await visitor(browser, { javaScript: false, viewport: { width: 360, height: 640 }, locale: 'en' });
      await phone.page.goto(desk.origin + href);
      await phone.looksRight('the ticket');
      const read = async () => (await phone.page.locator('main').textContent()) ?? '';
      expect(await read()).toMatch(
        /W1\s+Please wait\.\s+One person is before you\.\s+It is your turn at about 09:00\./,
      );
      expect(await read()).not.toContain('Ola');

      const advisor = await visitor(browser, { javaScript, viewport, locale: language });
      await signIn(advisor.page, desk.origin, language, 'advisor');
      await advisor.page.goto(`${desk.origin}/staff/expat-desk/queue`);
      await advisor.page.getByRole('button', { name: t('staff.queue.next.submit') }).click();
      await advisor.page.getByText(t('staff.queue.did.called', { number: 'W1' })).waitFor();
      await advisor.looksRight('somebody is called');
      await phone.page.reload();
      expect(await read()).toMatch(/W1\s+Please come now\./);
      await phone.looksRight('called');

      if (javaScript) await isThere(t('staff.queue.state.called'));
      else await page.reload();
      const step = (name: string) => t('staff.queue.stepLabel', { step: t(`staff.queue.step.${name}`), number: 'W1' });
      await page.getByRole('button', { name: step('miss') }).click();
      await isThere(t('staff.queue.did.waiting', { number: 'W1' }));
      await page.getByRole('button', { name: step('undo') }).click();
      await isThere(t('staff.queue.did.called', { number: 'W1' }));

      const screen = await visitor(browser, { javaScript: false, viewport: { width: 1366, height: 768 } });
      await page.getByRole('link', { name: t('staff.queue.screen') }).click();
      await page.waitForURL(/\/screen\//);
      await screen.page.goto(page.url());
      await screen.looksRight('the screen of the room');
      expect(await screen.page.locator('main').textContent()).toMatch(/W1/);
      for (const each of [page, phone.page, advisor.page, screen.page]) await each.context().close();
    },
  );
});
