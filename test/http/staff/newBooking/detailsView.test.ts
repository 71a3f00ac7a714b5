import { detailsView } from '../../../../src/http/staff/newBooking/details/view';
import { aDesk, aDeskThatAsks, aQuestion, NOW, TUESDAY_NINE } from '../../../support/builders';
import { ENGLISH_STAFF, GERMAN_STAFF } from '../../../support/readers';

describe('The details of a new booking', () => {
  it('are empty at first, with what the consultation suggests, and what has been chosen', () => {
    const facts = {
      desk: aDesk(),
      query: { topicId: 'residence', language: 'de', mode: 'in_person' as const, advisorId: 'a1', urgent: true },
      start: NOW,
      fields: { topic: 'residence', language: 'de', mode: 'in_person', advisor: 'a1', urgent: 'true', typed: 'k0' },
      now: NOW,
      newKey: 'k1',
    };
    expect(detailsView(facts, ENGLISH_STAFF)).toStrictEqual({
      action: '/staff/expat-desk/bookings/new',
      when: 'Tuesday, 24 November 2026, 10:00',
      what: ['Residence law', 'German', 'in person', 'Ada Beispiel', 'urgent'],
      errors: undefined,
      wrong: {},
      values: {
        source: 'walk_in',
        name: '',
        phone: '',
        email: '',
        mailLanguage: 'de',
        attendees: '',
        personName: '',
        organisation: '',
        note: '',
      },
      limits: {
        name: 200,
        email: 254,
        phone: 40,
        organisation: 200,
        personName: 200,
        note: 500,
      },
      questions: [],
      sources: [
        {
          id: 'source',
          value: 'phone',
          text: 'By phone',
          checked: false,
        },
        {
          id: 'source-1',
          value: 'walk_in',
          text: 'Came without a booking',
          checked: true,
        },
      ],
      phoneOptional: true,
      phoneHint: undefined,
      asksAttendees: true,
      emailOptional: true,
      emailHint: 'Without an address there is no mail, only the reference and the slip.',
      mailLanguages: [
        {
          value: 'de',
          text: 'Deutsch',
          lang: 'de',
          selected: true,
        },
        {
          value: 'en',
          text: 'English',
          lang: 'en',
          selected: false,
        },
      ],
      title: 'Who is coming?',
      hidden: [
        {
          name: 'topic',
          value: 'residence',
        },
        {
          name: 'language',
          value: 'de',
        },
        {
          name: 'mode',
          value: 'in_person',
        },
        {
          name: 'advisor',
          value: 'a1',
        },
        {
          name: 'urgent',
          value: 'true',
        },
        {
          name: 'key',
          value: 'k0',
        },
      ],
      typedForm: 'details',
    });
  });

  it('are kept as they were typed, with what is wrong in German', () => {
    const facts = {
      desk: aDeskThatAsks([aQuestion({ required: true })]),
      query: { topicId: 'residence', language: 'en', mode: 'phone' as const, advisorId: undefined, urgent: false },
      start: TUESDAY_NINE.start,
      fields: {
        topic: 'residence',
        language: 'en',
        mode: 'phone',
        name: 'Kim Probe',
        source: 'walk_in',
        mailLanguage: 'de',
      },
      wrong: {
        fields: ['phone' as const],
        answers: [{ questionId: 'visa', code: 'missing' as const, expected: 'an answer' }],
      },
      now: NOW,
      newKey: 'k1',
    };
    expect(detailsView(facts, GERMAN_STAFF)).toStrictEqual({
      action: '/staff/expat-desk/bookings/new',
      when: 'Dienstag, 1. Dezember 2026, 09:00',
      what: ['Aufenthaltsrecht', 'Englisch', 'Telefon'],
      errors: [
        {
          href: '#phone',
          text: 'Für ein Telefongespräch brauchen wir eine Nummer.',
        },
        {
          href: '#answer-visa',
          text: 'Welches Visum haben Sie? Bitte beantworten Sie diese Frage.',
        },
      ],
      wrong: {
        phone: 'Für ein Telefongespräch brauchen wir eine Nummer.',
      },
      values: {
        source: 'walk_in',
        name: 'Kim Probe',
        phone: '',
        email: '',
        mailLanguage: 'de',
        attendees: '',
        personName: '',
        organisation: '',
        note: '',
      },
      limits: {
        name: 200,
        email: 254,
        phone: 40,
        organisation: 200,
        personName: 200,
        note: 500,
      },
      questions: [
        {
          id: 'answer-visa',
          label: 'Welches Visum haben Sie?',
          hint: undefined,
          error: 'Bitte beantworten Sie diese Frage.',
          optional: false,
          value: '',
          isLong: true,
          max: 500,
        },
      ],
      sources: [
        {
          id: 'source',
          value: 'phone',
          text: 'Am Telefon',
          checked: false,
        },
        {
          id: 'source-1',
          value: 'walk_in',
          text: 'Ohne Termin gekommen',
          checked: true,
        },
      ],
      phoneOptional: false,
      phoneHint: 'wird für das Telefongespräch gebraucht',
      asksAttendees: false,
      emailOptional: true,
      emailHint: 'Ohne Adresse gibt es keine Mail, nur die Referenz und den Beleg.',
      mailLanguages: [
        {
          value: 'de',
          text: 'Deutsch',
          lang: 'de',
          selected: true,
        },
        {
          value: 'en',
          text: 'English',
          lang: 'en',
          selected: false,
        },
      ],
      title: 'Wer kommt?',
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
          value: 'phone',
        },
        {
          name: 'key',
          value: 'k1',
        },
      ],
      typedForm: 'details',
    });
  });
});
