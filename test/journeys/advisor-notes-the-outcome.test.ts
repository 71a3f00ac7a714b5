import type { Browser } from 'playwright-core';
import { VIEWS } from '../../src/compose';
import { loadDeskFile } from '../../src/desks/deskFile';
import { shippedDeskFiles } from '../../src/desks/shippedDesks';
import { randomIds } from '../../src/identity/ids';
import { loadTexts } from '../../src/presentation/texts';
import { booked } from '../support/bookings';
import { aClient } from '../support/builders';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { addStaff } from '../support/staff';
import { journey, visitor } from './support/browser';
import { signIn } from './support/signIn';

const t = loadTexts(VIEWS, { production: false }).in('staff', 'de');
const desks = shippedDeskFiles().map((file) => loadDeskFile(file, randomIds));
const PHONE = { width: 390, height: 844 };

journey('An advisor on a phone', () => {
  let browser: Browser;
  let desk: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    browser = await launch();
    desk = await serve({ desks, now: '2026-11-24T08:30:00+01:00' });
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  it('notes what was agreed on, prints it in Ukrainian and German, and books the follow-up in two clicks', async () => {
    const topic = desks[0]?.topics.find(({ id }) => id === 'residence');
    const advisor = desks[0]?.advisors.find((each) => each.topics.includes('residence'));
    const advisorId = advisor?.id ?? '';
    const query = { topicId: 'residence', language: 'de', mode: 'in_person' as const, advisorId };
    const start = Date.parse('2026-11-25T10:00:00+01:00');
    const client = aClient({ name: 'Олена Коваль', email: 'olena@client.example', language: 'uk' });
    const details = { client, attendees: 1, onBehalfOf: null, people: [], support: [], note: null, answers: {} };
    const { id } = await booked(desk, { query, start, details });
    desk.clock.set('2026-11-25T10:20:00+01:00');
    await addStaff(desk, { role: 'advisor', advisorId });

    const { page, looksRight } = await visitor(browser, { javaScript: false, viewport: PHONE, locale: 'de' });
    await signIn(page, desk.origin, 'de', 'advisor');
    await page.goto(`${desk.origin}/staff/bookings/${id}`);
    await looksRight('booking');
    await page.getByRole('link', { name: t('outcome.note') }).click();
    await looksRight('outcome');
    for (const { text } of topic?.phrases.slice(0, 2) ?? [])
      await page.getByRole('checkbox', { name: text.de ?? '' }).check();
    await page.getByText(t('outcome.ownSteps'), { exact: true }).click();
    await page.locator('[id="own.1"]').fill('Принесіть лист від роботодавця.');
    await page.locator('[id="own.1.language"]').selectOption('uk');
    await page.locator('[id="own.1.due"]').fill('2026-11-01');
    await page.getByLabel(t('outcome.print')).check();
    await page.getByRole('button', { name: t('outcome.submit') }).click();
    await looksRight('outcome: a day before the consultation');
    await page.locator('[id="own.1.due"]').fill('2026-12-09');
    await page.getByRole('button', { name: t('outcome.submit') }).click();

    await page.waitForURL(/\/steps/);
    await looksRight('the sheet');
    const [theirs, german] = await page.locator('.sheet').allTextContents();
    for (const { text } of topic?.phrases.slice(0, 2) ?? []) {
      expect(theirs).toContain(text.uk);
      expect(german).toContain(text.de);
    }
    expect(theirs).toContain('Принесіть лист від роботодавця.');
    expect(german).toContain('(Ukrainisch)');
    expect(await desk.storage.bookings.find(id)).toMatchObject({ status: 'completed', outcome: { kind: 'done' } });

    await page.getByRole('link', { name: t('staff.overview.toBooking') }).click();
    await looksRight('booking with its outcome');
    await page.getByRole('link', { name: t('followUp.title'), exact: true }).click();
    await looksRight('follow-up');
    await page.locator('.follow-up').first().getByRole('button').first().click();
    await page.waitForURL(/\/slip\?new=1/);
    await looksRight('booked');
    const [next] = await desk.storage.bookings.following(id);
    expect(next).toMatchObject({ status: 'confirmed', tied: true, advisorId, follows: id, language: 'de' });
    expect(new Date(next?.time.start ?? 0).toISOString()).toBe('2026-12-02T09:00:00.000Z');

    const behind = desk.deps.tokens.tokenFor(id);
    await page.goto(`${desk.origin}/b/${behind}?lang=uk`);
    expect(await page.locator('main').textContent()).toContain('Принесіть лист від роботодавця.');
    await looksRight("the client's page");
  });
});
