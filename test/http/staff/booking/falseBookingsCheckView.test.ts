import { checkView } from '../../../../src/http/staff/booking/falseBookings/check/view';
import { aBooking, aClient, aDesk } from '../../../support/builders';
import { ENGLISH_STAFF, GERMAN_STAFF } from '../../../support/readers';

describe('The check before false bookings are cancelled', () => {
  it('has each chosen booking once more, and a reason that can be changed', () => {
    const booking = aBooking();
    const other = aBooking({ id: 'b2', reference: 'AAAA-BBBB', client: aClient({ name: 'Noor Muster' }) });
    const facts = { booking, desk: aDesk(), chosen: [booking, other], key: 'k1' };
    expect(checkView(facts, ENGLISH_STAFF)).toStrictEqual({
      title: 'Cancel 2 false bookings?',
      lines: [
        {
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962',
          reference: 'K7MQ-4XWT',
          day: 'Tue, 1 December',
          span: '09:00–09:30',
          client: 'Kim Probe',
          language: 'English',
          topic: 'Residence law',
          mode: 'in person',
          advisor: 'Ada Beispiel',
          video: undefined,
          state: 'confirmed',
          stateText: 'Booked',
        },
        {
          href: '/staff/bookings/b2',
          reference: 'AAAA-BBBB',
          day: 'Tue, 1 December',
          span: '09:00–09:30',
          client: 'Noor Muster',
          language: 'English',
          topic: 'Residence law',
          mode: 'in person',
          advisor: 'Ada Beispiel',
          video: undefined,
          state: 'confirmed',
          stateText: 'Booked',
        },
      ],
      action: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings',
      hidden: [
        {
          name: 'booking',
          value: '3b241101-e2bb-4255-8caf-4136c566a962',
        },
        {
          name: 'booking',
          value: 'b2',
        },
        {
          name: 'key',
          value: 'k1',
        },
      ],
      reason: 'False booking',
      reasonError: undefined,
      errors: undefined,
      submit: 'Cancel 2 bookings',
      typedForm: 'cancel',
      backHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings',
    });
  });

  it('says in German what is wrong with the reason that was typed', () => {
    const booking = aBooking();
    const facts = { booking, desk: aDesk(), chosen: [booking], reason: '', wrong: 'Bitte kürzer.', key: 'k1' };
    expect(checkView(facts, GERMAN_STAFF)).toStrictEqual({
      title: 'Eine falsche Buchung absagen?',
      lines: [
        {
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962',
          reference: 'K7MQ-4XWT',
          day: 'Di, 1. Dezember',
          span: '09:00–09:30',
          client: 'Kim Probe',
          language: 'Englisch',
          topic: 'Aufenthaltsrecht',
          mode: 'vor Ort',
          advisor: 'Ada Beispiel',
          video: undefined,
          state: 'confirmed',
          stateText: 'Gebucht',
        },
      ],
      action: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings',
      hidden: [
        {
          name: 'booking',
          value: '3b241101-e2bb-4255-8caf-4136c566a962',
        },
        {
          name: 'key',
          value: 'k1',
        },
      ],
      reason: '',
      reasonError: 'Bitte kürzer.',
      errors: [
        {
          href: '#reason',
          text: 'Bitte kürzer.',
        },
      ],
      submit: 'Eine Buchung absagen',
      typedForm: 'cancel',
      backHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings',
    });
  });
});
