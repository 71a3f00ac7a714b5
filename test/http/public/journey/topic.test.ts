import { topicView } from '../../../../src/http/public/journey/topic/view';
import { aDesk, anAdvisor } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';
import { aStage } from './stages';

describe('The view of the page that asks for the topic', () => {
  it('offers the topics of the language, and leads to the languages of the others', () => {
    const desk = aDesk({
      advisors: [
        anAdvisor({ topics: ['residence'] }),
        anAdvisor({ id: 'a2', languages: ['ja', 'uk'], topics: ['career'] }),
      ],
    });
    const stage = aStage({ language: 'en', also: ['uk'], topic: desk.topics[0] }, desk);
    expect(topicView({ stage, isMissing: false }, aClientWhoReads('en'))).toEqual({
      title: 'What is it about?',
      step: { number: 2, total: 7 },
      back: '/en/expat-desk/book/language?language=en&also=uk&topic=residence&journey=one-journey',
      chips: [
        {
          of: 'language',
          name: 'Language',
          href: '/en/expat-desk/book/language?language=en&also=uk&topic=residence&journey=one-journey',
          spoken: { text: 'English', lang: 'en', dir: 'ltr' },
          also: [{ text: 'Українська', lang: 'uk', dir: 'ltr' }],
        },
      ],
      form: {
        method: 'get',
        action: '/en/expat-desk/book/topic',
        hidden: [
          { name: 'language', value: 'en' },
          { name: 'also', value: 'uk' },
          { name: 'journey', value: 'one-journey' },
          { name: 'answered', value: '1' },
        ],
      },
      options: [
        {
          value: 'residence',
          text: { de: 'Aufenthaltsrecht', en: 'Residence law' },
          hint: { de: 'Aufenthaltstitel und Behörden.', en: 'Residence permits and authorities.' },
          id: 'topic-1',
          checked: true,
        },
      ],
      elsewhere: {
        topics: [
          {
            name: { de: 'Beruf und Karriere', en: 'Career' },
            languages: [
              {
                text: 'Українська',
                lang: 'uk',
                dir: 'ltr',
                href: '/en/expat-desk/book/mode?language=uk&also=en&topic=career&journey=one-journey',
              },
              {
                text: '日本語',
                lang: 'ja',
                dir: 'ltr',
                href: '/en/expat-desk/book/mode?language=ja&also=en&also=uk&topic=career&journey=one-journey',
              },
            ],
          },
        ],
        interpreter: 'In English it is possible with an interpreter. Please call us to arrange it:',
        address: 'Musterplatz 1, 40213 Düsseldorf',
        phone: '+49 211 0000000',
        phoneHref: 'tel:+492110000000',
        email: 'beratung@expat-desk.example',
      },
      notSureHref: '/en/expat-desk/book/topics?language=en&also=uk&topic=residence&journey=one-journey',
    });
  });

  it('says that none was chosen', () => {
    expect(topicView({ stage: aStage({ language: 'ja' }), isMissing: true }, aClientWhoReads('de'))).toEqual({
      title: 'Worum geht es?',
      step: { number: 2, total: 7 },
      back: '/en/expat-desk/book/language?language=ja&journey=one-journey',
      chips: [
        {
          of: 'language',
          name: 'Sprache',
          href: '/en/expat-desk/book/language?language=ja&journey=one-journey',
          spoken: { text: '日本語', lang: 'ja', dir: 'ltr' },
          also: [],
        },
      ],
      form: {
        method: 'get',
        action: '/en/expat-desk/book/topic',
        hidden: [
          { name: 'language', value: 'ja' },
          { name: 'journey', value: 'one-journey' },
          { name: 'answered', value: '1' },
        ],
      },
      options: [
        {
          value: 'residence',
          text: { de: 'Aufenthaltsrecht', en: 'Residence law' },
          hint: { de: 'Aufenthaltstitel und Behörden.', en: 'Residence permits and authorities.' },
          id: 'topic-1',
          checked: false,
        },
        {
          value: 'career',
          text: { de: 'Beruf und Karriere', en: 'Career' },
          hint: { de: 'Stellensuche und Bewerbung.', en: 'Job search and application.' },
          id: 'topic-2',
          checked: false,
        },
      ],
      errors: [{ href: '#topic-1', text: 'Bitte wählen Sie ein Thema' }],
      error: 'Bitte wählen Sie ein Thema',
      notSureHref: '/en/expat-desk/book/topics?language=ja&journey=one-journey',
    });
  });
});
