import type { Desk } from '../../../domain/desk';
import type { Webhook } from '../../../domain/webhooks/webhook';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, keyOf, queryOf } from '../forms';
import { handOver, takeOver } from '../webhookSecret';
import { DEEDS, webhookView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens' | 'sealer' | 'baseUrl'>;

/** The most messages of one page. */
const MAX_SHOWN_DELIVERIES = 25;

/** One webhook: its last messages and what became of them, a message to try it, and a new secret. */
export function webhookPage(deps: Deps): Page<{ readonly desk: Desk; readonly webhook: Webhook }> {
  const { app, storage, now, ids } = deps;
  return {
    async get({ desk, webhook }, req, res) {
      const { cursor, done } = queryOf(req);
      const page = await storage.webhooks.deliveries(webhook.id, { cursor, limit: MAX_SHOWN_DELIVERIES });
      const view = webhookView(
        {
          ...{ desk, webhook, ...page, isLater: cursor !== undefined, now: now(), key: ids.uuid() },
          secret: takeOver(deps, req, res, webhook),
          done: DEEDS.find((each) => each === done),
        },
        res.locals,
      );
      res.render('pages/staff/webhook', view);
    },

    async post({ desk, webhook: { id } }, req, res) {
      const fields = bodyOf(req);
      const about = { who: signedIn(res), deskId: desk.id, id };
      const idempotency = keyOf(deps, res, { what: `webhook ${id}`, fields });
      const lead = (done: (typeof DEEDS)[number]) =>
        res.redirect(303, url(paths.staffWebhook, { desk: desk.id, id }, { done }));
      if (fields.step === 'rotate') {
        const { value } = await deed(res, () => app.rotateWebhook({ ...about, idempotency }));
        handOver(deps, res, { deskId: desk.id, id }, value.secret);
        return lead('rotated');
      }
      if (fields.again) {
        const { who } = about;
        await deed(res, () => app.sendAgain({ who, deliveryId: fields.again ?? '', idempotency }));
        return lead('again');
      }
      await deed(res, () => app.testWebhook({ ...about, idempotency }));
      lead('tested');
    },
  };
}
