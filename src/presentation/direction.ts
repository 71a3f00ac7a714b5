import type { LanguageTag } from '../domain/text';

const RIGHT_TO_LEFT = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ku-arab', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** Returns the direction in which a language is written; also used for single names in a list of languages. */
export function direction(tag: LanguageTag): 'ltr' | 'rtl' {
  const lower = tag.toLowerCase();
  return RIGHT_TO_LEFT.has(lower) || RIGHT_TO_LEFT.has(lower.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}
