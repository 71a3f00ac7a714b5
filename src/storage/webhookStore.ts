import { type Kysely, sql } from 'kysely';
import type { WebhookStore } from '../app/ports/webhooks';
import type { WebhookEvent } from '../domain/webhooks/webhook';
import { deliveryStore } from './deliveryStore';
import type { Engine } from './engine';
import { fromJson } from './json';
import type { Database } from './schema';
import { toDelivery, toWebhook, toWebhookRow } from './webhookRows';

/** Stores webhooks, and beside them the messages to them. */
export function webhookStore(db: Kysely<Database>, engine: Engine): WebhookStore {
  return {
    async add(webhook) {
      await db
        .insertInto('webhook')
        .values({ ...toWebhookRow(webhook), failures: 0, rests_until: null })
        .execute();
    },

    async find(id) {
      const row = await db.selectFrom('webhook').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toWebhook(row);
    },

    async list(deskId) {
      const rows = await db
        .selectFrom('webhook')
        .selectAll()
        .where('desk_id', '=', deskId)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      const lasts = await db
        .selectFrom('webhook_delivery as d')
        .selectAll()
        .where('d.desk_id', '=', deskId)
        // The message that was tried last; one that was never tried counts as tried when it was written.
        .where(
          'd.number',
          '=',
          sql<number>`(select e.number from webhook_delivery e where e.webhook_id = d.webhook_id
            order by coalesce(e.tried_at, e.created_at) desc, e.number desc limit 1)`,
        )
        .execute();
      return rows.map((row) => {
        const last = lasts.find(({ webhook_id }) => webhook_id === row.id);
        return { webhook: toWebhook(row), last: last ? toDelivery(last) : null };
      });
    },

    async all() {
      return (await db.selectFrom('webhook').selectAll().orderBy('id').execute()).map(toWebhook);
    },

    async listening(deskId) {
      const rows = await db.selectFrom('webhook').select(['id', 'events_json']).where('desk_id', '=', deskId).execute();
      return rows.map((row) => ({ id: row.id, events: fromJson<WebhookEvent[]>(row.events_json) }));
    },

    async save(webhook) {
      const { id, ...row } = toWebhookRow(webhook);
      await db.updateTable('webhook').set(row).where('id', '=', id).execute();
    },

    async remove(id) {
      await db.deleteFrom('webhook_delivery').where('webhook_id', '=', id).execute();
      await db.deleteFrom('webhook').where('id', '=', id).execute();
    },

    ...deliveryStore(db, engine),
  };
}
