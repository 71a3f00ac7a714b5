import type { Browser, Page } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import { loadDeskFile } from '../../src/desks/deskFile';
import { shippedDeskFiles } from '../../src/desks/shippedDesks';
import type { Mode } from '../../src/domain/desk';
import { randomIds } from '../../src/identity/ids';
import { loadTexts, type StaffLocale } from '../../src/presentation/texts';
import { aRequest, booked } from '../support/bookings';
import { aClient, aReceptionist } from '../support/builders';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { addStaff, PASSWORD } from '../support/staff';
import { journey, visitor } from './support/browser';
import { signIn } from './support/signIn';

const texts = loadTexts(VIEWS, { production: false });
const desks = shippedDeskFiles().map((file) => loadDeskFile(file, randomIds));
const NINE = Date.parse('2026-11-24T09:00:00+01:00');
const query = { topicId: 'residence', language: 'en', mode: 'phone' as Mode };

const ways: { language: StaffLocale; javaScript: boolean; width: number }[] = [
  { language: 'de', javaScript: true, width: 1280 },
  { language: 'de', javaScript: false, width: 360 },
  { language: 'en', javaScript: true, width: 360 },
  { language: 'en', javaScript: false, width: 1280 },
];

journey('The staff', () => {
  let browser: Browser;
  let desk: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    browser = await launch();
    desk = await serve({ desks, now: '2026-11-24T08:30:00+01:00' });
    await addStaff(desk);
    await addStaff(desk, { role: 'advisor', advisorId: desks[0]?.advisors[1]?.id ?? null });
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  it.each(ways)(
    'receive: find a booking and move it, cancel it, book for a caller ($language, JavaScript $javaScript, $width px)',
    async ({ language, javaScript, width }) => {
      const t = texts.in('staff', language);
      const email = `olena-${language}-${javaScript}@client.example`;
      const details = {
        ...aRequest().details,
        client: aClient({ name: 'Олена Коваль', email, phone: '+493023125001', language: 'en' }),
      };
      const booking = await booked(desk, { query, start: NINE + 5 * 3_600_000, details });

      const receptionist = await visitor(browser, { javaScript, viewport: { width, height: 900 }, locale: language });
      const { page, looksRight } = receptionist;
      await page.goto(`${desk.origin}/staff/sign-in?lang=${language}`);
      await looksRight('sign in');
      await page.getByLabel(t('staff.signIn.email')).fill('receptionist@expat-desk.example');
      await page.getByLabel(t('staff.signIn.password')).fill('not the password');
      await page.locator('main').getByRole('button').click();
      await looksRight('sign in wrong');
      await signIn(receptionist.page, desk.origin, language);
      await looksRight('day');
      expect(await page.locator('main').textContent()).toContain('Олена Коваль');

      await page
        .getByRole('link', { name: t('staff.nav.bookings') })
        .first()
        .click();
      await looksRight('search');
      await page.getByLabel(t('staff.search.label')).fill(`OLENA koval ${email.split('@')[0]}`);
      await press(page, t('staff.search.submit'));
      await looksRight('found');
      await page.locator(`a[href="/staff/bookings/${booking.id}"]`).click();
      await looksRight('booking');

      await page.getByRole('link', { name: t('staff.action.move'), exact: true }).click();
      await page.getByLabel(t('staff.field.date'), { exact: true }).fill('2026-11-25');
      await press(page, t('staff.times.show'));
      await looksRight('move');
      await press(page, t('staff.move.submitMail'));
      await looksRight('move: nothing chosen');
      await page.locator('.slot__input').last().check();
      await press(page, t('staff.move.submitMail'));
      await page.waitForURL(new RegExp(`/staff/bookings/${booking.id}`));
      expect(await page.locator('main').textContent()).toContain(t('staff.done.moved'));
      await looksRight('moved');
      const moved = await desk.storage.bookings.find(booking.id);
      expect(moved).toMatchObject({ sequence: 1, status: 'confirmed' });
      expect(new Date(moved?.time.start ?? 0).toISOString()).toMatch(/^2026-11-25/);

      await page.getByRole('link', { name: t('staff.action.cancel'), exact: true }).click();
      await looksRight('cancel');
      await press(page, t('staff.cancel.submitMail'));
      await looksRight('cancel: no reason');
      await page.getByLabel(t('staff.reason.label')).fill('Called: found help elsewhere');
      await press(page, t('staff.cancel.submitMail'));
      expect(await page.locator('main').textContent()).toContain(t('staff.done.cancelled'));
      await looksRight('cancelled');
      await press(page, t('staff.action.undo'));
      expect(await page.locator('main').textContent()).toContain(t('staff.done.restored'));
      await looksRight('restored');

      await page
        .getByRole('link', { name: t('staff.nav.new') })
        .first()
        .click();
      await looksRight('new');
      await page.getByLabel(t('staff.field.topic'), { exact: true }).selectOption('residence');
      await page.getByLabel(t('staff.field.language'), { exact: true }).selectOption('ar');
      await page.locator('#date').fill('2026-11-26');
      // The script shows the times at once.
      if (!javaScript) await press(page, t('staff.times.show'));
      await page.locator('.slot__input').nth(1).check();
      await looksRight('new: times');
      await page.locator('#name').fill('محمد الأمين');
      await page.locator('#phone').fill('030 23125 001');
      await looksRight('new: caller');
      await page.locator('#caller-told .actions').getByRole('button').click();
      await looksRight('new: asked');
      // The journeys before this one have booked for the same name.
      if (!page.url().includes('/slip')) await page.locator('#caller-told .actions').getByRole('button').click();
      await page.waitForURL(/\/slip/);
      await looksRight('slip');
      const slip = (await page.locator('main').textContent()) ?? '';
      const reference = /[34679ACDEFGHJKMNPQRTWXY]{4}-[34679ACDEFGHJKMNPQRTWXY]{4}/.exec(slip)?.[0] ?? '';
      expect(await desk.storage.bookings.findByReference('expat-desk', reference)).toMatchObject({
        source: 'phone',
        client: { name: 'محمد الأمين', email: null },
      });

      await page
        .getByRole('link', { name: t('staff.nav.tasks') })
        .first()
        .click();
      await looksRight('tasks');
      await page.getByRole('button', { name: t('staff.signOut') }).click();
      await page.goto(`${desk.origin}/staff/bookings/${booking.id}`);
      expect(new URL(page.url()).pathname).toBe('/staff/sign-in');
      await page.context().close();
    },
  );

  it.each([360, 1280])('read a name of 200 letters without a blank inside the page (%d px)', async (width) => {
    const start = Date.parse('2026-11-27T09:00:00+01:00');
    const details = {
      ...aRequest().details,
      client: aClient({ name: 'W'.repeat(200), email: null, phone: '+493023125001' }),
    };
    const { id, advisorId, time } = await booked(desk, { query, start, details, who: aReceptionist('E') });
    await desk.app.addAbsence({ who: { kind: 'system' }, deskId: 'expat-desk', advisorId, time, reason: 'krank' });
    const other = await booked(desk, { query, start: start + 3_600_000, details, who: aReceptionist('E') });
    const receptionist = await visitor(browser, { javaScript: true, viewport: { width, height: 900 }, locale: 'de' });
    await signIn(receptionist.page, desk.origin, 'de');
    const { page, looksRight } = receptionist;
    const here = `/staff/bookings/${id}`;
    await page.goto(`${desk.origin}/staff/expat-desk/bookings`);
    await page.locator('#q').fill('wwww');
    await press(page, texts.in('staff', 'de')('staff.search.submit'));
    await page.waitForLoadState();
    const desksOwn = ['day/2026-11-27?view=table', 'bookings'].map((path) => `/staff/expat-desk/${path}`);
    const exchange = [`${here}/exchange`, `${here}/exchange?with=${other.id}`];
    for (const path of [...desksOwn, here, `${here}/move`, ...exchange, `${here}/cancel`, `${here}/slip?new=1`]) {
      await page.goto(desk.origin + path);
      await looksRight(path);
    }
    await page.goto(`${desk.origin}/staff/expat-desk/day/2026-11-27`);
    await looksRight('day');
    await page.context().close();
  });

  it('leave the day open: the line of the time comes and goes, and the keyboard stays where it is', async () => {
    const { id } = await booked(desk, { query, start: NINE, who: aReceptionist('E') });
    const receptionist = await visitor(browser, {
      javaScript: true,
      viewport: { width: 1280, height: 900 },
      locale: 'en',
    });
    const { page } = receptionist;
    await page.clock.install();
    await signIn(receptionist.page, desk.origin, 'en');
    const line = page.locator('.now');
    expect(await line.isVisible()).toBe(false);
    await page.clock.fastForward('31:00');
    const place = () => line.evaluate((element) => (element as unknown as { offsetTop: number }).offsetTop);
    const before = await place();
    expect(await page.locator('.axis__now').textContent()).toBe('09:01');

    const card = page.locator(`.board-card__link[href="/staff/bookings/${id}"]`);
    await card.focus();
    await page.clock.fastForward('30:00');
    expect(await card.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    expect(await place()).toBeGreaterThan(before);
    expect(await page.locator('.axis__now').textContent()).toBe('09:31');
    await page.clock.fastForward('12:00:00');
    expect(await line.isVisible()).toBe(false);
    await page.context().close();
  });

  it('note who came, and take it back when somebody comes late', async () => {
    const booking = await booked(desk, { query, start: NINE + 3 * 3_600_000 });
    desk.clock.set('2026-11-24T12:10:00+01:00');
    const receptionist = await visitor(browser, {
      javaScript: true,
      viewport: { width: 1280, height: 900 },
      locale: 'en',
    });
    await signIn(receptionist.page, desk.origin, 'en');
    const { page } = receptionist;
    await page.goto(`${desk.origin}/staff/bookings/${booking.id}`);
    for (const [button, status] of [
      ['Did not come', 'no_show'],
      ['Came after all', 'checked_in'],
      ['Consultation done', 'completed'],
      ['Undo', 'checked_in'],
      ['Not here after all', 'confirmed'],
      ['Is here', 'checked_in'],
      ['Undo', 'confirmed'],
      ['Did not come', 'no_show'],
      ['Undo', 'confirmed'],
    ] as const) {
      await press(page, button);
      await receptionist.looksRight(status);
      expect((await desk.storage.bookings.find(booking.id))?.status).toBe(status);
    }
    await page.context().close();
  });

  it('advise: see their own column first, reach a booking by keyboard, and leave a colleague’s alone', async () => {
    const [first, own] = desks[0]?.advisors ?? [];
    const forOwn = await booked(desk, {
      query: { ...query, advisorId: own?.id },
      start: Date.parse('2026-11-26T11:00:00+01:00'),
      who: aReceptionist('E'),
    });
    const forFirst = await booked(desk, {
      query: { ...query, advisorId: first?.id },
      start: Date.parse('2026-11-26T11:00:00+01:00'),
      who: aReceptionist('E'),
    });
    const advisor = await visitor(browser, { javaScript: true, viewport: { width: 1280, height: 900 }, locale: 'en' });
    await signIn(advisor.page, desk.origin, 'en', 'advisor');
    const { page, looksRight } = advisor;
    await page.goto(`${desk.origin}/staff/expat-desk/day/2026-11-26`);
    await looksRight('own day');
    const calendar = page.locator('.board-scroll');
    const columns = await calendar.locator('.lane__name').allTextContents();
    expect(columns).toHaveLength(desks[0]?.advisors.length ?? 0);
    expect(columns[0]).toContain(own?.name);
    const card = calendar.locator(`a[href="/staff/bookings/${forOwn.id}"]`);
    expect(await card.isVisible()).toBe(true);
    const told = (await card.locator('.kern-sr-only').textContent()) ?? '';
    for (const part of ['11:00', 'Booked', 'Kim Probe', 'English', 'phone', 'Residence permit and authorities'])
      expect(told).toContain(part);

    await page.emulateMedia({ media: 'print' });
    expect(await calendar.isVisible()).toBe(false);
    const printed = page.locator('.day-print tr', { hasText: forOwn.reference });
    expect(await printed.isVisible()).toBe(true);
    const tops = printed
      .locator('.day-print__name')
      .evaluate((name) => [...name.getClientRects()].map(({ top }) => top));
    expect(new Set(await tops).size).toBe(1);
    await page.emulateMedia({ media: 'screen' });

    await card.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('link', { name: 'Move', exact: true }).waitFor();
    expect(await page.getByRole('link', { name: 'Move', exact: true }).count()).toBe(1);

    await page.goto(`${desk.origin}/staff/bookings/${forFirst.id}`);
    await looksRight('a colleague’s booking');
    expect(await page.getByRole('link', { name: 'Move', exact: true }).count()).toBe(0);
    await page.context().close();
  });

  it('see a desk of forty: it opens at now, heads and hours stay in sight, and grounds differ by more than colour', async () => {
    const [shipped] = desks;
    if (!shipped) throw new Error('no desk');
    const advisors = Array.from({ length: 40 }, (_, i) => ({
      ...(shipped.advisors[i % shipped.advisors.length] as (typeof shipped.advisors)[number]),
      id: `a${i}`,
      name: `Advisor ${i}`,
    }));
    const large = await serve({ desks: [{ ...shipped, advisors }], now: '2026-11-24T14:10:00+01:00' });
    await addStaff(large);
    const receptionist = await visitor(browser, {
      javaScript: true,
      viewport: { width: 1366, height: 768 },
      locale: 'de',
    });
    const { page, looksRight } = receptionist;
    await page.goto(`${large.origin}/staff/sign-in?lang=de`);
    await page.locator('input[type=email]').fill('receptionist@expat-desk.example');
    await page.locator('input[type=password]').fill(PASSWORD);
    await page.locator('main').getByRole('button').click();
    await page.waitForURL(/\/day/);
    await looksRight('a desk of forty');

    // All of the page is in the window, all names can be read, and the current time is in what is seen of the board.
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBe(768);
    const box = async (selector: string, nth = 0) =>
      (await page.locator(selector).nth(nth).boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 };
    const scroller = await box('.board-scroll');
    const isInSight = ({ y, height }: typeof scroller) => y >= scroller.y && y + height <= scroller.y + scroller.height;
    expect(isInSight(await box('.lane__head', 21))).toBe(true);
    const line = (await box('.now')).x;
    expect(line).toBeGreaterThan(scroller.x + 200);
    expect(line).toBeLessThan(scroller.x + scroller.width);

    const [head, axis] = [(await box('.lane__head')).x, (await box('.axis')).y];
    await page.evaluate('document.querySelector(".board-scroll").scrollTo(400, 60)');
    expect([(await box('.lane__head')).x, (await box('.axis')).y]).toEqual([head, axis]);

    await page.emulateMedia({ forcedColors: 'active' });
    const ground = (selector: string) =>
      page.evaluate(`(() => {
        const { backgroundImage, borderInlineStartStyle } = getComputedStyle(document.querySelector('${selector}'));
        return [backgroundImage === 'none' ? 'plain' : 'pattern', borderInlineStartStyle];
      })()`);
    expect(await ground('.gap')).toEqual(['plain', 'solid']);
    expect(await ground('.ground--closed')).toEqual(['pattern', 'none']);
    await page.context().close();
    await large.close();
  });
});

async function press(page: Page, name: string): Promise<void> {
  await page.locator('main').getByRole('button', { name, exact: true }).click();
}
