import type { Browser, Locator } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import { HOUR } from '../../src/domain/calendar/interval';
import { loadTexts, type StaffLocale } from '../../src/presentation/texts';
import { aRequest, booked } from '../support/bookings';
import { aClient, aDesk } from '../support/builders';
import { launch } from '../support/chromium';
import { type Served, serve } from '../support/listening';
import { addStaff } from '../support/staff';
import { journey, visitor } from './support/browser';
import { signIn } from './support/signIn';

const texts = loadTexts(VIEWS, { production: false });
const NINE = Date.parse('2026-12-01T09:00:00+01:00');
const { query, details } = aRequest();
const NOTE = 'Is there parking nearby?';

const ways: { language: StaffLocale; javaScript: boolean; width: number; by: 'touch' | 'keys' | 'mouse' }[] = [
  { language: 'de', javaScript: true, width: 360, by: 'touch' },
  { language: 'en', javaScript: true, width: 1366, by: 'keys' },
  { language: 'en', javaScript: false, width: 360, by: 'mouse' },
];

journey('An advisor', () => {
  let browser: Browser;
  let desk: Served;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    desk = await serve({ now: '2026-12-01T06:30:00+01:00', desks: [aDesk()] });
    await addStaff(desk, { role: 'advisor', advisorId: 'a1' });
    await visit('Kim Probe', 0, { note: NOTE, attendees: 3 });
    await visit('Noor Muster', 5, {}, 'phone');
    desk.clock.set('2026-12-01T08:55:00+01:00');
  });
  afterEach(() => desk?.close());

  /** Books with the advisor, so many hours after nine. */
  const visit = (
    name: string,
    hours: number,
    part: Partial<typeof details> = {},
    mode: 'in_person' | 'phone' = 'in_person',
  ) =>
    booked(desk, {
      start: NINE + hours * HOUR,
      query: { ...query, mode, advisorId: 'a1' },
      details: { ...details, ...part, client: aClient({ name, phone: '+493023125001' }) },
      who: { kind: 'system' },
    });

  it.each(ways)(
    'goes through the day: sees who is next, calls them in, blocks an hour, falls ill at noon, prints ($language, JavaScript $javaScript, $width px, by $by)',
    async ({ language, javaScript, width, by }) => {
      const t = texts.in('staff', language);
      const { page, looksRight } = await visitor(browser, {
        javaScript,
        viewport: { width, height: 740 },
        locale: language,
        hasTouch: by === 'touch',
      });
      const press = async (target: Locator) => {
        if (by === 'touch') return target.tap();
        if (by === 'mouse') return target.click();
        await target.focus();
        await page.keyboard.press('Enter');
      };
      const main = page.locator('main');
      const says = (text: string) => main.getByText(text, { exact: false }).first().waitFor();
      const deed = (key: string) => main.getByRole('button', { name: `${t(key)}: Kim Probe` }).first();

      await signIn(page, desk.origin, language, 'advisor');
      expect(new URL(page.url()).pathname).toBe('/staff/expat-desk/my-day');
      await says(NOTE);
      await looksRight('my day');

      if (javaScript) {
        // What reception enters appears, and the focus stays where it is.
        const button = deed('staff.action.check-in');
        await button.focus();
        await visit('Lea Beispiel', 2);
        await says('Lea Beispiel');
        expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toContain('Kim Probe');
      }

      await press(deed('staff.action.check-in'));
      await says(t('staff.board.did.checked_in'));
      await press(deed('staff.queue.step.call'));
      await says(t('staff.board.did.called'));
      await press(deed('staff.queue.step.start'));
      await says(t('myDay.top.now'));
      await looksRight('in consultation');
      desk.clock.set('2026-12-01T09:25:00+01:00');
      await page.goto(page.url().split('?')[0] ?? '');
      await press(deed('staff.board.deed.complete'));
      await says(t('staff.board.did.completed'));

      await press(
        main.getByRole('button', { name: t('myDay.blockLabel', { span: javaScript ? '09:30–11:00' : '09:30–14:00' }) }),
      );
      await page.waitForURL(/done=blocked/);
      await looksRight('blocked');
      await press(main.getByRole('button', { name: t('staff.action.undo'), exact: true }));
      await page.waitForURL(/done=unblocked/);

      desk.clock.set('2026-12-01T10:50:00+01:00');
      await page.goto(`${desk.origin}/staff/expat-desk/my-day?view=week`);
      await looksRight('week');
      await page.goto(`${desk.origin}/staff/expat-desk/my-day?view=list`);
      await looksRight('list');

      desk.clock.set('2026-12-01T12:00:00+01:00');
      await page.goto(`${desk.origin}/staff/expat-desk/my-day`);
      await press(main.getByRole('link', { name: t('myDay.print'), exact: true }));
      await page.waitForURL(/\/print$/);
      await looksRight('print');
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.masthead').isVisible()).toBe(false);
      expect(await page.locator('.my-paper__item').count()).toBe(javaScript ? 3 : 2);
      await page.emulateMedia({ media: 'screen' });

      // Two presses, and the second says first what becomes of the appointments.
      await page.goto(`${desk.origin}/staff/expat-desk/my-day`);
      await press(main.getByRole('button', { name: t('myDay.absence.sick', { until: '17:00' }) }));
      await page.waitForURL(/\/plans\//);
      await says('Noor Muster');
      await looksRight('plan');
      await press(main.getByRole('button', { name: t('staff.plan.submit') }));
      await says(t('staff.plan.done.committed'));
      await looksRight('away');
      await page.goto(`${desk.origin}/staff/expat-desk/my-day`);
      await says(t('myDay.empty.awayNow'));
      await press(main.getByRole('link', { name: t('myDay.absence.link') }));
      await page.waitForURL(/my-absence/);
      await looksRight('absence');
    },
  );
});
