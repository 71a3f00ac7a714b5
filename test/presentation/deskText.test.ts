import { wordingsOf } from '../../src/presentation/deskText';

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
});
