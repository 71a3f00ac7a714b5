import type { CaseAtDesk } from '../../../app/cases/readCases';
import type { HttpDeps } from '../../deps';
import type { Page } from '../../wiring';
import { strategyPageView } from './view';

/** The strategy on one page, for the client to take home: in their language, and in German. */
export function caseStrategyPage({ texts }: Pick<HttpDeps, 'texts'>): Page<CaseAtDesk> {
  return {
    get: (at, _req, res) => res.render('pages/staff/caseStrategy', strategyPageView(at, texts, res.locals)),
  };
}
