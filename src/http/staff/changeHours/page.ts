import type { Response } from 'express';
import { isRefusal } from '../../../domain/errors';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf } from '../forms';
import { clientReader } from '../hours/clientReader';
import type { EntryAtDesk } from '../hours/entryGuard';
import { fieldsOf, isInForm, readException, withOneMore } from '../hours/form';
import { previewView } from '../hours/previewView';
import { changeHoursView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'texts'>;
type Shown = Omit<Parameters<typeof changeHoursView>[0], keyof EntryAtDesk>;

/**
 * Changes days with other hours: what their days would be instead, and for whom, is shown before it is done. Where
 * somebody was faster, what was typed is kept beside the entry as it is now.
 */
export function changeHoursPage(deps: Deps): Page<EntryAtDesk> {
  const { app } = deps;
  const show = (res: Response, about: EntryAtDesk, shown: Shown) =>
    res.render(
      'pages/staff/changeHours',
      changeHoursView({ ...about, ...shown }, res.locals, clientReader(deps, res.locals.locale)),
    );

  return {
    get(about, req, res) {
      const typed = bodyOf(req);
      // What another program entered with windows of several kinds can only be withdrawn here.
      if (!isInForm(about.exception))
        return res.redirect(303, url(paths.staffHoursEntry, { desk: about.desk.id, id: about.exception.id }));
      show(res, about, { fields: typed.kind === undefined ? fieldsOf(about.exception) : typed });
    },

    async post(about, req, res) {
      const { desk, exception, version } = about;
      const fields = bodyOf(req);
      if (fields.step === 'line') return show(res, about, { fields: withOneMore(fields) });
      const who = signedIn(res);
      const read = readException(fields, res.locals);
      if ('errors' in read) return show(res.status(422), about, { fields, errors: read.errors });
      const movedOn = (now: EntryAtDesk) =>
        show(res.status(412), now, { fields, refusal: res.locals.t('staff.changeHours.movedOn') });
      if (Number(fields.seen) !== version) return movedOn(about);
      if (fields.step !== 'enter') {
        const proposal = { exceptions: { add: [read.exception], remove: [exception.id] } };
        const preview = previewView(await app.previewHours({ who, deskId: desk.id, proposal }), res.locals);
        return show(res, about, { fields, entered: read.exception, preview });
      }
      const change = { who, deskId: desk.id, id: exception.id, exception: read.exception, ifVersion: version };
      try {
        await deed(res, () => app.replaceException(change));
      } catch (error) {
        if (isRefusal(error, 'version-moved-on')) return movedOn(await newest(deps, about));
        if (!isRefusal(error, 'no-effect')) throw error;
        return show(res.status(409), about, { fields, refusal: res.locals.t('staff.hours.same') });
      }
      res.redirect(303, url(paths.staffHours, { desk: desk.id }, { done: 'changed' }));
    },
  };
}

/** Returns the entry as somebody has changed it a moment ago. */
async function newest({ storage }: Deps, about: EntryAtDesk): Promise<EntryAtDesk> {
  const entries = await storage.desks.exceptions(about.desk.id);
  return { ...about, ...entries.find(({ exception }) => exception.id === about.exception.id) };
}
