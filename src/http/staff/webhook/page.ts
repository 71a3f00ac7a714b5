import type { Request, Response } from 'express';
import type { Desk } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import type { Webhook } from '../../../domain/webhooks/webhook';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, type Fields, keyOf, queryOf } from '../forms';
import { handOver, takeOver } from '../shownOnce';
import { secretOf } from '../webhookSecret';
import { readWebhook } from '../webhooks/form';
import { DEEDS, webhookView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens' | 'sealer' | 'baseUrl'>;

type Shown = Parameters<typeof webhookView>[0];
type WebhookAtDesk = { readonly desk: Desk; readonly webhook: Webhook };

/** The most messages of one page. */
const MAX_SHOWN_DELIVERIES = 25;

/** One webhook: its address, its last messages and what became of them, a message to try it, and a new secret. */
export function webhookPage(deps: Deps): Page<WebhookAtDesk> {
  const { app, storage, now, ids } = deps;
  const show = async (req: Request, res: Response, { desk, webhook }: WebhookAtDesk, more: Partial<Shown> = {}) => {
    const { cursor, done } = queryOf(req);
    const page = await storage.webhooks.deliveries(webhook.id, { cursor, limit: MAX_SHOWN_DELIVERIES });
    const view = webhookView(
      {
        ...{ desk, webhook, ...page, isLater: cursor !== undefined, now: now(), key: ids.uuid() },
        secret: takeOver(deps, req, res, secretOf(webhook)),
        done: DEEDS.find((each) => each === done),
        ...more,
      },
      res.locals,
    );
    res.render('pages/staff/webhook', view);
  };
  return {
    get: (about, req, res) => show(req, res, about, { fields: bodyOf(req) }),

    async post(about, req, res) {
      const { desk, webhook } = about;
      const { id } = webhook;
      const fields = bodyOf(req);
      const asked = { who: signedIn(res), deskId: desk.id, id };
      const idempotency = keyOf(deps, res, { what: `webhook ${id}`, fields });
      const lead = (done: (typeof DEEDS)[number]) =>
        res.redirect(303, url(paths.staffWebhook, { desk: desk.id, id }, { done }));
      if (fields.step === 'change') {
        const refused = await changed(deps, res, about, fields);
        if (!refused) return lead('changed');
        const present = (await storage.webhooks.find(id)) ?? webhook;
        return show(req, res.status(refused.status), { desk, webhook: present }, { fields, ...refused });
      }
      if (fields.step === 'rotate') {
        const { value } = await deed(res, () => app.rotateWebhook({ ...asked, idempotency }));
        handOver(deps, res, secretOf(webhook), value.secret);
        return lead('rotated');
      }
      if (fields.again) {
        const { who } = asked;
        await deed(res, () => app.sendAgain({ who, deliveryId: fields.again ?? '', idempotency }));
        return lead('again');
      }
      await deed(res, () => app.testWebhook({ ...asked, idempotency }));
      lead('tested');
    },
  };
}

/** Changes address and events; returns why that was refused. */
async function changed({ app }: Deps, res: Response, { desk, webhook }: WebhookAtDesk, fields: Fields) {
  const { t } = res.locals;
  const read = readWebhook(fields, res.locals);
  if ('errors' in read) return { status: 422, errors: read.errors };
  // A form without a version has seen nothing.
  const change = {
    who: signedIn(res),
    deskId: desk.id,
    id: webhook.id,
    ...read,
    ifVersion: Number(fields.version) || 0,
  };
  try {
    await deed(res, () => app.changeWebhook(change));
    return undefined;
  } catch (error) {
    if (isRefusal(error, 'version-moved-on')) return { status: 412, refusal: t('webhooks.movedOn') };
    if (!isRefusal(error, 'invalid')) throw error;
    return { status: 422, errors: [{ href: '#url', text: t(`webhooks.unfit.${error.details.unfit}`) }] };
  }
}
