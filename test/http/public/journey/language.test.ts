import { languageView } from '../../../../src/http/public/journey/language/view';
import { aClientWhoReads } from '../../../support/readers';
import { aStage } from './stages';

describe('The view of the page that asks for the language', () => {
  it('offers the languages of the desk, each to choose and to tick besides', () => {
    const asked = { stage: aStage({ language: 'ja', also: ['en'] }), isMissing: false };
    expect(languageView(asked, aClientWhoReads('en'))).toEqual({
      title: 'Which language would you like to speak?',
      step: { number: 1, total: 7 },
      back: '/en/expat-desk',
      chips: [],
      form: {
        method: 'get',
        action: '/en/expat-desk/book/language',
        hidden: [
          { name: 'journey', value: 'one-journey' },
          { name: 'answered', value: '1' },
        ],
      },
      options: [
        { value: 'de', text: 'Deutsch', lang: 'de', dir: 'ltr', hint: 'German', id: 'language-1', checked: false },
        { value: 'en', text: 'English', lang: 'en', dir: 'ltr', id: 'language-2', checked: false },
        { value: 'ja', text: '日本語', lang: 'ja', dir: 'ltr', hint: 'Japanese', id: 'language-3', checked: true },
      ],
      also: [
        { value: 'de', text: 'Deutsch', lang: 'de', dir: 'ltr', hint: 'German', id: 'also-1', checked: false },
        { value: 'en', text: 'English', lang: 'en', dir: 'ltr', id: 'also-2', checked: true },
        { value: 'ja', text: '日本語', lang: 'ja', dir: 'ltr', hint: 'Japanese', id: 'also-3', checked: false },
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

  it('offers only the languages of a topic that was chosen first, and says what is missing', () => {
    const stage = aStage();
    const [topic] = stage.desk.topics;
    const asked = { stage: { ...stage, choices: { ...stage.choices, topic } }, isMissing: true };
    expect(languageView(asked, aClientWhoReads('de'))).toEqual({
      title: 'In welcher Sprache möchten Sie sprechen?',
      step: { number: 1, total: 7 },
      back: '/en/expat-desk',
      chips: [
        {
          of: 'topic',
          name: 'Thema',
          href: '/en/expat-desk/book/topic?topic=residence&journey=one-journey',
          text: 'Aufenthaltsrecht · 30 Min.',
        },
      ],
      form: {
        method: 'get',
        action: '/en/expat-desk/book/language',
        hidden: [
          { name: 'topic', value: 'residence' },
          { name: 'journey', value: 'one-journey' },
          { name: 'answered', value: '1' },
        ],
      },
      options: [
        { value: 'de', text: 'Deutsch', lang: 'de', dir: 'ltr', id: 'language-1', checked: false },
        { value: 'en', text: 'English', lang: 'en', dir: 'ltr', hint: 'Englisch', id: 'language-2', checked: false },
        { value: 'ja', text: '日本語', lang: 'ja', dir: 'ltr', hint: 'Japanisch', id: 'language-3', checked: false },
      ],
      errors: [{ href: '#language-1', text: 'Bitte wählen Sie eine Sprache' }],
      error: 'Bitte wählen Sie eine Sprache',
      also: [
        { value: 'de', text: 'Deutsch', lang: 'de', dir: 'ltr', id: 'also-1' },
        { value: 'en', text: 'English', lang: 'en', dir: 'ltr', hint: 'Englisch', id: 'also-2' },
        { value: 'ja', text: '日本語', lang: 'ja', dir: 'ltr', hint: 'Japanisch', id: 'also-3' },
      ],
      other: {
        text: 'Ihre Sprache ist nicht dabei? Rufen Sie uns an:',
        address: 'Musterplatz 1, 40213 Düsseldorf',
        phone: '+49 211 0000000',
        phoneHref: 'tel:+492110000000',
        email: 'beratung@expat-desk.example',
      },
    });
  });
});
