import type { Browser } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import { FIGURE_TABLES } from '../../src/http/figureTables';
import { loadTexts, type StaffLocale } from '../../src/presentation/texts';
import { launch } from '../support/chromium';
import { facts } from '../support/figures';
import { type Served, serve } from '../support/listening';
import { addStaff } from '../support/staff';
import { journey, visitor } from './support/browser';
import { signIn } from './support/signIn';

const texts = loadTexts(VIEWS, { production: false });
const ways: { language: StaffLocale; javaScript: boolean; width: number }[] = [
  { language: 'de', javaScript: true, width: 1366 },
  { language: 'en', javaScript: false, width: 360 },
];

journey('A manager who reports to the funders', () => {
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

  /** Two months of consultations, waits of each day of October, and searches in vain. */
  async function someMonths() {
    const days = Array.from({ length: 31 }, (_, i) => String(i + 1).padStart(2, '0'));
    const samples = days.map((day, i) => ({
      ...{ deskId: 'expat-desk', date: `2026-10-${day}`, topicId: 'residence', language: 'en' },
      ...{ firstDays: i % 4, thirdDays: i % 9 },
    }));
    await desk.storage.atomically(async ({ figures, demand }) => {
      await figures.addFacts([
        ...facts(40),
        ...facts(25, { topicId: 'career', language: 'de', mode: 'phone', waitingDays: 3 }),
        ...facts(2, { topicId: 'career', language: 'de' }),
        ...facts(9, { status: 'no_show' }),
        ...facts(14, { month: '2026-09', source: 'walk_in' }),
      ]);
      await figures.addSamples(samples);
      for (const week of ['2026-W41', '2026-W48'])
        await demand.count({ deskId: 'expat-desk', topicId: 'career', language: 'tr', week }, 9);
    });
    await desk.run('closeMonths');
    await desk.run('watchDemand');
  }

  it.each(ways)(
    'reads charts and tables, and takes the same numbers along ($language, JavaScript $javaScript, $width px)',
    async ({ language, javaScript, width }) => {
      const t = texts.in('staff', language);
      const { page, looksRight } = await visitor(browser, {
        javaScript,
        viewport: { width, height: 768 },
        locale: language,
      });
      await signIn(page, desk.origin, language, 'manager');
      await page.getByRole('link', { name: t('staff.nav.figures'), exact: true }).click();
      await page.getByText(/2026-12-01|1\. Dezember|1 December/).waitFor();
      await looksRight('no month is over');

      await someMonths();
      await page.reload();
      await page.getByRole('heading', { name: t('figures.waiting.title') }).waitFor();
      await looksRight('the figures');
      expect(await page.locator('.chart__bars').count()).toBeGreaterThan(6);
      if (javaScript) expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);

      await page.locator('#from').selectOption('2026-10');
      await page.getByRole('button', { name: t('figures.show') }).press('Enter');
      await page.waitForURL(/from=2026-10/);
      await looksRight('October');

      const api = `${desk.origin}/api/v1/staff/desks/expat-desk/figures?from=2026-10&to=2026-10`;
      const json = await (await page.request.get(api)).json();
      for (const table of FIGURE_TABLES) {
        const link = page.locator(`a[href*="/${table}.csv"]`);
        const file = await (
          await page.request.get(`${api}&table=${table}`, { headers: { Accept: 'text/csv' } })
        ).text();
        const rows = json.tables.find(({ id }: { id: string }) => id === table).rows as Record<string, unknown>[];
        expect([table, file.trimEnd().split('\r\n').length]).toEqual([table, rows.length + 1]);
        if ((await link.count()) === 0) continue;
        const href = (await link.getAttribute('href')) ?? '';
        expect(await (await page.request.get(desk.origin + href)).text()).toBe(file);
      }
      // The table of topics says what the file says.
      const cells = page.locator('section', { has: page.locator('#topics') }).locator('tbody tr');
      const topics = json.tables.find(({ id }: { id: string }) => id === 'topics').rows as { count: number | null }[];
      const shown = (await cells.allInnerTexts()).map((text) => /\d+/.exec(text)?.[0] ?? null);
      expect(shown.sort()).toEqual(topics.map(({ count }) => (count === null ? null : String(count))).sort());

      await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'none' });
      await looksRight('in the dark');
      await page.getByRole('link', { name: t('staff.nav.tasks'), exact: true }).click();
      await page.getByText(/9 (Termine|appointments)/).waitFor();
      await looksRight('the task');
    },
  );
});
