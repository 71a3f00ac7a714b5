import type { Desk } from '../../../domain/desk';
import { DomainError, isRefusal } from '../../../domain/errors';
import type { HoursVersion } from '../../../domain/hoursVersion';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { Elsewhere, type Guard, type Page } from '../../wiring';
import { deskWithHours, signedIn } from '../desk';
import { bodyOf, keyOf } from '../forms';
import { previewView } from '../hours/previewView';
import { restoreHoursView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'ids' | 'tokens'>;

/** An earlier version of a desk's hours. */
interface VersionAtDesk {
  readonly desk: Desk;
  readonly version: HoursVersion;
}

/** The guard of the page: the version in the address. @throws DomainError `not-found`, `forbidden` */
export function versionToRestore(deps: Pick<HttpDeps, 'storage'>): Guard<VersionAtDesk> {
  const enter = deskWithHours(deps);
  return async (req, res) => {
    const desk = await enter(req, res);
    if (desk instanceof Elsewhere) return desk;
    const version = await deps.storage.hoursVersions.find(String(req.params.id));
    if (version?.deskId !== desk.id) throw new DomainError('not-found');
    return { desk, version };
  };
}

/** Brings a version of the hours back: shows what that would change, and does it. */
export function restoreHoursPage(deps: Deps): Page<VersionAtDesk> {
  const show: Page<VersionAtDesk>['get'] = async ({ desk, version }, _req, res) => {
    const preview = await deps.app.previewHours({
      ...{ who: signedIn(res), deskId: desk.id },
      proposal: { version: version.id },
    });
    const latest = await deps.storage.hoursVersions.latest(desk.id);
    const facts = { desk, version, latest: latest?.number ?? 0, key: deps.ids.uuid() };
    const shown = { ...facts, preview: previewView(preview, res.locals) };
    res.render('pages/staff/restoreHours', restoreHoursView(shown, res.locals));
  };
  return {
    get: show,

    async post({ desk, version }, req, res) {
      const fields = bodyOf(req);
      const idempotency = keyOf(deps, res, { what: `restore ${version.id}`, fields });
      const ifVersion = Number(fields.seen) || undefined;
      const request = { who: signedIn(res), deskId: desk.id, versionId: version.id, ifVersion, idempotency };
      try {
        await deed(res, () => deps.app.restoreHours(request));
      } catch (error) {
        // Somebody else has changed them, or brought them back already: the page shows what it would change now.
        if (!isRefusal(error, 'version-moved-on') && !isRefusal(error, 'no-effect')) throw error;
        return res.redirect(303, url(paths.staffHoursVersion, { desk: desk.id, id: version.id }));
      }
      res.redirect(303, url(paths.staffHours, { desk: desk.id }, { done: 'restored' }));
    },
  };
}
