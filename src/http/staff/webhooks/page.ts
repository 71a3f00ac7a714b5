import type { Response } from 'express';
import type { Desk } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, type Fields, type FormError, keyOf, queryOf } from '../forms';
import { handOver } from '../shownOnce';
import { secretOf } from '../webhookSecret';
import { readWebhook } from './form';
import { webhooksView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'ids' | 'tokens' | 'sealer' | 'baseUrl'>;

/** The programs that are told what happens at the desk, for the manager, and the form for one more. */
export function webhooksPage(deps: Deps): Page<Desk> {
  const { app, storage, ids } = deps;
  const show = async (
    res: Response,
    desk: Desk,
    fields: Fields,
    more: { errors?: readonly FormError[]; isWithdrawn?: boolean } = {},
  ) => {
    const all = await storage.webhooks.list(desk.id);
    res.render('pages/staff/webhooks', webhooksView({ desk, all, fields, key: ids.uuid(), ...more }, res.locals));
  };
  return {
    get: (desk, req, res) => show(res, desk, bodyOf(req), { isWithdrawn: queryOf(req).done === 'withdrawn' }),

    async post(desk, req, res) {
      const fields = bodyOf(req);
      const read = readWebhook(fields, res.locals);
      const wrong = (errors: readonly FormError[]) => {
        res.status(422);
        return show(res, desk, fields, { errors });
      };
      if ('errors' in read) return wrong(read.errors);
      try {
        const idempotency = keyOf(deps, res, { what: `webhooks ${desk.id}`, fields });
        const { value } = await deed(res, () =>
          app.addWebhook({ who: signedIn(res), deskId: desk.id, ...read, idempotency }),
        );
        const { id } = value.webhook;
        handOver(deps, res, secretOf({ deskId: desk.id, id }), value.secret);
        res.redirect(303, url(paths.staffWebhook, { desk: desk.id, id }, { done: 'added' }));
      } catch (error) {
        if (!isRefusal(error, 'invalid')) throw error;
        await wrong([{ href: '#url', text: res.locals.t(`webhooks.unfit.${error.details.unfit}`) }]);
      }
    },
  };
}
