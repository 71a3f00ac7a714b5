import { languageView } from '../../../../src/http/public/journey/language/view';
import { aDesk } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';
import { aStage } from './stages';

describe('The view of the page that asks for the language', () => {
  it('offers the languages of the desk, that of the page first, each with a way on', () => {
    expect(languageView(aStage({ language: 'ja', also: ['de'] }), aClientWhoReads('en'))).toEqual({
      title: 'Which language would you like to speak?',
      step: { number: 1, total: 5 },
      back: '/en/expat-desk',
      chips: [],
      options: [
        {
          text: 'English',
          lang: 'en',
          dir: 'ltr',
          href: '/en/expat-desk/book/topic?language=en&also=ja&also=de&journey=one-journey',
          isChosen: false,
        },
        {
          text: 'Deutsch',
          lang: 'de',
          dir: 'ltr',
          hint: 'German',
          href: '/en/expat-desk/book/topic?language=de&also=ja&journey=one-journey',
          isChosen: false,
        },
        {
          text: '日本語',
          lang: 'ja',
          dir: 'ltr',
          hint: 'Japanese',
          href: '/en/expat-desk/book/topic?language=ja&also=de&journey=one-journey',
          isChosen: true,
        },
      ],
      other: {
        text: 'Your language is not there? Call us:',
        address: 'Musterplatz 1, 40213 Düsseldorf',
        phone: '+49 211 0000000',
        phoneHref: 'tel:+492110000000',
        email: 'beratung@expat-desk.example',
      },
    });
  });

  it('leads from a topic that was chosen first to its times', () => {
    const [topic] = aDesk().topics;
    const { chips, options } = languageView(aStage({ topic }), aClientWhoReads('de'));
    expect(chips).toEqual([
      {
        of: 'topic',
        name: 'Thema',
        href: '/en/expat-desk/book/topic?topic=residence&journey=one-journey',
        text: 'Aufenthaltsrecht · 30 Min.',
      },
    ]);
    expect(options.map(({ href }) => href)).toEqual([
      '/en/expat-desk/book/time?language=de&topic=residence&journey=one-journey',
      '/en/expat-desk/book/time?language=en&topic=residence&journey=one-journey',
      '/en/expat-desk/book/time?language=ja&topic=residence&journey=one-journey',
    ]);
  });
});
