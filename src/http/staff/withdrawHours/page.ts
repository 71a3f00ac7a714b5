import type { HoursException } from '../../../domain/calendar/hours';
import type { Desk } from '../../../domain/desk';
import { DomainError, isRefusal } from '../../../domain/errors';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { Elsewhere, type Guard, type Page } from '../../wiring';
import { deskWithHours, signedIn } from '../desk';
import { bodyOf } from '../forms';
import { clientReader } from '../hours/clientReader';
import { previewView } from '../hours/previewView';
import { withdrawHoursView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'texts'>;

/** One exception of a desk. */
interface EntryAtDesk {
  readonly desk: Desk;
  readonly exception: HoursException;
  readonly version: number;
}

/** The guard of the page: the exception in the address. @throws DomainError `not-found`, `forbidden` */
export function entryToWithdraw(deps: Pick<HttpDeps, 'storage'>): Guard<EntryAtDesk> {
  const enter = deskWithHours(deps);
  return async (req, res) => {
    const desk = await enter(req, res);
    if (desk instanceof Elsewhere) return desk;
    const entries = await deps.storage.desks.exceptions(desk.id);
    const entry = entries.find(({ exception }) => exception.id === req.params.id);
    if (!entry) throw new DomainError('not-found');
    return { desk, ...entry };
  };
}

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
