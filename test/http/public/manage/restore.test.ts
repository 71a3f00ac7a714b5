import { restoreView } from '../../../../src/http/public/manage/restore/view';
import { aClientWhoReads } from '../../../support/readers';
import { freeAt } from '../journey/stages';
import { aManagedBooking } from './managed';

const managed = aManagedBooking({ status: 'cancelled' }, { may: new Set(['restore']) });

describe('The view of the question whether to restore', () => {
  it('asks for the tick', () => {
    expect(restoreView({ managed, isUnticked: true }, aClientWhoReads('en'))).toEqual({
      title: 'Would you like to take the cancellation back?',
      back: '/b/a-token',
      when: 'Tuesday, 1 December 2026, 09:00–09:30',
      form: { method: 'post', action: '/b/a-token/restore' },
      error: 'Please confirm that you would like to have the consultation again',
      errors: [{ href: '#again', text: 'Please confirm that you would like to have the consultation again' }],
    });
  });

  it('leads to a new booking of the same kind if the time is taken', () => {
    const alternatives = { timeZone: 'Europe/Berlin', slots: freeAt('2026-12-01T10:00:00+01:00') };
    expect(restoreView({ managed, alternatives }, aClientWhoReads('de'))).toEqual({
      title: 'Möchten Sie die Absage zurücknehmen?',
      back: '/b/a-token',
      when: 'Dienstag, 1. Dezember 2026, 09:00–09:30',
      form: { method: 'post', action: '/b/a-token/restore' },
      errors: [{ href: '#other-days', text: 'Diese Zeit ist inzwischen vergeben. Ihr Termin bleibt abgesagt.' }],
      gone: {
        near: [
          {
            href: '/de/expat-desk/book/time?language=en&topic=residence&mode=in_person&start=2026-12-01T09%3A00%3A00.000Z',
            text: 'Dienstag, 1. Dezember 2026, 10:00–10:30',
          },
        ],
        otherDaysHref: '/de/expat-desk/book/time?language=en&topic=residence&mode=in_person',
        contact: {
          address: 'Musterplatz 1, 40213 Düsseldorf',
          phone: '+49 211 0000000',
          phoneHref: 'tel:+492110000000',
          email: 'beratung@expat-desk.example',
        },
      },
    });
  });
});
