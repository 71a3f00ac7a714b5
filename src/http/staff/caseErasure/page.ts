import type { CaseAtDesk } from '../../../app/cases/readCases';
import { isRefusal } from '../../../domain/errors';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Page } from '../../wiring';
import { aboutOf } from '../caseGuard';
import { bodyOf, versionOf } from '../forms';

/** Erases a case for its client, after a look at what goes. */
export function caseErasurePage({ app }: Pick<HttpDeps, 'app'>): Page<CaseAtDesk> {
  return {
    get: (at, _req, res) => res.render('pages/staff/caseErasure', viewOf(at, res.locals)),

    async post(at, req, res) {
      try {
        const ifVersion = versionOf(bodyOf(req)) ?? 0;
        await deed(res, () => app.eraseCase({ ...aboutOf(res, req.params), ifVersion }), undefined);
      } catch (error) {
        if (!isRefusal(error, 'version-moved-on')) throw error;
        const refusal = res.locals.t('cases.refusal.version-moved-on');
        return res.status(412).render('pages/staff/caseErasure', { ...viewOf(at, res.locals), refusal });
      }
      res.redirect(303, url(paths.staffCases, { desk: at.desk.id }, { done: 'erased' }));
    },
  };
}

function viewOf({ desk, found }: CaseAtDesk, { t }: Reader) {
  const at = { desk: desk.id, id: found.id };
  return {
    title: t('cases.erase.title', { name: found.client.name }),
    back: url(paths.staffCase, at),
    action: url(paths.staffCaseErasure, at),
    dataHref: url(paths.staffCaseData, at),
    version: found.version,
    meetings: t('cases.erase.meetings', { count: found.meetings.length }),
  };
}
