import { canonicalLanguage, languagesMatch, lookupLanguage } from '../../src/domain/language';

describe('canonicalLanguage', () => {
  it.each([
    ['iw', 'he-Hebr'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans-CN'],
    ['zh-TW', 'zh-Hant-TW'],
    ['zh-hant-hk', 'zh-Hant-HK'],
    ['DE-de', 'de-Latn-DE'],
    ['de-CH-1901', 'de-Latn-CH'],
    ['en-u-hc-h12', 'en-Latn'],
    ['not a tag', 'not a tag'],
  ])('writes %s as %s', (tag, canonical) => {
    expect(canonicalLanguage(tag)).toBe(canonical);
  });
});

describe('languagesMatch', () => {
  it.each([
    ['de', 'de-AT'],
    ['de-AT', 'de'],
    ['ar', 'ar-SY'],
    ['zh-Hans', 'zh'],
    ['zh-CN', 'zh-Hans'],
    ['he', 'iw'],
    ['sr', 'sr-Cyrl-RS'],
  ])('takes %s and %s for one language', (a, b) => {
    expect(languagesMatch(a, b)).toBe(true);
  });

  it.each([
    ['de', 'en'],
    ['de-AT', 'de-CH'],
    ['zh-Hans', 'zh-TW'],
    ['pt-BR', 'pt-PT'],
    // A prefix of letters is no prefix of subtags.
    ['de', 'del'],
    ['sr', 'sr-Latn'],
  ])('keeps %s and %s apart', (a, b) => {
    expect(languagesMatch(a, b)).toBe(false);
  });
});

describe('lookupLanguage', () => {
  it.each([
    [['de', 'en'], 'de-DE', 'de'],
    [['de', 'en'], 'en-GB', 'en'],
    [['de', 'ar'], 'ar-SY', 'ar'],
    [['de-AT', 'de', 'de-CH'], 'de-CH', 'de-CH'],
    [['de', 'de-CH'], 'de-CH-1901', 'de-CH'],
    [['pt-BR'], 'pt', 'pt-BR'],
    [['zh-Hant', 'zh-Hans'], 'zh-CN', 'zh-Hans'],
    [['he'], 'iw', 'he'],
  ])('finds among %j for %s the language %s', (spoken, asked, found) => {
    expect(lookupLanguage(spoken, asked)).toBe(found);
  });

  it('finds no language that only resembles the tag', () => {
    expect(lookupLanguage(['zh-Hans', 'de-CH', 'en'], 'zh-TW')).toBeUndefined();
    expect(lookupLanguage(['de-CH'], 'de-AT')).toBeUndefined();
    expect(lookupLanguage([], 'de')).toBeUndefined();
  });
});
