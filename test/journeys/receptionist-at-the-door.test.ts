import type { Browser, Page } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import type { Booking } from '../../src/domain/booking/booking';
import { loadTexts } from '../../src/presentation/texts';
import { booked } from '../support/bookings';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { addStaff } from '../support/staff';
import { countActions } from './support/actions';
import { journey, visitor } from './support/browser';
import { signIn } from './support/signIn';

const t = loadTexts(VIEWS, { production: false }).in('staff', 'de');
const WAYS = ['mouse', 'keys', 'touch'] as const;

journey('A receptionist at the door', () => {
  let browser: Browser;
  let desk: Awaited<ReturnType<typeof serve>>;
  let booking: Booking;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    desk = await serve({ now: '2026-11-24T08:30:00+01:00' });
    booking = await booked(desk, { start: Date.parse('2026-12-01T09:30:00+01:00') });
    desk.clock.set('2026-12-01T09:20:00+01:00');
    await addStaff(desk);
  });
  afterEach(() => desk?.close());

  async function onTheBoard(way: (typeof WAYS)[number]) {
    const isTouch = way === 'touch';
    const viewport = isTouch ? { width: 360, height: 740 } : { width: 1366, height: 768 };
    const receptionist = await visitor(browser, { javaScript: true, viewport, locale: 'de', hasTouch: isTouch });
    const { page } = receptionist;
    await signIn(page, desk.origin, 'de');
    const press = (selector: string) => (isTouch ? page.locator(selector).tap() : page.locator(selector).click());
    return { ...receptionist, press };
  }
  const statusNow = async () => (await desk.storage.bookings.find(booking.id))?.status;
  const toast = (page: Page, text: string) => page.locator('.toast', { hasText: text }).waitFor();

  it.each(WAYS)('notes with one action who came, and who has gone in (%s)', async (way) => {
    const { page, press, looksRight } = await onTheBoard(way);
    const deed = (what: string) => `#card-${booking.id} [data-deed="${what}"]`;
    if (way === 'keys') await page.locator(`#card-${booking.id} .board-card__link`).focus();
    const done = await countActions(page);
    if (way === 'keys') await page.keyboard.press('a');
    else await press(deed('check-in'));
    await toast(page, t('staff.board.did.checked_in'));
    expect(done).toEqual(way === 'keys' ? { press: 0, choice: 0, key: 1 } : { press: 1, choice: 0, key: 0 });
    expect(await statusNow()).toBe('checked_in');
    if (way === 'keys') await page.keyboard.press('b');
    else await press(deed('begin'));
    await toast(page, t('staff.board.did.begun'));
    expect(done).toMatchObject(way === 'keys' ? { key: 2 } : { press: 2 });
    await page.locator(`#card-${booking.id}.board-card--consulting`).waitFor();
    if (way === 'mouse') {
      await page.emulateMedia({ colorScheme: 'dark' });
      await looksRight('the board in the dark');
    }
    await page.context().close();
  });

  it.each(WAYS)(
    'puts whoever has no appointment into the line: one press, a topic and a language (%s)',
    async (way) => {
      const { page, press, looksRight } = await onTheBoard(way);
      if (way === 'keys') {
        const done = await countActions(page);
        // W leads to the form; letters choose from its lists.
        for (const key of ['w', 'a', 'Tab', 'e', 'Tab', 'Enter']) {
          await page.keyboard.press(key);
          if (key === 'w') await page.locator('#topic:focus').waitFor();
        }
        await page.waitForURL(/done=W1/);
        expect(done).toMatchObject({ press: 0, key: 4 });
      } else {
        await page.goto(`${desk.origin}/staff/expat-desk/queue`);
        const done = await countActions(page);
        await page.locator('#topic').selectOption('residence');
        await page.locator('#language').selectOption('en');
        await press('main form:has(#topic) button');
        await page.waitForURL(/done=W1/);
        expect(done).toEqual({ press: 1, choice: 2, key: 0 });
      }
      const { people } = await desk.app.readQueue({ kind: 'system' }, 'expat-desk');
      expect(people).toMatchObject([{ number: 'W1', position: 1, entry: { topicId: 'residence', language: 'en' } }]);
      await looksRight('a place in the queue');
      if (way !== 'mouse') return page.context().close();
      await page.emulateMedia({ colorScheme: 'dark' });
      await looksRight('the queue in the dark');
      await page.context().close();
    },
  );
});
