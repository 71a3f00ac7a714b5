import type { Browser } from 'playwright-core';
import { HOUR, MINUTE } from '../../src/domain/calendar/interval';
import { CLIENT } from '../../src/domain/staff/caller';
import { allBookings, booked } from '../support/bookings';
import { TUESDAY_NINE } from '../support/builders';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { aSmallDesk, waits } from '../support/waiting';
import { journey, visitor } from './support/browser';
import { press, texts } from './support/clientWays';

journey('A client for whom nothing is free', () => {
  let browser: Browser;
  let desk: Awaited<ReturnType<typeof serve>>;
  let first: string;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    desk = await serve({ desks: [aSmallDesk()] });
    first = (await booked(desk)).id;
    await booked(desk, { start: TUESDAY_NINE.start + 30 * MINUTE });
  });
  afterEach(() => desk?.close());

  it.each([
    { language: 'de', javaScript: true },
    { language: 'ar', javaScript: false },
  ] as const)(
    'waits, is offered what somebody gives back, and takes it with one press ($language, JavaScript $javaScript)',
    async ({ language, javaScript }) => {
      const t = texts.in('client', language);
      const { page, looksRight } = await visitor(browser, {
        ...{ javaScript, viewport: { width: 360, height: 640 }, locale: language },
      });
      const mailAbout = async (kind: 'waiting_joined' | 'waiting_offer') => {
        await desk.run('sendOutbox');
        const subject = t(`mail.${kind}.subject`, { desk: 'Expat Service Desk' });
        const mail = (await desk.mailbox.list()).find((each) => each.subject === subject && each.to.includes('ana@'));
        await page.goto(`${desk.origin}/dev/mailbox/${mail?.id}/html`);
      };

      await page.goto(`${desk.origin}/${language}/expat-desk/book/time?language=en&topic=residence`);
      await looksRight('nothing is free');
      await page.getByRole('link', { name: t('booking.waitingList.link') }).click();
      await looksRight('the form of the waiting list');
      await page.locator('#name').fill('Ana Wartend');
      await page.locator('#email').fill('ana@client.example');
      await press(page, t('booking.waitingList.submit'));
      await page.getByText(t('booking.waitingStatus.news.joined')).waitFor();
      await looksRight('on the list');
      await mailAbout('waiting_joined');

      await waits(desk, 'Bo');
      await desk.app.cancelBooking({ bookingId: first, reason: null, who: CLIENT });
      await mailAbout('waiting_offer');
      const link = await page.getByRole('link', { name: t('mail.action.takeOffer') }).getAttribute('href');
      await page.goto(`${desk.origin}${new URL(link ?? '').pathname}`);
      await looksRight('what is offered');
      await page.locator('#accept').click();
      await page.waitForURL(/\/b\//);
      await looksRight('taken');
      const taken = (await allBookings(desk)).filter(({ client }) => client.name === 'Ana Wartend');
      expect(taken).toMatchObject([{ status: 'confirmed', time: TUESDAY_NINE }]);
      await page.context().close();
    },
  );

  it('who does not answer in time waits on, and the next is offered it', async () => {
    const t = texts.in('client', 'en');
    const { page, looksRight } = await visitor(browser, {
      ...{ javaScript: true, viewport: { width: 360, height: 640 }, locale: 'en' },
    });
    const [ana, bo] = [await waits(desk, 'Ana'), await waits(desk, 'Bo')];
    const open = ({ token }: typeof ana) => page.goto(`${desk.origin}/w/${token}`);
    await desk.app.cancelBooking({ bookingId: first, reason: null, who: CLIENT });
    await open(bo);
    await page.getByRole('heading', { name: t('booking.waitingStatus.title.waiting') }).waitFor();
    await open(ana);
    await page.locator('#accept').waitFor();
    desk.clock.advance(24 * HOUR);
    await desk.run('offerStarts');
    await page.locator('#accept').click();
    await page.getByText(t('booking.waitingStatus.news.gone')).waitFor();
    await looksRight('too late');
    await open(bo);
    await page.locator('#accept').click();
    await page.waitForURL(/\/b\//);
    const names = (await allBookings(desk))
      .filter(({ status }) => status === 'confirmed')
      .map(({ client }) => client.name);
    expect(names).toContain('Bo');
    expect(names).not.toContain('Ana');
    await page.context().close();
  });
});
