import type { Delivery, WebhookWithLast } from '../../app/ports/webhooks';
import type { Instant } from '../../domain/calendar/interval';
import { toIso } from '../../domain/calendar/zone';
import type { Webhook } from '../../domain/webhooks/webhook';
import type { Json } from './present';
import type * as schema from './schemas';

/** Returns a webhook without its secret. */
export function webhookJson(
  { webhook, last }: WebhookWithLast,
  zone: string,
  now: Instant,
): Json<typeof schema.Webhooks>['webhooks'][number] {
  const { id, url, events, createdAt, version } = webhook;
  return {
    id,
    url,
    events: [...events],
    createdAt: toIso(createdAt, zone),
    formerUntil: formerUntil(webhook, zone, now),
    version,
    lastDelivery: last && deliveryJson(last, zone),
  };
}

/** Returns a webhook's secret, for the one time that it is told. */
export function secretJson(
  { webhook, secret }: { webhook: Webhook; secret: string },
  zone: string,
  now: Instant,
): Json<typeof schema.WebhookSecret> {
  const { id, version } = webhook;
  return { id, secret, version, formerUntil: formerUntil(webhook, zone, now) };
}

export function deliveryJson(delivery: Delivery, zone: string): Json<typeof schema.Deliveries>['deliveries'][number] {
  const { id, event, state, attempts, createdAt, triedAt, nextAt, status, notReached } = delivery;
  return {
    id,
    event,
    state,
    attempts,
    at: toIso(createdAt, zone),
    triedAt: triedAt === null ? null : toIso(triedAt, zone),
    nextAt: state === 'waiting' ? toIso(nextAt, zone) : null,
    status,
    problem: notReached,
  };
}

function formerUntil({ former }: Webhook, zone: string, now: Instant): string | null {
  return former && now < former.until ? toIso(former.until, zone) : null;
}
