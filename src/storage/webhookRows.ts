import type { Selectable } from 'kysely';
import type { Delivery, NewDelivery } from '../app/ports/webhooks';
import type { NotReached } from '../domain/webhooks/delivery';
import type { Webhook, WebhookEvent } from '../domain/webhooks/webhook';
import { fromJson, toNullableJson } from './json';
import type { Database } from './schema';

/** Returns a webhook. @param row of the table, or of a join that has all its columns */
export function toWebhook(row: Omit<Selectable<Database['webhook']>, 'failures' | 'rests_until'>): Webhook {
  const { former_sealed, former_until } = row;
  return {
    id: row.id,
    deskId: row.desk_id,
    url: row.url,
    events: fromJson<WebhookEvent[]>(row.events_json),
    sealedSecret: row.secret_sealed,
    former:
      former_sealed !== null && former_until !== null ? { sealedSecret: former_sealed, until: former_until } : null,
    version: row.version,
    createdAt: row.created_at,
  };
}

/** Writes a webhook as a row, without what is known of its receiver. */
export function toWebhookRow({ id, deskId, url, events, sealedSecret, former, version, createdAt }: Webhook) {
  return {
    id,
    desk_id: deskId,
    url,
    events_json: JSON.stringify(events),
    secret_sealed: sealedSecret,
    former_sealed: former?.sealedSecret ?? null,
    former_until: former?.until ?? null,
    version,
    created_at: createdAt,
  };
}

/** Returns a message as the manager sees it. */
export function toDelivery(row: Selectable<Database['webhook_delivery']>): Delivery {
  return {
    number: row.number,
    id: row.id,
    webhookId: row.webhook_id,
    deskId: row.desk_id,
    event: row.event as Delivery['event'],
    state: row.state,
    attempts: row.attempts,
    triedAt: row.tried_at,
    nextAt: row.next_at,
    status: row.status,
    notReached: row.not_reached as NotReached | null,
    createdAt: row.created_at,
  };
}

/** Writes a new message as a row. */
export function toDeliveryRow({ id, webhookId, deskId, bookingId, event, body, client, createdAt }: NewDelivery) {
  return {
    ...{ id, webhook_id: webhookId, desk_id: deskId, booking_id: bookingId, event },
    ...{ body_json: JSON.stringify(body), client_json: toNullableJson(client) },
    ...{ state: 'waiting' as const, attempts: 0, created_at: createdAt, wanted_at: createdAt, next_at: createdAt },
  };
}
