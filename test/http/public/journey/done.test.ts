import { doneView } from '../../../../src/http/public/journey/done/view';
import { aBooking, aDesk } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';

describe('The view of a booking that was just made', () => {
  it('shows it with the ways to keep, change and forget it', () => {
    expect(doneView({ booking: aBooking(), desk: aDesk(), token: 'a-token' }, aClientWhoReads('en'))).toEqual({
      title: 'Your consultation is booked',
      reference: 'K7MQ-4XWT',
      when: 'Tuesday, 1 December 2026, 09:00–09:30',
      start: '2026-12-01T09:00:00+01:00',
      timeZone: 'Europe/Berlin',
      zone: 'Central European Standard Time (Europe/Berlin)',
      mailTo: 'kim@client.example',
      rows: [
        { key: 'Where', value: 'In person: Musterplatz 1, 40213 Düsseldorf' },
        { key: 'Topic', value: 'Residence law' },
        { key: 'Language', value: 'English', lang: 'en' },
      ],
      printRows: [
        { key: 'Name', value: 'Kim Probe', dir: 'auto' },
        { key: 'Call with questions', value: 'Expat Service Desk, +49 211 0000000' },
      ],
      bring: ['Passport', 'Residence permit'],
      manageHref: '/b/a-token?lang=en',
      forgetHref: '/en/expat-desk/book/forget',
      calendarHref: '/b/a-token/calendar.ics',
    });
  });
});
