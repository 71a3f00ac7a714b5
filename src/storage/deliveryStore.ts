import { type Kysely, sql } from 'kysely';
import type { Attempt, WebhookStore } from '../app/ports/webhooks';
import { type Instant, MINUTE } from '../domain/calendar/interval';
import { WAITS_MS } from '../domain/notifications/attempts';
import { readCursor, writeCursor } from './cursor';
import type { Engine } from './engine';
import { fromJson, fromNullableJson } from './json';
import type { Database } from './schema';
import { toDelivery, toDeliveryRow, toWebhook } from './webhookRows';

type DeliveryStore = Omit<WebhookStore, 'add' | 'find' | 'list' | 'all' | 'listening' | 'save' | 'remove'>;

/** No attempt is further ahead, by clocks of two machines that differ by some minutes. */
const LONGEST_WAIT_MS = Math.max(...WAITS_MS) + 5 * MINUTE;

/** A deed about hundreds of bookings writes thousands of messages; a statement takes 32,766 parameters on SQLite. */
const ROWS_PER_INSERT = 500;

/** Stores the messages to webhooks. */
export function deliveryStore(db: Kysely<Database>, engine: Engine): DeliveryStore {
  const ended = (
    id: string,
    { at, status, notReached }: Attempt,
    change: { state?: 'sent' | 'failed'; next?: Instant },
  ) =>
    db
      .updateTable('webhook_delivery')
      .set({ tried_at: at, status, not_reached: notReached, lease_until: null })
      .set({ ...(change.state && { state: change.state }), ...(change.next !== undefined && { next_at: change.next }) })
      .where('id', '=', id)
      .execute();

  return {
    async queue(deliveries) {
      for (let i = 0; i < deliveries.length; i += ROWS_PER_INSERT) {
        const rows = deliveries.slice(i, i + ROWS_PER_INSERT).map(toDeliveryRow);
        await db.insertInto('webhook_delivery').values(rows).execute();
      }
    },

    async findDelivery(id) {
      const row = await db.selectFrom('webhook_delivery').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toDelivery(row);
    },

    async deliveries(webhookId, { cursor, limit }) {
      const after = readCursor(cursor);
      let query = db.selectFrom('webhook_delivery').selectAll().where('webhook_id', '=', webhookId);
      if (after) query = query.where('number', '<', after.start);
      const rows = await query
        .orderBy('number', 'desc')
        .limit(limit + 1)
        .execute();
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        deliveries: rows.slice(0, limit).map(toDelivery),
        next: last ? writeCursor({ start: last.number, id: last.id }) : null,
      };
    },

    async claim(now, lease) {
      const isLeased = (leaseUntil: 'd.lease_until' | 'other.lease_until') =>
        sql<boolean>`coalesce(${sql.ref(leaseUntil)} > ${now} and ${sql.ref(leaseUntil)} <= ${now + 2 * lease}, false)`;
      const isOver = (until: 'd.next_at' | 'w.rests_until') =>
        sql<boolean>`coalesce(${sql.ref(until)} <= ${now} or ${sql.ref(until)} > ${now + LONGEST_WAIT_MS}, true)`;
      const row = await db
        .selectFrom('webhook_delivery as d')
        .innerJoin('webhook as w', 'w.id', 'd.webhook_id')
        .select(['d.id as delivery_id', 'd.body_json', 'd.client_json', 'd.attempts', 'd.wanted_at', 'w.failures'])
        .select(['w.id', 'w.desk_id', 'w.url', 'w.events_json', 'w.secret_sealed', 'w.former_sealed', 'w.former_until'])
        .select(['w.version', 'w.created_at'])
        .where('d.state', '=', 'waiting')
        .where(isOver('d.next_at'))
        .where(isOver('w.rests_until'))
        .where(({ not, exists, selectFrom }) => not(exists(selectFrom('outbox_pause').select('outbox_pause.id'))))
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('webhook_delivery as other')
                .select('other.number')
                .whereRef('other.webhook_id', '=', 'd.webhook_id')
                .where('other.state', '=', 'waiting')
                .where(({ or, and, eb }) =>
                  or([
                    isLeased('other.lease_until'),
                    and([
                      eb('other.booking_id', '=', eb.ref('d.booking_id')),
                      eb('other.number', '<', eb.ref('d.number')),
                    ]),
                  ]),
                ),
            ),
          ),
        )
        .orderBy('d.number')
        .limit(1)
        // The locks keep two processes from sending to one webhook at a time. SQLite has one writer and needs none.
        .$if(engine.name === 'postgres', (query) => query.forUpdate(['d', 'w']).skipLocked())
        .executeTakeFirst();
      if (!row) return undefined;
      const { delivery_id: id, body_json, client_json, attempts, wanted_at: wantedAt, failures, ...webhook } = row;
      await db
        .updateTable('webhook_delivery')
        .set({ attempts: attempts + 1, lease_until: now + lease })
        .where('id', '=', id)
        .execute();
      return {
        ...{ id, attempts: attempts + 1, wantedAt, failures, webhook: toWebhook(webhook) },
        body: fromJson(body_json),
        client: fromNullableJson(client_json),
      };
    },

    async sent(id, attempt) {
      await ended(id, attempt, { state: 'sent' });
      await db
        .updateTable('webhook')
        .set({ failures: 0, rests_until: null })
        .where('id', '=', (eb) => eb.selectFrom('webhook_delivery').select('webhook_id').where('id', '=', id))
        .where('failures', '>', 0)
        .execute();
    },

    async retry(id, attempt, nextAt) {
      await ended(id, attempt, { next: nextAt });
    },

    async fail(id, attempt) {
      await ended(id, attempt, { state: 'failed' });
    },

    async rest(webhookId, { failures, until, givenUpFrom }) {
      await db.updateTable('webhook').set({ failures, rests_until: until }).where('id', '=', webhookId).execute();
      await db
        .updateTable('webhook_delivery')
        .set({ state: 'failed', lease_until: null })
        .where('webhook_id', '=', webhookId)
        .where('state', '=', 'waiting')
        .where('wanted_at', '<=', givenUpFrom)
        .execute();
    },

    async sendAgain(id, now) {
      await db
        .updateTable('webhook_delivery')
        .set({ state: 'waiting', attempts: 0, wanted_at: now, next_at: now })
        .where('id', '=', id)
        .execute();
      await db
        .updateTable('webhook')
        .set({ failures: 0, rests_until: null })
        .where('id', '=', (eb) => eb.selectFrom('webhook_delivery').select('webhook_id').where('id', '=', id))
        .execute();
    },

    async wake(id) {
      await db.updateTable('webhook').set({ failures: 0, rests_until: null }).where('id', '=', id).execute();
      await db
        .updateTable('webhook_delivery')
        .set((eb) => ({ next_at: eb.ref('wanted_at') }))
        .where('webhook_id', '=', id)
        .where('state', '=', 'waiting')
        .execute();
    },

    async state(now) {
      const counted = await db
        .selectFrom('webhook_delivery')
        .select(({ fn }) => ['state', fn.countAll<number>().as('count'), fn.min('created_at').as('oldest')])
        .where('state', 'in', ['waiting', 'failed'])
        .groupBy('state')
        .execute();
      const of = (state: string) => counted.find((each) => each.state === state);
      const oldest = of('waiting')?.oldest;
      return {
        waiting: Number(of('waiting')?.count ?? 0),
        age: oldest === undefined ? 0 : Math.max(0, now - Number(oldest)),
        failed: Number(of('failed')?.count ?? 0),
      };
    },
  };
}
