import { dayView } from '../../../../src/http/public/journey/day/view';
import { aDesk, NOW, span } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';
import { anAnsweredStage, freeAt } from './stages';

describe('The view of the list of days', () => {
  it('shows the earliest time, what is sooner otherwise, and the days by week', () => {
    const explanation = {
      desk: aDesk(),
      first: span('2026-11-26T10:00:00+01:00', 30).start,
      binding: null,
      relaxed: [
        { by: 'language', language: 'de', start: span('2026-11-24T14:00:00+01:00', 30).start },
        { by: 'mode', mode: 'video', start: span('2026-11-25T09:30:00+01:00', 30).start },
      ],
    } as const;
    const slots = freeAt('2026-11-26T10:00:00+01:00', '2026-11-26T15:00:00+01:00', '2026-12-01T09:00:00+01:00');
    const given = { stage: anAnsweredStage({ also: ['ja'] }), slots, explanation, from: undefined, now: NOW };
    expect(dayView(given, aClientWhoReads('en'))).toEqual({
      title: 'On which day?',
      step: { number: 4, total: 7 },
      back: '/en/expat-desk/book/mode?language=en&also=ja&topic=residence&mode=phone&journey=one-journey',
      chips: [
        {
          of: 'language',
          name: 'Language',
          href: '/en/expat-desk/book/language?language=en&also=ja&topic=residence&mode=phone&journey=one-journey',
          spoken: { text: 'English', lang: 'en', dir: 'ltr' },
          also: [{ text: '日本語', lang: 'ja', dir: 'ltr' }],
        },
        {
          of: 'topic',
          name: 'Topic',
          href: '/en/expat-desk/book/topic?language=en&also=ja&topic=residence&mode=phone&journey=one-journey',
          text: 'Residence law · 30 min',
        },
        {
          of: 'mode',
          name: 'Kind',
          href: '/en/expat-desk/book/mode?language=en&also=ja&topic=residence&mode=phone&journey=one-journey',
          text: 'By phone',
        },
      ],
      first: {
        when: 'Thursday, 26 November, 10:00',
        form: {
          method: 'post',
          action: '/en/expat-desk/book/time?language=en&also=ja&topic=residence&mode=phone&journey=one-journey',
          hidden: [{ name: 'start', value: '2026-11-26T09:00:00.000Z' }],
        },
      },
      other: {
        lists: [
          {
            id: 'by-language',
            title: 'By language:',
            ways: [
              { spoken: { text: 'English', lang: 'en', dir: 'ltr' }, text: ': Thu 26 Nov, 10:00' },
              {
                spoken: { text: 'Deutsch', lang: 'de', dir: 'ltr' },
                text: ': today, 14:00',
                href: '/en/expat-desk/book/day?language=de&also=en&also=ja&topic=residence&mode=phone&journey=one-journey',
              },
            ],
            inRow: true,
          },
          {
            id: 'other-ways',
            title: 'Sooner this way:',
            ways: [
              {
                text: 'By video: tomorrow, 9:30',
                href: '/en/expat-desk/book/day?language=en&also=ja&topic=residence&mode=video&journey=one-journey',
              },
            ],
          },
        ],
        notSooner: 'Nothing is free sooner in Japanese.',
        onlySpokenHref: false,
      },
      weeks: [
        {
          name: 'This week',
          days: [
            {
              date: '2026-11-26',
              name: 'Thursday, 26 November',
              count: '2 free times',
              hours: '10:00–15:30',
              few: true,
              groups: [
                {
                  id: 'morning',
                  name: 'Morning',
                  times: [
                    {
                      id: 'start-1',
                      value: '2026-11-26T10:00:00+01:00',
                      time: '10:00',
                      label: 'Thursday, 26 November, 10:00 to 10:30',
                    },
                  ],
                },
                {
                  id: 'afternoon',
                  name: 'Afternoon',
                  times: [
                    {
                      id: 'start-2',
                      value: '2026-11-26T15:00:00+01:00',
                      time: '15:00',
                      label: 'Thursday, 26 November, 15:00 to 15:30',
                    },
                  ],
                },
              ],
              href: '/en/expat-desk/book/time?language=en&also=ja&topic=residence&mode=phone&date=2026-11-26&journey=one-journey',
            },
          ],
        },
        {
          name: 'Next week',
          days: [
            {
              date: '2026-12-01',
              name: 'Tuesday, 1 December',
              count: '1 free time',
              hours: '09:00–09:30',
              few: true,
              groups: [
                {
                  id: 'morning',
                  name: 'Morning',
                  times: [
                    {
                      id: 'start-1',
                      value: '2026-12-01T09:00:00+01:00',
                      time: '09:00',
                      label: 'Tuesday, 1 December, 09:00 to 09:30',
                    },
                  ],
                },
              ],
              href: '/en/expat-desk/book/time?language=en&also=ja&topic=residence&mode=phone&date=2026-12-01&journey=one-journey',
            },
          ],
        },
      ],
      byDate: {
        method: 'get',
        action: '/en/expat-desk/book/day',
        hidden: [
          { name: 'language', value: 'en' },
          { name: 'also', value: 'ja' },
          { name: 'topic', value: 'residence' },
          { name: 'mode', value: 'phone' },
          { name: 'journey', value: 'one-journey' },
          { name: 'answered', value: '1' },
        ],
        min: '2026-11-24',
        max: '2027-01-23',
      },
      zone: 'All times are local time at the desk: Central European Standard Time (CET, Europe/Berlin).',
    });
  });

  it('says why nothing is free', () => {
    const explanation = { desk: aDesk(), first: null, binding: 'advisors', relaxed: [] } as const;
    const given = { stage: anAnsweredStage(), slots: [], explanation, from: undefined, now: NOW };
    expect(dayView(given, aClientWhoReads('de'))).toEqual({
      title: 'An welchem Tag?',
      step: { number: 4, total: 7 },
      back: '/en/expat-desk/book/mode?language=en&topic=residence&mode=phone&journey=one-journey',
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
      other: {
        why: 'In den nächsten 60 Tagen ist niemand da, der zu diesem Thema auf Englisch berät.',
        lists: [],
        address: 'Musterplatz 1, 40213 Düsseldorf',
        phone: '+49 211 0000000',
        phoneHref: 'tel:+492110000000',
        email: 'beratung@expat-desk.example',
      },
      weeks: [],
      byDate: false,
      zone: 'Alle Zeiten sind Ortszeit der Beratungsstelle: Mitteleuropäische Normalzeit (MEZ, Europe/Berlin).',
    });
  });
});
