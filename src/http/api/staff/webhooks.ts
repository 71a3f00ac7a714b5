import { keptWebhook } from '../../../app/webhooks/changeWebhooks';
import { assertMayKeepWebhooks } from '../../../domain/staff/rights';
import { apiPaths, apiUrl } from '../../../paths';
import type { HttpDeps } from '../../deps';
import type { SignedIn } from '../../middleware/staff';
import { type Operation, secured } from '../operation';
import { deliveryJson, secretJson, webhookJson } from '../presentWebhooks';
import { versionRequired, versionTag } from '../request';
import * as schema from '../schemas';
import { seenDesk } from './sight';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now'>;

const USUAL_DELIVERIES_PER_PAGE = 50;

/** The operations on webhooks: addresses of other programs that are told what happens at a desk. */
export function webhookOperations(deps: Deps): Operation[] {
  const { app, storage, now } = deps;
  const keptDesk = async (who: SignedIn, deskId: string) => {
    const desk = await seenDesk(storage, who, deskId);
    assertMayKeepWebhooks(who, desk.id);
    return desk;
  };
  const kept = async (who: SignedIn, params: { desk: string; id: string }) => {
    const desk = await keptDesk(who, params.desk);
    return { desk, webhook: await keptWebhook(storage, { who, deskId: desk.id, id: params.id }) };
  };

  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffWebhooks,
        id: 'listWebhooks',
        summary: 'Which programs are told what happens, and whether the last message was taken',
        answer: { status: 200, description: 'All of the desk, without secrets', schema: schema.Webhooks },
        problems: [403],
      },
      async ({ params, who }) => {
        const { id, hours } = await keptDesk(who, params.desk);
        const all = await storage.webhooks.list(id);
        return { body: { webhooks: all.map((each) => webhookJson(each, hours.timeZone, now())) } };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffWebhooks,
        id: 'addWebhook',
        summary: 'Tell another program what happens at the desk',
        description:
          'Messages are signed in the Standard Webhooks scheme. They hold ids, times, topic, language and mode; what is known of a client only where the desk allows it.',
        body: schema.WebhookRequest,
        answer: { status: 201, description: 'The secret, once', schema: schema.WebhookSecret, location: true },
      },
      async ({ params, body, idempotency, who }) => {
        const { id: deskId, hours } = await keptDesk(who, params.desk);
        const { value, replayed } = await app.addWebhook({ who, deskId, ...body, idempotency });
        return {
          body: secretJson(value, hours.timeZone, now()),
          headers: {
            ETag: versionTag(value.webhook),
            Location: apiUrl(apiPaths.staffWebhook, { desk: deskId, id: value.webhook.id }),
          },
          replayed,
        };
      },
    ),

    secured(
      {
        method: 'get',
        path: apiPaths.staffWebhook,
        id: 'readWebhook',
        summary: 'One webhook, without its secret',
        answer: { status: 200, description: 'As in the list', schema: schema.Webhook },
        problems: [403],
      },
      async ({ params, who }) => {
        const { desk, webhook } = await kept(who, params);
        const [last = null] = (await storage.webhooks.deliveries(webhook.id, { limit: 1 })).deliveries;
        return {
          body: webhookJson({ webhook, last }, desk.hours.timeZone, now()),
          headers: { ETag: versionTag(webhook) },
        };
      },
    ),

    secured(
      {
        method: 'put',
        path: apiPaths.staffWebhook,
        id: 'changeWebhook',
        summary: 'Give a webhook another address, or other events',
        description: 'It keeps its secret, and what still waits for it goes to the new address.',
        versioned: 'required',
        body: schema.WebhookRequest,
        answer: { status: 200, description: 'As in the list', schema: schema.Webhook },
      },
      async ({ params, body, who, req }) => {
        const { desk, webhook } = await kept(who, params);
        const ifVersion = versionRequired(req, webhook);
        const changed = await app.changeWebhook({ who, deskId: desk.id, id: webhook.id, ...body, ifVersion });
        const [last = null] = (await storage.webhooks.deliveries(webhook.id, { limit: 1 })).deliveries;
        return {
          body: webhookJson({ webhook: changed, last }, desk.hours.timeZone, now()),
          headers: { ETag: versionTag(changed) },
        };
      },
    ),

    secured(
      {
        method: 'delete',
        path: apiPaths.staffWebhook,
        id: 'removeWebhook',
        summary: 'Tell this program nothing more',
        description: 'What still waits for it is not sent.',
        versioned: 'required',
        answer: { status: 204, description: 'It is gone' },
      },
      async ({ params, who, req }) => {
        const { webhook } = await kept(who, params);
        const ifVersion = versionRequired(req, webhook);
        await app.removeWebhook({ who, deskId: webhook.deskId, id: webhook.id, ifVersion });
        return {};
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffWebhookRotate,
        id: 'rotateWebhook',
        summary: 'Give a webhook a new secret',
        description: 'For 24 hours the former one signs, too, so that each message has two signatures.',
        answer: { status: 200, description: 'The new secret, once', schema: schema.WebhookSecret },
      },
      async ({ params, idempotency, who }) => {
        const { desk, webhook } = await kept(who, params);
        const about = { who, deskId: desk.id, id: webhook.id, idempotency };
        const { value, replayed } = await app.rotateWebhook(about);
        return {
          body: secretJson(value, desk.hours.timeZone, now()),
          headers: { ETag: versionTag(value.webhook) },
          replayed,
        };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffWebhookTest,
        id: 'testWebhook',
        summary: 'Send a message that tells of nothing',
        answer: { status: 201, description: 'It goes out in its turn', schema: schema.DeliveryQueued },
      },
      async ({ params, idempotency, who }) => {
        const { desk, webhook } = await kept(who, params);
        const { value, replayed } = await app.testWebhook({ who, deskId: desk.id, id: webhook.id, idempotency });
        return { body: { id: value.id }, replayed };
      },
    ),

    secured(
      {
        method: 'get',
        path: apiPaths.staffWebhookDeliveries,
        id: 'listWebhookDeliveries',
        summary: 'The messages to a webhook, and what became of them',
        query: schema.DeliveriesQuery,
        answer: { status: 200, description: 'The newest first', schema: schema.Deliveries },
        problems: [403],
      },
      async ({ params, query, who }) => {
        const { desk, webhook } = await kept(who, params);
        const { cursor, limit = USUAL_DELIVERIES_PER_PAGE } = query;
        const { deliveries, next } = await storage.webhooks.deliveries(webhook.id, { cursor, limit });
        return { body: { deliveries: deliveries.map((each) => deliveryJson(each, desk.hours.timeZone)), next } };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffSendAgain,
        id: 'sendWebhookAgain',
        summary: 'Send a message again',
        description: 'At once, and with the same `webhook-id`; then as often as a new one.',
        answer: { status: 200, description: 'It goes out at once', schema: schema.DeliveryQueued },
      },
      async ({ params, idempotency, who }) => {
        const { value, replayed } = await app.sendAgain({ who, deliveryId: params.id, idempotency });
        return { body: { id: value.id }, replayed };
      },
    ),
  ];
}
