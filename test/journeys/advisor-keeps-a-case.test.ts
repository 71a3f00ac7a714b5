import type { Browser, Page } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import { loadTexts } from '../../src/presentation/texts';
import { booked } from '../support/bookings';
import { aClient, aDesk, anAdvisor, aPartner } from '../support/builders';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { addStaff } from '../support/staff';
import { journey, visitor } from './support/browser';
import { signIn } from './support/signIn';

const t = loadTexts(VIEWS, { production: false }).in('staff', 'de');
const CLIENT = aClient({ name: 'Олена Зразок', email: 'olena@client.example', language: 'uk' });
const DETAILS = { client: CLIENT, attendees: 1, onBehalfOf: null, people: [], support: [], note: null, answers: {} };

journey('A case over three meetings', () => {
  let browser: Browser;
  let desk: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    const partners = [aPartner()];
    desk = await serve({ desks: [aDesk({ partners, advisors: [anAdvisor()], cases: { keepDays: 365 } })] });
    await addStaff(desk, { role: 'advisor', advisorId: 'a1' });
  });
  afterEach(() => desk?.close());

  it.each([
    { width: 360, javaScript: false },
    { width: 1366, javaScript: true },
  ])('is begun, agreed and printed in Ukrainian and German ($width px)', async ({ width, javaScript }) => {
    const { page, looksRight } = await visitor(browser, { javaScript, viewport: { width, height: 768 }, locale: 'de' });
    const days = ['01', '02', '03'].map((day) => Date.parse(`2026-12-${day}T10:00:00+01:00`));
    const meetings = [];
    for (const start of days) meetings.push(await booked(desk, { start, details: DETAILS }));
    await signIn(page, desk.origin, 'de', 'advisor');

    await page.goto(`${desk.origin}/staff/bookings/${meetings[0]?.id}`);
    await page.getByRole('link', { name: t('cases.onBooking.begin') }).click();
    await page.waitForURL(/new-case/);
    await looksRight('the beginning');
    await press(page, t('cases.begin'));

    // The other two meetings are proposed.
    for (const _ of [2, 3]) await press(page, t('cases.attach'), true);
    await unfold(page, t('cases.step.add'));
    await page.getByLabel(t('cases.field.stepText')).fill('Шукати курс B2');
    await page.getByLabel(t('cases.field.stepDue')).fill('2026-12-15');
    await looksRight('a step that is typed');
    await page.locator('#form-step').getByRole('button').click();
    await unfold(page, t('cases.step.add'));
    await page.getByLabel(t('cases.field.stepText')).fill('Подати заяву');
    await page.getByLabel(t('cases.field.stepPartner')).selectOption('authority');
    await page.locator('#form-step').getByRole('button').click();
    await unfold(page, t('cases.form.strategy'));
    await page.locator('#goal').fill('Працювати за фахом');
    await page.getByLabel(t('cases.field.wordsLanguage')).selectOption('uk');
    await page.locator('#form-strategy').getByRole('button').click();
    await unfold(page, t('cases.form.agree'));
    await page.locator('#form-agree').getByRole('button').click();
    await page
      .getByText(t('cases.agreedOn', { day: '' }).trim())
      .first()
      .waitFor();
    await press(page, t('cases.step.done'), true);
    await looksRight('the case');

    await page.getByRole('link', { name: t('cases.print.open') }).click();
    await page.waitForURL(/strategy/);
    for (const text of ['Наш план', 'Unser Plan', 'Наступні кроки'])
      await page.getByRole('heading', { name: text }).waitFor();
    await page.getByText('Працювати за фахом').first().waitFor();
    await looksRight('the strategy on paper');

    const [of] = await desk.storage.cases.ofAdvisor('expat-desk', 'a1');
    expect(of).toMatchObject({ steps: [{ state: 'done' }, { partnerId: 'authority' }], strategy: { language: 'uk' } });
    expect(of?.meetings).toHaveLength(days.length);
    const trail = await desk.storage.trail.about(of?.id ?? '', 100);
    expect(trail.filter(({ deed }) => deed === 'case_printed')).toHaveLength(1);

    await page.goto(`${desk.origin}/staff/expat-desk/cases`);
    await looksRight('the list');
  });
});

async function press(page: Page, name: string, isNamedFurther = false): Promise<void> {
  await page.getByRole('button', { name, exact: !isNamedFurther }).first().click();
  await page.waitForLoadState();
}

async function unfold(page: Page, name: string): Promise<void> {
  await page.locator('summary', { hasText: name }).click();
}
