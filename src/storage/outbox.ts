import { type Kysely, sql } from 'kysely';
import type { Outbox } from '../app/ports/outbox';
import { addressKey } from '../fields/mailAddress';
import { bounceStore } from './bounceStore';
import type { Engine } from './engine';
import { isReleased, isToSend, toEntry, toUnwritten } from './outboxRows';
import { outboxWithdrawals } from './outboxWithdrawals';
import type { Database } from './schema';

/** When a message was sent, or else when it will be sent at the earliest. */
const goes = sql<number>`coalesce(o.sent_at, o.hold_until, o.created_at)`;

/**
 * Stores the facts of messages as JSON, and the mails as text. The other columns serve to order, send and withdraw them.
 */
export function outbox(db: Kysely<Database>, engine: Engine): Outbox {
  return {
    ...outboxWithdrawals(db, engine),
    ...bounceStore(db),

    async queue({ deskId, bookingId, sequence, facts, now, holdUntil, usefulUntil, known }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('outbox')
        .values({
          desk_id: deskId,
          booking_id: bookingId,
          sequence,
          kind: facts.kind,
          recipient: facts.recipient,
          address: facts.to.address,
          calendar: facts.recipient === 'client' && facts.method !== null ? 1 : 0,
          dedupe_key: facts.messageId,
          message_json: '{}',
          facts_json: JSON.stringify(facts),
          state: 'waiting',
          attempts: 0,
          next_at: now,
          created_at: now,
          hold_until: holdUntil ?? null,
          useful_until: usefulUntil ?? null,
          known_json: known ? JSON.stringify(known) : null,
        })
        // A message that is queued twice at the same time is sent once.
        .onConflict((conflict) => conflict.column('dedupe_key').doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async mailedTo(deskId, email, since, exceptBookingId) {
      const rows = await db
        .selectFrom('booking as b')
        .innerJoin('outbox as o', 'o.booking_id', 'b.id')
        .select(goes.as('goes'))
        .where('b.desk_id', '=', deskId)
        .where('b.client_key', '=', addressKey(email))
        .where('o.recipient', '=', 'client')
        .where('o.state', '<>', 'withdrawn')
        .where(goes, '>', since)
        .where((eb) =>
          eb.not(
            eb.and([
              eb('o.booking_id', '=', exceptBookingId),
              eb('o.hold_until', 'is not', null),
              eb('o.state', '=', 'waiting'),
              eb('o.attempts', '=', 0),
            ]),
          ),
        )
        .orderBy('goes')
        .execute();
      return rows.map((row) => Number(row.goes));
    },

    async mailedToAddress(deskId, address, since) {
      const rows = await db
        .selectFrom('outbox as o')
        .select(goes.as('goes'))
        .where('o.desk_id', '=', deskId)
        .where(sql`lower(o.address)`, '=', address.toLowerCase())
        .where('o.recipient', '=', 'client')
        .where('o.state', '<>', 'withdrawn')
        .where(goes, '>', since)
        .orderBy('goes')
        .execute();
      return rows.map((row) => Number(row.goes));
    },

    async unwritten(now, limit) {
      const rows = await db
        .selectFrom('outbox as o')
        .selectAll()
        .where('o.content', 'is', null)
        .where(isToSend(now))
        .orderBy('o.next_at')
        .orderBy('o.id')
        .limit(limit)
        .execute();
      return rows.map(toUnwritten);
    },

    async store(id, content) {
      await db
        .updateTable('outbox')
        .set({ content })
        .where('id', '=', id)
        .where('content', 'is', null)
        .where('state', '=', 'waiting')
        .execute();
    },

    async unwritable(id, now, until) {
      await db
        .updateTable('outbox')
        .set({ unwritable_since: sql`coalesce(unwritable_since, ${now})`, next_at: until })
        .where('id', '=', id)
        .execute();
    },

    async claim(now, lease) {
      const next = db
        .selectFrom('outbox as o')
        .select('o.id')
        .where('o.content', 'is not', null)
        .where(isToSend(now))
        .where((eb) =>
          eb.or([
            eb('o.lease_until', 'is', null),
            eb('o.lease_until', '<=', now),
            // A lease that ends later than any can was given before the clock was set back, and counts as ended.
            eb('o.lease_until', '>', now + 2 * lease),
          ]),
        )
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('outbox as earlier')
                .select('earlier.id')
                .whereRef('earlier.booking_id', '=', 'o.booking_id')
                .whereRef('earlier.address', '=', 'o.address')
                .where('earlier.state', '=', 'waiting')
                // One that is tried again later keeps the order; one that has to wait for its date delays no other.
                .where(isReleased(now, 'earlier'))
                .whereRef('earlier.id', '<', 'o.id'),
            ),
          ),
        )
        .orderBy('o.next_at')
        .orderBy('o.id')
        .limit(1)
        // The lock keeps two processes from claiming the same message. SQLite has one writer at a time and needs none.
        .$if(engine.name === 'postgres', (query) => query.forUpdate('o').skipLocked());
      const row = await db
        .updateTable('outbox')
        // The date is set at the first attempt and stored, so that later attempts send the same bytes.
        .set({
          attempts: sql`attempts + 1`,
          lease_until: now + lease,
          first_tried_at: sql`case when attempts = 0 then ${now} else first_tried_at end`,
        })
        .where('id', '=', next)
        .returningAll()
        .executeTakeFirst();
      return row && toEntry(row);
    },

    async sent(id, now) {
      await db
        .updateTable('outbox')
        .set({ state: 'sent', sent_at: now, lease_until: null })
        .where('id', '=', id)
        .execute();
    },

    async retry(id, at, code) {
      await db
        .updateTable('outbox')
        .set({ next_at: at, lease_until: null, last_code: code })
        .where('id', '=', id)
        .execute();
    },

    async postponeAll({ id, code }, until) {
      await db
        .updateTable('outbox')
        .set({ attempts: sql`attempts - 1`, lease_until: null, last_code: code })
        .where('id', '=', id)
        .execute();
      await db
        .updateTable('outbox')
        .set({ next_at: until })
        .where('state', '=', 'waiting')
        .where('next_at', '<', until)
        .where('lease_until', 'is', null)
        .execute();
    },

    async fail(id, code) {
      await db
        .updateTable('outbox')
        .set({ state: 'failed', lease_until: null, last_code: code })
        .where('id', '=', id)
        .execute();
    },

    async pause(reason, now) {
      await db
        .insertInto('outbox_pause')
        .values({ id: 1, since: now, reason })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },

    async resume() {
      const { numDeletedRows } = await db.deleteFrom('outbox_pause').executeTakeFirst();
      return numDeletedRows === 1n;
    },

    async state(now) {
      const paused = await db.selectFrom('outbox_pause').select(['since', 'reason']).executeTakeFirst();
      const waiting = await db
        .selectFrom('outbox')
        .select((eb) => [
          eb.fn.countAll<number>().as('depth'),
          // A message that is held on purpose counts from the end of its hold.
          eb.fn.min<number | null>(eb.fn.coalesce('hold_until', 'created_at')).as('oldest'),
        ])
        .where('state', '=', 'waiting')
        .executeTakeFirstOrThrow();
      const age = waiting.oldest === null ? 0 : Math.max(0, now - Number(waiting.oldest));
      return { depth: Number(waiting.depth), age, paused: paused ?? null };
    },
  };
}
