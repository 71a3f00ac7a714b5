import { itemsToBring, linesIn, printed, sentenceWith, wordingsOf } from '../../src/presentation/deskText';

describe('A desk’s own text', () => {
  const text = { de: 'Schule', en: 'School', uk: 'Школа' };

  it('is printed in the language of the page, else in German and English as such', () => {
    expect(wordingsOf(text, 'uk')).toEqual([{ text: 'Школа' }]);
    expect(wordingsOf(text, 'de')).toEqual([{ text: 'Schule' }]);
    expect(wordingsOf(text, 'de-simple')).toEqual([{ text: 'Schule' }]);
    expect(wordingsOf(text, 'ar')).toEqual([
      { text: 'Schule', lang: 'de' },
      { text: 'School', lang: 'en' },
    ]);
  });

  it('is said once if both are the same, and in whatever there is if the desk has neither', () => {
    expect(wordingsOf({ de: 'Expat Service Desk', en: 'Expat Service Desk' }, 'ja')).toEqual([
      { text: 'Expat Service Desk', lang: 'de' },
    ]);
    expect(wordingsOf({ uk: 'Школа', tr: 'Okul' }, 'ja')).toEqual([{ text: 'Школа', lang: 'uk' }]);
  });

  it('is a plain text for who reads it, and wordings for others', () => {
    expect(printed(text, 'uk')).toBe('Школа');
    expect(printed({ de: 'Schule' }, 'uk')).toEqual([{ text: 'Schule', lang: 'de' }]);
  });

  it('is said line by line in both languages, or one after the other where their lines differ', () => {
    const bring = { de: 'Pass\n\n Aufenthaltstitel', en: 'Passport\nResidence permit' };
    expect(linesIn(bring, 'de')).toEqual(['Pass', 'Aufenthaltstitel']);
    expect(linesIn(bring, 'ja')).toEqual([
      [
        { text: 'Pass', lang: 'de' },
        { text: 'Passport', lang: 'en' },
      ],
      [
        { text: 'Aufenthaltstitel', lang: 'de' },
        { text: 'Residence permit', lang: 'en' },
      ],
    ]);
    expect(linesIn({ ...bring, en: 'Passport' }, 'ja')).toEqual([
      [{ text: 'Pass', lang: 'de' }],
      [{ text: 'Aufenthaltstitel', lang: 'de' }],
      [{ text: 'Passport', lang: 'en' }],
    ]);
  });

  it('says what to bring to those who come, and what to have at hand to all others', () => {
    const [bring, haveReady] = [
      { de: 'Pass', en: 'Passport' },
      { de: 'Brief', en: 'Letter' },
    ];
    expect(itemsToBring({ bring, haveReady }, 'in_person', 'en')).toEqual(['Passport']);
    expect(itemsToBring({ bring, haveReady }, 'phone', 'en')).toEqual(['Letter']);
    expect(itemsToBring({ bring, haveReady: null }, 'video', 'en')).toEqual([]);
    expect(itemsToBring({ bring: null, haveReady }, 'in_person', 'en')).toEqual([]);
  });

  it('stands in a sentence in its own language', () => {
    const say = (text: string) => `閉所：${text}。`;
    expect(sentenceWith({ ja: '祝日' }, 'ja', say)).toBe('閉所：祝日。');
    expect(sentenceWith({ de: 'Umzug' }, 'ja', say)).toEqual({
      parts: ['閉所：', [{ text: 'Umzug', lang: 'de' }], '。'],
    });
  });
});
