import { readingsOf, searchText } from '../booking/searchText';
import type { Case, CaseClient } from './case';

/** Returns those of the cases whose client is meant by what was typed: a name in its usual spellings, mail or phone. */
export function casesFound<T extends Pick<Case, 'client'>>(cases: readonly T[], typed: string): T[] {
  const readings = readingsOf(typed);
  return cases.filter(({ client }) => {
    const text = textOf(client);
    return readings.some((words) => words.every((spellings) => spellings.some((each) => text.includes(each))));
  });
}

function textOf(client: CaseClient): string {
  return searchText({ client, reference: '', onBehalfOf: null, people: [] });
}
