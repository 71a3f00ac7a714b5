import { sheetView } from '../../../../src/http/pages/sheet';
import { doneView } from '../../../../src/http/public/journey/done/view';
import { calendarEntries } from '../../../../src/mail/calendarFile';
import { qrCode } from '../../../../src/presentation/qrCode';
import { webCalendars } from '../../../../src/presentation/webCalendars';
import { aBooking, aDesk } from '../../../support/builders';
import { mailDeps } from '../../../support/mails';
import { aClientWhoReads } from '../../../support/readers';

const GERMAN = aClientWhoReads('de');
const BOOKED = {
  booking: aBooking(),
  desk: aDesk(),
  token: 'a-token',
  baseUrl: 'https://desk.example',
  entry: calendarEntries(mailDeps)(aDesk(), aBooking()),
};

describe('The view of a booking that was just made', () => {
  it('shows it with the ways to keep, change and forget it', () => {
    expect(doneView(BOOKED, aClientWhoReads('en'), GERMAN)).toEqual({
      title: 'Your consultation is booked',
      reference: 'K7MQ-4XWT',
      when: 'Tuesday, 1 December 2026, 09:00–09:30',
      start: '2026-12-01T09:00:00+01:00',
      timeZone: 'Europe/Berlin',
      zone: 'Central European Standard Time (Europe/Berlin)',
      mailTo: 'kim@client.example',
      isRequest: false,
      correctHref: '/b/a-token/change?lang=en#email',
      rows: [
        { key: 'Where', value: 'In person: Musterplatz 1, 40213 Düsseldorf' },
        { key: 'Topic', value: 'Residence law' },
        { key: 'Language', value: 'English', lang: 'en' },
      ],
      printRows: [
        { key: 'Name', value: 'Kim Probe', dir: 'auto' },
        { key: 'Call with questions', value: 'Expat Service Desk, +49 211 0000000' },
      ],
      bringTitle: 'Please bring along',
      bring: ['Passport', 'Residence permit'],
      german: sheetView(BOOKED, GERMAN),
      manageHref: '/b/a-token?lang=en',
      qr: qrCode('https://desk.example/b/a-token?lang=en'),
      forgetHref: '/en/expat-desk/book/forget',
      calendarHref: '/b/a-token/calendar.ics',
      webCalendars: webCalendars(BOOKED.entry),
    });
  });

  it('says the way in to who comes, on paper in German, too', () => {
    const directions = { de: 'Eingang am Platz.\nErster Stock.', en: 'The entrance is on the square.\nFirst floor.' };
    const comes = { ...BOOKED, desk: aDesk({ directions }) };
    const { rows, german } = doneView(comes, aClientWhoReads('en'), GERMAN);
    expect(rows[0]).toEqual({
      key: 'Where',
      lines: ['In person: Musterplatz 1, 40213 Düsseldorf', 'The entrance is on the square.', 'First floor.'],
    });
    expect(german?.rows).toContainEqual({
      label: 'Wo',
      lines: ['Musterplatz 1, 40213 Düsseldorf', 'Eingang am Platz.', 'Erster Stock.'],
    });
    const called = doneView({ ...comes, booking: aBooking({ mode: 'phone' }) }, aClientWhoReads('en'), GERMAN);
    expect(JSON.stringify(called)).not.toMatch(/First floor|Erster Stock/);
  });

  it('says it in German on paper, unless the page is German', () => {
    expect(doneView(BOOKED, aClientWhoReads('ar'), GERMAN).german).toMatchObject({ lang: 'de', heading: 'Ihr Termin' });
    expect(doneView(BOOKED, GERMAN, GERMAN).german).toBeUndefined();
  });
});
