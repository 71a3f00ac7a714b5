import type { Kysely } from 'kysely';
import type { ReminderStore } from '../app/ports/reminders';
import type { Database } from './schema';

/** Stores the reminders that were queued, a row for each booking, start and kind. */
export function reminderStore(db: Kysely<Database>): ReminderStore {
  return {
    async missing(deskId, { range, madeBefore, daysBefore }) {
      const rows = await db
        .selectFrom('booking')
        .select('id')
        .where('desk_id', '=', deskId)
        .where('status', '=', 'confirmed')
        .where('starts_at', '>=', range.start)
        .where('starts_at', '<', range.end)
        .where('created_at', '<', madeBefore)
        .where('client_email', 'is not', null)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('reminder')
                .select('reminder.booking_id')
                .whereRef('reminder.booking_id', '=', 'booking.id')
                .whereRef('reminder.starts_at', '=', 'booking.starts_at')
                .where('reminder.days_before', '=', daysBefore),
            ),
          ),
        )
        .orderBy('starts_at')
        .orderBy('id')
        .execute();
      return rows.map(({ id }) => id);
    },

    async note({ bookingId, start, daysBefore, at }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('reminder')
        .values({ booking_id: bookingId, starts_at: start, days_before: daysBefore, at })
        .onConflict((conflict) => conflict.columns(['booking_id', 'starts_at', 'days_before']).doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
  };
}
