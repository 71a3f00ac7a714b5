import type { Kysely } from 'kysely';
import type { BookingStore } from '../app/ports/bookingStore';
import { toHold, toHoldRow } from './bookingRows';
import type { Database } from './schema';
import { withWallTime } from './wallTime';

/** Rows of the booking table that are no bookings yet. */
const HOLDS: readonly string[] = ['held', 'lapsed'];

type HoldMethods = 'findHold' | 'findHoldOf' | 'saveHold' | 'saveDraft' | 'removeHold' | 'lapseHolds' | 'forgetDrafts';

/** The part of the booking store that is about holds. */
export function holdStore(db: Kysely<Database>): Pick<BookingStore, HoldMethods> {
  const holds = () => db.selectFrom('booking').selectAll().where('status', 'in', HOLDS);

  return {
    async findHold(id) {
      const row = await holds().where('id', '=', id).executeTakeFirst();
      return row && toHold(row);
    },

    async findHoldOf(holder) {
      const row = await holds().where('holder', '=', holder).executeTakeFirst();
      return row && toHold(row);
    },

    async saveHold(hold) {
      const row = await withWallTime(db, hold.deskId, toHoldRow(hold));
      const { numUpdatedRows } = await db
        .updateTable('booking')
        .set(row)
        .where('id', '=', hold.id)
        .where('status', 'in', HOLDS)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) await db.insertInto('booking').values(row).execute();
    },

    async saveDraft(holdId, draft) {
      await db
        .updateTable('booking')
        .set({ draft_json: JSON.stringify(draft) })
        .where('id', '=', holdId)
        .where('status', 'in', HOLDS)
        .execute();
    },

    async removeHold(id) {
      const { numDeletedRows } = await db
        .deleteFrom('booking')
        .where('id', '=', id)
        .where('status', 'in', HOLDS)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },

    async lapseHolds(now) {
      await db
        .updateTable('booking')
        .set({ status: 'lapsed' })
        .where('status', '=', 'held')
        .where('held_until', '<=', now)
        .execute();
    },

    async forgetDrafts(before) {
      const { numDeletedRows } = await db
        .deleteFrom('booking')
        .where('status', '=', 'lapsed')
        .where('held_until', '<', before)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
