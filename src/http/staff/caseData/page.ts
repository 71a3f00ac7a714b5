import type { CaseAtDesk } from '../../../app/cases/readCases';
import { caseDataJson } from '../../api/presentCases';
import type { HttpDeps } from '../../deps';
import type { Page } from '../../wiring';

/** The most lines of the trail that go into the file. */
const MAX_TRAIL_LINES = 1_000;

/** All that is stored of a case, as a file for its client. */
export function caseDataFile({ storage }: Pick<HttpDeps, 'storage'>): Page<CaseAtDesk> {
  return {
    async get({ desk, found }, _req, res) {
      const trail = await storage.trail.about(found.id, MAX_TRAIL_LINES);
      res.set('Content-Disposition', 'attachment; filename="case.json"').json(caseDataJson(found, { desk, trail }));
    },
  };
}
