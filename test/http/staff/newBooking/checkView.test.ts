import { checkView } from '../../../../src/http/staff/newBooking/check/view';
import { aBooking, aClient, aDesk, aDeskThatAsks, aQuestion, TUESDAY_NINE } from '../../../support/builders';
import { ENGLISH_STAFF, GERMAN_STAFF } from '../../../support/readers';

const query = { topicId: 'residence', language: 'en', mode: 'in_person' as const, advisorId: undefined, urgent: false };
const start = TUESDAY_NINE.start;

describe('The check of a new booking', () => {
  it('has everything that was told, a likely slip of the pen, and what is booked under the same name', () => {
    const details = {
      client: aClient({ email: 'kim@gmial.com', phone: '+492115550100' }),
      attendees: 2,
      onBehalfOf: { name: 'Noor Muster', organisation: 'Muster GmbH' },
      note: 'Two of us.',
      answers: { visa: 'D' },
    };
    const fields = { topic: 'residence', language: 'en', mode: 'in_person', name: 'Kim Probe', start: 's', key: 'k0' };
    const facts = {
      desk: aDeskThatAsks([aQuestion()]),
      query,
      start,
      fields,
      told: { source: 'phone' as const, details },
      same: [aBooking()],
      newKey: 'k1',
    };
    expect(checkView(facts, ENGLISH_STAFF)).toStrictEqual({
      action: '/staff/expat-desk/bookings/new',
      when: 'Tuesday, 1 December 2026, 09:00',
      what: ['Residence law', 'English', 'in person'],
      title: 'Is everything right?',
      refusal: undefined,
      rows: [
        {
          key: 'Name',
          value: 'Kim Probe',
        },
        {
          key: 'Phone',
          value: '+49 211 5550100',
        },
        {
          key: 'Email',
          value: 'kim@gmial.com',
        },
        {
          key: 'People',
          value: 2,
        },
        {
          key: 'For',
          value: 'Noor Muster, Muster GmbH',
        },
        {
          key: 'Note',
          value: 'Two of us.',
        },
        {
          key: 'Which visa do you have?',
          value: 'D',
          dir: 'auto',
        },
        {
          key: 'How they got in touch',
          value: 'By phone',
        },
      ],
      notice: 'Kim Probe gets a mail to kim@gmial.com, language: English.',
      meant: 'kim@gmail.com',
      hasMail: true,
      submit: 'Book and send the mail',
      same: [
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
      ],
      hidden: [
        {
          name: 'topic',
          value: 'residence',
        },
        {
          name: 'language',
          value: 'en',
        },
        {
          name: 'mode',
          value: 'in_person',
        },
        {
          name: 'name',
          value: 'Kim Probe',
        },
        {
          name: 'start',
          value: 's',
        },
        {
          name: 'key',
          value: 'k0',
        },
      ],
    });
  });

  it('has another key after a refusal, and says in German that there is no mail', () => {
    const client = aClient({ email: null });
    const details = { client, attendees: 1, onBehalfOf: null, note: null, answers: {} };
    const facts = {
      desk: aDesk(),
      query,
      start,
      fields: { topic: 'residence', name: 'Kim Probe', key: 'k0' },
      told: { source: 'walk_in' as const, details },
      same: [],
      refusal: 'Bitte noch einmal.',
      newKey: 'k1',
    };
    expect(checkView(facts, GERMAN_STAFF)).toStrictEqual({
      action: '/staff/expat-desk/bookings/new',
      when: 'Dienstag, 1. Dezember 2026, 09:00',
      what: ['Aufenthaltsrecht', 'Englisch', 'vor Ort'],
      title: 'Stimmt alles?',
      refusal: 'Bitte noch einmal.',
      rows: [
        {
          key: 'Name',
          value: 'Kim Probe',
        },
        {
          key: 'Wie gemeldet',
          value: 'Ohne Termin gekommen',
        },
      ],
      notice:
        'Kim Probe bekommt keine Mail. Bitte lesen Sie nach dem Eintragen die Referenz vor oder drucken Sie den Beleg.',
      meant: undefined,
      hasMail: false,
      submit: 'Eintragen',
      same: [],
      hidden: [
        {
          name: 'topic',
          value: 'residence',
        },
        {
          name: 'name',
          value: 'Kim Probe',
        },
        {
          name: 'key',
          value: 'k1',
        },
      ],
    });
  });
});
