import { cancelView } from '../../../../src/http/staff/booking/cancel/view';
import { aBooking, aDesk } from '../../../support/builders';
import { ENGLISH_STAFF } from '../../../support/readers';

describe('The view of a cancellation', () => {
  it('has the booking, the reason with what is wrong with it, and who will be told', () => {
    const facts = { booking: aBooking(), desk: aDesk(), reason: '', wrong: 'Please give a reason.', key: 'k1' };
    expect(cancelView(facts, ENGLISH_STAFF)).toStrictEqual({
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
      title: 'Cancel the consultation',
      action: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/cancel',
      hidden: [
        { name: 'version', value: '1' },
        { name: 'key', value: 'k1' },
      ],
      reason: '',
      reasonError: 'Please give a reason.',
      errors: [{ href: '#reason', text: 'Please give a reason.' }],
      refusal: undefined,
      notice: 'Kim Probe gets a mail to kim@client.example, language: English.',
      typedForm: 'cancel',
      hasMail: true,
      submit: 'Cancel it and send the mail',
    });
  });
});
