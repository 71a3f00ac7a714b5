import type { Browser } from 'playwright-core';
import { allBookings, booked } from '../support/bookings';
import { aClient, aDesk } from '../support/builders';
import { launch } from '../support/chromium';
import { serve } from '../support/listening';
import { journey, visitor } from './support/browser';
import { texts } from './support/clientWays';

const REMINDING = aDesk({ reminders: [{ daysBefore: 0, at: '07:30' }] });

journey('A client who is reminded', () => {
  let browser: Browser;
  let desk: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    desk = await serve({ desks: [REMINDING] });
  });
  afterEach(() => desk?.close());

  it.each(['de', 'ar'] as const)(
    'gives the appointment back by a link and a press, and undoes it by one more (%s)',
    async (language) => {
      const t = texts.in('client', language);
      const { page, looksRight } = await visitor(browser, {
        ...{ javaScript: false, viewport: { width: 360, height: 640 }, locale: language },
      });
      await booked(desk, {
        details: {
          ...{ client: aClient({ language }), attendees: 1, onBehalfOf: null, people: [], support: [] },
          ...{ note: null, answers: {} },
        },
      });
      desk.clock.set('2026-12-01T07:30:00+01:00');
      await desk.run('remindClients');
      await desk.run('sendOutbox');
      const [begins = ''] = t('mail.reminder.subject', { when: '|', desk: '' }).split('|');
      const mail = (await desk.mailbox.list()).find(({ subject }) => subject.startsWith(begins));
      await page.goto(`${desk.origin}/dev/mailbox/${mail?.id}/html`);
      const link = await page.getByRole('link', { name: t('mail.action.cannotCome') }).getAttribute('href');
      await page.goto(`${desk.origin}${new URL(link ?? '').pathname}`);
      await looksRight('cannot come');
      await page.getByRole('button', { name: t('booking.cannotCome.submit') }).click();
      await looksRight('given back');
      expect((await allBookings(desk)).map(({ status }) => status)).toEqual(['cancelled']);
      await page.locator('#undo').click();
      await looksRight('undone');
      expect((await allBookings(desk)).map(({ status }) => status)).toEqual(['confirmed']);
    },
  );
});
