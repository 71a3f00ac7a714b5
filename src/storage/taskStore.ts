import type { Kysely } from 'kysely';
import type { TaskStore } from '../app/ports/tasks';
import type { Database } from './schema';

/** Tasks stay in their table when they are done, with who did them and when. */
export function taskStore(db: Kysely<Database>): TaskStore {
  return {
    async add({ id, deskId, bookingId, kind, createdAt }) {
      await db
        .insertInto('task')
        .values({ id, desk_id: deskId, booking_id: bookingId, kind, created_at: createdAt })
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
  };
}
