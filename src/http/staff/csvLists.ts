import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { assertMayChangeDeskData, assertMayChangeTexts } from '../../domain/staff/rights';
import { paths, url } from '../../paths';
import type { Reader } from '../../presentation/texts';
import { type CsvList, isCsvList } from '../csv/lists';
import type { HttpDeps } from '../deps';
import type { StaffSection } from '../pages/frame';
import type { Guard } from '../wiring';
import { enterDesk, signedIn } from './desk';
import type { Fields } from './forms';

/** A list that managers keep, at its desk. */
export interface ListAtDesk {
  readonly desk: Desk;
  readonly list: CsvList;
}

/** The pages on which people read the lists. */
const PAGES: Readonly<Record<CsvList, string>> = {
  topics: paths.staffTopics,
  questions: paths.staffTopics,
  partners: paths.staffPartners,
  advisors: paths.staffAdvisors,
  reserves: paths.staffReserves,
  texts: paths.staffTexts,
  exceptions: paths.staffHours,
  absences: paths.staffAbsences,
};

/** The sections to which these belong, where they are none themselves. */
const SECTIONS: Readonly<Record<CsvList, StaffSection>> = {
  topics: 'topics',
  questions: 'topics',
  partners: 'partners',
  advisors: 'advisors',
  reserves: 'reserves',
  texts: 'texts',
  exceptions: 'hours',
  absences: 'plans',
};

/** The guard of the pages about the list in the address. @throws DomainError `not-found`, `forbidden` */
export function listToKeep(deps: Pick<HttpDeps, 'storage'>): Guard<ListAtDesk> {
  return async (req, res) => {
    const { desk: deskId, list } = req.params;
    if (!isCsvList(list)) throw new DomainError('not-found');
    const desk = await enterDesk(deps, res, String(deskId), SECTIONS[list]);
    const assertMay = list === 'texts' ? assertMayChangeTexts : assertMayChangeDeskData;
    assertMay(signedIn(res), desk.id);
    return { desk, list };
  };
}

/** The address of the page with the list. */
export function listHref({ desk, list }: ListAtDesk, query: Record<string, string> = {}): string {
  return url(PAGES[list], { desk: desk.id }, query);
}

/** Returns the ways of a list to CSV and back, for `partials/staff/csvLinks`. */
export function csvLinks({ desk, list }: ListAtDesk, { t }: Reader) {
  // They stand on the page of the topics, below those of the topics themselves.
  const [download, load] = list === 'questions' ? ['downloadQuestions', 'loadQuestions'] : ['download', 'load'];
  return {
    download: { href: url(paths.staffCsvFile, { desk: desk.id, list }), text: t(`parts.csv.${download}`) },
    load: { href: url(paths.staffImportCsv, { desk: desk.id, list }), text: t(`parts.csv.${load}`) },
  };
}

/** Says on the page with the list that one was imported; undefined: none was. */
export function importedText({ done, count }: Fields, { t }: Reader): string | undefined {
  if (done !== 'imported') return undefined;
  return /^[1-9]\d{0,3}$/.test(count ?? '') ? t('parts.csv.done', { count: Number(count) }) : t('parts.csv.doneBefore');
}
