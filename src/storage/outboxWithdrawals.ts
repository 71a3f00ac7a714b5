import type { Kysely } from 'kysely';
import type { Outbox } from '../app/ports/outbox';
import { kindsWithdrawnBy } from '../domain/notifications/kinds';
import { overtakenMessages } from '../domain/notifications/overtaking';
import type { Engine } from './engine';
import { toWithdrawn } from './outboxRows';
import type { Database } from './schema';

type Withdrawals = Pick<
  Outbox,
  'withdrawAll' | 'withdrawMail' | 'withdrawOutdated' | 'withdrawUseless' | 'withdrawUnsent'
>;

/** The part of the outbox that takes messages back which are not sent yet. */
export function outboxWithdrawals(db: Kysely<Database>, engine: Engine): Withdrawals {
  return {
    async withdrawAll(bookingId) {
      await db
        .updateTable('outbox')
        .set({ state: 'withdrawn' })
        .where((eb) => eb.and({ booking_id: bookingId, state: 'waiting', attempts: 0 }))
        .execute();
    },

    async withdrawMail(messageId) {
      await db
        .updateTable('outbox')
        .set({ state: 'withdrawn' })
        .where((eb) => eb.and({ dedupe_key: messageId, state: 'waiting', attempts: 0 }))
        .execute();
    },

    async withdrawOutdated(bookingId, by) {
      const outdated = kindsWithdrawnBy(by);
      if (outdated.length === 0) return;
      await db
        .updateTable('outbox')
        .set({ state: 'withdrawn' })
        .where((eb) => eb.and({ booking_id: bookingId, state: 'waiting' }))
        .where('kind', 'in', outdated)
        .execute();
    },

    async withdrawUseless(now) {
      await db
        .updateTable('outbox')
        .set({ state: 'withdrawn' })
        .where('state', '=', 'waiting')
        .where('useful_until', '<=', now)
        .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
        .execute();
    },

    async withdrawUnsent(bookingId, change) {
      const rows = await db
        .selectFrom('outbox')
        .select(['id', 'recipient', 'address', 'kind', 'state', 'attempts', 'calendar', 'sequence', 'created_at'])
        .select(['known_json', 'hold_until'])
        .where('booking_id', '=', bookingId)
        .where('state', '<>', 'withdrawn')
        .orderBy('id')
        // The lock keeps other processes from claiming one of these messages meanwhile. SQLite has one writer at a time
        // and needs none.
        .$if(engine.name === 'postgres', (query) => query.forUpdate())
        .execute();
      const messages = rows.map((row) => ({
        ...row,
        createdAt: row.created_at,
        hasKnown: row.known_json !== null,
      }));
      const { client, staff, outdated } = overtakenMessages(messages, change);
      const ids = [...client, ...staff, ...outdated].map(({ id }) => id);
      if (ids.length > 0) await db.updateTable('outbox').set({ state: 'withdrawn' }).where('id', 'in', ids).execute();
      const heard = rows.some((row) => row.recipient === 'client' && row.calendar === 1 && !ids.includes(row.id));
      return { client: toWithdrawn(client), staff: toWithdrawn(staff), heard };
    },
  };
}
