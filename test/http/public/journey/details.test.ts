import { MINUTE } from '../../../../src/domain/calendar/interval';
import { detailsView } from '../../../../src/http/public/journey/details/view';
import { CLIENT_LOCALES } from '../../../../src/presentation/texts';
import { NOW } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';
import { aHeldStage } from './stages';

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

describe('The view of the form for the details', () => {
  it('is empty at first, and says until when the time is kept', () => {
    expect(detailsView({ stage: aHeldStage(), typed: {}, wrong: [], now: NOW }, aClientWhoReads('en'))).toEqual({
      title: 'Your details',
      step: { number: 6, total: 7 },
      back: '/en/expat-desk/book/time?language=en&topic=residence&mode=phone&date=2026-12-01&journey=one-journey',
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
          href: '/en/expat-desk/book/mode?language=en&topic=residence&mode=phone&journey=one-journey',
          text: 'By phone',
          leave: { step: 'mode', action: '/en/expat-desk/book/give-back', form: 'details' },
        },
      ],
      leave: { step: 'time', action: '/en/expat-desk/book/give-back', form: 'details' },
      form: { method: 'post', action: '/en/expat-desk/book/details', id: 'details' },
      typedForm: 'details',
      fields: {
        name: { checked: false },
        email: { checked: false },
        phone: { checked: false },
        attendees: { value: '1', checked: false },
        organisation: { checked: false },
        personName: { checked: false },
        note: { checked: false },
        consent: { checked: false },
      },
      asksPhone: true,
      asksAttendees: false,
      mailLanguages: mailLanguages('As this page: English'),
      forOthers: false,
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
      privacyHref: '/en/expat-desk/about/privacy',
      scripts: [{ src: '/assets/hold.js', module: true }],
    });
  });

  it('shows what was typed with what is wrong in it, also when the time is no longer kept', () => {
    const typed = {
      name: 'Kim Probe',
      email: 'kim',
      attendees: '2',
      forWhom: 'others',
      consent: '',
      mailLanguage: 'tr',
    };
    const wrong = ['email', 'personName', 'consent'] as const;
    const stage = aHeldStage({ hold: { mode: 'in_person' } });
    expect(detailsView({ stage, typed, wrong, now: NOW + 11 * MINUTE }, aClientWhoReads('de'))).toEqual({
      title: 'Ihre Angaben',
      step: { number: 6, total: 7 },
      back: '/en/expat-desk/book/time?language=en&topic=residence&mode=in_person&date=2026-12-01&journey=one-journey',
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
          href: '/en/expat-desk/book/mode?language=en&topic=residence&mode=in_person&journey=one-journey',
          text: 'Vor Ort',
        },
      ],
      form: { method: 'post', action: '/en/expat-desk/book/details', id: 'details' },
      typedForm: 'details',
      fields: {
        name: { value: 'Kim Probe', checked: false },
        email: {
          value: 'kim',
          checked: false,
          error: 'Bitte geben Sie genau eine E-Mail-Adresse ein, zum Beispiel name@domain.example',
        },
        phone: { checked: false },
        attendees: { value: '2', checked: false },
        organisation: { checked: false },
        personName: { checked: false, error: 'Bitte geben Sie ein, für wen der Termin ist' },
        note: { checked: false },
        consent: {
          value: '',
          checked: false,
          error: 'Bitte bestätigen Sie, dass Sie die Hinweise zum Datenschutz gelesen haben',
        },
      },
      asksPhone: false,
      asksAttendees: true,
      mailLanguages: mailLanguages('Wie diese Seite: Deutsch', 'tr'),
      forOthers: true,
      errors: [
        { href: '#email', text: 'Bitte geben Sie genau eine E-Mail-Adresse ein, zum Beispiel name@domain.example' },
        { href: '#personName', text: 'Bitte geben Sie ein, für wen der Termin ist' },
        { href: '#consent', text: 'Bitte bestätigen Sie, dass Sie die Hinweise zum Datenschutz gelesen haben' },
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
      privacyHref: '/en/expat-desk/about/privacy',
      scripts: [{ src: '/assets/hold.js', module: true }],
    });
  });
});
