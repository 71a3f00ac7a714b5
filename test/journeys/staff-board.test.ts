import type { Browser } from 'playwright-core';
import { loadDeskFile } from '../../src/desks/deskFile';
import { shippedDeskFiles } from '../../src/desks/shippedDesks';
import type { Booking } from '../../src/domain/booking/booking';
import type { Mode } from '../../src/domain/desk';
import { randomIds } from '../../src/identity/ids';
import { aRequest, booked } from '../support/bookings';
import { aClient, aReceptionist } from '../support/builders';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { addStaff, PASSWORD } from '../support/staff';
import { journey, visitor } from './support/browser';

const desks = shippedDeskFiles().map((file) => loadDeskFile(file, randomIds));
const [FIRST = '', SECOND = ''] = desks[0]?.advisors.map(({ id }) => id) ?? [];
const at = (time: string) => Date.parse(`2026-11-24T${time}:00+01:00`);
const CLIENTS = ['Aminata Diarrasou', 'Ole Brinkfeld', 'Greta Sommerau'];

journey('The day board', () => {
  let browser: Browser;
  let desk: Awaited<ReturnType<typeof serve>>;
  let bookings: Booking[];

  beforeAll(async () => {
    browser = await launch();
    desk = await serve({ desks, now: '2026-11-23T08:30:00+01:00' });
    await addStaff(desk);
    bookings = [];
    for (const [i, [advisorId, start]] of (
      [
        [FIRST, at('09:00')],
        [FIRST, at('10:30')],
        [SECOND, at('11:00')],
      ] as const
    ).entries()) {
      const query = {
        topicId: 'recognition',
        language: 'en',
        mode: (i === 2 ? 'video' : 'in_person') as Mode,
        advisorId,
      };
      const details = { ...aRequest().details, client: aClient({ name: CLIENTS[i] ?? '' }) };
      bookings.push(await booked(desk, { query, start, details, who: aReceptionist('E') }));
    }
    desk.clock.set('2026-11-24T08:45:00+01:00');
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  const open = async (options: { javaScript: boolean; width: number }, path = '') => {
    const { javaScript, width } = options;
    const guest = await visitor(browser, { javaScript, viewport: { width, height: 768 }, locale: 'en' });
    const { page } = guest;
    await page.goto(`${desk.origin}/staff/sign-in?lang=en`);
    await page.locator('input[type=email]').fill('receptionist@expat-desk.example');
    await page.locator('input[type=password]').fill(PASSWORD);
    await page.locator('main').getByRole('button').click();
    await page.waitForURL(/\/day/);
    if (path) await page.goto(`${desk.origin}/staff/expat-desk/day${path}`);
    const focused = () =>
      page.evaluate<string>(`(() => {
        const element = document.activeElement;
        return (element.querySelector('.kern-sr-only') ?? element).textContent.trim();
      })()`);
    return { ...guest, focused };
  };
  const statusOf = async (n: number) => (await desk.storage.bookings.find(bookings[n]?.id ?? ''))?.status;

  it('is one tab stop: arrows go through it, letters note who came, and what was done is undone', async () => {
    const { page, looksRight, focused } = await open({ javaScript: true, width: 1366 });
    const key = (name: string) => page.keyboard.press(name);
    await looksRight('board');
    expect(await page.evaluate('document.querySelectorAll(".board-scroll [tabindex=\'0\']:not(.deed)").length')).toBe(
      1,
    );

    await page.locator('[name=soon]').focus();
    await key('Tab');
    expect(await focused()).toContain('09:00–09:45, Aminata Diarrasou');
    await key('Tab');
    expect(await focused()).toBe('Is here');
    await key('Tab');
    expect(await page.evaluate('document.activeElement.closest(".board-scroll")')).toBeNull();
    await key('Shift+Tab');
    await key('Shift+Tab');

    const steps: [string, string][] = [
      ['ArrowDown', 'Free'],
      ['ArrowDown', 'Ole Brinkfeld'],
      ['ArrowRight', 'Greta Sommerau'],
      ['ArrowLeft', 'Ole Brinkfeld'],
      ['n', 'Greta Sommerau'],
      ['Home', 'Free 09:00–11:00'],
      ['n', 'Aminata Diarrasou'],
      ['n', 'Ole Brinkfeld'],
    ];
    for (const [press, found] of steps) {
      await key(press);
      expect([press, await focused()]).toEqual([press, expect.stringContaining(found)]);
    }

    await key('x');
    expect(await page.locator('#board-said').textContent()).toBe('That is not possible here now.');
    await page.locator(`#card-${bookings[0]?.id} .board-card__link`).focus();
    await key('a');
    await page.locator('.toast', { hasText: 'Aminata Diarrasou is here' }).waitFor();
    expect(await statusOf(0)).toBe('checked_in');
    expect(await focused()).toContain('Aminata Diarrasou, here since 08:45');
    await looksRight('checked in');
    await key('Control+z');
    await page.locator('.toast', { hasText: 'not here after all' }).waitFor();
    expect(await statusOf(0)).toBe('confirmed');

    await key('?');
    await page.getByRole('dialog', { name: 'Keys on the board' }).waitFor();
    await looksRight('keys');
    await page.getByRole('checkbox', { name: 'Switch off' }).check();
    await key('Escape');
    await page.locator(`#card-${bookings[0]?.id} .board-card__link`).focus();
    await key('a');
    expect(await statusOf(0)).toBe('confirmed');
    await page.context().close();
  });

  it('opens a booking beside it; the address keeps it, and its buttons renew the card', async () => {
    const { page, looksRight, focused } = await open({ javaScript: true, width: 1366 });
    const panel = page.getByRole('dialog', { name: 'Consultation' });
    const card = page.locator(`#card-${bookings[0]?.id}`);
    await card.locator('.board-card__link').click();
    await panel.getByRole('heading', { name: 'Aminata Diarrasou' }).waitFor();
    expect(page.url()).toMatch(new RegExp(`/day\\?b=${bookings[0]?.id}$`));
    await looksRight('panel');
    // However many were looked at, one step back leads to the board.
    await page.locator(`#card-${bookings[1]?.id} .board-card__link`).click();
    await panel.getByRole('heading', { name: 'Ole Brinkfeld' }).waitFor();
    await card.locator('.board-card__link').click();
    await panel.getByRole('heading', { name: 'Aminata Diarrasou' }).waitFor();
    // What was typed and not sent is there again.
    const third = page.locator(`#card-${bookings[2]?.id} .board-card__link`);
    await third.click();
    await panel.locator('#videoLink').fill('https://video.example/half');
    await card.locator('.board-card__link').click();
    await panel.getByRole('heading', { name: 'Aminata Diarrasou' }).waitFor();
    await third.click();
    await panel.getByRole('heading', { name: 'Greta Sommerau' }).waitFor();
    expect(await panel.locator('#videoLink').inputValue()).toBe('https://video.example/half');
    await card.locator('.board-card__link').click();
    await panel.getByRole('heading', { name: 'Aminata Diarrasou' }).waitFor();
    await page.goBack();
    await panel.waitFor({ state: 'hidden' });
    expect(await focused()).toContain('Aminata Diarrasou');
    await page.goForward();
    await panel.getByRole('heading', { name: 'Aminata Diarrasou' }).waitFor();
    await page.reload();
    await panel.getByRole('button', { name: 'Is here', exact: true }).click();
    await panel.getByText('Noted: the person is here.').waitFor();
    await card.and(page.locator('.board-card--here')).waitFor();
    expect(await statusOf(0)).toBe('checked_in');
    await panel.getByRole('button', { name: 'Undo' }).click();
    await card.and(page.locator('.board-card--confirmed')).waitFor();

    // Somebody else was faster: the panel says so, and nothing is lost.
    const who = aReceptionist('R');
    await desk.app.cancelBooking({ bookingId: bookings[0]?.id ?? '', reason: null, who });
    await panel.getByRole('button', { name: 'Is here', exact: true }).click();
    await panel.getByRole('alert').waitFor();
    await looksRight('refused');
    await desk.app.restoreBooking({ bookingId: bookings[0]?.id ?? '', who });
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'hidden' });
    expect(page.url()).not.toContain('b=');
    await page.context().close();
  });

  it('renews the lanes that an event names and keeps the focus, but nothing while a card is held', async () => {
    const { page, focused } = await open({ javaScript: true, width: 1366 });
    const [booking] = bookings;
    if (!booking) throw new Error('no booking');
    const card = page.locator(`#card-${booking.id}`);
    await card.locator('.board-card__link').focus();
    const tell = async () => {
      const now = await desk.storage.bookings.find(booking.id);
      const detail = { id: booking.id, version: now?.version, day: '2026-11-24', advisor: booking.advisorId };
      await page.evaluate(
        `document.dispatchEvent(new CustomEvent('sprechstunde:booking', { detail: ${JSON.stringify(detail)} }))`,
      );
    };
    const who = aReceptionist('R');
    await desk.app.recordAttendance({ bookingId: booking.id, what: 'check-in', who });
    await tell();
    await card.and(page.locator('.board-card--here.board-card--changed')).waitFor();
    expect(await focused()).toContain('Aminata Diarrasou, here since');

    await page.evaluate('document.querySelector(".board").setAttribute("data-holding", "")');
    await desk.app.recordAttendance({ bookingId: booking.id, what: 'undo-check-in', who });
    await tell();
    await page.waitForTimeout(300);
    expect(await card.and(page.locator('.board-card--here')).count()).toBe(1);
    await page.evaluate('document.querySelector(".board").removeAttribute("data-holding")');
    await card.and(page.locator('.board-card--confirmed')).waitFor();
    await page.context().close();
  });

  it.each([true, false])('shows whom the filter means, and a week (JavaScript %s)', async (javaScript) => {
    const { page, looksRight } = await open({ javaScript, width: javaScript ? 360 : 1366 });
    await looksRight('day');
    await page.locator('select[name=language]').selectOption('fr');
    if (!javaScript) await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('2 of 7 shown').waitFor();
    expect(page.url()).toContain('language=fr');
    expect(await page.locator('.lane').count()).toBe(2);
    await looksRight('filtered');
    await page.goto(`${desk.origin}/staff/expat-desk/day/2026-11-24?view=week&advisor=${FIRST}`);
    expect(await page.locator('.lane').count()).toBe(5);
    await looksRight('week');
    await page.context().close();
  });

  it('notes who came with one press without JavaScript', async () => {
    const { page, looksRight } = await open({ javaScript: false, width: 1366 });
    await page.getByRole('button', { name: 'Is here: Aminata Diarrasou' }).click();
    expect(await page.locator('.toast').textContent()).toContain('Aminata Diarrasou is here');
    expect(await statusOf(0)).toBe('checked_in');
    await looksRight('noted');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await statusOf(0)).toBe('confirmed');
    await page.locator(`#card-${bookings[0]?.id} .board-card__link`).click();
    expect(page.url()).toContain(`/staff/bookings/${bookings[0]?.id}`);
    await page.context().close();
  });
});
