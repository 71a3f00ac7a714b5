import type { Browser, Page } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import type { Booking } from '../../src/domain/booking/booking';
import { DAY } from '../../src/domain/calendar/dates';
import { HOUR } from '../../src/domain/calendar/interval';
import type { Desk } from '../../src/domain/desk';
import { loadTexts } from '../../src/presentation/texts';
import { aRequest, booked } from '../support/bookings';
import { aClient, aDesk, anAdvisor, aReceptionist } from '../support/builders';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { addStaff } from '../support/staff';
import { countActions } from './support/actions';
import { journey, visitor } from './support/browser';
import { signIn } from './support/signIn';

const t = loadTexts(VIEWS, { production: false }).in('staff', 'de');
const NINE = Date.parse('2026-12-01T09:00:00+01:00');
const STAFF = aReceptionist('Rezi Empfang');
const { query, details } = aRequest();

journey('A receptionist moves cards on the board', () => {
  let browser: Browser;
  let desk: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    const advisors = [
      anAdvisor({ languages: ['de', 'en'] }),
      anAdvisor({ id: 'a2', name: 'Bo Muster', languages: ['en'] }),
      anAdvisor({ id: 'a3', name: 'Cem Anders', languages: ['ja'] }),
    ];
    desk = await serve({ now: '2026-12-01T08:40:00+01:00', desks: [aDesk({ advisors, mailGraceSeconds: 60 })] });
    await addStaff(desk);
  });
  afterEach(() => desk?.close());

  const book = async (name: string, hours: number, advisorId = 'a1', language = 'en') => {
    const client = aClient({ name, email: `c${hours}@client.example` });
    const start = NINE + hours * HOUR;
    const request = { query: { ...query, language }, start, details: { ...details, client }, source: 'phone' as const };
    const { id } = await booked(desk, { ...request, who: STAFF });
    const lines = [{ bookingId: id, start, advisorId }];
    await desk.app.moveBookings({ deskId: 'expat-desk', lines, who: STAFF });
    return (await desk.storage.bookings.find(id)) as Booking;
  };
  const find = async ({ id }: Booking) => (await desk.storage.bookings.find(id)) as Booking;

  async function onTheBoard(viewport = { width: 1366, height: 768 }, hasTouch = false) {
    const receptionist = await visitor(browser, { javaScript: true, viewport, locale: 'de', hasTouch });
    const { page } = receptionist;
    await signIn(page, desk.origin, 'de');
    // Whoever loads a page anew loses this.
    await page.evaluate('window.sameDocument = true');
    return receptionist;
  }
  const isSameDocument = (page: Page) => page.evaluate('window.sameDocument === true');
  const target = (page: Page, advisor: string, from: string) =>
    page.locator(`.lane[data-advisor="${advisor}"] .target[data-from="${from}"]`);
  const card = (page: Page, { id }: Booking) => page.locator(`#card-${id} .board-card__link`);

  it.each([
    ['mouse', { press: 3, choice: 0, key: 5 }],
    ['keys', { press: 0, choice: 0, key: 12 }],
    // There is no "/" on a phone: a tap opens the search.
    ['touch', { press: 4, choice: 0, key: 0 }],
  ] as const)('half a name to Thursday afternoon: three actions, and no page is loaded (%s)', async (way, counted) => {
    const olena = await book('Олена Коваль', 2);
    const isTouch = way === 'touch';
    const { page, looksRight } = await onTheBoard(isTouch ? { width: 360, height: 740 } : undefined, isTouch);
    const done = await countActions(page);
    const press = (selector: string) => (isTouch ? page.locator(selector).tap() : page.locator(selector).click());
    const there = '.lane[data-advisor="a1"] .target[data-from="14:00"]';
    if (isTouch) {
      await press('[data-palette]');
      await page.locator('#palette-q').fill('olen');
    } else {
      await page.keyboard.press('/');
      await page.keyboard.type('olen');
    }
    await page.locator('.palette__act[data-key="m"]').waitFor();
    if (way === 'keys') {
      for (const key of ['ArrowDown', 'm']) await page.keyboard.press(key);
      await target(page, 'a2', '11:00').waitFor();
      for (const date of [/2026-12-02/, /2026-12-03/]) {
        await page.keyboard.press('PageDown');
        await page.waitForURL(date);
        await page.locator('.hand:not([hidden])').waitFor();
      }
      await page.locator(there).waitFor();
      await page.keyboard.type('14');
      await page.keyboard.press('Enter');
    } else {
      // One: take it into the hand, where it was found.
      await press('.palette__act[data-key="m"]');
      await target(page, 'a2', '11:00').waitFor({ state: 'attached' });
      if (way === 'mouse') await looksRight('in the hand');
      // Two: Thursday.
      await press('.strip__day[data-date="2026-12-03"]');
      await page.waitForURL(/2026-12-03/);
      await page.locator(there).waitFor();
      // Three: put it down in the afternoon.
      await press(there);
    }
    await page.locator('.toast').waitFor();
    expect(done).toEqual(counted);
    expect(await find(olena)).toMatchObject({ time: { start: NINE + 2 * DAY + 5 * HOUR }, advisorId: 'a1' });
    expect(await isSameDocument(page)).toBe(true);
    if (way === 'mouse') await looksRight('put down');

    await page.keyboard.press('Control+z');
    await page.getByText(t('staff.targets.undone', { name: 'Олена Коваль' })).waitFor();
    expect(await find(olena)).toMatchObject({ time: olena.time });
    await page.context().close();
  });

  it.each(['mouse', 'touch'] as const)('swaps two with two actions (%s)', async (way) => {
    const [kim, other] = [await book('Kim Probe', 0, 'a1', 'de'), await book('Olga Tausch', 3, 'a1', 'de')];
    const isTouch = way === 'touch';
    const { page } = await onTheBoard(isTouch ? { width: 360, height: 740 } : undefined, isTouch);
    const done = await countActions(page);
    const box = await card(page, kim).boundingBox();
    if (!box) throw new Error('no card');
    if (isTouch) {
      // A long press takes the card.
      const at = {
        bubbles: true,
        pointerId: 5,
        pointerType: 'touch',
        button: 0,
        clientX: box.x + 9,
        clientY: box.y + 9,
      };
      await card(page, kim).dispatchEvent('pointerdown', at);
      await target(page, 'a1', '12:00').waitFor({ state: 'attached' });
      await card(page, kim).dispatchEvent('pointerup', at);
      await target(page, 'a1', '12:00').tap();
    } else {
      await page.mouse.move(box.x + 20, box.y + 10);
      await page.mouse.down();
      await page.mouse.move(box.x + 40, box.y + 30, { steps: 4 });
      const to = await target(page, 'a1', '12:00').boundingBox();
      if (!to) throw new Error('no target');
      await page.mouse.move(to.x + 20, to.y + 8, { steps: 8 });
      await page.mouse.up();
    }
    await page.locator('.toast').waitFor();
    expect(done.press).toBeLessThanOrEqual(2);
    const [a, b] = [await find(kim), await find(other)];
    expect([a.time.start, b.time.start]).toEqual([other.time.start, kim.time.start]);
    await page.context().close();
  });

  it('by drag: to somebody who is free, to where somebody hands over, and to nowhere where it cannot go', async () => {
    const kim = await book('Kim Probe', 0);
    const noor = await book('Noor Muster', 1, 'a2');
    const { page, mishaps } = await onTheBoard();
    const draw = async (booking: Booking, to: { x: number; y: number }) => {
      const from = await card(page, booking).boundingBox();
      if (!from) throw new Error('no card');
      await page.mouse.move(from.x + 20, from.y + 10);
      await page.mouse.down();
      await page.mouse.move(from.x + 40, from.y + 30, { steps: 4 });
      await page.locator('.lane .target').first().waitFor();
      await page.mouse.move(to.x, to.y, { steps: 8 });
      await page.mouse.up();
    };
    const middle = async (selector: string) => {
      const box = await page.locator(selector).first().boundingBox();
      if (!box) throw new Error(`no ${selector}`);
      return { x: box.x + box.width / 2, y: box.y + 5 };
    };
    const kimAt = await card(page, kim).boundingBox();
    const a2 = await middle('.lane[data-advisor="a2"] .lane__items');
    await draw(kim, { x: a2.x, y: (kimAt?.y ?? 0) + 5 });
    await page.locator('.toast').waitFor();
    expect(await find(kim)).toMatchObject({ advisorId: 'a2', time: kim.time });

    // Cem speaks no English: the board asks for a reason, and without one the card is put back.
    const a3 = await middle('.lane[data-advisor="a3"] .lane__items');
    await draw(await find(kim), { x: a3.x, y: (kimAt?.y ?? 0) + 5 });
    await page.getByText(/Kim Probe: .*09:\d\d, Cem Anders – spricht kein Englisch/).waitFor();
    await page.getByRole('button', { name: t('staff.override.cancel') }).click();
    await page.locator('.board:not([data-holding])').waitFor();
    expect(await find(kim)).toMatchObject({ advisorId: 'a2' });
    expect(await page.locator('.target').count()).toBe(0);
    expect(await find(noor)).toMatchObject({ advisorId: 'a2' });
    expect(mishaps).toEqual([]);
    await page.context().close();
  });

  it('by keys alone: takes, walks between what is possible only, types the time, puts down; and swaps with two actions', async () => {
    const kim = await book('Kim Probe', 0);
    const other = await book('Olga Tausch', 3, 'a1', 'de');
    const { page, looksRight } = await onTheBoard();
    await card(page, kim).focus();
    await page.keyboard.press('m');
    await target(page, 'a1', '09:30').waitFor();
    expect(await page.locator('#board-said').textContent()).toMatch(/Kim Probe ist in der Hand\. \d+ mögliche Zeiten/);
    const focused = () => page.evaluate('document.activeElement.textContent');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toMatch(/bei .*, frei, 2 von \d+/);
    await page.keyboard.type('1330');
    expect(await focused()).toMatch(/13:30 bei/);
    await page.keyboard.press('Enter');
    await page.locator('.toast').waitFor();
    expect(await find(kim)).toMatchObject({ time: { start: NINE + 4.5 * HOUR } });
    expect(await page.evaluate('document.activeElement.closest(".board-card").dataset.booking')).toBe(kim.id);
    await looksRight('put down by keys');

    await page.keyboard.press('m');
    await target(page, 'a1', '09:30').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('.target').count()).toBe(0);

    // Olga needs German: only Ada can take her, so they can only swap.
    await page.keyboard.press('s');
    await page.locator('.target--swap').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.toast').waitFor();
    const [a, b] = [await find(kim), await find(other)];
    expect([a.time.start, b.time.start]).toEqual([other.time.start, NINE + 4.5 * HOUR]);
    expect(await isSameDocument(page)).toBe(true);
    await page.context().close();
  });

  it('by five minutes and to a day on which nobody is there, against a rule and with a reason', async () => {
    const kim = await book('Kim Probe', 0);
    const { page, looksRight } = await onTheBoard();
    await card(page, kim).focus();
    await page.keyboard.press('m');
    await target(page, 'a1', '09:30').waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('Alt+ArrowDown');
    const tried = page.locator('.target--override.is-tried button:focus');
    await tried.waitFor();
    expect(await tried.textContent()).toContain(t('staff.targets.kind.override'));
    await page.keyboard.press('Escape');
    expect(await page.locator('.is-tried').count()).toBe(0);

    await page.keyboard.press('m');
    await target(page, 'a1', '09:30').waitFor();
    await page.locator('#date').fill('2026-12-05');
    await page.waitForURL(/2026-12-05/);
    await page.locator('.hand:not([hidden])').waitFor();
    await page.keyboard.press('Alt+ArrowDown');
    await tried.waitFor();
    await page.keyboard.press('Enter');
    const reason = page.getByLabel(t('staff.override.reason'), { exact: true });
    await reason.waitFor();
    await looksRight('the reason for an override');
    // Without a reason nothing is done.
    await page.keyboard.press('Enter');
    expect(await find(kim)).toMatchObject({ version: kim.version });
    await reason.fill('Comes from far away');
    await page.keyboard.press('Enter');
    await page.locator('.toast').waitFor();
    const moved = await find(kim);
    expect(moved.time.start).toBeGreaterThan(NINE + 3 * DAY);
    expect((await desk.storage.bookings.history(kim.id)).at(-1)).toMatchObject({ reason: 'Comes from far away' });
    await page.context().close();
  });

  it('into the tray, where the desk wants it: looked at, taken back one by one, saved together, undone as one', async () => {
    const [kim, noor] = [await book('Kim Probe', 0), await book('Noor Muster', 1)];
    const stored = (await desk.storage.desks.find('expat-desk')) as Desk;
    await desk.storage.write(({ desks }) => desks.replace({ ...stored, collectsMoves: true }));
    const { page, looksRight } = await onTheBoard();
    const move = async (booking: Booking, from: string) => {
      await page.locator(`.board-card[data-booking="${booking.id}"] .board-card__link`).last().focus();
      await page.keyboard.press('m');
      await target(page, 'a1', from).click();
      await page.locator('.board:not([data-holding])').waitFor();
    };
    await move(kim, '13:30');
    // Where Kim was, there is room for Noor by now.
    await move(noor, '09:00');
    await page.locator('#tray-title').getByText('2 Änderungen').waitFor();
    expect([await find(kim), await find(noor)]).toMatchObject([kim, noor]);
    expect(await page.locator(`#planned-${noor.id}`).getAttribute('data-from')).toBe('09:00');
    await looksRight('the tray');
    await page.keyboard.press('Control+z');
    await page.locator('#tray-title').getByText('1 Änderung,').waitFor();
    await move(noor, '09:00');
    await page.locator('.tray__line').last().locator('select').selectOption('phone');
    await page.keyboard.press('Control+Enter');
    await page.getByText(t('staff.tray.saved')).waitFor();
    expect(await page.locator('#tray').isHidden()).toBe(true);
    expect([await find(kim), await find(noor)]).toMatchObject([
      { time: { start: NINE + 4.5 * HOUR } },
      { time: { start: NINE } },
    ]);
    const calls = (await desk.storage.tasks.open('expat-desk')).map(({ kind, bookingId }) => [kind, bookingId]);
    expect(calls).toEqual([['call', noor.id]]);
    await page.keyboard.press('Control+z');
    await page.getByText(t('staff.tray.undone')).waitFor();
    expect([await find(kim), await find(noor)]).toMatchObject([{ time: kim.time }, { time: noor.time }]);
    await page.context().close();
  });

  it('and is told if somebody was faster, with the board as it stands', async () => {
    const kim = await book('Kim Probe', 0);
    const { page } = await onTheBoard();
    await card(page, kim).focus();
    await page.keyboard.press(' ');
    await target(page, 'a1', '11:00').waitFor();
    await desk.app.moveBooking({ bookingId: kim.id, start: NINE + 6 * HOUR, who: STAFF });
    // The card in the hand is not taken away.
    const told = /Verschoben von Rezi Empfang um 08:40\. Kim Probe ist jetzt .*15:00 bei/;
    await page.locator('[data-hand-said]', { hasText: told }).waitFor();
    expect(await target(page, 'a1', '11:00').count()).toBe(1);
    await target(page, 'a1', '11:00').click();
    await page
      .locator('.toast', { hasText: t('staff.targets.failed') })
      .filter({ hasText: told })
      .waitFor();
    expect(await find(kim)).toMatchObject({ time: { start: NINE + 6 * HOUR } });
    await page.locator(`#card-${kim.id}[data-from="15:00"]`).waitFor();
    await page.context().close();
  });
});
