import { type Kysely, sql } from 'kysely';
import type { BookingStore } from '../app/ports/bookingStore';
import { HELD } from '../domain/booking/outcome';
import { BOOKED, toBooking } from './bookingRows';
import type { Database } from './schema';

/** More are no list of tasks any more. */
const MAX_WITHOUT_OUTCOME = 200;

/** What became of consultations, and which of them lead on to others. */
export function outcomeStore(db: Kysely<Database>): Pick<BookingStore, 'following' | 'withoutOutcome'> {
  return {
    async following(bookingId) {
      const rows = await db
        .selectFrom('booking')
        .selectAll()
        .where('follows_id', '=', bookingId)
        .where('status', 'in', BOOKED)
        .orderBy('starts_at')
        .execute();
      return rows.map(toBooking);
    },

    async withoutOutcome(deskId, { start, end }) {
      const rows = await db
        .selectFrom('booking')
        .selectAll()
        .where('desk_id', '=', deskId)
        .where('starts_at', '>=', start)
        .where('starts_at', '<', end)
        .where('status', 'in', [...HELD])
        .where('outcome_json', 'is', null)
        .where('erased_at', 'is', null)
        .where(
          sql<boolean>`not exists (select 1 from booking as next where next.follows_id = booking.id and next.status <> 'cancelled')`,
        )
        .orderBy('starts_at')
        .orderBy('id')
        .limit(MAX_WITHOUT_OUTCOME)
        .execute();
      return rows.map(toBooking);
    },
  };
}
