import type { Response } from 'express';
import type { Desk } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Page } from '../../wiring';
import { importedText } from '../csvLists';
import { signedIn } from '../desk';
import { bodyOf, type Fields, keyOf, queryOf } from '../forms';
import { clientReader } from './clientReader';
import { readException, withOneMore } from './form';
import { planHours } from './planHours';
import { previewView } from './previewView';
import { undoOf } from './undoOf';
import { staffHoursView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens' | 'texts'>;

/**
 * The desk's hours, for the manager: the usual week, and the days that differ. Before a day is entered the page shows
 * what that would do, and to whom.
 */
export function hoursPage(deps: Deps): Page<Desk> {
  const { app, now, ids } = deps;
  const show = (
    res: Response,
    desk: Desk,
    fields: Fields,
    more: Partial<Parameters<typeof staffHoursView>[0]> = {},
  ) => {
    const facts = { desk, fields, now: now(), key: ids.uuid(), ...more };
    res.render('pages/staff/hours', staffHoursView(facts, res.locals, clientReader(deps, res.locals.locale)));
  };
  return {
    async get(desk, req, res) {
      const asked = queryOf(req);
      const { done, id } = asked;
      const entry = id
        ? (await deps.storage.desks.exceptions(desk.id)).find(({ exception }) => exception.id === id)
        : undefined;
      const { t } = res.locals;
      if (done === 'entered' && entry)
        return show(
          res,
          desk,
          {},
          {
            done: t('staff.hours.done.entered'),
            undo: {
              href: url(paths.staffHoursEntry, { desk: desk.id, id: entry.exception.id }),
              hidden: [{ name: 'seen', value: String(entry.version) }],
            },
          },
        );
      const imported = importedText(asked, res.locals);
      if (imported) return show(res, desk, {}, { done: imported, undo: await undoOf(deps, desk) });
      if (done === 'rules' || done === 'changed' || done === 'restored' || done === 'withdrawn')
        return show(res, desk, {}, { done: t(`staff.hours.done.${done}`), undo: await undoOf(deps, desk) });
      show(res, desk, bodyOf(req));
    },

    async post(desk, req, res) {
      const fields = bodyOf(req);
      if (fields.step === 'line') return show(res, desk, withOneMore(fields));
      const read = readException(fields, res.locals);
      if ('errors' in read) {
        res.status(422);
        return show(res, desk, fields, { errors: read.errors });
      }
      const who = signedIn(res);
      if (fields.step === 'plan')
        return planHours(deps, res, desk, { fields, hours: { rules: null, exceptions: [read.exception] } });
      if (fields.step !== 'enter') {
        const proposal = { exceptions: { add: [read.exception], remove: [] } };
        const preview = previewView(await app.previewHours({ who, deskId: desk.id, proposal }), res.locals);
        return show(res, desk, fields, { entered: read.exception, preview });
      }
      try {
        const idempotency = keyOf(deps, res, { what: `hours ${desk.id}`, fields });
        const { value } = await deed(res, () =>
          app.addException({ who, deskId: desk.id, exception: read.exception, idempotency }),
        );
        res.redirect(303, url(paths.staffHours, { desk: desk.id }, { done: 'entered', id: value.id }));
      } catch (error) {
        if (!isRefusal(error, 'no-effect')) throw error;
        res.status(409);
        show(res, desk, fields, { refusal: res.locals.t('staff.hours.same') });
      }
    },
  };
}
