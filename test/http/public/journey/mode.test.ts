import { modeView } from '../../../../src/http/public/journey/mode/view';
import { aClientWhoReads } from '../../../support/readers';
import { anAnsweredStage } from './stages';

describe('The view of the page that asks for the mode', () => {
  it('offers the modes of the topic, with the one that was chosen', () => {
    expect(modeView({ stage: anAnsweredStage(), isMissing: false }, aClientWhoReads('en'))).toEqual({
      title: 'How would you like to talk?',
      step: { number: 3, total: 7 },
      back: '/en/expat-desk/book/topic?language=en&topic=residence&mode=phone&journey=one-journey',
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
      ],
      form: {
        method: 'get',
        action: '/en/expat-desk/book/mode',
        hidden: [
          { name: 'language', value: 'en' },
          { name: 'topic', value: 'residence' },
          { name: 'journey', value: 'one-journey' },
          { name: 'answered', value: '1' },
        ],
      },
      options: [
        {
          value: 'in_person',
          text: 'In person',
          hint: 'You come to us: Musterplatz 1, 40213 Düsseldorf',
          id: 'mode-1',
          checked: false,
        },
        { value: 'phone', text: 'By phone', hint: 'We call you.', id: 'mode-2', checked: true },
        { value: 'video', text: 'By video', hint: 'You get a link by mail beforehand.', id: 'mode-3', checked: false },
      ],
    });
  });
});
