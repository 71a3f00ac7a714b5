import { topicsView } from '../../../../src/http/public/journey/topics/view';
import { aDesk, anAdvisor, aTopic } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';
import { aStage } from './stages';

describe('The view of the page that explains the topics', () => {
  it('leads on with each topic, or with its languages where it is not offered in the chosen one', () => {
    const desk = aDesk({
      topics: [aTopic(), aTopic({ id: 'career', name: { de: 'Beruf', en: 'Career' }, modes: ['video'], bring: {} })],
      advisors: [anAdvisor({ topics: ['residence'] }), anAdvisor({ id: 'a2', languages: ['ja'], topics: ['career'] })],
    });
    expect(topicsView(aStage({ language: 'en' }, desk), aClientWhoReads('en'))).toEqual({
      title: 'Our topics in a few words',
      step: { number: 2, total: 5 },
      back: '/en/expat-desk/book/topic?language=en&journey=one-journey',
      chips: [
        {
          of: 'language',
          name: 'Language',
          href: '/en/expat-desk/book/language?language=en&journey=one-journey',
          spoken: { text: 'English', lang: 'en', dir: 'ltr' },
          also: [],
        },
      ],
      topics: [
        {
          name: { de: 'Aufenthaltsrecht', en: 'Residence law' },
          description: { de: 'Aufenthaltstitel und Behörden.', en: 'Residence permits and authorities.' },
          minutes: 'Takes 30 minutes',
          modes: ['In person', 'By phone', 'By video'],
          bring: ['Passport', 'Residence permit'],
          href: '/en/expat-desk/book/time?language=en&topic=residence&journey=one-journey',
          languages: [],
        },
        {
          name: { de: 'Beruf', en: 'Career' },
          description: { de: 'Aufenthaltstitel und Behörden.', en: 'Residence permits and authorities.' },
          minutes: 'Takes 30 minutes',
          modes: ['By video'],
          bring: [],
          languages: [
            {
              text: '日本語',
              lang: 'ja',
              dir: 'ltr',
              href: '/en/expat-desk/book/time?language=ja&topic=career&journey=one-journey',
            },
          ],
        },
      ],
      contact: {
        address: 'Musterplatz 1, 40213 Düsseldorf',
        phone: '+49 211 0000000',
        phoneHref: 'tel:+492110000000',
        email: 'beratung@expat-desk.example',
      },
    });
  });
});
