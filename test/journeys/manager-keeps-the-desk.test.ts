import type { Browser, Page } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import { CLIENT_LOCALES, loadTexts, type StaffLocale } from '../../src/presentation/texts';
import { launch } from '../support/chromium';
import { type Served, serve } from '../support/listening';
import { addStaff } from '../support/staff';
import { journey, visitor } from './support/browser';
import { signIn } from './support/signIn';

const texts = loadTexts(VIEWS, { production: false });
const ways: { language: StaffLocale; javaScript: boolean; width: number }[] = [
  { language: 'de', javaScript: true, width: 1366 },
  { language: 'en', javaScript: false, width: 360 },
];

/** "Work" in the languages of clients' pages. */
const WORK: Readonly<Record<(typeof CLIENT_LOCALES)[number], string>> = {
  ...{ de: 'Arbeit finden', en: 'Finding work', fr: 'Trouver du travail', es: 'Encontrar trabajo' },
  ...{ tr: 'İş bulmak', ar: 'إيجاد عمل', uk: 'Пошук роботи', ja: '仕事探し', zh: '找工作' },
};

const NAMES = { de: 'Wer kommt mit?', en: 'Who comes along?' };

journey('A manager who keeps the desk', () => {
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

  const asManager = async ({ language, javaScript, width }: (typeof ways)[number]) => {
    const t = texts.in('staff', language);
    const viewport = { width, height: 768 };
    const { page, looksRight } = await visitor(browser, { javaScript, viewport, locale: language });
    await signIn(page, desk.origin, language, 'manager');
    await page.getByRole('link', { name: t('staff.nav.kept'), exact: true }).click();
    return { t, page, looksRight, ...doing(page) };
  };

  const doing = (page: Page) => ({
    follow: (name: string) => page.locator('main').getByRole('link', { name, exact: true }).first().click(),
    press: (name: string) => page.locator('main').getByRole('button', { name, exact: true }).first().click(),
    field: (id: string) => page.locator(`[id="${id}"]`),
  });

  it.each(ways)('enters an advisor who can be booked at once ($language, $width px)', async (way) => {
    const { t, page, looksRight, follow, press, field } = await asManager(way);
    await follow(t('staff.nav.advisors'));
    await looksRight('the advisors');
    await follow(t('parts.advisor.new'));
    await looksRight('an empty form');
    await field('name').fill('Cem Neuling');
    await press(t('parts.show'));
    await page.locator('#error-summary').waitFor();
    await looksRight('what is missing');
    expect(await field('name').inputValue()).toBe('Cem Neuling');
    await field('email').fill('cem@expat-desk.example');
    await field('language.0').selectOption('uk');
    await field('level.0').selectOption('native');
    await field('topic.residence').check();
    for (const day of ['MO', 'TU', 'WE', 'TH', 'FR']) await field(`rule.0.${day}`).check();
    await field('rule.0.start').fill('09:00');
    await field('rule.0.end').fill('12:00');
    await press(t('parts.show'));
    await page.locator('#preview').waitFor();
    await looksRight('what that changes');
    await press(t('parts.save'));
    await page.getByText(t('parts.advisors.done.saved', { name: 'Cem Neuling' })).waitFor();
    await looksRight('saved');

    const { page: client } = await visitor(browser, { javaScript: false, locale: 'uk' });
    await client.goto(`${desk.origin}/uk/expat-desk/book/time?topic=residence&language=uk&mode=phone`);
    expect(await client.locator('main').textContent()).toMatch(/09:00/);
  });

  it.each(ways)(
    'enters a topic in nine languages, which clients read in theirs ($language, $width px)',
    async (way) => {
      const { t, page, looksRight, follow, press, field } = await asManager(way);
      await follow(t('staff.nav.topics'));
      await looksRight('the topics');
      await follow(t('parts.topic.new'));
      for (const tag of CLIENT_LOCALES) {
        if (!(await field(`name.${tag}`).isVisible())) await page.locator(`#in-${tag} summary`).click();
        await field(`name.${tag}`).fill(WORK[tag]);
      }
      await press(t('parts.show'));
      await page.getByText(t('parts.topic.asSeen')).click();
      await looksRight('the topic as clients see it');
      expect(await page.locator('.part-seen').textContent()).toContain(WORK.ja);
      await press(t('parts.save'));
      await page.getByText(t('parts.topics.nobody')).waitFor();

      // Somebody has to advise on it.
      await follow(t('staff.nav.advisors'));
      await follow('Ada Beispiel');
      await field('topic.arbeit-finden').check();
      await press(t('parts.show'));
      await press(t('parts.save'));
      await page.getByText(t('parts.advisors.done.saved', { name: 'Ada Beispiel' })).waitFor();

      const { page: client } = await visitor(browser, { javaScript: false });
      for (const tag of ['tr', 'ar', 'ja'] as const) {
        await client.goto(`${desk.origin}/${tag}/expat-desk/book/topics?language=en`);
        expect(await client.locator('main').textContent()).toContain(WORK[tag]);
      }
    },
  );

  it.each(ways)('enters a partner, and a topic leads on to it ($language, $width px)', async (way) => {
    const { t, page, looksRight, follow, press, field } = await asManager(way);
    await follow(t('staff.nav.partners'));
    await looksRight('no partners yet');
    await follow(t('parts.partner.new'));
    await looksRight('an empty form of a partner');
    await field('name.de').fill('Schulamt');
    await field('name.en').fill('School authority');
    await field('description.de').fill('Hilft bei der Anmeldung.');
    await field('description.en').fill('Helps with enrolment.');
    await field('phone').fill('+49 221 4710 304');
    await field('website').fill('http://schulamt.example');
    await press(t('parts.show'));
    await page.locator('#error-summary').waitFor();
    await looksRight('what is wrong');
    await field('website').fill('https://schulamt.example/');
    await press(t('parts.show'));
    await page.getByText(t('parts.partner.asSeen')).click();
    await looksRight('the partner as clients see it');
    await press(t('parts.save'));
    await page.getByText(t('parts.partners.nowhere')).waitFor();
    await looksRight('the partner that no topic names');
    await page.goto(`${desk.origin}/staff/expat-desk/topics/residence`);
    await field('partner.schulamt').check();
    await press(t('parts.show'));
    await press(t('parts.save'));
    await page.waitForURL(/done=saved/);
    const topic = (await desk.storage.desks.find('expat-desk'))?.topics.find(({ id }) => id === 'residence');
    expect(topic?.partners).toEqual(['schulamt']);
  });

  it.each(ways)('enters a question, which clients are asked ($language, $width px)', async (way) => {
    const { t, page, looksRight, press, follow, field } = await asManager(way);
    await page.goto(`${desk.origin}/staff/expat-desk/topics/residence`);
    await follow(t('parts.question.new'));
    await looksRight('an empty form of a question');
    await field('kind').selectOption('choice');
    await field('label.de').fill('Wer kommt mit?');
    await field('choices.de').fill('Niemand\nFamilie');
    await press(t('parts.show'));
    await page.locator('#error-summary').waitFor();
    await looksRight('a question without English');
    expect(await field('choices.de').inputValue()).toBe('Niemand\nFamilie');
    await field('label.en').fill('Who comes along?');
    await field('choices.en').fill('Nobody\nFamily');
    await press(t('parts.show'));
    await page.getByText(t('parts.question.asSeenInOthers')).click();
    await looksRight('how clients will be asked');
    await press(t('parts.save'));
    await page.getByText(t('parts.questions.done.questionSaved', { name: NAMES[way.language] })).waitFor();
    await looksRight('the topic with a question');

    const { page: client } = await visitor(browser, { javaScript: false });
    const asked = async () => {
      await client.goto(`${desk.origin}/en/expat-desk/book/time?topic=residence&language=en&mode=phone`);
      await client.locator('button.time__label').first().click();
      return client.getByRole('group', { name: 'Who comes along?' }).count();
    };
    expect(await asked()).toBe(1);
    const offered = client.getByRole('group', { name: 'Who comes along?' }).getByRole('radio');
    expect(await offered.count()).toBe(3);

    await follow(NAMES[way.language]);
    await press(t('parts.question.leave'));
    await page.getByText(t('parts.questions.done.questionLeft', { name: NAMES[way.language] })).waitFor();
    await looksRight('the topic without the question');
    expect(await asked()).toBe(0);
    await press(t('staff.action.undo'));
    await page.getByText(t('parts.questions.done.questionBack', { name: NAMES[way.language] })).waitFor();
  });

  it.each(ways)('meets another manager, and both changes are kept ($language, $width px)', async (way) => {
    const mine = await asManager(way);
    const theirs = await asManager(way);
    const at = `${desk.origin}/staff/expat-desk/topics/career`;
    for (const { page } of [mine, theirs]) await page.goto(at);
    await theirs.field('durationMinutes').fill('45');
    await theirs.field('bring.de').fill('Zeugnisse');
    await theirs.press(theirs.t('parts.show'));
    await theirs.press(theirs.t('parts.save'));

    const { t, page, looksRight, press, field } = mine;
    await field('durationMinutes').fill('90');
    await field('name.en').fill('Jobs and career');
    await press(t('parts.show'));
    await page.getByText(t('parts.mergeHint')).waitFor();
    await looksRight('what both changed');
    await page.locator('label[for="take.durationMinutes-theirs"]').click();
    await press(t('parts.show'));
    await looksRight('both together');
    await press(t('parts.save'));
    await page.waitForURL(/done=saved/);
    const topic = (await desk.storage.desks.find('expat-desk'))?.topics.find(({ id }) => id === 'career');
    expect(topic).toMatchObject({
      durationMinutes: 45,
      name: { en: 'Jobs and career' },
      bring: { de: 'Zeugnisse' },
    });
  });

  it.each(ways)('imports a list from CSV, after a look at what that changes ($language, $width px)', async (way) => {
    const { t, page, looksRight, follow, press, field } = await asManager(way);
    await follow(t('staff.nav.topics'));
    await follow(t('parts.csv.load'));
    await looksRight('an empty field');
    const wrong = 'id,durationMinutes,retired\nresidence,30,true\ncareer,long,\n';
    if (way.javaScript)
      await field('file').setInputFiles({ name: 'topics.csv', mimeType: 'text/csv', buffer: Buffer.from(wrong) });
    else await field('csv').fill(wrong);
    await page.waitForFunction("document.getElementById('csv').value.includes('long')");
    await press(t('parts.show'));
    await page.locator('#error-summary').waitFor();
    await looksRight('what is wrong');
    await field('csv').fill((await field('csv').inputValue()).replace('long', '75'));
    await press(t('parts.show'));
    await page.locator('#preview').waitFor();
    await looksRight('what that changes');
    await press(t('parts.csv.apply'));
    await page.getByText(t('parts.csv.done', { count: 2 })).waitFor();
    await looksRight('imported');
    const topics = (await desk.storage.desks.find('expat-desk'))?.topics;
    expect(topics?.find(({ id }) => id === 'career')?.durationMinutes).toBe(75);
    expect(topics?.find(({ id }) => id === 'residence')?.retired).toBe(true);
  });

  it('sees who is booked with an advisor who leaves, and is led to the plan', async () => {
    const { t, page, looksRight, follow, press } = await asManager({ language: 'de', javaScript: true, width: 1366 });
    await follow(t('staff.nav.advisors'));
    await follow('Bo Muster');
    await press(t('parts.advisor.leave'));
    await looksRight('before they leave');
    await press(t('parts.advisor.leave'));
    await page.getByText(t('parts.advisors.done.left', { name: 'Bo Muster' })).waitFor();
    await looksRight('after they left');
    await press(t('staff.action.undo'));
    await page.getByText(t('parts.advisors.done.back', { name: 'Bo Muster' })).waitFor();
    await follow(t('staff.nav.reserves'));
    await looksRight('reserves and rooms');
  });
});
