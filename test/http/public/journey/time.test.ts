import { timeView } from '../../../../src/http/public/journey/time/view';
import { aClientWhoReads } from '../../../support/readers';
import { anAnsweredStage, freeAt } from './stages';

const SLOTS = freeAt('2026-12-01T09:00:00+01:00', '2026-12-02T09:00:00+01:00', '2026-12-02T14:30:00+01:00');

describe('The view of the times of a day', () => {
  it('groups them by morning and afternoon, between the days around', () => {
    const given = { stage: anAnsweredStage({ date: '2026-12-02' }), slots: SLOTS };
    expect(timeView(given, aClientWhoReads('en'))).toEqual({
      title: 'At what time?',
      step: { number: 5, total: 7 },
      back: '/en/expat-desk/book/day?language=en&topic=residence&mode=phone&date=2026-12-02&journey=one-journey',
      chips: [
        {
          of: 'language',
          name: 'Language',
          href: '/en/expat-desk/book/language?language=en&topic=residence&mode=phone&date=2026-12-02&journey=one-journey',
          spoken: { text: 'English', lang: 'en', dir: 'ltr' },
          also: [],
        },
        {
          of: 'topic',
          name: 'Topic',
          href: '/en/expat-desk/book/topic?language=en&topic=residence&mode=phone&date=2026-12-02&journey=one-journey',
          text: 'Residence law · 30 min',
        },
        {
          of: 'mode',
          name: 'Kind',
          href: '/en/expat-desk/book/mode?language=en&topic=residence&mode=phone&date=2026-12-02&journey=one-journey',
          text: 'By phone',
        },
      ],
      form: {
        method: 'post',
        action: '/en/expat-desk/book/time?language=en&topic=residence&mode=phone&date=2026-12-02&journey=one-journey',
      },
      day: 'Wednesday, 2 December',
      count: '2 free times',
      groups: [
        {
          id: 'morning',
          name: 'Morning',
          times: [
            {
              id: 'start-1',
              value: '2026-12-02T09:00:00+01:00',
              time: '09:00',
              label: 'Wednesday, 2 December, 09:00 to 09:30',
              checked: false,
            },
          ],
        },
        {
          id: 'afternoon',
          name: 'Afternoon',
          times: [
            {
              id: 'start-2',
              value: '2026-12-02T14:30:00+01:00',
              time: '14:30',
              label: 'Wednesday, 2 December, 14:30 to 15:00',
              checked: false,
            },
          ],
        },
      ],
      otherDays: {
        previous: {
          href: '/en/expat-desk/book/time?language=en&topic=residence&mode=phone&date=2026-12-01&journey=one-journey',
          name: 'Tuesday, 1 December',
        },
      },
      timeZone: 'Europe/Berlin',
      zone: 'All times are local time at the desk: Central European Standard Time (CET, Europe/Berlin).',
    });
  });

  it('shows what was chosen and why it was refused, on the day of the chosen time', () => {
    const start = Date.parse('2026-12-01T09:00:00+01:00');
    const given = { stage: anAnsweredStage(), slots: SLOTS, error: 'Too many.', start };
    expect(timeView(given, aClientWhoReads('de'))).toEqual({
      title: 'Um wie viel Uhr?',
      step: { number: 5, total: 7 },
      back: '/en/expat-desk/book/day?language=en&topic=residence&mode=phone&journey=one-journey',
      chips: [
        {
          of: 'language',
          name: 'Sprache',
          href: '/en/expat-desk/book/language?language=en&topic=residence&mode=phone&journey=one-journey',
          spoken: { text: 'English', lang: 'en', dir: 'ltr' },
          also: [],
        },
        {
          of: 'topic',
          name: 'Thema',
          href: '/en/expat-desk/book/topic?language=en&topic=residence&mode=phone&journey=one-journey',
          text: 'Aufenthaltsrecht · 30 Min.',
        },
        {
          of: 'mode',
          name: 'Art',
          href: '/en/expat-desk/book/mode?language=en&topic=residence&mode=phone&journey=one-journey',
          text: 'Am Telefon',
        },
      ],
      form: {
        method: 'post',
        action: '/en/expat-desk/book/time?language=en&topic=residence&mode=phone&journey=one-journey',
      },
      day: 'Dienstag, 1. Dezember',
      count: '1 Termin frei',
      groups: [
        {
          id: 'morning',
          name: 'Vormittag',
          times: [
            {
              id: 'start-1',
              value: '2026-12-01T09:00:00+01:00',
              time: '09:00',
              label: 'Dienstag, 1. Dezember, 09:00 bis 09:30 Uhr',
              checked: true,
            },
          ],
        },
      ],
      otherDays: {
        next: {
          href: '/en/expat-desk/book/time?language=en&topic=residence&mode=phone&date=2026-12-02&journey=one-journey',
          name: 'Mittwoch, 2. Dezember',
        },
      },
      timeZone: 'Europe/Berlin',
      zone: 'Alle Zeiten sind Ortszeit der Beratungsstelle: Mitteleuropäische Normalzeit (MEZ, Europe/Berlin).',
      errors: [{ href: '#start-1', text: 'Too many.' }],
      error: 'Too many.',
    });
  });

  it('says why a day has no times', () => {
    const given = { stage: anAnsweredStage({ date: '2026-12-05' }), slots: SLOTS };
    expect(timeView(given, aClientWhoReads('en'))).toEqual({
      title: 'At what time?',
      step: { number: 5, total: 7 },
      back: '/en/expat-desk/book/day?language=en&topic=residence&mode=phone&date=2026-12-05&journey=one-journey',
      chips: [
        {
          of: 'language',
          name: 'Language',
          href: '/en/expat-desk/book/language?language=en&topic=residence&mode=phone&date=2026-12-05&journey=one-journey',
          spoken: { text: 'English', lang: 'en', dir: 'ltr' },
          also: [],
        },
        {
          of: 'topic',
          name: 'Topic',
          href: '/en/expat-desk/book/topic?language=en&topic=residence&mode=phone&date=2026-12-05&journey=one-journey',
          text: 'Residence law · 30 min',
        },
        {
          of: 'mode',
          name: 'Kind',
          href: '/en/expat-desk/book/mode?language=en&topic=residence&mode=phone&date=2026-12-05&journey=one-journey',
          text: 'By phone',
        },
      ],
      form: {
        method: 'post',
        action: '/en/expat-desk/book/time?language=en&topic=residence&mode=phone&date=2026-12-05&journey=one-journey',
      },
      day: 'Saturday, 5 December',
      count: 'The desk is not open on this day. Open again: Mon, 7 December at 9:00.',
      groups: [],
      otherDays: {
        previous: {
          href: '/en/expat-desk/book/time?language=en&topic=residence&mode=phone&date=2026-12-02&journey=one-journey',
          name: 'Wednesday, 2 December',
        },
      },
      timeZone: 'Europe/Berlin',
      zone: 'All times are local time at the desk: Central European Standard Time (CET, Europe/Berlin).',
    });
  });
});
