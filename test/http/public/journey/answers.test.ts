import { answersView } from '../../../../src/http/public/journey/answers/view';
import { aDeskThatAsks, aQuestion, NOW } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';
import { aHeldStage } from './stages';

describe('The view of the topic’s questions', () => {
  it('shows each with what was answered, and which answer is wrong', () => {
    const desk = aDeskThatAsks([
      aQuestion({ hint: { de: 'Wie auf der Karte', en: 'As on the card' } }),
      aQuestion({ id: 'since', kind: 'date', label: { de: 'Seit wann?', en: 'Since when?' }, required: true }),
      aQuestion({ id: 'family', kind: 'yes_no', label: { de: 'Mit Familie?', en: 'With family?' } }),
    ]);
    const typed = { 'answer-visa': 'Blue Card', 'answer-family': 'yes' };
    const wrong = [{ questionId: 'since', code: 'missing', expected: 'missing' }] as const;
    expect(answersView({ stage: aHeldStage({ desk }), typed, wrong, now: NOW }, aClientWhoReads('en'))).toEqual({
      title: 'A few questions beforehand',
      step: { number: 7, total: 8 },
      back: '/en/expat-desk/book/details',
      chips: [
        {
          name: 'Language',
          href: '/en/expat-desk/book/language?language=en&topic=residence&mode=phone&journey=one-journey',
          spoken: { text: 'English', lang: 'en', dir: 'ltr' },
          also: [],
          leave: { step: 'language', action: '/en/expat-desk/book/give-back', form: 'questions' },
        },
        {
          name: 'Topic',
          href: '/en/expat-desk/book/topic?language=en&topic=residence&mode=phone&journey=one-journey',
          text: 'Residence law · 30 min',
          leave: { step: 'topic', action: '/en/expat-desk/book/give-back', form: 'questions' },
        },
        {
          name: 'Kind',
          href: '/en/expat-desk/book/mode?language=en&topic=residence&mode=phone&journey=one-journey',
          text: 'By phone',
          leave: { step: 'mode', action: '/en/expat-desk/book/give-back', form: 'questions' },
        },
      ],
      form: { method: 'post', action: '/en/expat-desk/book/questions', id: 'questions' },
      typedForm: 'questions',
      questions: [
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
      ],
      errors: [{ href: '#answer-since', text: 'Since when? Please answer this question.' }],
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
      scripts: [{ src: '/assets/hold.js', module: true }],
    });
  });
});
