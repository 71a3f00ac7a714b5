import { MINUTE } from '../../../../src/domain/calendar/interval';
import { aboutView } from '../../../../src/http/pages/aboutView';
import { detailsView } from '../../../../src/http/public/journey/details/view';
import { CLIENT_LOCALES } from '../../../../src/presentation/texts';
import { aDeskThatAsks, aQuestion, NOW } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';
import { aHeldStage } from './stages';

const baseUrl = 'https://termine.example';

/** The choice of the language of the mails. */
const mailLanguages = (same: string, chosen?: string) => [
  { value: '', text: same },
  ...['Deutsch', 'English', 'Français', 'Español', 'Türkçe', 'العربية', 'Українська', '日本語', '中文'].map(
    (text, i) => ({
      value: CLIENT_LOCALES[i],
      text,
      lang: CLIENT_LOCALES[i],
      selected: CLIENT_LOCALES[i] === chosen,
    }),
  ),
];

/** The fields for somebody who is advised. */
const aPerson = (id: string, { same, name = {} }: { same: string; name?: { error?: string; value?: string } }) => ({
  name: { id: `${id}Name`, ...name },
  email: { id: `${id}Email` },
  language: { id: `${id}Language`, options: mailLanguages(same) },
  isOpen: name.value !== undefined,
});

describe('The view of the form for the details', () => {
  it('is empty at first, and says until when the time is kept', () => {
    const stage = aHeldStage();
    expect(
      detailsView({ stage, typed: {}, wrong: [], wrongAnswers: [], now: NOW, baseUrl }, aClientWhoReads('en')),
    ).toEqual({
      title: 'Your details',
      step: { number: 4, total: 5 },
      back: '/en/expat-desk/book/time?language=en&topic=residence&mode=phone&start=2026-12-01T08%3A00%3A00.000Z&journey=one-journey',
      chips: [
        {
          name: 'Language',
          href: '/en/expat-desk/book/language?language=en&topic=residence&mode=phone&journey=one-journey',
          spoken: { text: 'English', lang: 'en', dir: 'ltr' },
          also: [],
          leave: { step: 'language', action: '/en/expat-desk/book/give-back', form: 'details' },
        },
        {
          name: 'Topic',
          href: '/en/expat-desk/book/topic?language=en&topic=residence&mode=phone&journey=one-journey',
          text: 'Residence law · 30 min',
          leave: { step: 'topic', action: '/en/expat-desk/book/give-back', form: 'details' },
        },
        {
          name: 'Kind',
          href: '/en/expat-desk/book/time?language=en&topic=residence&mode=phone&journey=one-journey',
          text: 'By phone',
          leave: { step: 'time', action: '/en/expat-desk/book/give-back', form: 'details' },
        },
      ],
      leave: { step: 'time', action: '/en/expat-desk/book/give-back', form: 'details' },
      form: { method: 'post', action: '/en/expat-desk/book/details', id: 'details' },
      typedForm: 'details',
      fields: {
        name: {},
        email: {},
        phone: {},
        attendees: { value: '1' },
        organisation: {},
        personName: {},
        note: {},
      },
      emailHint: 'The confirmation and the link to change or cancel go there.',
      phoneHint: 'We call you there. From another country with its country code, for example +81.',
      asksPhone: true,
      asksAttendees: false,
      mailLanguages: mailLanguages('As this page: English'),
      whom: 'me',
      person: aPerson('person', { same: 'As this page: English' }),
      others: [],
      support: [{ id: 'support-sign_language', text: 'I need sign language', checked: false }],
      kept: {
        live: true,
        when: 'Tuesday, 1 December 2026, 09:00–09:30',
        text: 'We are keeping this time for you until 10:10.',
        seconds: 600,
        start: '2026-12-01T09:00:00+01:00',
        timeZone: 'Europe/Berlin',
        giveBackHref: '/en/expat-desk/book/give-back',
        renewable: true,
      },
      limits: { name: 200, email: 254, phone: 40, organisation: 200, personName: 200, note: 500 },
      privacy: aboutView({ page: 'privacy', desk: stage.desk, baseUrl }, aClientWhoReads('en')),
      questions: [],
      scripts: [{ src: '/assets/hold.js', module: true }],
    });
  });

  it('shows what was typed with what is wrong in it, also when the time is no longer kept', () => {
    const typed = {
      name: 'Kim Probe',
      email: 'kim',
      attendees: '2',
      forWhom: 'others',
      mailLanguage: 'tr',
      'support-wheelchair': 'true',
    };
    const wrong = ['email', 'personName'] as const;
    const stage = aHeldStage({ hold: { mode: 'in_person' } });
    expect(
      detailsView({ stage, typed, wrong, wrongAnswers: [], now: NOW + 11 * MINUTE, baseUrl }, aClientWhoReads('de')),
    ).toEqual({
      title: 'Ihre Angaben',
      step: { number: 4, total: 5 },
      back: '/en/expat-desk/book/time?language=en&topic=residence&mode=in_person&start=2026-12-01T08%3A00%3A00.000Z&journey=one-journey',
      chips: [
        {
          name: 'Sprache',
          href: '/en/expat-desk/book/language?language=en&topic=residence&mode=in_person&journey=one-journey',
          spoken: { text: 'English', lang: 'en', dir: 'ltr' },
          also: [],
        },
        {
          name: 'Thema',
          href: '/en/expat-desk/book/topic?language=en&topic=residence&mode=in_person&journey=one-journey',
          text: 'Aufenthaltsrecht · 30 Min.',
        },
        {
          name: 'Art',
          href: '/en/expat-desk/book/time?language=en&topic=residence&mode=in_person&journey=one-journey',
          text: 'Vor Ort',
        },
      ],
      form: { method: 'post', action: '/en/expat-desk/book/details', id: 'details' },
      typedForm: 'details',
      fields: {
        name: { value: 'Kim Probe' },
        email: {
          value: 'kim',
          error: 'Bitte geben Sie genau eine E-Mail-Adresse ein, zum Beispiel name@domain.example',
        },
        phone: {},
        attendees: { value: '2' },
        organisation: {},
        personName: { error: 'Bitte geben Sie ein, für wen der Termin ist' },
        note: {},
      },
      emailHint: 'Dorthin kommen die Bestätigung und der Link zum Ändern oder Absagen.',
      phoneHint: 'Nur, wenn Sie keine E-Mail haben. Mit der Nummer und der Referenz finden Sie den Termin wieder.',
      asksPhone: false,
      asksAttendees: true,
      mailLanguages: mailLanguages('Wie diese Seite: Deutsch', 'tr'),
      whom: 'others',
      person: aPerson('person', {
        same: 'Wie diese Seite: Deutsch',
        name: { error: 'Bitte geben Sie ein, für wen der Termin ist' },
      }),
      others: [],
      support: [
        {
          id: 'support-wheelchair',
          text: 'Ich komme im Rollstuhl oder brauche einen Weg ohne Stufen',
          checked: true,
        },
        { id: 'support-sign_language', text: 'Ich brauche Gebärdensprache', checked: false },
        { id: 'support-quiet_room', text: 'Ich brauche einen ruhigen Raum', checked: false },
        { id: 'support-child', text: 'Ein Kind kommt mit', checked: false },
      ],
      errors: [
        { href: '#email', text: 'Bitte geben Sie genau eine E-Mail-Adresse ein, zum Beispiel name@domain.example' },
        { href: '#personName', text: 'Bitte geben Sie ein, für wen der Termin ist' },
      ],
      kept: {
        live: false,
        when: 'Dienstag, 1. Dezember 2026, 09:00–09:30 Uhr',
        text: 'Die Zeit ist nicht mehr für Sie reserviert. Ihre Angaben sind noch da: Wenn Sie weitergehen, nehmen wir die Zeit wieder auf, falls sie noch frei ist.',
        seconds: 0,
        start: '2026-12-01T09:00:00+01:00',
        timeZone: 'Europe/Berlin',
        renewable: false,
      },
      limits: { name: 200, email: 254, phone: 40, organisation: 200, personName: 200, note: 500 },
      privacy: aboutView({ page: 'privacy', desk: stage.desk, baseUrl }, aClientWhoReads('de')),
      questions: [],
      scripts: [{ src: '/assets/hold.js', module: true }],
    });
  });

  it('asks what the topic asks, with what was answered, and which answer is wrong', () => {
    const desk = aDeskThatAsks([
      aQuestion({ hint: { de: 'Wie auf der Karte', en: 'As on the card' } }),
      aQuestion({ id: 'since', kind: 'date', label: { de: 'Seit wann?', en: 'Since when?' }, required: true }),
      aQuestion({ id: 'family', kind: 'yes_no', label: { de: 'Mit Familie?', en: 'With family?' } }),
    ]);
    const typed = { 'answer-visa': 'Blue Card', 'answer-family': 'yes' };
    const wrongAnswers = [{ questionId: 'since', code: 'missing', expected: 'missing' }] as const;
    const given = { stage: aHeldStage({ desk }), typed, wrong: ['name'], wrongAnswers, now: NOW, baseUrl } as const;
    const { questions, errors } = detailsView(given, aClientWhoReads('en'));
    expect(questions).toEqual([
      {
        id: 'answer-visa',
        label: 'Which visa do you have?',
        hint: 'As on the card',
        optional: true,
        value: 'Blue Card',
        isLong: true,
        max: 500,
      },
      {
        id: 'answer-since',
        label: 'Since when?',
        error: 'Please answer this question.',
        optional: false,
        value: '',
        isDate: true,
      },
      {
        id: 'answer-family',
        label: 'With family?',
        optional: true,
        value: 'yes',
        options: [
          { value: 'yes', text: 'Yes', id: 'answer-family', checked: true },
          { value: 'no', text: 'No', id: 'answer-family-1', checked: false },
          { value: '', text: 'No answer', id: 'answer-family-2', checked: false },
        ],
        columns: '2',
      },
    ]);
    expect(errors).toEqual([
      { href: '#name', text: 'Please enter your name' },
      { href: '#answer-since', about: 'Since when?', text: 'Please answer this question.' },
    ]);
  });
});
