import type { Booking } from '../../../../src/domain/booking/booking';
import { HOUR, type Instant, MINUTE } from '../../../../src/domain/calendar/interval';
import { overviewView } from '../../../../src/http/public/manage/overview/view';
import { calendarEntries } from '../../../../src/mail/calendarFile';
import { webCalendars } from '../../../../src/presentation/webCalendars';
import { aBooking, aDesk, anEvent, NOW, TUESDAY_NINE } from '../../../support/builders';
import { mailDeps } from '../../../support/mails';
import { aClientWhoReads } from '../../../support/readers';
import { aManagedBooking } from './managed';

const ENTRY = calendarEntries(mailDeps)(aDesk(), aBooking());

/** The view at a moment. */
function overviewAt(now: Instant, booking: Partial<Booking> = {}) {
  const managed = aManagedBooking(booking);
  return overviewView({ managed, news: undefined, question: undefined, now, entry: ENTRY }, aClientWhoReads('en'));
}

describe('The view of a booking behind its link', () => {
  it('asks whoever is on their way whether they come later, and by how much', () => {
    const { start, end } = TUESDAY_NINE;
    expect(overviewAt(start - 10 * MINUTE, { lateMinutes: 20 }).late).toEqual({
      action: '/b/a-token/late',
      minutes: [5, 10, 15, 20, 30].map((value) => ({ value, isSaid: value === 20 })),
      saysLate: true,
    });
    expect(overviewAt(start - 3 * HOUR).late).toBeUndefined();
    expect(overviewAt(end).late).toBeUndefined();
    expect(overviewAt(start, { status: 'checked_in' }).late).toBeUndefined();
  });

  it('shows it with what can be done with it', () => {
    const managed = aManagedBooking({ attendees: 2, note: 'With my wife.' });
    expect(
      overviewView({ managed, news: 'moved', question: undefined, now: NOW, entry: ENTRY }, aClientWhoReads('en')),
    ).toEqual({
      title: 'Your consultation',
      said: 'Your consultation has been moved. You get a new invitation by mail.',
      state: { kind: 'confirmed', text: 'Confirmed' },
      reference: 'K7MQ-4XWT',
      when: 'Tuesday, 1 December 2026, 09:00–09:30',
      zone: 'Central European Standard Time (Europe/Berlin)',
      start: '2026-12-01T09:00:00+01:00',
      timeZone: 'Europe/Berlin',
      rows: [
        { key: 'Where', value: 'In person: Musterplatz 1, 40213 Düsseldorf' },
        { key: 'Topic', value: 'Residence law' },
        { key: 'Language', value: 'English', lang: 'en' },
        { key: 'Name', value: 'Kim Probe', dir: 'auto' },
        { key: 'Email', value: 'kim@client.example', dir: 'ltr' },
        { key: 'Language of mails', value: 'English', lang: 'en' },
        { key: 'People', value: '2', dir: 'ltr' },
        { key: 'Note', value: 'With my wife.', dir: 'auto' },
      ],
      bringTitle: 'Please bring along',
      bring: ['Passport', 'Residence permit'],
      question: undefined,
      alarm: {
        action: '/b/a-token/alarm',
        choices: [
          { value: 30, text: '30 minutes before', isChosen: false },
          { value: 60, text: '1 hour before', isChosen: false },
          { value: 120, text: '2 hours before', isChosen: false },
          { value: 1_440, text: '1 day before', isChosen: false },
        ],
        isSet: false,
      },
      moveHref: '/b/a-token/move',
      cancelHref: '/b/a-token/cancel',
      changeHref: '/b/a-token/change',
      earlierAction: '/b/a-token/earlier',
      dataHref: '/b/a-token/data',
      calendarHref: '/b/a-token/calendar.ics',
      webCalendars: webCalendars(ENTRY),
      bookAgainHref: false,
      contact: {
        address: 'Musterplatz 1, 40213 Düsseldorf',
        phone: '+49 211 0000000',
        phoneHref: 'tel:+492110000000',
        email: 'beratung@expat-desk.example',
      },
    });
  });

  it('offers to restore one that was just cancelled', () => {
    const part = { lastStep: anEvent({ type: 'cancelled' }), may: new Set(['restore']) };
    const managed = aManagedBooking({ status: 'cancelled' }, part);
    expect(
      overviewView({ managed, news: 'cancelled', question: undefined, now: NOW, entry: ENTRY }, aClientWhoReads('de')),
    ).toEqual({
      title: 'Ihr Termin',
      said: 'Ihr Termin ist abgesagt. Sie bekommen eine Bestätigung per E-Mail.',
      state: { kind: 'cancelled', text: 'Abgesagt' },
      reference: 'K7MQ-4XWT',
      when: 'Dienstag, 1. Dezember 2026, 09:00–09:30',
      zone: 'Mitteleuropäische Normalzeit (Europe/Berlin)',
      start: '2026-12-01T09:00:00+01:00',
      timeZone: 'Europe/Berlin',
      rows: [
        { key: 'Wo', value: 'Vor Ort: Musterplatz 1, 40213 Düsseldorf' },
        { key: 'Thema', value: 'Aufenthaltsrecht' },
        { key: 'Sprache', value: 'English', lang: 'en' },
        { key: 'Name', value: 'Kim Probe', dir: 'auto' },
        { key: 'E-Mail', value: 'kim@client.example', dir: 'ltr' },
        { key: 'Sprache der Mails', value: 'English', lang: 'en' },
      ],
      bringTitle: 'Bitte bringen Sie mit',
      bring: [],
      question: undefined,
      moveHref: false,
      cancelHref: false,
      changeHref: false,
      earlierAction: false,
      dataHref: '/b/a-token/data',
      restore: {
        text: 'Aus Versehen abgesagt? Bis 10:30 Uhr können Sie das zurücknehmen, solange die Zeit noch frei ist.',
        href: '/b/a-token/restore',
        hidden: [{ name: 'again', value: 'true' }],
      },
      bookAgainHref: '/de/expat-desk/book/language',
      contact: {
        address: 'Musterplatz 1, 40213 Düsseldorf',
        phone: '+49 211 0000000',
        phoneHref: 'tel:+492110000000',
        email: 'beratung@expat-desk.example',
      },
    });
  });

  it('offers a new one when it is over', () => {
    const managed = aManagedBooking({ status: 'completed' }, { may: new Set() });
    expect(
      overviewView(
        { managed, news: undefined, question: undefined, now: TUESDAY_NINE.end, entry: ENTRY },
        aClientWhoReads('en'),
      ),
    ).toEqual({
      title: 'Your consultation',
      state: { kind: 'over', text: 'Over' },
      reference: 'K7MQ-4XWT',
      when: 'Tuesday, 1 December 2026, 09:00–09:30',
      zone: 'Central European Standard Time (Europe/Berlin)',
      start: '2026-12-01T09:00:00+01:00',
      timeZone: 'Europe/Berlin',
      rows: [
        { key: 'Where', value: 'In person: Musterplatz 1, 40213 Düsseldorf' },
        { key: 'Topic', value: 'Residence law' },
        { key: 'Language', value: 'English', lang: 'en' },
        { key: 'Name', value: 'Kim Probe', dir: 'auto' },
        { key: 'Email', value: 'kim@client.example', dir: 'ltr' },
        { key: 'Language of mails', value: 'English', lang: 'en' },
      ],
      bringTitle: 'Please bring along',
      bring: [],
      question: undefined,
      moveHref: false,
      cancelHref: false,
      changeHref: false,
      earlierAction: false,
      dataHref: '/b/a-token/data',
      certificateHref: '/b/a-token/certificate',
      bookAgainHref: '/en/expat-desk/book/language',
      contact: {
        address: 'Musterplatz 1, 40213 Düsseldorf',
        phone: '+49 211 0000000',
        phoneHref: 'tel:+492110000000',
        email: 'beratung@expat-desk.example',
      },
    });
  });
});
