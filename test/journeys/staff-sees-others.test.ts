import type { Browser } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import { loadDeskFile } from '../../src/desks/deskFile';
import { shippedDeskFiles } from '../../src/desks/shippedDesks';
import type { Mode } from '../../src/domain/desk';
import { randomIds } from '../../src/identity/ids';
import { loadTexts, type StaffLocale } from '../../src/presentation/texts';
import { booked } from '../support/bookings';
import { aClient, aReceptionist } from '../support/builders';
import { launch } from '../support/chromium';
import { kinds, newDatabase } from '../support/databases';
import { type Served, serve } from '../support/listening';
import { until as eventually } from '../support/program';
import { addStaff, PASSWORD } from '../support/staff';
import { journey, type Visitor, visitor } from './support/browser';

const texts = loadTexts(VIEWS, { production: false });
const desks = shippedDeskFiles().map((file) => loadDeskFile(file, randomIds));
const [first, second] = (desks[0]?.advisors ?? []).map(({ id }) => id);
const DAY = '2026-11-26';
const at = (time: string, date = DAY) => Date.parse(`${date}T${time}:00+01:00`);
const who = aReceptionist('E');
/** Two seconds are promised; on a busy machine the page itself takes its time. */
const SEEN_WITHIN_MS = 4_000;

/** Counts how often the connection was lost, on a page whose clock stands still. */
const COUNT_CUTS = `
  window.cuts = 0;
  window.EventSource = class extends EventSource {
    constructor(...address) {
      super(...address);
      this.addEventListener('error', () => window.cuts++);
    }
  };`;
const until = (isSo: () => Promise<unknown>) => eventually('the page', async () => Boolean(await isSo()));

journey('The staff, at several screens,', () => {
  let browser: Browser;
  let desk: Served;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    desk = await serve({ desks, now: '2026-11-24T08:30:00+01:00' });
    await addStaff(desk);
  });
  afterEach(() => desk.close());

  async function screen({
    language = 'de' as StaffLocale,
    width = 1366,
    javaScript = true,
    at: { origin } = desk,
  } = {}): Promise<Visitor> {
    const one = await visitor(browser, { javaScript, viewport: { width, height: 768 }, locale: language });
    await one.page.goto(`${origin}/staff?lang=${language}`);
    await one.page.locator('[name="email"]').fill('receptionist@expat-desk.example');
    await one.page.locator('[name="password"]').fill(PASSWORD);
    await one.page.locator('main').getByRole('button').click();
    await one.page.waitForURL(/\/day/);
    return one;
  }

  const book = (advisorId: string | undefined, time: string, name: string, on = desk) =>
    booked(on, {
      query: { topicId: 'residence', language: 'en', mode: 'in_person' as Mode, advisorId },
      start: at(time),
      who,
      details: {
        client: aClient({ name }),
        attendees: 1,
        onBehalfOf: null,
        people: [],
        support: [],
        note: null,
        answers: {},
      },
    });
  const card = ({ page }: Visitor, id: string, time = '') =>
    page.locator(`.board-card__link[href="/staff/bookings/${id}"]`, { hasText: time });
  const openStreams = async () => /^sprechstunde_event_streams (\d+)/m.exec(await desk.measures.counters())?.[1];
  /** Marks the page, so that a reload would be noticed. */
  const mark = ({ page }: Visitor) => page.evaluate('window.isSamePage = true');
  const isMarked = ({ page }: Visitor) => page.evaluate('window.isSamePage === true');

  it('see on the board what is moved at another screen, and lose neither their place nor the page', async () => {
    const [moved, other] = [await book(first, '10:00', 'Ola Eins'), await book(second, '11:00', 'Bo Zwei')];
    const [one, two] = [await screen(), await screen()];
    await one.page.goto(`${desk.origin}/staff/expat-desk/day/${DAY}`);
    await card(one, moved.id, '10:00').waitFor();
    await mark(one);
    await card(one, other.id).focus();
    const place = await one.page.locator('.board-scroll').evaluate((element) => {
      element.scrollTo(0, 20);
      return element.scrollTop;
    });

    await two.page.goto(`${desk.origin}/staff/bookings/${moved.id}/move?date=${DAY}`);
    await two.page.locator('.slot__input').last().check();
    await two.page
      .locator('main')
      .getByRole('button', { name: texts.in('staff', 'de')('staff.move.submitMail') })
      .click();
    await two.page.waitForURL(/done=moved/);
    const { time } = (await desk.storage.bookings.find(moved.id)) ?? moved;
    expect(time.start).not.toBe(moved.time.start);
    const clock = new Date(time.start + 3_600_000).toISOString().slice(11, 16);

    await card(one, moved.id, clock).waitFor();
    expect(await card(one, moved.id, '10:00').count()).toBe(0);
    expect(await isMarked(one)).toBe(true);
    expect(await card(one, other.id).evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    expect(await one.page.locator('.board-scroll').evaluate((element) => element.scrollTop)).toBe(place);
    await one.looksRight('the board after the change');
  });

  it('see at two programs on one PostgreSQL what the other one has moved', async () => {
    if (!kinds().includes('PostgreSQL')) return;
    const database = await newDatabase('PostgreSQL');
    const shared = { now: '2026-11-24T08:30:00+01:00', databaseUrl: database.url };
    const programs = [await serve({ ...shared, desks }), await serve({ ...shared, desks: [] })];
    await addStaff(programs[0] as Served);
    const { id } = await book(first, '10:00', 'Ola Eins', programs[0]);
    const screens = [];
    for (const at of programs) screens.push(await screen({ at }));
    for (const [i, { page }] of screens.entries()) {
      await page.goto(`${programs[i]?.origin}/staff/expat-desk/day/${DAY}`);
      await page.locator(`#card-${id}[data-from="10:00"]`).waitFor();
    }
    const [mover, watcher] = screens as [Visitor, Visitor];
    for (const [there, back] of [
      [mover, watcher],
      [watcher, mover],
    ] as const) {
      await there.page.locator(`#card-${id} .board-card__link`).focus();
      await there.page.keyboard.press('m');
      const target = there.page.locator(`.lane[data-advisor="${first}"] .target`).first();
      const from = await target.getAttribute('data-from');
      await target.click();
      await there.page.locator('.toast').waitFor();
      await back.page.locator(`#card-${id}[data-from="${from}"]`).waitFor({ timeout: SEEN_WITHIN_MS });
    }
    for (const { page } of screens) await page.context().close();
    for (const each of programs) await each.close();
    await database.drop();
  });

  it('see on a booking and in the list of tasks what has changed, but keep what they type', async () => {
    const booking = await book(first, '10:00', 'Ola Eins');
    const [one, two] = [await screen(), await screen()];
    await one.page.goto(`${desk.origin}/staff/bookings/${booking.id}`);
    await two.page.goto(`${desk.origin}/staff/expat-desk/tasks`);
    await two.page.locator('.staff-empty').waitFor();
    for (const each of [one, two]) await mark(each);
    const absence = { deskId: 'expat-desk', advisorId: booking.advisorId, time: booking.time, reason: null };
    await desk.app.addAbsence({ who: { kind: 'system' }, ...absence });
    await two.page.locator('.task', { hasText: 'Ola Eins' }).waitFor();
    await one.page.locator('main .staff-state', { hasText: 'Umzuplanen' }).first().waitFor();
    await desk.app.cancelBooking({ bookingId: booking.id, reason: 'ill', who });
    await one.page.locator('main .staff-state', { hasText: 'Abgesagt' }).first().waitFor();
    await two.page.locator('.staff-empty').waitFor();
    expect(await Promise.all([one, two].map(isMarked))).toEqual([true, true]);

    const video = await booked(desk, {
      query: { topicId: 'residence', language: 'en', mode: 'video', advisorId: second },
      start: at('12:00'),
      who,
    });
    await one.page.goto(`${desk.origin}/staff/bookings/${video.id}`);
    await one.page.locator('#videoLink').fill('https://video.example/half');
    await desk.app.cancelBooking({ bookingId: video.id, reason: 'ill', who });
    await two.page.goto(`${desk.origin}/staff/bookings/${video.id}`);
    await two.page.locator('main .staff-state', { hasText: 'Abgesagt' }).first().waitFor();
    expect(await one.page.locator('#videoLink').inputValue()).toBe('https://video.example/half');
    await one.page.locator('#videoLink').fill('');
    await one.page.locator('main .staff-state', { hasText: 'Abgesagt' }).first().waitFor();
  });

  it.each([
    ['de', 1366, 'Stand 08:30, verbinde …'],
    ['en', 360, 'As of 08:30, connecting …'],
  ] as const)(
    'are told as of when the page is while the program is away (%s, %d px)',
    async (language, width, told) => {
      const booking = await book(first, '10:00', 'Ola Eins');
      const one = await screen({ language, width });
      const { clock } = one.page;
      await clock.install();
      await one.page.addInitScript(COUNT_CUTS);
      await one.page.goto(`${desk.origin}/staff/expat-desk/day/${DAY}?view=table`);
      await mark(one);
      const row = (time: string) =>
        one.page.locator('.board-table tr', { hasText: 'Ola Eins' }).filter({ hasText: time });
      await row('10:00').waitFor();
      const bar = one.page.locator('.live');
      await until(async () => (await openStreams()) === '1');
      expect(await bar.textContent()).toBe('');

      await clock.pauseAt(Date.now() + 2_000);
      await desk.goAway();
      await until(() => one.page.evaluate('window.cuts > 0'));
      await clock.runFor(2_900);
      expect(await bar.textContent()).toBe('');
      // Attempts in between, which fail, put off nothing.
      await clock.runFor(200);
      expect(await bar.textContent()).toBe(told);
      await clock.resume();
      await one.looksRight('the board while the program is away');
      await desk.app.moveBooking({ bookingId: booking.id, start: at('14:00'), who });
      await desk.comeBack();
      await row('14:00').waitFor();
      await until(async () => (await bar.textContent()) === '');
      expect(await isMarked(one)).toBe(true);
    },
  );

  it('catch up on a page that was not seen for a while, and open no stream for it meanwhile', async () => {
    const one = await screen();
    await one.page.goto(`${desk.origin}/staff/expat-desk/day/${DAY}`);
    await until(async () => (await openStreams()) === '1');
    const seen = (state: string) =>
      one.page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, value: ${state === 'hidden'} });
        document.dispatchEvent(new Event('visibilitychange'))`);
    await seen('hidden');
    await until(async () => (await openStreams()) === '0');
    const { id } = await book(first, '10:00', 'Ola Eins');
    await seen('visible');
    await card(one, id, '10:00').waitFor();
  });
});
