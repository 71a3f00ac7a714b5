import { checkView } from '../../../../src/http/public/journey/check/view';
import { aClient, aDeskThatAsks, aQuestion, NOW } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';
import { aHeldStage } from './stages';

const DETAILS = {
  client: aClient({ phone: '+49 211 1234567' }),
  attendees: 1,
  onBehalfOf: null,
  people: [],
  support: [],
  note: null,
  answers: {},
};

describe('The view of the page that asks to check', () => {
  it('shows everything once more, each row with the way to change it', () => {
    const told = { stage: aHeldStage(), details: DETAILS };
    expect(checkView({ told, shown: 'a-hash', now: NOW }, aClientWhoReads('en'))).toEqual({
      title: 'Is everything right?',
      step: { number: 5, total: 5 },
      bookText: 'Book the consultation',
      back: '/en/expat-desk/book/details',
      chips: [
        {
          of: 'language',
          name: 'Language',
          href: '/en/expat-desk/book/language?language=en&topic=residence&mode=phone&journey=one-journey',
          spoken: { text: 'English', lang: 'en', dir: 'ltr' },
          also: [],
        },
        {
          of: 'topic',
          name: 'Topic',
          href: '/en/expat-desk/book/topic?language=en&topic=residence&mode=phone&journey=one-journey',
          text: 'Residence law · 30 min',
        },
        {
          of: 'time',
          name: 'Kind',
          href: '/en/expat-desk/book/time?language=en&topic=residence&mode=phone&journey=one-journey',
          text: 'By phone',
        },
      ],
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
      form: {
        method: 'post',
        action: '/en/expat-desk/book/check',
        id: 'answers',
        hidden: [{ name: 'shown', value: 'a-hash' }],
      },
      changeEmail: '/en/expat-desk/book/details#email',
      consultation: [
        {
          key: 'When',
          value: 'Tuesday, 1 December 2026, 09:00–09:30 (CET)',
          change:
            '/en/expat-desk/book/time?language=en&topic=residence&mode=phone&start=2026-12-01T08%3A00%3A00.000Z&journey=one-journey',
          leave: { step: 'time', action: '/en/expat-desk/book/give-back', form: 'answers' },
        },
        {
          key: 'Where',
          value: 'By phone: we call you.',
          change:
            '/en/expat-desk/book/time?language=en&topic=residence&mode=phone&start=2026-12-01T08%3A00%3A00.000Z&journey=one-journey',
          leave: { step: 'time', action: '/en/expat-desk/book/give-back', form: 'answers' },
        },
        {
          key: 'Topic',
          value: 'Residence law',
          change:
            '/en/expat-desk/book/topic?language=en&topic=residence&mode=phone&start=2026-12-01T08%3A00%3A00.000Z&journey=one-journey',
          leave: { step: 'topic', action: '/en/expat-desk/book/give-back', form: 'answers' },
        },
        {
          key: 'Language',
          value: 'English',
          lang: 'en',
          change:
            '/en/expat-desk/book/language?language=en&topic=residence&mode=phone&start=2026-12-01T08%3A00%3A00.000Z&journey=one-journey',
          leave: { step: 'language', action: '/en/expat-desk/book/give-back', form: 'answers' },
        },
      ],
      details: [
        { key: 'Name', value: 'Kim Probe', dir: 'auto', change: '/en/expat-desk/book/details' },
        { key: 'Email', value: 'kim@client.example', dir: 'ltr', change: '/en/expat-desk/book/details' },
        { key: 'Language of mails', value: 'English', lang: 'en', change: '/en/expat-desk/book/details' },
        { key: 'Phone', value: '+49 211 1234567', dir: 'ltr', change: '/en/expat-desk/book/details' },
      ],
      bringTitle: 'Please have ready',
      bring: [],
      scripts: [{ src: '/assets/hold.js', module: true }],
    });
  });

  it('shows the answers too, doubts a mail address, and says why it was not booked', () => {
    const client = aClient({ email: 'kim@gmial.com' });
    const told = {
      stage: aHeldStage({ desk: aDeskThatAsks([aQuestion()]), hold: { mode: 'in_person' } }),
      details: { ...DETAILS, client, attendees: 3, note: 'Wir sind zu dritt.', answers: { visa: 'Blaue Karte' } },
    };
    expect(checkView({ told, shown: 'a-hash', refused: 'Zu viele.', now: NOW }, aClientWhoReads('de'))).toEqual({
      title: 'Ist alles richtig?',
      step: { number: 5, total: 5 },
      bookText: 'Termin buchen',
      back: '/en/expat-desk/book/details',
      chips: [
        {
          of: 'language',
          name: 'Sprache',
          href: '/en/expat-desk/book/language?language=en&topic=residence&mode=in_person&journey=one-journey',
          spoken: { text: 'English', lang: 'en', dir: 'ltr' },
          also: [],
        },
        {
          of: 'topic',
          name: 'Thema',
          href: '/en/expat-desk/book/topic?language=en&topic=residence&mode=in_person&journey=one-journey',
          text: 'Aufenthaltsrecht · 30 Min.',
        },
        {
          of: 'time',
          name: 'Art',
          href: '/en/expat-desk/book/time?language=en&topic=residence&mode=in_person&journey=one-journey',
          text: 'Vor Ort',
        },
      ],
      errors: [{ href: '#book', text: 'Zu viele.' }],
      kept: {
        live: true,
        when: 'Dienstag, 1. Dezember 2026, 09:00–09:30 Uhr',
        text: 'Wir halten diese Zeit für Sie frei bis 10:10 Uhr.',
        seconds: 600,
        start: '2026-12-01T09:00:00+01:00',
        timeZone: 'Europe/Berlin',
        giveBackHref: '/en/expat-desk/book/give-back',
        renewable: true,
      },
      form: {
        method: 'post',
        action: '/en/expat-desk/book/check',
        id: 'answers',
        hidden: [{ name: 'shown', value: 'a-hash' }],
      },
      meant: 'kim@gmail.com',
      changeEmail: '/en/expat-desk/book/details#email',
      consultation: [
        {
          key: 'Wann',
          value: 'Dienstag, 1. Dezember 2026, 09:00–09:30 Uhr (MEZ)',
          change:
            '/en/expat-desk/book/time?language=en&topic=residence&mode=in_person&start=2026-12-01T08%3A00%3A00.000Z&journey=one-journey',
          leave: { step: 'time', action: '/en/expat-desk/book/give-back', form: 'answers' },
        },
        {
          key: 'Wo',
          value: 'Vor Ort: Musterplatz 1, 40213 Düsseldorf',
          change:
            '/en/expat-desk/book/time?language=en&topic=residence&mode=in_person&start=2026-12-01T08%3A00%3A00.000Z&journey=one-journey',
          leave: { step: 'time', action: '/en/expat-desk/book/give-back', form: 'answers' },
        },
        {
          key: 'Thema',
          value: 'Aufenthaltsrecht',
          change:
            '/en/expat-desk/book/topic?language=en&topic=residence&mode=in_person&start=2026-12-01T08%3A00%3A00.000Z&journey=one-journey',
          leave: { step: 'topic', action: '/en/expat-desk/book/give-back', form: 'answers' },
        },
        {
          key: 'Sprache',
          value: 'English',
          lang: 'en',
          change:
            '/en/expat-desk/book/language?language=en&topic=residence&mode=in_person&start=2026-12-01T08%3A00%3A00.000Z&journey=one-journey',
          leave: { step: 'language', action: '/en/expat-desk/book/give-back', form: 'answers' },
        },
      ],
      details: [
        { key: 'Name', value: 'Kim Probe', dir: 'auto', change: '/en/expat-desk/book/details' },
        { key: 'E-Mail', value: 'kim@gmial.com', dir: 'ltr', change: '/en/expat-desk/book/details' },
        { key: 'Sprache der Mails', value: 'English', lang: 'en', change: '/en/expat-desk/book/details' },
        { key: 'Personen', value: '3', dir: 'ltr', change: '/en/expat-desk/book/details' },
        { key: 'Nachricht', value: 'Wir sind zu dritt.', dir: 'auto', change: '/en/expat-desk/book/details' },
      ],
      answers: [
        {
          key: 'Welches Visum haben Sie?',
          value: 'Blaue Karte',
          dir: 'auto',
          change: '/en/expat-desk/book/details#questions',
        },
      ],
      bringTitle: 'Bitte bringen Sie mit',
      bring: ['Reisepass', 'Aufenthaltstitel'],
      scripts: [{ src: '/assets/hold.js', module: true }],
    });
  });
});
