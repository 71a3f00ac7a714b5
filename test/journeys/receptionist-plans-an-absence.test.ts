import type { Browser, Page } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import { HOUR } from '../../src/domain/calendar/interval';
import { loadTexts, type StaffLocale } from '../../src/presentation/texts';
import { aRequest, booked } from '../support/bookings';
import { aClient, aDesk, anAdvisor, aReceptionist } from '../support/builders';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { addStaff } from '../support/staff';
import { journey, visitor } from './support/browser';
import { signIn } from './support/signIn';

const texts = loadTexts(VIEWS, { production: false });
const NINE = Date.parse('2026-12-01T09:00:00+01:00');
const { query, details } = aRequest();
const STAFF = aReceptionist('Rezi Empfang');
/** A sick advisor with nine bookings costs no more than this, before the calls. */
const MAX_CLICKS = 5;

const ways: { language: StaffLocale; javaScript: boolean; width: number; by: 'mouse' | 'keys' | 'touch' }[] = [
  { language: 'de', javaScript: true, width: 1366, by: 'mouse' },
  { language: 'en', javaScript: false, width: 360, by: 'mouse' },
  { language: 'de', javaScript: true, width: 1366, by: 'keys' },
  { language: 'de', javaScript: true, width: 360, by: 'touch' },
];

journey('A receptionist, when an advisor with nine appointments is ill', () => {
  let browser: Browser;
  let desk: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    const advisors = [anAdvisor(), anAdvisor({ id: 'a2', name: 'Bo Muster', languages: ['en'] })];
    desk = await serve({ now: '2026-12-01T08:10:00+01:00', desks: [aDesk({ advisors, mailGraceSeconds: 60 })] });
    await addStaff(desk);
    const silent = aClient({ name: 'Kenji Probe', email: null, phone: '+493023125001' });
    for (let i = 0; i < 9; i++) {
      const language = i < 6 ? 'en' : 'de';
      const told = i === 8 ? { ...details, client: silent } : details;
      const wish = { ...query, language, mode: 'phone' as const };
      const client = { ...told.client, phone: '+493023125001' };
      const start = NINE + (i * HOUR) / 2;
      const made = await booked(desk, {
        query: wish,
        start,
        details: { ...told, client },
        source: 'phone',
        who: STAFF,
      });
      const line = { bookingId: made.id, start, advisorId: 'a1' };
      await desk.app.moveBookings({ deskId: 'expat-desk', lines: [line], who: STAFF });
    }
  });
  afterEach(() => desk?.close());

  it.each(ways)(
    'does all but the calls with five clicks or fewer ($language, JavaScript $javaScript, $width px, by $by)',
    async ({ language, javaScript, width, by }) => {
      const t = texts.in('staff', language);
      const { page, looksRight } = await visitor(browser, {
        javaScript,
        viewport: { width, height: 768 },
        locale: language,
        hasTouch: by === 'touch',
      });
      await signIn(page, desk.origin, language);

      let clicks = 0;
      const press = async (role: 'link' | 'button' | 'checkbox', name: string) => {
        const there = page.getByRole(role, { name, exact: true }).first();
        if (by === 'keys') await byKeys(page, there, role);
        else await (by === 'touch' ? there.tap() : there.click());
        clicks++;
      };
      await press('link', t('staff.nav.plans'));
      await page.waitForURL(/\/plans/);
      await looksRight('who is away');
      await press('checkbox', 'Ada Beispiel');
      await press('button', t('staff.newPlan.submit'));
      await page.waitForURL(/\/plans\/.+/);
      await looksRight('proposal');
      expect(await desk.storage.desks.absences('expat-desk', { start: NINE, end: NINE + HOUR })).toEqual([]);
      await press('button', t('staff.plan.submit'));
      await page.getByText(t('staff.plan.done.committed')).waitFor();
      await looksRight('carried out');
      expect(clicks).toBeLessThanOrEqual(MAX_CLICKS);

      const ofDay = await desk.storage.bookings.within('expat-desk', { start: NINE, end: NINE + 9 * HOUR });
      const left = ofDay.filter(({ advisorId }) => advisorId === 'a1');
      expect(ofDay.filter(({ advisorId }) => advisorId === 'a2')).toHaveLength(6);
      const tasks = await desk.storage.tasks.open('expat-desk');
      expect(tasks.map(({ bookingId }) => bookingId).sort()).toEqual(left.map(({ id }) => id).sort());
      expect(await page.locator('main').textContent()).toContain('Kenji Probe');

      await press('button', t('staff.action.undo'));
      await page.getByText(t('staff.plan.done.undone')).waitFor();
      await looksRight('undone');
      expect((await desk.storage.bookings.within('expat-desk', { start: NINE, end: NINE + 9 * HOUR })).length).toBe(9);
      expect(await desk.storage.tasks.open('expat-desk')).toEqual([]);
      await page.context().close();
    },
  );
});

/** Goes to the element with the tab key, and presses it. */
async function byKeys(page: Page, there: ReturnType<Page['locator']>, role: string): Promise<void> {
  await there.waitFor();
  for (let i = 0; i < 200; i++) {
    if (await there.evaluate((element) => element === element.ownerDocument.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press(role === 'checkbox' ? 'Space' : 'Enter');
}
