import { findView } from '../../../../src/http/public/manage/find/view';
import { aDesk } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';

const desk = aDesk();

describe('The view of the form for the links of one’s bookings', () => {
  it('shows what was typed with what is wrong in it', () => {
    const typed = { reference: 'K7', email: 'kim', phone: '' };
    const wrong = ['email', 'reference'] as const;
    expect(findView({ desk, sent: false, typed, wrong }, aClientWhoReads('en'))).toEqual({
      title: 'Change or cancel a booking',
      back: '/en/expat-desk',
      sent: false,
      form: { method: 'post', action: '/en/expat-desk/find-booking', id: 'find' },
      typedForm: 'find',
      fields: {
        reference: { value: 'K7', error: 'Please enter the reference like this: K7MQ-4XWT. Or leave the field empty.' },
        email: { value: 'kim', error: 'Please enter the email address that you booked with' },
        phone: { value: '' },
      },
      errors: [
        { href: '#email', text: 'Please enter the email address that you booked with' },
        { href: '#reference', text: 'Please enter the reference like this: K7MQ-4XWT. Or leave the field empty.' },
      ],
      asksPhone: false,
      contact: {
        address: 'Musterplatz 1, 40213 Düsseldorf',
        phone: '+49 211 0000000',
        phoneHref: 'tel:+492110000000',
        email: 'beratung@expat-desk.example',
      },
    });
  });

  it('says how long to wait after too many requests', () => {
    const typed = { reference: '', email: 'kim@client.example', phone: '' };
    expect(findView({ desk, sent: false, typed, wrong: [], wait: 'Wait.' }, aClientWhoReads('de'))).toEqual({
      title: 'Termin ändern oder absagen',
      back: '/de/expat-desk',
      sent: false,
      form: { method: 'post', action: '/de/expat-desk/find-booking', id: 'find' },
      typedForm: 'find',
      fields: { reference: { value: '' }, email: { value: 'kim@client.example' }, phone: { value: '' } },
      errors: [{ href: '#email', text: 'Wait.' }],
      asksPhone: false,
      contact: {
        address: 'Musterplatz 1, 40213 Düsseldorf',
        phone: '+49 211 0000000',
        phoneHref: 'tel:+492110000000',
        email: 'beratung@expat-desk.example',
      },
    });
  });

  it('has nothing more to type once it was sent', () => {
    const typed = { reference: '', email: '', phone: '' };
    expect(findView({ desk, sent: true, typed, wrong: [] }, aClientWhoReads('en'))).toEqual({
      title: 'Check your mailbox',
      back: '/en/expat-desk',
      sent: true,
      form: { method: 'post', action: '/en/expat-desk/find-booking', id: 'find' },
      fields: { reference: { value: '' }, email: { value: '' }, phone: { value: '' } },
      asksPhone: false,
      contact: {
        address: 'Musterplatz 1, 40213 Düsseldorf',
        phone: '+49 211 0000000',
        phoneHref: 'tel:+492110000000',
        email: 'beratung@expat-desk.example',
      },
    });
  });
});
