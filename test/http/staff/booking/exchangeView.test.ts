import { exchangeView } from '../../../../src/http/staff/booking/exchange/view';
import { aBooking, aClient, aDesk, span } from '../../../support/builders';
import { ENGLISH_STAFF } from '../../../support/readers';

describe('The view of an exchange', () => {
  it('has the booking, those of the day that it can change places with, and the reference with what is wrong', () => {
    const other = aBooking({
      id: 'b2',
      reference: 'AAAA-BBBB',
      advisorId: 'a2',
      client: aClient({ name: 'Noor Muster' }),
      time: span('2026-12-02T10:00:00+01:00', 30),
    });
    const facts = {
      booking: aBooking(),
      desk: aDesk(),
      date: '2026-12-02',
      found: [other],
      typed: 'X',
      wrong: 'No such.',
    };
    expect(exchangeView(facts, ENGLISH_STAFF)).toStrictEqual({
      reference: 'K7MQ-4XWT',
      client: 'Kim Probe',
      when: 'Tuesday, 1 December 2026, 09:00–09:30',
      iso: '2026-12-01T09:00:00+01:00',
      topic: 'Residence law',
      language: 'English',
      mode: 'in person',
      advisor: 'Ada Beispiel',
      urgent: false,
      version: 1,
      bookingHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962',
      dayHref: '/staff/expat-desk/day/2026-12-01',
      state: 'confirmed',
      stateText: 'Booked',
      title: 'Exchange appointments',
      action: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/exchange',
      moveHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/move',
      date: '2026-12-02',
      day: 'Wednesday, 2 December 2026',
      found: [
        {
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/exchange?with=b2',
          reference: 'AAAA-BBBB',
          day: 'Wed, 2 December',
          span: '10:00–10:30',
          client: 'Noor Muster',
          language: 'English',
          topic: 'Residence law',
          mode: 'in person',
          advisor: 'Bo Muster',
          video: undefined,
          state: 'confirmed',
          stateText: 'Booked',
        },
      ],
      typed: 'X',
      typedForm: 'exchange',
      typedError: 'No such.',
      errors: [{ href: '#reference', text: 'No such.' }],
    });
  });
});
