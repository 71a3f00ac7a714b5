import { calendarEntries } from '../../src/mail/calendarFile';
import { webCalendars } from '../../src/presentation/webCalendars';
import { aBooking, aDesk, span } from '../support/builders';
import { mailDeps } from '../support/mails';

/** The entry's pages by name, each with its values as a calendar reads them. */
function pages(booking = aBooking()) {
  const links = webCalendars(calendarEntries(mailDeps)(aDesk(), booking));
  return Object.fromEntries(links.map(({ name, href }) => [name, { href, values: new URL(href).searchParams }]));
}

describe('The pages of web calendars', () => {
  it('are those of Google and Microsoft', () => {
    expect(Object.values(pages()).map(({ href }) => href.split('?')[0])).toEqual([
      'https://calendar.google.com/calendar/render',
      'https://outlook.live.com/calendar/0/action/compose',
      'https://outlook.office.com/calendar/0/action/compose',
    ]);
  });

  it.each([
    ['winter', '2026-12-01T09:00:00+01:00', '20261201T080000Z/20261201T083000Z'],
    ['the repeated hour', '2026-10-25T02:30:00+01:00', '20261025T013000Z/20261025T020000Z'],
    ['summer, on the day before in UTC', '2026-07-01T01:30:00+02:00', '20260630T233000Z/20260701T000000Z'],
  ])('have the same instants as the booking (%s)', (_, start, dates) => {
    const time = span(start, 30);
    const found = pages(aBooking({ time }));
    expect(found.Google?.values.get('dates')).toBe(dates);
    for (const name of ['Outlook.com', 'Microsoft 365']) {
      const ends = ['startdt', 'enddt'].map((end) => found[name]?.values.get(end) ?? '');
      expect(ends.map(Date.parse)).toEqual([time.start, time.end]);
      // Outlook takes a time without it for one on the clock of whoever reads.
      expect(ends.every((end) => end.endsWith('Z'))).toBe(true);
    }
  });

  it('say what the invitation says, in text that Outlook does not show with plus signs', () => {
    const { Google, 'Outlook.com': outlook } = pages();
    const entry = calendarEntries(mailDeps)(aDesk(), aBooking());
    expect([Google?.values.get('text'), Google?.values.get('details'), Google?.values.get('location')]).toEqual([
      entry.summary,
      entry.description,
      entry.location,
    ]);
    expect([outlook?.values.get('subject'), outlook?.values.get('body')]).toEqual([entry.summary, entry.description]);
    expect(outlook?.href).not.toContain('+');
  });

  it('tell nothing that the client wrote, and not the link of the mail', () => {
    const booking = aBooking({ note: 'My visa has expired.' });
    for (const { href } of Object.values(pages(booking)))
      expect(decodeURIComponent(href)).not.toMatch(/Kim|client\.example|visa|\/b\//);
  });
});
