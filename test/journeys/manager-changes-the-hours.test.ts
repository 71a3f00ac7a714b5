import type { Browser, Page } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import { HOUR, MINUTE } from '../../src/domain/calendar/interval';
import { loadTexts, type StaffLocale } from '../../src/presentation/texts';
import { aRequest, booked } from '../support/bookings';
import { aDesk, anAdvisor } from '../support/builders';
import { launch } from '../support/chromium';
import { type Served, serve } from '../support/listening';
import { addStaff } from '../support/staff';
import { journey, visitor } from './support/browser';
import { signIn } from './support/signIn';

const texts = loadTexts(VIEWS, { production: false });
const NINE = Date.parse('2026-12-01T09:00:00+01:00');
const HOURS = '/staff/expat-desk/hours';

journey('A manager who knows no RRULE', () => {
  let browser: Browser;
  let desk: Served;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    const advisors = [anAdvisor(), anAdvisor({ id: 'a2', name: 'Bo Muster' })];
    desk = await serve({ desks: [aDesk({ advisors, horizonDays: 200 })] });
    await addStaff(desk, { role: 'manager' });
  });
  afterEach(() => desk?.close());

  async function manager(language: StaffLocale, javaScript: boolean, width: number) {
    const options = { javaScript, viewport: { width, height: 768 }, locale: language };
    const { page, looksRight } = await visitor(browser, options);
    await signIn(page, desk.origin, language, 'manager');
    const t = texts.in('staff', language);
    const press = (name: string) => page.locator('main').getByRole('button', { name, exact: true }).first().click();
    return { page, looksRight, t, press };
  }
  const words = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ');

  it('opens in odd weeks over the turn of the year, closes at twelve each first Wednesday, and on carnival Monday', async () => {
    const { page, looksRight, t, press } = await manager('de', true, 1366);
    await page.goto(desk.origin + HOURS);
    await page.getByRole('link', { name: t('staff.hours.addRule') }).click();
    await looksRight('a new rule');
    await page.locator('label[for=pattern-calendar_weeks]').click();
    await page.locator('label[for=day3]').click();
    await page.fill('#start1', '17:00');
    await page.fill('#end1', '19:00');
    await press(t('staff.hours.show'));
    await page.getByText('jeden Mittwoch in ungeraden Kalenderwochen von 17 bis 19 Uhr').first().waitFor();
    await looksRight('odd weeks');
    // 2026 has a week 53, so two odd weeks follow each other.
    expect(await words(page)).toMatch(/30\. Dezember 2026.*6\. Januar 2027.*20\. Januar 2027/);
    expect(await words(page)).not.toMatch(/13\. Januar 2027/);
    await press(t('staff.rule.enter'));
    await page.getByText(t('staff.hours.done.rules')).waitFor();

    await page.locator('label[for=kind-pause]').click();
    await page.fill('#from', '2026-12-02');
    await page.fill('#start1', '12:00');
    await page.selectOption('#recurs', 'monthly');
    await page.fill('#reasonDe', 'Teamtag');
    await page.fill('#reasonEn', 'Team day');
    await press(t('staff.hours.show'));
    await page.getByText('jeden ersten Mittwoch im Monat').waitFor();
    await looksRight('each first Wednesday');
    await press(t('staff.hours.enter'));
    await page.getByText(t('staff.hours.done.entered')).waitFor();

    await page.getByText(t('staff.hours.offered')).click();
    await page.locator('details .card').filter({ hasText: 'Rosenmontag' }).getByRole('button').click();
    await page.getByText('8. Februar 2027').first().waitFor();
    await press(t('staff.hours.enter'));
    await page.getByText(t('staff.hours.done.entered')).waitFor();

    await page.goto(`${desk.origin}${HOURS}/calendar/2027`);
    await looksRight('the year');
    await page.getByRole('link', { name: 'Februar', exact: true }).click();
    await looksRight('the month');
    expect(await words(page)).toMatch(/3\. Februar von 9 bis 12 Uhr Pause: Teamtag/);
    expect(await words(page)).toMatch(/8\. Februar geschlossen Eintrag: Rosenmontag/);
    await page.context().close();
  });

  it('closes a day with twelve bookings: keeps three, moves eight, cancels one, and takes the closure back', async () => {
    const { query, details } = aRequest();
    const made = [];
    for (let i = 0; i < 12; i++) {
      const advisorId = i < 6 ? 'a1' : 'a2';
      const start = NINE + ((i % 6) * HOUR) / 2;
      const client = { ...details.client, name: `Probe ${i}`, email: `probe${i}@client.example` };
      made.push(await booked(desk, { start, query: { ...query, advisorId }, details: { ...details, client } }));
    }
    await desk.run('sendOutbox');
    const before = (await desk.mailbox.list()).length;
    const { page, looksRight, t, press } = await manager('en', false, 360);
    await page.goto(desk.origin + HOURS);
    await page.fill('#from', '2026-12-01');
    await page.fill('#reasonDe', 'Umzug');
    await page.fill('#reasonEn', 'Moving');
    await press(t('staff.hours.show'));
    await page.getByText(t('staff.hours.affected', { count: 12 })).waitFor();
    await looksRight('twelve would lose their place');
    await press(t('staff.hours.planThem'));
    await page.waitForURL(/\/plans\/.+/);
    await looksRight('what becomes of them');
    const [first, second, third, fourth] = made;
    for (const kept of [first, second, third]) await page.selectOption(`#do-${kept?.id}`, 'keep');
    await page.selectOption(`#do-${fourth?.id}`, 'cancel');
    for (const moved of made.slice(4)) await page.selectOption(`#do-${moved.id}`, 'move');
    await page.fill('#message', 'We move house on that day.');
    await press(t('staff.plan.submit'));
    await page.getByText(t('staff.plan.done.committed')).waitFor();
    await looksRight('carried out');

    expect(await desk.storage.desks.exceptions('expat-desk')).toHaveLength(1);
    const after = await Promise.all(made.map(({ id }) => desk.storage.bookings.find(id)));
    expect(after.slice(0, 3).map((each) => each?.time.start)).toEqual(made.slice(0, 3).map(({ time }) => time.start));
    expect(after[3]?.status).toBe('cancelled');
    for (const moved of after.slice(4)) expect(moved?.time.start).toBeGreaterThanOrEqual(NINE + 24 * HOUR);
    expect(await desk.storage.tasks.open('expat-desk')).toEqual([]);
    desk.clock.advance(2 * MINUTE);
    await desk.run('sendOutbox');
    const mails = (await desk.mailbox.list()).slice(0, -before || undefined);
    const toClient = (i: number) => mails.filter(({ to }) => JSON.stringify(to).includes(`probe${i}@`));
    expect(made.map((_, i) => toClient(i).length)).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    const text = await desk.mailbox.find(toClient(3)[0]?.id ?? '');
    expect(JSON.stringify(text)).toContain('We move house on that day.');

    await page.goto(desk.origin + HOURS);
    await page
      .getByRole('link', { name: t('staff.hours.withdraw') })
      .first()
      .click();
    await looksRight('before it is withdrawn');
    await press(t('staff.withdrawHours.submit'));
    await page.getByText(t('staff.hours.done.withdrawn')).waitFor();
    expect(await desk.storage.desks.exceptions('expat-desk')).toEqual([]);
    expect(await desk.storage.tasks.open('expat-desk')).toEqual([]);
    await page.context().close();
  });

  it('dates summer hours ahead: seen before, announced, active on their day, and undone', async () => {
    desk.clock.set('2027-05-10T10:00:00+02:00');
    const { page, looksRight, t, press } = await manager('de', true, 1366);
    await page.goto(desk.origin + HOURS);
    await page
      .getByRole('link', { name: t('staff.hours.changeRule') })
      .first()
      .click();
    await page.fill('#start1', '08:00');
    await page.fill('#end1', '15:00');
    await page.fill('#from', '2027-06-01');
    await page.fill('#last', '2027-08-31');
    await press(t('staff.hours.show'));
    await page.getByText('1. Juni 2027').first().waitFor();
    await looksRight('summer hours');
    expect(await words(page)).toMatch(/1\. Juni 2027 ?09:00–17:00 ?08:00–15:00/);
    await press(t('staff.rule.enter'));
    await page.getByText(t('staff.hours.done.rules')).waitFor();

    const client = await visitor(browser, { javaScript: false, locale: 'de' });
    const start = async () => {
      await client.page.goto(`${desk.origin}/de/expat-desk`);
      return words(client.page);
    };
    expect(await start()).toMatch(/Ab Di, 1\. Juni: Montag bis Donnerstag von 8 bis 15 Uhr/);
    desk.clock.set('2027-06-02T10:00:00+02:00');
    expect(await start()).toMatch(/Jetzt geöffnet, bis 15 Uhr.*Montag bis Donnerstag von 8 bis 15 Uhr/);

    await signIn(page, desk.origin, 'de', 'manager');
    await page.goto(`${desk.origin}${HOURS}/versions`);
    await looksRight('the history');
    await page
      .getByRole('link', { name: t('staff.hoursVersions.restore') })
      .last()
      .click();
    await looksRight('before it is brought back');
    await press(t('staff.restoreHours.submit'));
    await page.getByText(t('staff.hours.done.restored')).waitFor();
    expect(await start()).toMatch(/Jetzt geöffnet, bis 17 Uhr/);
    await page.context().close();
    await client.page.context().close();
  });
});
