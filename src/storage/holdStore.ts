import { type Kysely, sql } from 'kysely';
import type { BookingStore } from '../app/ports/bookingStore';
import { HOLD_MS, UNTIL_ANSWERED } from '../domain/booking/hold';
import type { Instant } from '../domain/calendar/interval';
import type { Width } from '../domain/limits';
import { toHold, toHoldRow } from './bookingRows';
import type { Database } from './schema';
import { withWallTime } from './wallTime';

/** The statuses of rows of the booking table that are holds. */
const HOLDS: readonly string[] = ['held', 'lapsed'];

type HoldMethods = 'findHold' | 'findHoldOf' | 'holdsFrom' | 'saveHold' | 'saveDraft' | 'removeHold' | 'lapseHolds';

/**
 * Matches holds whose time is over, and holds that end further in the future than any hold can, because they were made
 * before the clock was set back; offers to those who wait run out by no clock. The limit is twice the length of a hold, because the clocks of two machines differ a
 * little.
 */
function hasRunOut(now: Instant) {
  return sql<boolean>`(held_until <= ${now} or (held_until > ${now + 2 * HOLD_MS} and held_until <> ${UNTIL_ANSWERED}))`;
}

/** The status is a literal instead of a parameter, because only then SQLite can use the partial index on holds. */
const HELD = sql<boolean>`status = 'held'`;

const HELD_FROM = { host: 'held_from', '/24': 'held_from_24', '/48': 'held_from_48' } as const satisfies Record<
  Width,
  string
>;

/**
 * Compares an expression instead of the column `desk_id`, so that SQLite uses the partial index on holds: few rows of a
 * desk are holds, so its index on desks would read far more.
 */
const atDesk = (deskId: string) => sql<boolean>`desk_id || '' = ${deskId}`;

/** The methods of the booking store that concern holds. */
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

    async holdsFrom(deskId, { width, key }, now, except = '') {
      const rows = await db
        .selectFrom('booking')
        .select(['held_until'])
        .where(atDesk(deskId))
        .where(HELD_FROM[width], '=', key)
        .where(HELD)
        .where('id', '<>', except)
        .where((eb) => eb.not(hasRunOut(now)))
        .orderBy('held_until')
        .execute();
      return rows.map((row) => row.held_until ?? now);
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

    async lapseHolds(now, deskId) {
      let holds = db
        .updateTable('booking')
        .set({ status: 'lapsed', held_from: null, held_from_24: null, held_from_48: null })
        .where(HELD)
        .where(hasRunOut(now));
      if (deskId !== undefined) holds = holds.where(atDesk(deskId));
      await holds.execute();
    },
  };
}
