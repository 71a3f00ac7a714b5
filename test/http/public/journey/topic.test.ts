import { topicView } from '../../../../src/http/public/journey/topic/view';
import { aDesk, anAdvisor, aTopic } from '../../../support/builders';
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
    expect(topicView({ stage, typed: '' }, aClientWhoReads('en'))).toEqual({
      title: 'What is it about?',
      step: { number: 2, total: 5 },
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
      isMany: false,
      found: false,
      groups: [
        {
          options: [
            {
              text: { de: 'Aufenthaltsrecht', en: 'Residence law' },
              hint: { de: 'Aufenthaltstitel und Behörden.', en: 'Residence permits and authorities.' },
              minutes: 'Takes 30 minutes',
              href: '/en/expat-desk/book/time?language=en&also=uk&topic=residence&journey=one-journey',
              isChosen: true,
            },
          ],
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
                href: '/en/expat-desk/book/time?language=uk&also=en&topic=career&journey=one-journey',
                after: ' and ',
              },
              {
                text: '日本語',
                lang: 'ja',
                dir: 'ltr',
                href: '/en/expat-desk/book/time?language=ja&also=en&also=uk&topic=career&journey=one-journey',
              },
            ],
          },
        ],
        withInterpreter: 'In English with an interpreter',
        interpreter: 'In English it is possible with an interpreter. Please call us to arrange it:',
        address: 'Musterplatz 1, 40213 Düsseldorf',
        phone: '+49 211 0000000',
        phoneHref: 'tel:+492110000000',
        email: 'beratung@expat-desk.example',
      },
      notSureHref: '/en/expat-desk/book/topics?language=en&also=uk&topic=residence&journey=one-journey',
    });
  });

  describe('of a desk with many topics', () => {
    const topics = Array.from({ length: 9 }, (_, i) =>
      aTopic({ id: `t${i}`, name: { de: `Thema ${i}`, en: `Subject ${i}` }, searchWords: i === 3 ? ['anaokulu'] : [] }),
    );
    const desk = aDesk({ topics, advisors: [anAdvisor({ topics: topics.map(({ id }) => id) })] });
    const stage = aStage({ language: 'en' }, desk);

    it('searches them by a word of any language, and keeps what was chosen', () => {
      const view = topicView({ stage, typed: 'Anaokulu' }, aClientWhoReads('en'));
      expect(view.search).toEqual({
        action: '/en/expat-desk/book/topic',
        typed: 'Anaokulu',
        hidden: [
          { name: 'language', value: 'en' },
          { name: 'journey', value: 'one-journey' },
        ],
        most: 100,
      });
      expect(view.found).toEqual({
        title: 'Topics for “Anaokulu”',
        allHref: '/en/expat-desk/book/topic?language=en&journey=one-journey',
      });
      expect(view.groups[0]?.options.map(({ text }) => text)).toEqual([{ de: 'Thema 3', en: 'Subject 3' }]);
    });

    it('says when a word finds nothing, and shows all of them without one', () => {
      const nothing = topicView({ stage, typed: 'xyz' }, aClientWhoReads('en'));
      expect(nothing.found).toMatchObject({ title: 'We found nothing here for “xyz”. Try another word.' });
      expect(nothing.groups).toEqual([{ options: [] }]);
      const all = topicView({ stage, typed: '' }, aClientWhoReads('en'));
      expect([all.isMany, all.found, all.groups[0]?.options.length]).toEqual([true, false, 9]);
    });

    it('are folded below their headings, but for that of the chosen one', () => {
      const headed = topics.map((topic, i) => ({
        ...topic,
        group: i < 4 ? { de: 'Zoll' } : i < 8 ? { de: 'Auto' } : null,
      }));
      const grouped = aDesk({ topics: headed, advisors: [anAdvisor({ topics: headed.map(({ id }) => id) })] });
      const { groups } = topicView(
        { stage: aStage({ language: 'en', topic: headed[0] }, grouped), typed: '' },
        aClientWhoReads('en'),
      );
      expect(
        groups.map((group) => [
          'title' in group && group.title,
          'isOpen' in group && group.isOpen,
          group.options.length,
        ]),
      ).toEqual([
        [{ de: 'Auto' }, false, 4],
        [{ de: 'Zoll' }, true, 4],
        ['Other topics', false, 1],
      ]);
    });
  });
});
