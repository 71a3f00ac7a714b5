import type { Kysely } from 'kysely';
import type { TaskStore } from '../app/ports/tasks';
import type { Database } from './schema';

/** Stores tasks. A finished task stays, with the time and the name of the person who finished it. */
export function taskStore(db: Kysely<Database>): TaskStore {
  return {
    async add({ id, deskId, bookingId, kind, createdAt }) {
      await db
        .insertInto('task')
        .values({ id, desk_id: deskId, booking_id: bookingId, kind, created_at: createdAt })
        .onConflict((conflict) => conflict.columns(['booking_id', 'kind']).where('done_at', 'is', null).doNothing())
        .execute();
    },

    async open(deskId) {
      const rows = await db
        .selectFrom('task')
        .selectAll()
        .where('desk_id', '=', deskId)
        .where('done_at', 'is', null)
        .orderBy('created_at')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        deskId: row.desk_id,
        bookingId: row.booking_id,
        kind: row.kind,
        createdAt: row.created_at,
      }));
    },

    async done(deskId, id, by, now) {
      const { numUpdatedRows } = await db
        .updateTable('task')
        .set({ done_at: now, done_by: by })
        .where('id', '=', id)
        .where('desk_id', '=', deskId)
        .where('done_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async doneOf(bookingId, kind, by, now) {
      const { numUpdatedRows } = await db
        .updateTable('task')
        .set({ done_at: now, done_by: by })
        .where('booking_id', '=', bookingId)
        .where('kind', '=', kind)
        .where('done_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async isOpen(bookingId, kind) {
      const row = await db
        .selectFrom('task')
        .select('id')
        .where('booking_id', '=', bookingId)
        .where('kind', '=', kind)
        .where('done_at', 'is', null)
        .executeTakeFirst();
      return row !== undefined;
    },

    async bookingsWith(deskId, kind) {
      const rows = await db
        .selectFrom('task')
        .select('booking_id')
        .where('desk_id', '=', deskId)
        .where('kind', '=', kind)
        .execute();
      return new Set(rows.map((row) => row.booking_id));
    },
  };
}
