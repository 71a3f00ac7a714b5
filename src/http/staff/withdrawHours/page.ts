import { isRefusal } from '../../../domain/errors';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf } from '../forms';
import { clientReader } from '../hours/clientReader';
import type { EntryAtDesk } from '../hours/entryGuard';
import { previewView } from '../hours/previewView';
import { withdrawHoursView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'texts'>;

/** Withdraws an exception: shows what that would do, and does it. */
export function withdrawHoursPage(deps: Deps): Page<EntryAtDesk> {
  const { app } = deps;
  return {
    async get({ desk, exception, version }, _req, res) {
      const proposal = { exceptions: { add: [], remove: [exception.id] } };
      const preview = await app.previewHours({ who: signedIn(res), deskId: desk.id, proposal });
      const view = withdrawHoursView(
        { desk, exception, version, preview: previewView(preview, res.locals) },
        res.locals,
        clientReader(deps, res.locals.locale),
      );
      res.render('pages/staff/withdrawHours', view);
    },

    async post({ desk, exception }, req, res) {
      const ifVersion = Number(bodyOf(req).seen) || undefined;
      try {
        await deed(res, () =>
          app.removeException({ who: signedIn(res), deskId: desk.id, id: exception.id, ifVersion }),
        );
      } catch (error) {
        // Somebody has changed it: the page shows it as it is now.
        if (!isRefusal(error, 'version-moved-on')) throw error;
        return res.redirect(303, url(paths.staffHoursEntry, { desk: desk.id, id: exception.id }));
      }
      res.redirect(303, url(paths.staffHours, { desk: desk.id }, { done: 'withdrawn' }));
    },
  };
}
